"""Everything that waits for the staff, as one list over all kinds of work.

First come the keys of what waits, some fifty of each kind (``keys``), put in line here; then
names and details of those on the page alone. So a page costs the same however many rows there are.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from ifn.accounts.models import User
from ifn.moderation import keys
from ifn.moderation.kind import Kind
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Assignment
from ifn.moderation.scope import has_work
from ifn.prepared import Prepared, Several

#: So many of each kind are counted and put in line at once; of a kind that is asked for, more.
MOST: Final = 25
MOST_ASKED_FOR: Final = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work that waits."""

    kind: str
    subject: int
    title: str
    number: str
    detail: str
    in_region: str | None
    waits_since: datetime
    due_at: datetime
    person_id: int | None = None
    person_name: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for."""

    kinds: frozenset[str] = frozenset()
    region: str = ""
    #: "mine", "nobody" or everybody's.
    whose: str = ""
    is_overdue: bool = False


class Place(NamedTuple):
    """Where a piece of work stands in the line: by the day it is due, then by kind and key."""

    due_at: datetime
    kind: str
    subject: int


#: A place as it is put in line: a thousand of them are made where a page shows twenty.
_Placed = tuple[datetime, str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """What waits, as far as it was looked at."""

    #: How many wait of each kind, and the kinds of which more wait than were counted.
    counts: Mapping[str, int]
    more: Collection[str]
    #: What comes first over the kinds that were asked for; all of it where there is no ``rest``.
    places: Sequence[_Placed]
    has_rest: bool


def waiting(kind: Kind, person: User, wanted: Wanted, *, at: datetime) -> QuerySet[Any]:
    """Return what waits of one kind for this person, as they asked."""
    found = keys.theirs(kind, person, region=wanted.region, whose=wanted.whose)
    if kind.rests is not None:
        found = found.filter(**{f"{kind.since}__lte": kind.began(at - kind.rests)})
    if wanted.is_overdue:
        found = found.filter(**{f"{kind.since}__lt": kind.began(at - kind.within)})
    return found


def line(person: User, wanted: Wanted, *, at: datetime) -> Line:
    """Return what waits, due first first, and how much of every kind; one query."""
    found = _oldest(person, wanted, frozenset(KINDS), MOST + 1, at=at)
    limits = {kind.name: MOST_ASKED_FOR if kind.name in wanted.kinds else MOST for kind, _ in found}
    more = {kind.name for kind, rows in found if len(rows) > limits[kind.name]}
    asked = [(kind, rows) for kind, rows in found if kind.name in (wanted.kinds or KINDS)]
    places = sorted(chain.from_iterable(_places(kind, rows) for kind, rows in asked))
    # Behind the last that was looked at of any kind may stand others that were not.
    ends = [
        _places(kind, rows[limits[kind.name] - 1 :])[0] for kind, rows in asked if kind.name in more
    ]
    if ends:
        del places[bisect_right(places, min(ends)) :]
    counts = {kind.name: min(len(rows), limits[kind.name]) for kind, rows in found}
    return Line(dict.fromkeys(KINDS, 0) | counts, more, places, has_rest=bool(ends))


def oldest(
    person: User, kinds: Collection[str], most: int, *, at: datetime
) -> dict[str, list[Item]]:
    """Return the first few of each of these kinds; three queries."""
    found = _oldest(person, Wanted(), frozenset(kinds), most, at=at)
    said = items(place for kind, rows in found for place in _places(kind, rows))
    return {name: [one for one in said if one.kind == name] for name in kinds}


def items(places: Iterable[_Placed]) -> list[Item]:
    """Return pieces of work with all that a list says of them, in the same order; two queries."""
    asked = [Place(*one) for one in places]
    subjects: defaultdict[str, list[int]] = defaultdict(list)
    for one in asked:
        subjects[one.kind].append(one.subject)
    said = keys.said(subjects)
    still = [one for one in asked if (one.kind, one.subject) in said]
    return _with_takers([_item(one, said[one.kind, one.subject]) for one in still])


def listed(
    person: User, wanted: Wanted, *, at: datetime, start: int = 0, stop: int = 50
) -> list[Item]:
    """Return a part of what waits, due first first; three queries."""
    return items(line(person, wanted, at=at).places[start:stop])


def after(person: User, wanted: Wanted, here: Item | Place, *, at: datetime) -> Place | None:
    """Return where the next piece of work stands, behind this one; one query."""
    return _beside(person, wanted, here, at=at, forward=True)


def before(person: User, wanted: Wanted, here: Item | Place, *, at: datetime) -> Place | None:
    """Return where the piece of work in front of this one stands; one query."""
    return _beside(person, wanted, here, at=at, forward=False)


def item_of(kind: Kind, subject: int, person: User, *, at: datetime) -> Item | None:
    """Return a piece of work if it still waits and is this person's to do."""
    found = waiting(kind, person, Wanted(), at=at).filter(pk=subject)
    said = (kind.title, kind.number, kind.detail, kind.region)
    rows = list(found.values_list(kind.since, "pk", *said))
    places = _places(kind, (row[:2] for row in rows))
    known = [
        _item(Place(*place), keys.Said(*row[2:])) for place, row in zip(places, rows, strict=True)
    ]
    return next(iter(_with_takers(known)), None)


def _oldest(
    person: User, wanted: Wanted, kinds: frozenset[str], most: int, *, at: datetime
) -> list[tuple[Kind, Sequence[keys.Found]]]:
    """Return the keys of what waits longest of each of these kinds; one query."""
    if not has_work(person):
        return []
    question = keys.asked(
        person,
        kinds,
        region=wanted.region,
        whose=wanted.whose,
        most=most,
        further=wanted.kinds,
        most_further=MOST_ASKED_FOR + 1,
    )
    found = keys.found(question).items()
    return [(KINDS[name], _until(KINDS[name], rows, wanted, at)) for name, rows in found]


def _until(
    kind: Kind, rows: Sequence[keys.Found], wanted: Wanted, at: datetime
) -> Sequence[keys.Found]:
    """Leave out what does not wait yet or is not overdue: the newest, at the end of its kind."""
    if kind.rests is not None:
        rows = rows[: bisect_right(rows, kind.began(at - kind.rests), key=_SINCE)]
    if wanted.is_overdue:
        rows = rows[: bisect_left(rows, kind.began(at - kind.within), key=_SINCE)]
    return rows


_SINCE: Final = itemgetter(0)


def _places(kind: Kind, rows: Iterable[keys.Found]) -> list[_Placed]:
    name, may_wait = kind.name, kind.within - kind.lead
    return [(since + may_wait, name, pk) for since, pk in rows]


def _item(place: Place, said: keys.Said) -> Item:
    since = place.due_at - KINDS[place.kind].within
    return Item(place.kind, place.subject, *said, since, place.due_at)


def _beside(
    person: User, wanted: Wanted, here: Item | Place, *, at: datetime, forward: bool
) -> Place | None:
    if not has_work(person):
        return None
    found = []
    way = "gt" if forward else "lt"
    for kind in (kind for name, kind in KINDS.items() if name in (wanted.kinds or KINDS)):
        # Due later than here means: waiting since later than here less this kind's days.
        since = kind.began(here.due_at - kind.within)
        beside = Q(**{f"{kind.since}__{way}": since})
        is_beyond = kind.name > here.kind if forward else kind.name < here.kind
        if kind.name == here.kind:
            beside |= Q(**{kind.since: since, f"pk__{way}": here.subject})
        elif is_beyond:
            beside |= Q(**{kind.since: since})
        found.append((kind, waiting(kind, person, wanted, at=at).filter(beside), 1))
    rows = keys.rows_of(*keys.together(found, forward=forward))
    places = chain.from_iterable(_places(KINDS[name], several) for name, several in rows.items())
    nearest = (min if forward else max)(places, default=None)
    return Place(*nearest) if nearest else None


def _with_takers(items: list[Item]) -> list[Item]:
    """Return pieces of work with who has each; one query where there are any."""
    kinds, subjects = {one.kind for one in items}, {one.subject for one in items}
    rows = _TAKERS.rows(kinds=kinds, subjects=subjects) if items else ()
    takers = {(kind, subject): (person, name) for kind, subject, person, name in rows}
    known = ((one, takers.get((one.kind, one.subject))) for one in items)
    return [
        replace(one, person_id=taker[0], person_name=taker[1]) if taker else one
        for one, taker in known
    ]


_TAKERS: Final = Prepared(
    lambda: Assignment.objects.filter(
        kind__in=Several("kinds"), subject__in=Several("subjects")
    ).values_list("kind", "subject", "person", "person__name")
)
