"""What happened to a profile, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ifn.audit.models import Entry
from ifn.audit.queries import history_of
from ifn.directory.models import Business
from ifn.directory.wording import event_name, field_names, topic_name

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


def history(business: Business, about: str = "") -> list[Event]:
    """Return what happened last, the newest first; or only what has names that begin so."""
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
            ", ".join(_said(entry, names)),
            entry.actor.name if entry.actor else "",
            # Reasons of our own are kept in English and read in the reader's language.
            _(entry.reason) if entry.reason else "",
        )
        for entry in history_of(business).filter(event__startswith=about)[:SHOWN]
    ]


def _said(entry: Entry, names: Mapping[str, str]) -> list[str]:
    """Return what it was about: fields, or a topic of verification."""
    about = [topic_name(entry.details["topic"])] if "topic" in entry.details else []
    return about + [names.get(name, name) for name in entry.changes]
