"""Ask the index of opportunities and read the rows that a page shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ifn.connections.models import Opportunity, OpportunityQuerySet
from ifn.connections.opportunities.indexing import COLLECTION
from ifn.connections.opportunities.particulars import COLUMNS, Particulars
from ifn.connections.queries.opportunities import particulars_of_all
from ifn.connections.search.filters import DEADLINE_DAYS, PAGE_SIZE, PARAMETERS, Filters
from ifn.prepared import Prepared, Several
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import Band, Correction, Query, Sort

#: With fewer that have every word, those that lack one are shown after them.
ENOUGH: Final = 3
#: Each suggestion costs a search; more than a few help nobody.
MOST_SUGGESTIONS: Final = 4
#: More are never open at once.
MOST_KEYS: Final = 100_000
_NEWEST: Final = Sort("opened", descending=True)
_SORTS: Final = {"relevance": None, "newest": _NEWEST, "deadline": Sort("deadline")}
#: What is read of an opportunity for a list; anything else costs a query of its own.
_LISTED: Final = (
    *("number", "direction", "kind", "state", "expires_on", "is_demo", "business__name"),
    *(*COLUMNS, "unit", "price_unit", "region"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One opportunity of the page, and what it says."""

    opportunity: Opportunity
    said: Particulars


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: the page's rows, how many in all, counts of every facet."""

    total: int
    pages: int
    rows: list[Row]
    counts: Mapping[str, Mapping[str, int]]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A group of filters to take off: which, the query without it, what would then be found."""

    group: str
    query: str
    total: int


def find(filters: Filters, today: date, *, is_member: bool, size: int = PAGE_SIZE) -> Found:
    """Search what is open; at most five queries, whatever is found."""
    result = textsearch.search(COLLECTION, question(filters, today, is_member=is_member, size=size))
    return Found(
        total=result.total,
        pages=max(1, -(-result.total // size)),
        rows=rows(result.keys),
        counts=result.counts,
        corrections=result.corrections,
    )


def keys_of(filters: Filters, today: date) -> Sequence[int]:
    """Return the keys of all that is open to members and fits."""
    asked = question(replace(filters, page=1), today, is_member=True, size=MOST_KEYS)
    return textsearch.search(COLLECTION, replace(asked, counts=())).keys


def question(filters: Filters, today: date, *, is_member: bool, size: int) -> Query:
    """Turn filters into a question to the index."""
    sort = _SORTS[filters.sort]
    if sort is None and not filters.text:
        sort = _NEWEST
    audience = {"everyone", "members"} if is_member else {"everyone"}
    day = today.toordinal()
    deadlines = {name: Band("deadline", day + days, None) for name, days in DEADLINE_DAYS.items()}
    return Query(
        text=filters.text,
        facets={
            "audience": frozenset(audience),
            **{group: frozenset(values) for group, values in filters.chosen.items()},
        },
        bands={"deadline": {**deadlines, "none": Band("deadline", 1, 0, missing=True)}},
        ranges={"until": (day, None)},
        sort=sort,
        offset=(filters.page - 1) * size,
        limit=size,
        counts=tuple(PARAMETERS),
        prefix=True,
        enough=ENOUGH,
    )


def rows(keys: tuple[int, ...]) -> list[Row]:
    """Return these opportunities with what they say, in this order; two queries."""
    found = {one.pk: one for one in _BY_KEY.objects(keys=list(keys))}
    said = particulars_of_all(found.values())
    return [Row(found[key], said[key]) for key in keys if key in found]


def _listed() -> OpportunityQuerySet:
    return Opportunity.objects.select_related("business").only(*_LISTED)


_BY_KEY: Final = Prepared(lambda: _listed().filter(pk__in=Several("keys")))


def suggestions(filters: Filters, today: date, *, is_member: bool) -> list[Suggestion]:
    """Return what to take off where nothing was found, the most fruitful first."""
    found = []
    for group, looser in list(_looser(filters))[:MOST_SUGGESTIONS]:
        asked = question(looser, today, is_member=is_member, size=1)
        total = textsearch.search(COLLECTION, replace(asked, counts=(), limit=0)).total
        if total:
            found.append(Suggestion(group, looser.query(), total))
    return sorted(found, key=lambda one: -one.total)


def _looser(filters: Filters) -> Iterator[tuple[str, Filters]]:
    base = replace(filters, page=1)
    for group in reversed(list(filters.chosen)):
        yield group, replace(base, chosen=filters.without(group))
    if filters.text and filters.chosen:
        yield "text", replace(base, text="")


def newest(today: date, limit: int) -> list[Row]:
    """Return what is open since shortest and everybody may see; three queries at most.

    The index has it in order; asked for it, a database sorts all that is open. Whose business was
    hidden since is left out.
    """
    asked = replace(question(Filters(), today, is_member=False, size=limit), counts=())
    keys = textsearch.search(COLLECTION, asked).keys
    known = {one.pk: one for one in _listed().open_on(today).filter(pk__in=keys)}
    said = particulars_of_all(known.values()) if known else {}
    return [Row(known[key], said[key]) for key in keys if key in known]
