from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_consent_from_before")]

    operations = [
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=Q(visibility="nobody")
                | ~Q(kind__in=["whatsapp", "phone", "email"])
                | Q(consent__isnull=False),
                name="directory_contact_shown_with_consent",
            ),
        ),
    ]
