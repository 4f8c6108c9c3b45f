"""How much of 72 hours is left, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a page says of the time: in words, and as a tone that repeats them."""

    words: str
    tone: str
    due_at: datetime


def clock(due_at: datetime, at: datetime, ended_at: datetime | None = None) -> Clock:
    """Return what is left until a moment, or how it ended; at that very moment it is in time."""
    if ended_at:
        late = ended_at > due_at
        said = _("Ended late, by %s") % _span(ended_at - due_at) if late else _("Ended in time")
        return Clock(said, "bad" if late else "good", due_at)
    if at > due_at:
        return Clock(_("Overdue by %s") % _span(at - due_at), "bad", due_at)
    left = due_at - at
    return Clock(_("%s left") % _span(left), "warn" if left <= SOON else "", due_at)


def _span(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours < 1:
        minutes = int(span.total_seconds() // 60)
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    days, rest = divmod(hours, 24)
    parts = [ngettext("%d day", "%d days", days) % days] if days else []
    if rest:
        parts.append(ngettext("%d hour", "%d hours", rest) % rest)
    return " ".join(parts)
