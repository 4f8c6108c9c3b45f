"""Firms of the directory as they are compared: what everybody may see of them, and no more.

Where a firm does not show its point, its regency's centre stands for it; a capacity that it does
not show is unknown here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ifn.connections.chaining.facts import Brief, Gathered, Link
from ifn.connections.chaining.measures import UNKNOWN_KM, way
from ifn.connections.chaining.offers import ROUNDED, least_mismatch, least_unverified, need_of
from ifn.connections.matching.conditions import exclusions
from ifn.connections.matching.facts import Checked, Firm, Ground, Held
from ifn.connections.matching.measures import LONGEST_DAYS, MONTH
from ifn.connections.matching.reading import VOCABULARIES, climbed
from ifn.directory.freshness import limits_on
from ifn.directory.listings import COLLECTION, GROUP_OF
from ifn.directory.opendata.rows import OpenRow, open_rows
from ifn.directory.search.aging import aged, dated
from ifn.regions.queries import Regions, all_regions
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import BY_DISTANCE, Band, Near, Query
from ifn.vocabulary.queries import Lexicon, lexicon

#: Profiles read of each search for a link: of those that state what is
#: asked, of others, of those of whom anything is verified; and where nobody fits.
STATED, ROLE_ONLY, VERIFIED, WIDE = 250, 100, 100, 1_500


def firm_of_row(row: OpenRow, regions: Regions) -> Firm:
    """Return what everybody may see of a profile as it is compared."""
    known = row.columns
    point = _point(row, regions)
    day = known["confirmed_on"]
    return Firm(
        key=known["id"],
        roles=_codes(row, "roles"),
        products=_codes(row, "products"),
        materials=_codes(row, "materials"),
        constructions=_codes(row, "constructions"),
        processes=_codes(row, "processes"),
        machines=_codes(row, "machines"),
        monthly_capacity=known["monthly_capacity"],
        minimum_order=known["minimum_order"],
        lead_time_days=known["lead_time_days"],
        region=known["region_id"] or "",
        point=point,
        certificates=tuple(
            Held(one.code, date.fromisoformat(one.expires_on) if one.expires_on else None)
            for one in row.certificates
        ),
        verified=tuple(
            Checked(one.topic, date.fromisoformat(one.expires_on)) for one in row.verifications
        ),
        confirmed_on=date.fromisoformat(day) if day else None,
        takes_job_orders=_said(known["takes_job_orders"]),
        languages=frozenset(row.languages),
    )


def _codes(row: OpenRow, group: str) -> frozenset[str]:
    return frozenset(row.terms.get(VOCABULARIES[group], ()))


def _said(value: object) -> bool | None:
    return None if value is None else bool(value)


def _point(row: OpenRow, regions: Regions) -> tuple[float, float] | None:
    latitude, longitude = row.columns["latitude"], row.columns["longitude"]
    if latitude is not None and longitude is not None:
        return latitude, longitude
    place = regions.get(row.columns["region_id"])
    return (place.latitude, place.longitude) if place else None


def ground_on(today: date) -> Ground:
    """Return what firms are compared against on a day."""
    dormant = (today - limits_on(today).dormant).days
    return Ground(today, ancestors_in(lexicon()), dormant_days=dormant)


@lru_cache(maxsize=2)
def ancestors_in(words: Lexicon) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return for every group and term the terms above it."""
    return {
        group: climbed(
            {one.code: one.parent or None for one in words.words if one.vocabulary == name}
        )
        for group, name in VOCABULARIES.items()
    }


@dataclass(frozen=True, slots=True)
class _Search:
    """One question to the index for a link; whoever it leaves out costs ``extra`` at least."""

    query: Query
    extra: int
    is_of_verified: bool = False


@dataclass(frozen=True, slots=True)
class _Brought:
    """The keys a search brought, the nearest first, and whether there are more."""

    search: _Search
    keys: tuple[int, ...]
    is_cut: bool


def gathered_for(brief: Brief, links: Sequence[Link], ground: Ground) -> dict[str, Gathered]:
    """Return for each link the nearest who play its role, from the directory's index.

    First those who state what the link asks, then others; those too small alone are asked for
    apart. Where nobody of these fits, so many more that the nearest can be named.
    """
    brought = {
        link.code: [_asked(one) for one in _searches(link, brief, ground.today)] for link in links
    }
    wanted = {key for several in brought.values() for one in several for key in one.keys}
    firms = _firms(wanted)
    found = {link.code: _gathered(brought[link.code], firms, brief) for link in links}
    for link in links:
        need = need_of(link, brief)
        if not any(not exclusions(need, firm, ground) for firm in found[link.code].firms):
            wide = _asked(_Search(_by_role(link, brief, ground.today, WIDE), 0))
            firms |= _firms(set(wide.keys) - firms.keys())
            found[link.code] = _gathered([*brought[link.code], wide], firms, brief)
    return found


def _searches(link: Link, brief: Brief, today: date) -> Iterator[_Search]:
    """Return the questions for a link; together they cover everybody who could take it."""
    stated = {
        GROUP_OF[VOCABULARIES[group]]: terms
        for group, terms in need_of(link, brief).asked().items()
    }
    verified = _verified(link, brief, today)
    yield _Search(verified, 0, is_of_verified=True)
    unverified = least_unverified(brief)
    first = _by_role(link, brief, today, STATED)
    for bands in _sizes(link, brief):
        yield _Search(_narrowed(first, stated, bands), unverified)
        if stated:
            others = _by_role(link, brief, today, ROLE_ONLY)
            extra = unverified + least_mismatch(link, brief)
            yield _Search(_narrowed(others, {}, bands), extra)


def _verified(link: Link, brief: Brief, today: date) -> Query:
    """Return the question for all of whom anything is verified: they speak for themselves."""
    query = _by_role(link, brief, today, VERIFIED)
    topics = dated(lexicon(), today)["verified"]
    return replace(
        query,
        facets={**query.facets, "verified": frozenset(topics)},
        bands={**query.bands, "verified": topics},
    )


def _sizes(link: Link, brief: Brief) -> list[dict[str, Band]]:
    """Return what minimum order and capacity must be: for whoever takes all, and for a half."""
    if not link.counts_pairs:
        return [{}]
    minimum = Band("minimum", high=brief.pairs, missing=True)
    monthly = brief.pairs * MONTH / min(brief.deadline_days, LONGEST_DAYS)
    return [
        {"enough": minimum, "size": Band("capacity", low=monthly, missing=True)},
        {"enough": minimum, "size": Band("capacity", high=monthly)},
    ]


def _by_role(link: Link, brief: Brief, today: date, limit: int) -> Query:
    query = Query(
        facets={"role": link.roles},
        near=Near(*brief.place),
        sort=BY_DISTANCE,
        limit=limit,
    )
    return aged(query, today)


def _narrowed(
    query: Query, facets: Mapping[str, frozenset[str]], bands: Mapping[str, Band]
) -> Query:
    yes = frozenset({"yes"})
    return replace(
        query,
        facets={**query.facets, **facets, **dict.fromkeys(bands, yes)},
        bands={**query.bands, **{name: {"yes": band} for name, band in bands.items()}},
    )


def _asked(search: _Search) -> _Brought:
    result = textsearch.search(COLLECTION, search.query)
    return _Brought(search, result.keys, result.total > len(result.keys))


def _firms(keys: Iterable[int]) -> dict[int, Firm]:
    regions = all_regions()
    found = [firm_of_row(row, regions) for row in open_rows(sorted(keys))]
    return {int(str(firm.key)): firm for firm in found}


def _gathered(brought: Sequence[_Brought], firms: Mapping[int, Firm], brief: Brief) -> Gathered:
    """Return the firms of some searches, and what whoever they did not bring costs at least."""
    keys: dict[int, None] = {}
    bounds: list[int] = []
    for one in brought:
        keys |= dict.fromkeys(one.keys)
        if one.is_cut:
            last = firms.get(one.keys[-1]) if one.keys else None
            km = min(way(last.point, brief.place) if last else 0, UNKNOWN_KM)
            bounds.append(one.search.extra + brief.emphasis.near * max(km - ROUNDED, 0))
    some = tuple(firms[key] for key in keys if key in firms)
    may_be_verified = any(one.is_cut and one.search.is_of_verified for one in brought)
    own = 0 if may_be_verified else least_unverified(brief)
    return Gathered(some, min(bounds, default=None), own)
