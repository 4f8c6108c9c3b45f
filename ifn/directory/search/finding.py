"""Ask the index and read the rows that a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ifn.directory.listings import COLLECTION, VOCABULARY_OF, Content
from ifn.directory.prepared import listing_contents
from ifn.directory.search.aging import FRESH, aged, dated
from ifn.directory.search.filters import PAGE_SIZE, Filters
from ifn.directory.search.understanding import Wording, take_apart
from ifn.regions.queries import Regions
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import BY_DISTANCE, BY_KEY, Correction, Near, Query, Sort
from ifn.vocabulary.queries import lexicon

#: Groups whose values are counted on every page of results.
COUNTED: Final = (
    "kind",
    "link",
    *(group for group in VOCABULARY_OF if group != "machine"),
    "province",
    "regency",
    "capacity",
    "minimum",
    "job_order",
    "picture",
    "verified",
    FRESH,
)
#: What "near" means when somebody says it, in kilometres: a day there and back by road.
NEAR_KM: Final = 100.0
#: With fewer profiles that have every word, those that lack one are shown after them.
ENOUGH: Final = 5
#: More than there will ever be profiles.
EVERY: Final = 2**31
_SORTS: Final = {
    "relevance": None,
    "fresh": Sort("confirmed", descending=True),
    "capacity": Sort("capacity", descending=True),
    "distance": BY_DISTANCE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One profile of the page."""

    pk: int
    content: Content


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: the page's rows, how many there are in all, counts of every facet.

    ``dormant`` says how many more there would be that nobody confirmed for long, ``whole`` how many
    have every word, where profiles with fewer were let in.
    """

    total: int
    pages: int
    rows: list[Row]
    counts: Mapping[str, Mapping[str, int]]
    wording: Wording
    corrections: tuple[Correction, ...] = ()
    dormant: int = 0
    missing: tuple[str, ...] = ()
    whole: int | None = None


def find(filters: Filters, regions: Regions, today: date, *, size: int = PAGE_SIZE) -> Found:
    """Search the directory; at most four queries, whatever is found."""
    wording = take_apart(filters.text, regions, lexicon())
    asked = question(filters, wording, regions, today, size=size)
    result = textsearch.search(COLLECTION, asked)
    return Found(
        total=result.total,
        pages=max(1, -(-result.total // size)),
        rows=rows(result.keys),
        counts=result.counts,
        wording=wording,
        corrections=result.corrections,
        dormant=0 if filters.chosen.get(FRESH) else result.counts[FRESH].get("dormant", 0),
        missing=result.missing,
        whole=result.whole,
    )


def found_keys(
    filters: Filters, regions: Regions, today: date, *, most: int
) -> tuple[int, tuple[int, ...]]:
    """Return how many profiles there are, and the keys of so many of them in the page's order."""
    wording = take_apart(filters.text, regions, lexicon())
    asked = question(replace(filters, page=1), wording, regions, today, size=most)
    result = textsearch.search(COLLECTION, replace(asked, counts=()))
    return result.total, result.keys


def matching_keys(filters: Filters, regions: Regions, today: date) -> tuple[int, ...]:
    """Return the keys of all profiles that fit and have every word, whatever the page."""
    wording = take_apart(filters.text, regions, lexicon())
    asked = question(replace(filters, page=1), wording, regions, today, size=EVERY)
    result = textsearch.search(COLLECTION, replace(asked, counts=(), sort=BY_KEY, enough=1))
    return result.keys if result.whole is None else ()


def question(
    filters: Filters, wording: Wording, regions: Regions, today: date, *, size: int
) -> Query:
    """Turn filters into a question to the index."""
    ranges: dict[str, tuple[float | None, float | None]] = {}
    if minimum := filters.minimum or wording.minimum:
        ranges["minimum"] = (None, minimum)
    if capacity := filters.capacity or wording.capacity:
        ranges["capacity"] = (capacity, None)
    place = regions.get(filters.near or wording.near)
    # "sol dekat Mojokerto" asks for sole makers that are near, not for whatever is nearest.
    is_nearness_said = bool(wording.near and wording.words and not filters.near)
    sort = filters.sort
    if sort == "relevance" and wording.near and not is_nearness_said:
        sort = "distance"
    facets = {group: frozenset(values) for group, values in filters.chosen.items()}
    asked = Query(
        text=wording.words,
        facets=facets,
        bands=dated(lexicon(), today),
        ranges=ranges,
        near=Near(place.latitude, place.longitude, NEAR_KM if is_nearness_said else None)
        if place
        else None,
        sort=_SORTS[sort],
        offset=(filters.page - 1) * size,
        limit=size,
        counts=COUNTED,
        correct=not filters.exact,
        prefix=not filters.exact,
        enough=1 if filters.exact else ENOUGH,
    )
    return aged(asked, today, facets.get(FRESH, frozenset()))


def rows(keys: tuple[int, ...]) -> list[Row]:
    """Return the rows of lists for these profiles, in this order; one query."""
    found = listing_contents(keys)
    return [Row(key, found[key]) for key in keys if key in found]
