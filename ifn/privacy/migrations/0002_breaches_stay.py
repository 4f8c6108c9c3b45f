from django.db import migrations

from ifn.audit.protection import guarding


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_protection"), ("privacy", "0001_initial")]

    operations = [migrations.RunPython(*guarding("privacy_breachentry"))]
