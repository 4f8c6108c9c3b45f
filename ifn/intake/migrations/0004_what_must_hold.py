from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_states_of_before")]

    operations = [
        migrations.AddIndex(
            model_name="list",
            index=models.Index(fields=["source", "-stated_on"], name="intake_list_by_source"),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(fields=["list", "state", "position"], name="intake_row_by_state"),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("state", "applied")),
                fields=["stated"],
                name="intake_row_applied_stated",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("decision", ""), ("state", "maybe")),
                fields=["list"],
                name="intake_row_undecided",
            ),
        ),
        migrations.AddConstraint(
            model_name="list",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("recipe", ""), _negated=True),
                    models.Q(("state__in", ["withdrawn", "undone"]), _negated=True),
                ),
                fields=("sha256", "recipe", "source"),
                name="intake_list_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="list",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["received", "mapping"])),
                fields=("sha256", "source"),
                name="intake_list_received_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="list",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "unreadable",
                            "mapping",
                            "linking",
                            "review",
                            "applying",
                            "applied",
                            "undoing",
                            "undone",
                            "withdrawn",
                        ],
                    )
                ),
                name="intake_list_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="list",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["applying", "applied"]), _negated=True),
                    models.Q(("organisation", None), ("scope", [])),
                    models.Q(("released_at", None), _negated=True),
                    _connector="OR",
                ),
                name="intake_list_of_others_released_before_applied",
            ),
        ),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.UniqueConstraint(fields=("list", "position"), name="intake_row_once"),
        ),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "created"), ("state", "applied")),
                fields=("plant",),
                name="intake_row_plant_created_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "unread",
                            "above",
                            "new",
                            "same",
                            "maybe",
                            "twice",
                            "error",
                            "skipped",
                            "applied",
                            "undone",
                        ],
                    )
                ),
                name="intake_row_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "join"), _negated=True),
                    ("business__isnull", False),
                    _connector="OR",
                ),
                name="intake_row_joined_has_profile",
            ),
        ),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "applied"), _negated=True),
                    models.Q(
                        ("applied_at__isnull", False),
                        ("business__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="intake_row_applied_has_profile",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("source", "header"), name="intake_reading_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                fields=("stated", "business"), name="intake_verdict_once"
            ),
        ),
    ]
