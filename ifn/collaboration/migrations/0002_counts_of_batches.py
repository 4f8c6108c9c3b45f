"""A row of counts for each batch, kept by triggers."""

import django.db.models.deletion
from django.db import migrations, models

from ifn.collaboration.counting import begin, end


class Migration(migrations.Migration):
    dependencies = [
        ("collaboration", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BatchTally",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="collaboration.productionbatch",
                    ),
                ),
                ("made", models.PositiveIntegerField(default=0, verbose_name="made, pairs")),
                (
                    "handed",
                    models.PositiveIntegerField(default=0, verbose_name="handed out, pairs"),
                ),
                ("receipts", models.PositiveIntegerField(default=0, verbose_name="receipts")),
                ("reorders", models.PositiveIntegerField(default=0, verbose_name="orders of more")),
            ],
        ),
        migrations.RunPython(begin, end),
    ]
