"""What the office looks at: what waits for it, what was reported, who writes how much."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from ifn.connections.enquiring.states import State
from ifn.connections.models import Complaint, Enquiry, Letter

#: Senders are counted over so many days, and so many of them shown.
VOLUME_DAYS: Final = 7
MOST_SENDERS: Final = 20
#: Of each kind of waiting work so much is shown at once.
MOST_SHOWN: Final = 50


def _waiting() -> QuerySet[Letter]:
    """Return letters that have not gone out; SQLite knows their index by these words alone."""
    return Letter.objects.filter(state__in=[Letter.State.UNPROVEN, Letter.State.HELD])


def held_letters() -> QuerySet[Letter]:
    """Return letters that a person must look at before they go out, the oldest first.

    What its sender took back meanwhile is none of them.
    """
    waiting = Enquiry.objects.filter(letter=OuterRef("pk"), state=State.WAITING)
    found = _waiting().filter(Exists(waiting), state=Letter.State.HELD)
    found = found.select_related("person", "business", "opportunity")
    return found.order_by("written_at", "pk")


def letters_without_email() -> QuerySet[Letter]:
    """Return letters of visitors who left a number alone: the office sends them their link."""
    found = _waiting().filter(state=Letter.State.UNPROVEN, email="").exclude(phone="")
    return found.order_by("written_at", "pk")


def open_complaints() -> QuerySet[Complaint]:
    """Return complaints that nobody answered, the oldest first."""
    found = Complaint.objects.filter(answered_at=None).order_by("made_at", "pk")
    return found.select_related(
        "enquiry__letter__person", "enquiry__letter__business", "enquiry__business__merged_into"
    )


@dataclass(frozen=True, slots=True)
class Sender:
    """How much one asker wrote lately, and what firms made of it; ``letter`` is the newest one."""

    letter: Letter
    letters: int
    enquiries: int
    accepted: int
    declined: int
    reported: int


def volume(*, at: datetime) -> list[Sender]:
    """Return who wrote most within the last week; two queries however many."""
    since = at - timedelta(days=VOLUME_DAYS)
    answered = Q(enquiries__answered_at__isnull=False)
    declined = Q(enquiries__state=State.DECLINED)
    counted = (
        Letter.objects.filter(written_at__gte=since)
        .exclude(asker="")
        .values("asker")
        .annotate(
            newest=Max("pk"),
            letters=Count("pk", distinct=True),
            sent=Count("enquiries", distinct=True),
            accepted=Count("enquiries", distinct=True, filter=answered & ~declined),
            declined=Count("enquiries", distinct=True, filter=declined),
            reported=Count("enquiries__complaints", distinct=True),
        )
        .order_by("-sent", "asker")[:MOST_SENDERS]
    )
    rows = list(counted)
    letters = Letter.objects.select_related("person", "business").in_bulk(
        [row["newest"] for row in rows]
    )
    return [
        Sender(
            letters[row["newest"]],
            row["letters"],
            row["sent"],
            row["accepted"],
            row["declined"],
            row["reported"],
        )
        for row in rows
    ]


def complaints_about(letter: Letter) -> list[Complaint]:
    """Return what was reported about a letter, the newest first."""
    found = Complaint.objects.filter(enquiry__letter=letter).order_by("-made_at", "-pk")
    return list(found.select_related("enquiry__business", "person", "answered_by"))
