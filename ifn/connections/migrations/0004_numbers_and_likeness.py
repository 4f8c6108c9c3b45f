import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("connections", "0003_indexes_for_lists")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="proof_code",
            field=models.CharField(blank=True, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("proof_code", ""), _negated=True),
                fields=("proof_code",),
                name="connections_letter_proof_code_once",
            ),
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("band", models.BigIntegerField(db_index=True)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connections.letter",
                    ),
                ),
            ],
            options={
                "verbose_name": "trace of a letter",
                "verbose_name_plural": "traces of letters",
            },
        ),
    ]
