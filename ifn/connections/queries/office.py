"""What the office looks at: what waits for it, what was reported, who writes how much."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

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
    Sum,
    Value,
    When,
)
from django.db.models.functions import Concat

from ifn.connections.enquiring.states import State
from ifn.connections.models import Complaint, Enquiry, Letter
from ifn.connections.queries.indexed import as_written
from ifn.prepared import Prepared, Several, Slot

#: Senders are counted over so many days, and so many of them shown.
VOLUME_DAYS: Final = 7
MOST_SENDERS: Final = 20
#: Of each kind of waiting work so much is shown at once.
MOST_SHOWN: Final = 50
#: What says who wrote a letter: their business, with what it was merged into, and their name.
_WRITER: Final = (
    *("name", "person__name", "business__name", "business__number"),
    *("business__merged_into__name", "business__merged_into__number"),
)


def _waiting() -> QuerySet[Letter]:
    """Return letters that have not gone out."""
    return Letter.objects.filter(state__in=as_written([Letter.State.UNPROVEN, Letter.State.HELD]))


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
    # Asked for by keys: joined, SQLite may begin with the enquiries.
    reported = Complaint.objects.filter(answered_at=None).values("enquiry")
    letters = Enquiry.objects.filter(pk__in=reported).values("letter")
    found = Letter.objects.filter(pk__in=letters).exclude(state=Letter.State.SPAM)
    return _for_work(found).annotate(
        complained_at=Subquery(first.values("made_at")[:1]),
        complaint=Subquery(first.values("reason")[:1]),
    )


def held_letters() -> list[int]:
    """Return the keys of the first letters that a person must look at, the oldest first."""
    return _HELD.column()


def letters_without_email() -> list[int]:
    """Return the keys of the first letters whose number is to be confirmed, the oldest first."""
    return _NUMBERS.column()


def _keys(found: QuerySet[Letter]) -> QuerySet[Letter, int]:
    return found.order_by("written_at", "pk").values_list("pk", flat=True)[:MOST_SHOWN]


_HELD: Final = Prepared(lambda: _keys(waiting_held()))
_NUMBERS: Final = Prepared(lambda: _keys(waiting_numbers()))


def letter_with_code(code: str) -> Letter | None:
    """Return the letter whose sender was given this code, as somebody typed it."""
    typed = "".join(one for one in code[:40].upper() if one.isalnum())
    return Letter.objects.filter(proof_code=typed).first() if typed else None


def open_complaints() -> QuerySet[Complaint]:
    """Return complaints that nobody answered, the oldest first."""
    # Few are open: asked for together with all they belong to, SQLite may begin with the enquiries.
    open_ones = Complaint.objects.filter(answered_at=None).values("pk")
    found = Complaint.objects.filter(pk__in=open_ones)
    return found.exclude(enquiry__letter__state=Letter.State.SPAM).order_by("made_at", "pk")


def letters_by_key(keys: Collection[int]) -> dict[int, Letter]:
    """Return letters by their keys with what a list says of them; no query without keys."""
    return {one.pk: one for one in _LETTERS.objects(keys=list(keys))}


_LETTERS: Final = Prepared(
    lambda: (
        Letter.objects.select_related("person", "business__merged_into")
        .only(*_WRITER, "text", "held_for", "phone", "proof_code", "written_at")
        .filter(pk__in=Several("keys"))
    )
)


def first_complaints() -> list[Complaint]:
    """Return the first complaints that nobody answered, with who wrote to whom."""
    return _COMPLAINTS.objects(keys=_OPEN.column())


def _complaints() -> QuerySet[Complaint]:
    firms = ("business__name", "business__merged_into__name")
    belongs = (f"enquiry__{path}" for path in (*firms, *(f"letter__{one}" for one in _WRITER)))
    joined = Complaint.objects.select_related(
        *("enquiry__letter__person", "enquiry__letter__business__merged_into"),
        "enquiry__business__merged_into",
    ).only("reason", "side", "words", "made_at", *belongs)
    return joined.filter(pk__in=Several("keys")).order_by("made_at", "pk")


_OPEN: Final = Prepared(lambda: open_complaints().values_list("pk")[:MOST_SHOWN])
_COMPLAINTS: Final = Prepared(_complaints)


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
    """Return who wrote most within the last week; three queries however many."""
    since = at - timedelta(days=VOLUME_DAYS)
    chosen = _WRITE_MOST.rows(since=since)
    became = _became([asker for asker, *_counts in chosen], since)
    letters = letters_by_key([newest for _asker, newest, *_counts in chosen])
    return [
        Sender(letters[newest], number, sent, *(len(became[what, asker]) for what in BECAME))
        for asker, newest, number, sent in chosen
    ]


#: What firms make of what somebody writes, as it is counted.
BECAME: Final = ("accepted", "declined", "reported")


def _became(askers: list[str], since: datetime) -> defaultdict[tuple[str, str], set[int]]:
    """Return the keys of what firms accepted, declined or reported of these askers; one query."""
    known: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for asker, pk, state, answered_at, complaint in _MADE_OF.rows(askers=askers, since=since):
        if state == State.DECLINED:
            known["declined", asker].add(pk)
        elif answered_at is not None:
            known["accepted", asker].add(pk)
        if complaint is not None:
            known["reported", asker].add(complaint)
    return known


def _writing_most() -> QuerySet[Letter, Any]:
    # Enquiries are counted letter by letter: joined, PostgreSQL reads all there are. And grouped by
    # what is as good as the asker: by the asker itself, SQLite reads every letter in that order.
    own = Enquiry.objects.filter(letter=OuterRef("pk")).order_by().values("letter")
    number = Subquery(own.annotate(number=Count("pk")).values("number"))
    lately = Letter.objects.filter(written_at__gte=Slot("since")).exclude(asker="")
    found = lately.annotate(who=Concat("asker", Value("")), number=number).values("who")
    counted = found.annotate(
        newest=Max("pk"), letters=Count("pk"), sent=Sum("number", default=0)
    ).order_by("-sent", "who")
    return counted.values_list("who", "newest", "letters", "sent")[:MOST_SENDERS]


_WRITE_MOST: Final = Prepared(_writing_most)
_MADE_OF: Final = Prepared(
    lambda: Enquiry.objects.filter(
        letter__asker__in=Several("askers"), letter__written_at__gte=Slot("since")
    ).values_list("asker", "pk", "state", "answered_at", "complaints")
)


def complaints_about(letter: Letter) -> list[Complaint]:
    """Return what was reported about a letter, the newest first."""
    found = Complaint.objects.filter(enquiry__letter=letter).order_by("-made_at", "-pk")
    return list(found.select_related("enquiry__business", "person", "answered_by"))
