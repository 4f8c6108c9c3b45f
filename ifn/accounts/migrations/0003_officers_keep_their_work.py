from typing import Any

from django.db import migrations

DUTIES = ("verifier", "broker", "programme", "events", "data")


def give_all_duties(apps: Any, _schema_editor: Any) -> None:
    """Until now every officer could do everything an officer can."""
    User, Duty = apps.get_model("accounts", "User"), apps.get_model("accounts", "Duty")
    Duty.objects.bulk_create(
        Duty(person=person, kind=kind)
        for person in User.objects.filter(role="officer")
        for kind in DUTIES
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_duties_and_territories")]

    operations = [migrations.RunPython(give_all_duties, migrations.RunPython.noop)]
