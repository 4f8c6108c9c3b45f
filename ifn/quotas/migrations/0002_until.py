from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quotas", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="drawn", name="minute"),
        # What was drawn before counts no longer.
        migrations.AddField(
            model_name="drawn",
            name="until",
            field=models.BigIntegerField(db_index=True, default=0),
            preserve_default=False,
        ),
    ]
