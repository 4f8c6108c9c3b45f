from django.db import migrations

from ifn.assessments.summing import keep_other_sums


class Migration(migrations.Migration):
    """Only firms that the office counts are in the sums, and a firm's name is what they are of."""

    dependencies = [
        ("assessments", "0002_standings"),
    ]

    operations = [
        migrations.RunPython(keep_other_sums, migrations.RunPython.noop),
    ]
