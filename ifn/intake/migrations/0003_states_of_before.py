"""Lists loaded before lists were reviewed: all of them are applied, and so are their rows."""

from typing import Any

from django.db import migrations
from django.db.models import F


def bring_over(apps: Any, _editor: Any) -> None:
    """Give every list and row the state it would have today."""
    row = apps.get_model("intake", "Row").objects
    brought = row.filter(state="loaded").select_related("list")
    for one in brought.iterator():
        one.state, one.outcome, one.decision = "applied", "created", "create"
        one.applied_at, one.applied_by_id = one.list.received_at, one.list.actor_id
        one.save(update_fields=["state", "outcome", "decision", "applied_at", "applied_by"])
    there = row.filter(state="already_there")
    there.filter(business=None).update(state="twice", decision="skip")
    there.exclude(business=None).update(state="same", decision="join")
    row.filter(state="refused").update(state="error")
    row.filter(state="skipped").update(decision="skip")
    apps.get_model("intake", "List").objects.update(state="applied", linked_at=F("received_at"))


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_lists_under_review")]
    operations = [migrations.RunPython(bring_over, migrations.RunPython.noop)]
