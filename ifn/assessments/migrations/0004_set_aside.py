from django.db import migrations, models

from ifn.assessments.summing import end_sums, keep_sums


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_counted_firms"),
    ]

    # SQLite builds the table anew, which triggers that read it do not survive.
    operations = [
        migrations.RunPython(end_sums, keep_sums),
        migrations.RemoveConstraint(
            model_name="assessment",
            name="assessments_assessment_dated_by_state",
        ),
        migrations.AlterField(
            model_name="assessment",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Waits for approval"),
                    ("returned", "Sent back"),
                    ("approved", "Approved"),
                    ("aside", "Set aside"),
                ],
                default="draft",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "draft"), ("submitted_at", None)),
                    models.Q(("state", "submitted"), ("submitted_at__isnull", False)),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state__in", ["returned", "approved"]),
                        ("submitted_at__isnull", False),
                    ),
                    models.Q(("decided_at__isnull", False), ("state", "aside")),
                    _connector="OR",
                ),
                name="assessments_assessment_dated_by_state",
            ),
        ),
        migrations.RunPython(keep_sums, end_sums),
    ]
