"""What a verification says on a day, and how long one holds. The day is given: no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from ifn.directory.freshness import months_after
from ifn.directory.models import Verification
from ifn.regions.queries import Regions

TOPICS: Final = tuple(Verification.Topic.values)
#: What each topic is called in addresses, and on the page that explains it.
WORDS: Final = {
    "legality": "legalitas",
    "capability": "kemampuan",
    "place": "tempat",
    "order": "pesanan",
}
#: No check says anything about so many months after it, whatever an officer writes.
LONGEST_MONTHS: Final = 60
#: People are told so many days before a verification or a certificate ends.
TOLD_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Verified:
    """A topic that was checked and that nobody took back; ``office`` is a region's code or none."""

    topic: str
    office: str
    checked_on: date
    expires_on: date

    def holds(self, today: date) -> bool:
        """Say whether it counts on a day; the last day counts."""
        return self.expires_on >= today


def valid(known: Iterable[Verified], today: date) -> list[Verified]:
    """Return those that hold on a day, in the order of the topics."""
    return sorted((one for one in known if one.holds(today)), key=lambda one: _place(one.topic))


def expired(known: Iterable[Verified], today: date) -> list[Verified]:
    """Return those that held once, in the order of the topics."""
    over = (one for one in known if not one.holds(today))
    return sorted(over, key=lambda one: _place(one.topic))


def usual_end(topic: str, checked_on: date) -> date:
    """Return the last day of a check of this topic, as this installation has set it."""
    return months_after(checked_on, settings.VERIFIED_MONTHS[topic])


def latest_end(checked_on: date) -> date:
    """Return the last day that any check may be said to hold."""
    return months_after(checked_on, LONGEST_MONTHS)


def office_name(code: str | None, regions: Regions) -> str:
    """Return which office checked: the network's own, or that of a region."""
    if not code:
        return "BPIPI"
    return _("Dinas of %(region)s") % {"region": regions.full_name(code)}


def _place(topic: str) -> int:
    return TOPICS.index(topic)
