from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0016_calibration")]

    operations = [
        migrations.AddIndex(
            model_name="business",
            index=models.Index(
                condition=models.Q(("is_demo", False)),
                fields=["id"],
                name="directory_business_real",
            ),
        ),
    ]
