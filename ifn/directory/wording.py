"""What fields and happenings are called, for pages that tell of them."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory.models import Business

EVENTS: Final = {
    "directory.business.registered": gettext_lazy("Entered"),
    "directory.business.revised": gettext_lazy("Changed"),
    "directory.business.confirmed": gettext_lazy("Confirmed"),
    "directory.business.confirmed.link": gettext_lazy("Confirmed by the link in a message"),
    "directory.business.confirmed.phone": gettext_lazy("Confirmed to an officer"),
    "directory.business.asked": gettext_lazy("Asked by message whether it is still true"),
    "directory.business.hidden": gettext_lazy("Hidden"),
    "directory.business.listed": gettext_lazy("Listed"),
    "directory.picture.added": gettext_lazy("Photo added"),
    "directory.picture.captioned": gettext_lazy("Photo described"),
    "directory.picture.moved": gettext_lazy("Photo moved"),
    "directory.picture.removed": gettext_lazy("Photo removed"),
}


def event_name(event: str) -> str:
    """Return what happened to a profile in words; what has no words yet as it is recorded."""
    return str(EVENTS.get(event, event))


def field_names() -> dict[str, str]:
    """Return the names of all facts of a profile in the reader's language."""
    names = {field.name: str(field.verbose_name) for field in Business._meta.concrete_fields}
    return names | {
        "brands": _("brands"),
        "capabilities": _("capabilities"),
        "certificates": _("certificates"),
        "languages": _("languages"),
        "contacts": _("contacts"),
    }
