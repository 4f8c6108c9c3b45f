"""What happened to a profile, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ifn.audit.queries import history_of
from ifn.directory.models import Business
from ifn.directory.wording import event_name, field_names

#: So much of a profile's history is shown.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history."""

    happened_at: datetime
    event: str
    fields: str
    actor: str
    reason: str


def history(business: Business) -> list[Event]:
    """Return what happened last, the newest first."""
    names = field_names() | {
        "role": _("role"),
        "person": _("person"),
        "status": _("listed or hidden"),
        "caption_id": _("description of a photo, Indonesian"),
        "caption_en": _("description of a photo, English"),
    }
    return [
        Event(
            entry.happened_at,
            event_name(entry.event),
            ", ".join(names.get(name, name) for name in entry.changes),
            entry.actor.name if entry.actor else "",
            # Reasons of our own are kept in English and read in the reader's language.
            _(entry.reason) if entry.reason else "",
        )
        for entry in history_of(business)[:SHOWN]
    ]
