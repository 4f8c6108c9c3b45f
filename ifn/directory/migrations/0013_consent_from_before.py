"""Note the consent of firms that had their contacts shown themselves; hide all others."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

BATCH = 1_000
JAKARTA = ZoneInfo("Asia/Jakarta")


def note(apps: Any, _editor: Any) -> None:
    contact = apps.get_model("directory", "Contact")
    consent = apps.get_model("accounts", "Consent")
    shown = contact.objects.filter(kind__in=["whatsapp", "phone", "email"], consent=None)
    shown = shown.exclude(visibility="nobody")
    if not shown.exists():
        return
    _for_the_demo(shown.filter(business__is_demo=True), consent)
    last = 0
    while batch := list(
        shown.filter(pk__gt=last, business__is_demo=False)
        .select_related("business")
        .order_by("pk")[:BATCH]
    ):
        last = batch[-1].pk
        _for_firms(apps, batch, contact, consent)


def _for_the_demo(shown: Any, consent: Any) -> None:
    first = shown.order_by("pk").select_related("business").first()
    if first:
        one = consent.objects.create(
            purpose="contact_public", version=0, how="demo", given_at=first.business.created_at
        )
        shown.update(consent=one)


def _for_firms(apps: Any, batch: list[Any], contact: Any, consent: Any) -> None:
    attribution = apps.get_model("directory", "Attribution")
    stated = dict(
        attribution.objects.filter(
            business__in={one.business_id for one in batch},
            field="contacts",
            source__kind__in=["self", "assisted"],
        ).values_list("business_id", "stated_on")
    )
    kept = [one for one in batch if one.business_id in stated]
    for one in kept:
        day = stated[one.business_id]
        one.consent = consent.objects.create(
            purpose="contact_public" if one.visibility == "public" else "contact_members",
            version=0,
            how="before",
            profile=one.business.number,
            field=one.kind,
            value=one.value,
            given_at=datetime.combine(day, time(), JAKARTA),
        )
    contact.objects.bulk_update(kept, ["consent"])
    hidden = [one for one in batch if one.business_id not in stated]
    contact.objects.filter(pk__in=[one.pk for one in hidden]).update(visibility="nobody")
    # What is kept for programs is made anew when it is asked for.
    apps.get_model("directory", "OpenProfile").objects.filter(
        business__in={one.business_id for one in hidden}
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_contact_consent")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop, elidable=True)]
