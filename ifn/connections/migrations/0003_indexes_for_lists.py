from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("connections", "0002_answers_to_opportunities")]

    operations = [
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["written_at"], name="connections_letter_by_age"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(
                condition=models.Q(hindrance__isnull=True),
                fields=["opportunity"],
                name="connections_match_fitting",
            ),
        ),
    ]
