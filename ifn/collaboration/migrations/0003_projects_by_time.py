"""The office reads all projects by time, a page at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collaboration", "0002_counts_of_batches"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["-since", "-id"], name="collaboration_project_by_time"),
        ),
    ]
