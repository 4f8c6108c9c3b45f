import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_consent"),
        ("directory", "0011_twins"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="consent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.consent",
            ),
        ),
    ]
