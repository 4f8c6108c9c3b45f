"""How many profiles of the usual list are where in the chain, from the index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ifn.directory.chain.gaps import Map, Spread
from ifn.directory.listings import COLLECTION, LINKS, links_of
from ifn.directory.search.aging import aged, usual_on
from ifn.regions.queries import Regions
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import Crossed, Query
from ifn.vocabulary.queries import Lexicon, Word

#: The links from upstream to downstream; institutions stand beside the chain.
CHAIN: Final = tuple(link for link in LINKS if link != "institutions")
#: Everybody who makes footwear: the role above all roles of production.
MAKERS: Final = "PR"
ROLE: Final = "value_chain_role"


@dataclass(frozen=True, slots=True)
class Counts:
    """Profiles of a province, or of all: in each link, in each role, and by place and link."""

    total: int
    links: Mapping[str, int]
    roles: Mapping[str, int]
    places: Mapping[str, Mapping[str, int]]


def counts(province: str, today: date) -> Counts:
    """Return the chain of a province by its regencies, or that of the country by its provinces."""
    facets = {"province": frozenset({province})} if province else {}
    asked = aged(Query(facets=facets, limit=0, counts=("link", "role")), today)
    found = textsearch.search(COLLECTION, asked)
    table = textsearch.crossed(
        COLLECTION, "regency" if province else "province", "link", within=usual_on(today)
    )
    places = {
        code: dict(zip(table.columns, row, strict=True))
        for code, row in zip(table.rows, table.counts.tolist(), strict=True)
        if code.startswith(province)
    }
    return Counts(found.total, found.counts["link"], found.counts["role"], places)


@lru_cache(maxsize=2)
def roles_by_link(lexicon: Lexicon) -> dict[str, list[Word]]:
    """Return the roles of each link of the chain, in the order of the vocabulary."""
    found: dict[str, list[Word]] = {link: [] for link in CHAIN}
    for word in lexicon.of(ROLE):
        if word.parent:
            for link in links_of([word.code]):
                if link in found:
                    found[link].append(word)
    return found


@lru_cache(maxsize=2)
def links_by_role(lexicon: Lexicon) -> dict[str, str]:
    """Return the link of the chain that each role belongs to."""
    return {word.code: link for link, words in roles_by_link(lexicon).items() for word in words}


def spread(regions: Regions, roles: Iterable[str], today: date) -> Spread:
    """Return where each role is, by regency and city."""
    table = textsearch.crossed(COLLECTION, "regency", "role", within=usual_on(today))
    names = tuple(roles)
    return Spread(_map(regions), names, _laid_out(table, _map(regions), names))


def makers(regions: Regions, today: date) -> NDArray[np.int64]:
    """Return how many makers of footwear there are in each regency and city of the map."""
    return spread(regions, [MAKERS], today).counts[:, 0]


def _laid_out(table: Crossed, places: Map, roles: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the index's table with a row for each place of the map and a column for each role."""
    found = np.zeros((len(places.codes), len(roles)), dtype=np.int64)
    rows = [(places.at[code], row) for row, code in enumerate(table.rows) if code in places.at]
    have = {code: column for column, code in enumerate(table.columns)}
    known = [(column, have[code]) for column, code in enumerate(roles) if code in have]
    if rows and known:
        down, given = np.array(rows).T
        across, taken = np.array(known).T
        found[np.ix_(down, across)] = table.counts[np.ix_(given, taken)]
    return found


_kept: tuple[Regions | None, Map] = (None, Map((), np.zeros(0), np.zeros(0)))


def _map(regions: Regions) -> Map:
    """Return the regencies and cities with their points; made once per edition of the regions."""
    global _kept  # noqa: PLW0603  # as for names of regions
    if _kept[0] is not regions:
        places = [place for place in regions.by_code.values() if not place.is_province]
        _kept = (
            regions,
            Map(
                tuple(place.code for place in places),
                np.array([place.latitude for place in places], dtype=np.float64),
                np.array([place.longitude for place in places], dtype=np.float64),
            ),
        )
    return _kept[1]
