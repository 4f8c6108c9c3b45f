"""Everything that waits for the staff, as one list over all kinds of work.

The database puts the questions of ``kinds`` one under the other, so a page costs the same however
many rows there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from ifn.accounts.models import User
from ifn.moderation.kind import Kind
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Assignment
from ifn.moderation.scope import has_work, in_scope
from ifn.regions.containing import inside


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


def waiting(kind: Kind, person: User, wanted: Wanted, *, at: datetime) -> QuerySet[Any]:
    """Return what waits of one kind for this person, as they asked; the only way to the rows."""
    found = _theirs(kind, person)
    if wanted.region:
        paths = [f"{path}__code" for path in (kind.region, *kind.others)]
        found = found.filter(inside([wanted.region], *paths))
    if wanted.is_overdue:
        found = found.filter(**{f"{kind.since}__lt": kind.began(at - kind.within)})
    taken = Assignment.objects.filter(kind=kind.name, subject=OuterRef("pk"))
    if wanted.whose == "mine":
        found = found.filter(Exists(taken.filter(person=person)))
    elif wanted.whose == "nobody":
        found = found.filter(~Exists(taken))
    return found


def _theirs(kind: Kind, person: User) -> QuerySet[Any]:
    """Return what waits of one kind and is this person's to do."""
    found: QuerySet[Any] = kind.waiting()
    if kind.may is None and not (kind.everywhere and kind.everywhere(person)):
        found = in_scope(found, person, kind.region, *kind.others)
    elif kind.may and not kind.may(person):
        found = found.filter(pk__in=[])
    return kind.fit_for(found, person) if kind.fit_for else found


def _rows(kind: Kind, found: QuerySet[Any]) -> QuerySet[Any]:
    # The names of the columns are none of any table's: a value may not hide a column.
    rows: QuerySet[Any] = found.annotate(
        w_kind=Value(kind.name, CharField()),
        w_since=ExpressionWrapper(F(kind.since) - kind.lead, DateTimeField()),
        w_due=ExpressionWrapper(F(kind.since) + (kind.within - kind.lead), DateTimeField()),
    ).values_list(
        *("w_kind", "pk", kind.title, kind.number, kind.detail, kind.region),
        *("w_since", "w_due"),
    )
    return rows


def counted(person: User, wanted: Wanted, *, at: datetime) -> dict[str, int]:
    """Return how much waits of each kind, whichever kinds were asked for; one query."""
    none = dict.fromkeys(KINDS, 0)
    if not has_work(person):
        return none
    first, *rest = (
        waiting(kind, person, wanted, at=at)
        .order_by()
        .annotate(w_kind=Value(name, CharField()))
        .values("w_kind")
        .annotate(w_number=Count("pk"))
        .values_list("w_kind", "w_number")
        for name, kind in KINDS.items()
    )
    return none | dict(first.union(*rest, all=True))


def listed(  # of what, for whom, which part
    person: User,
    wanted: Wanted,
    *,
    at: datetime,
    start: int = 0,
    stop: int = 50,
    counts: Mapping[str, int] | None = None,
) -> list[Item]:
    """Return a part of what waits, due first first; two queries.

    Where it was ``counted`` a moment ago, kinds of which nothing waits are not asked again.
    """
    found = [
        (kind, waiting(kind, person, wanted, at=at))
        for kind in _asked(person, wanted)
        if counts is None or counts.get(kind.name)
    ]
    return _with_takers(_in_line(found, start, stop))


def after(person: User, wanted: Wanted, here: Item, *, at: datetime) -> Item | None:
    """Return the next piece of work behind this one; who has it is not asked."""
    return next(iter(_beside(person, wanted, here, at=at, forward=True)), None)


def before(person: User, wanted: Wanted, here: Item, *, at: datetime) -> Item | None:
    """Return the piece of work in front of this one; who has it is not asked."""
    return next(iter(_beside(person, wanted, here, at=at, forward=False)), None)


def item_of(kind: Kind, subject: int, person: User, *, at: datetime) -> Item | None:
    """Return a piece of work if it still waits and is this person's to do."""
    found = waiting(kind, person, Wanted(), at=at).filter(pk=subject)
    return next(iter(_with_takers(_in_line([(kind, found)], 0, 1))), None)


def _beside(person: User, wanted: Wanted, here: Item, *, at: datetime, forward: bool) -> list[Item]:
    found = []
    way = "gt" if forward else "lt"
    for kind in _asked(person, wanted):
        # Due later than here means: waiting since later than here less this kind's days.
        since = kind.began(here.due_at - kind.within)
        beside = Q(**{f"{kind.since}__{way}": since})
        is_beyond = kind.name > here.kind if forward else kind.name < here.kind
        if kind.name == here.kind:
            beside |= Q(**{kind.since: since, f"pk__{way}": here.subject})
        elif is_beyond:
            beside |= Q(**{kind.since: since})
        found.append((kind, waiting(kind, person, wanted, at=at).filter(beside)))
    return _in_line(found, 0, 1, forward=forward)


def _asked(person: User, wanted: Wanted) -> list[Kind]:
    if not has_work(person):
        return []
    return [kind for name, kind in KINDS.items() if not wanted.kinds or name in wanted.kinds]


def _in_line(
    found: Sequence[tuple[Kind, QuerySet[Any]]], start: int, stop: int, *, forward: bool = True
) -> list[Item]:
    if not found:
        return []
    first, *rest = (
        _rows(kind, rows.filter(pk__in=_first(kind, rows, stop, forward=forward)))
        for kind, rows in found
    )
    together = first.union(*rest, all=True) if rest else first
    order = ("w_due", "w_kind", "pk") if forward else ("-w_due", "-w_kind", "-pk")
    return [Item(*row) for row in together.order_by(*order)[start:stop]]


def _with_takers(items: list[Item]) -> list[Item]:
    """Return pieces of work with who has each; one query where there are any."""
    found = Assignment.objects.filter(
        kind__in={one.kind for one in items}, subject__in={one.subject for one in items}
    )
    rows = found.values_list("kind", "subject", "person", "person__name") if items else ()
    takers = {(kind, subject): (person, name) for kind, subject, person, name in rows}
    known = ((one, takers.get((one.kind, one.subject))) for one in items)
    return [
        replace(one, person_id=taker[0], person_name=taker[1]) if taker else one
        for one, taker in known
    ]


def _first(kind: Kind, rows: QuerySet[Any], most: int, *, forward: bool) -> QuerySet[Any]:
    """Return the keys of the first rows of a kind, as part of a question.

    No more of any kind can come into a part that ends at ``most``, so names, days and who took it
    are put together for these alone, however many wait.
    """
    order = (kind.since, "pk") if forward else (f"-{kind.since}", "-pk")
    return rows.order_by(*order).values("pk")[:most]
