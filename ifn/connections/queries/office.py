"""What the office looks at: what waits for it, what was reported, who writes how much."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from ifn.connections.enquiring.states import State
from ifn.connections.models import Complaint, Enquiry, Letter
from ifn.directory.naming import only_named

#: Senders are counted over so many days, and so many of them shown.
VOLUME_DAYS: Final = 7
MOST_SENDERS: Final = 20
#: Of each kind of waiting work so much is shown at once.
MOST_SHOWN: Final = 50


def _waiting() -> QuerySet[Letter]:
    """Return letters that have not gone out; SQLite knows their index by these words alone."""
    return Letter.objects.filter(state__in=[Letter.State.UNPROVEN, Letter.State.HELD])


def _for_work(found: QuerySet[Letter]) -> QuerySet[Letter]:
    """Add who wrote a letter and, as ``first``, its first enquiry, for the staff's work list.

    What was emptied waits for nobody.
    """
    return found.exclude(text="").annotate(
        sender=Case(When(person=None, then=F("name")), default=F("person__name")),
        first=FilteredRelation("enquiries", condition=Q(enquiries__place=1)),
    )


def waiting_held() -> QuerySet[Letter]:
    """Return letters that a person must look at before they go out.

    What its sender took back meanwhile is none of them.
    """
    waiting = Enquiry.objects.filter(letter=OuterRef("pk"), state=State.WAITING)
    return _for_work(_waiting().filter(Exists(waiting), state=Letter.State.HELD))


def waiting_numbers() -> QuerySet[Letter]:
    """Return letters of visitors who left a number alone, of which nobody said whose it is."""
    found = _waiting().filter(state=Letter.State.UNPROVEN, email="", judged_at=None)
    return _for_work(found.exclude(phone=""))


def waiting_complaints() -> QuerySet[Letter]:
    """Return letters with complaints that nobody answered, since the first, with its reason."""
    complaints = Complaint.objects.filter(enquiry__letter=OuterRef("pk"), answered_at=None)
    first = complaints.order_by("made_at", "pk")
    letters = Complaint.objects.filter(answered_at=None).values("enquiry__letter")
    found = Letter.objects.filter(pk__in=letters).exclude(state=Letter.State.SPAM)
    return _for_work(found).annotate(
        complained_at=Subquery(first.values("made_at")[:1]),
        complaint=Subquery(first.values("reason")[:1]),
    )


def held_letters() -> QuerySet[Letter]:
    """Return letters that a person must look at before they go out, the oldest first."""
    found = waiting_held().select_related("person", "business", "opportunity")
    return found.order_by("written_at", "pk")


def letters_without_email() -> QuerySet[Letter]:
    """Return letters of visitors whose number is to be confirmed, the oldest first."""
    return waiting_numbers().order_by("written_at", "pk")


def letter_with_code(code: str) -> Letter | None:
    """Return the letter whose sender was given this code, as somebody typed it."""
    typed = "".join(one for one in code[:40].upper() if one.isalnum())
    return Letter.objects.filter(proof_code=typed).first() if typed else None


def open_complaints() -> QuerySet[Complaint]:
    """Return complaints that nobody answered, the oldest first."""
    # Few are open: asked for together with all they belong to, SQLite may begin with the enquiries.
    open_ones = Complaint.objects.filter(answered_at=None).values("pk")
    found = Complaint.objects.filter(pk__in=open_ones).exclude(
        enquiry__letter__state=Letter.State.SPAM
    )
    joined = found.select_related(
        "enquiry__letter__person", "enquiry__letter__business", "enquiry__business__merged_into"
    )
    firms = ("enquiry__letter__business", "enquiry__business", "enquiry__business__merged_into")
    return only_named(joined, *firms).order_by("made_at", "pk")


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
