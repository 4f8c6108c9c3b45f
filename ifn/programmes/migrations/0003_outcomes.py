import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("directory", "0016_calibration"),
        ("programmes", "0002_action_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wave",
                    models.CharField(
                        choices=[
                            ("before", "Before"),
                            ("end", "At the end"),
                            ("m3", "3 months after"),
                            ("m6", "6 months after"),
                            ("m12", "12 months after"),
                        ],
                        max_length=6,
                        verbose_name="of when",
                    ),
                ),
                (
                    "turnover",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No sales"),
                            ("under_5", "Below Rp5 million"),
                            ("from_5", "Rp5 to 15 million"),
                            ("from_15", "Rp15 to 50 million"),
                            ("from_50", "Rp50 to 167 million"),
                            ("from_167", "Rp167 million to 1.25 billion"),
                            ("from_1250", "More than Rp1.25 billion"),
                        ],
                        max_length=9,
                        verbose_name="turnover a month",
                    ),
                ),
                ("workers", models.PositiveIntegerField(null=True, verbose_name="workers")),
                (
                    "capacity",
                    models.PositiveIntegerField(null=True, verbose_name="capacity, pairs a month"),
                ),
                ("products", models.PositiveIntegerField(null=True, verbose_name="new products")),
                ("channels", models.JSONField(null=True, verbose_name="sales channels")),
                ("certificates", models.JSONField(null=True, verbose_name="new certificates")),
                (
                    "defects",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, null=True, verbose_name="defects, percent"
                    ),
                ),
                (
                    "exports",
                    models.DecimalField(
                        decimal_places=2, max_digits=15, null=True, verbose_name="exports"
                    ),
                ),
                (
                    "exports_unit",
                    models.CharField(
                        blank=True,
                        choices=[("idr", "rupiah"), ("usd", "US dollars"), ("pairs", "pairs")],
                        max_length=5,
                        verbose_name="unit of exports",
                    ),
                ),
                (
                    "exports_period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("month", "in one month"),
                            ("quarter", "in three months"),
                            ("half", "in six months"),
                            ("year", "in one year"),
                        ],
                        max_length=7,
                        verbose_name="span of exports",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "same_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("before", "Before"),
                            ("end", "At the end"),
                            ("m3", "3 months after"),
                            ("m6", "6 months after"),
                            ("m12", "12 months after"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("link", "The participant, by the personal link"),
                            ("account", "The participant, signed in"),
                            ("phone", "The office, by phone"),
                            ("visit", "The office, on a visit"),
                        ],
                        max_length=7,
                        verbose_name="how",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="said on")),
                ("is_late", models.BooleanField(verbose_name="late")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_in", models.CharField(blank=True, max_length=32)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="programmes.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "verbose_name_plural": "outcomes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "wave"), name="programmes_outcome_once_a_wave"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wave__in", ["before", "end", "m3", "m6", "m12"])),
                        name="programmes_outcome_wave_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("turnover", ""),
                            (
                                "turnover__in",
                                [
                                    "none",
                                    "under_5",
                                    "from_5",
                                    "from_15",
                                    "from_50",
                                    "from_167",
                                    "from_1250",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="programmes_outcome_turnover_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("workers", None), ("workers__lte", 100000), _connector="OR"),
                            models.Q(
                                ("capacity", None), ("capacity__lte", 10000000), _connector="OR"
                            ),
                            models.Q(("products", None), ("products__lte", 1000), _connector="OR"),
                        ),
                        name="programmes_outcome_no_slips",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("defects", None),
                            models.Q(("defects__gte", 0), ("defects__lte", 100)),
                            _connector="OR",
                        ),
                        name="programmes_outcome_defects_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("exports", None), ("exports_period", ""), ("exports_unit", "")
                            ),
                            models.Q(("exports", 0), ("exports_period", ""), ("exports_unit", "")),
                            models.Q(
                                ("exports__gt", 0),
                                ("exports__lte", 10000000000000),
                                ("exports_period__in", ["month", "quarter", "half", "year"]),
                                ("exports_unit__in", ["idr", "usd", "pairs"]),
                            ),
                            _connector="OR",
                        ),
                        name="programmes_outcome_exports_have_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["link", "account", "phone", "visit"])),
                        name="programmes_outcome_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("same_as", models.F("wave")), _negated=True),
                        name="programmes_outcome_same_as_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeAsking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wave",
                    models.CharField(
                        choices=[
                            ("before", "Before"),
                            ("end", "At the end"),
                            ("m3", "3 months after"),
                            ("m6", "6 months after"),
                            ("m12", "12 months after"),
                        ],
                        max_length=6,
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="reminded")),
                ("messages", models.PositiveSmallIntegerField(verbose_name="messages")),
                (
                    "registration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.registration",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "wave"), name="programmes_outcomeasking_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wave__in", ["before", "end", "m3", "m6", "m12"])),
                        name="programmes_outcomeasking_wave_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportMaking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wave",
                    models.CharField(
                        choices=[
                            ("before", "Before"),
                            ("end", "At the end"),
                            ("m3", "3 months after"),
                            ("m6", "6 months after"),
                            ("m12", "12 months after"),
                        ],
                        max_length=6,
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("total", models.PositiveSmallIntegerField(verbose_name="steps")),
                ("done", models.PositiveSmallIntegerField(default=0, verbose_name="steps done")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("file", models.CharField(blank=True, max_length=200, verbose_name="file")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.batch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["batch", "-asked_at"], name="programmes_reportmaking_latest"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at", None)),
                        fields=("batch",),
                        name="programmes_reportmaking_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", False), ("file", ""), _connector="OR"
                        ),
                        name="programmes_reportmaking_file_when_finished",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "side",
                    models.CharField(
                        choices=[("before", "Before"), ("after", "After")], max_length=6
                    ),
                ),
                (
                    "caption",
                    models.CharField(blank=True, max_length=160, verbose_name="what it shows"),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.batch",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.photo",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.picture",
                    ),
                ),
                (
                    "session_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="programmes.sessionfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "place", "side"), name="programmes_reportpicture_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["before", "after"])),
                        name="programmes_reportpicture_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("photo", None), ("picture", None), ("session_file__isnull", False)
                            ),
                            models.Q(
                                ("photo__isnull", False), ("picture", None), ("session_file", None)
                            ),
                            models.Q(
                                ("photo", None), ("picture__isnull", False), ("session_file", None)
                            ),
                            _connector="OR",
                        ),
                        name="programmes_reportpicture_has_one_source",
                    ),
                ],
            },
        ),
    ]
