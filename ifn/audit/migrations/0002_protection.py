from django.db import migrations

from ifn.audit.protection import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
