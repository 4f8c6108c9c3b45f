from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("connections", "0005_introductions_of_askers")]

    operations = [
        migrations.AddIndex(
            model_name="opportunity",
            index=models.Index(
                fields=["state", "direction", "opened_at"], name="connections_opp_asked_longest"
            ),
        ),
    ]
