"""Questions about gaps for one page: plain rows, the worst first."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ifn.directory.chain.counting import makers, roles_by_link, spread
from ifn.directory.chain.gaps import Map, Nearest, waiting
from ifn.directory.chain.reading import Asked
from ifn.regions.containing import lies_in
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon, Word


@dataclass(frozen=True, slots=True)
class Lack:
    """A role that somewhere nobody has near: in how many places, and how many makers are there."""

    word: Word
    places: int
    makers: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place with nobody of a role near: how many makers are there, and who is nearest."""

    code: str
    makers: int
    nearest: Nearest


@dataclass(frozen=True, slots=True)
class Waiting:
    """Makers of a province, or of a regency, with nobody of a role near; and where they are."""

    code: str
    word: Word
    makers: int
    places: tuple[str, ...]


def all_roles(lexicon: Lexicon) -> list[Word]:
    """Return the roles of the chain from upstream to downstream."""
    return [word for words in roles_by_link(lexicon).values() for word in words]


def lacks(asked: Asked, lexicon: Lexicon, regions: Regions, today: date) -> list[Lack]:
    """Return which roles are missing in how many places, those that most makers lack first."""
    words = all_roles(lexicon)
    known = spread(regions, (word.code for word in words), today)
    inside = np.array([code.startswith(asked.province) for code in known.map.codes], dtype=bool)
    missing = known.uncovered(asked.km) & inside[:, None]
    places, without = missing.sum(axis=0), makers(regions, today) @ missing
    found = [
        Lack(word, int(count), int(lacking))
        for word, count, lacking in zip(words, places, without, strict=True)
        if count
    ]
    return sorted(found, key=lambda lack: (-lack.makers, -lack.places))


def missing_near(
    asked: Asked, lexicon: Lexicon, regions: Regions, today: date
) -> list[tuple[Word, Nearest]]:
    """Return the roles that nobody has near the place, from upstream to downstream."""
    words = all_roles(lexicon)
    known = spread(regions, (word.code for word in words), today)
    missing = known.missing_near(asked.place, asked.km)
    return [(word, missing[word.code]) for word in words if word.code in missing]


def nearest(asked: Asked, regions: Regions, today: date) -> Nearest:
    """Return where the role that is asked for is nearest to the place that is asked for."""
    return spread(regions, [asked.role], today).nearest_to(asked.place)[asked.role]


def lacking(asked: Asked, regions: Regions, today: date) -> list[Place]:
    """Return the places with nobody of the role near, those with most makers first."""
    known = spread(regions, [asked.role], today)
    there = makers(regions, today)
    found = [
        Place(code, int(there[known.map.at[code]]), nearest)
        for code, nearest in known.lacking(asked.role, asked.km).items()
        if code.startswith(asked.province)
    ]
    return sorted(found, key=lambda place: (-place.makers, -(place.nearest.km or 1e9), place.code))


def ranked(
    asked: Asked,
    territory: frozenset[str] | None,
    lexicon: Lexicon,
    regions: Regions,
    today: date,
) -> list[Waiting]:
    """Return where most makers wait for whom: by province, in a province or territory by regency.

    ``territory`` bounds what is looked at; nothing bounds it for the office. Roles of production
    are no gap for makers, as they are makers themselves.
    """
    words = {word.code: word for word in all_roles(lexicon) if not word.code.startswith("PR_")}
    known = spread(regions, words, today)
    by_regency = bool(asked.province) or territory is not None
    groups = [
        (code if by_regency else code[:2]) if _is_inside(code, asked, territory) else ""
        for code in known.map.codes
    ]
    missing = known.uncovered(asked.km)
    there = makers(regions, today)
    inside = {group: np.array([one == group for one in groups]) for group in set(groups)}
    return [
        Waiting(group, words[role], count, _codes(known.map, inside[group] & (there > 0) & lacks))
        for (group, role), count in waiting(known, asked.km, there, groups).items()
        for lacks in [missing[:, known.column[role]]]
    ]


def _codes(places: Map, mask: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(places.codes[place] for place in np.flatnonzero(mask))


def _is_inside(code: str, asked: Asked, territory: frozenset[str] | None) -> bool:
    if not code.startswith(asked.province):
        return False
    return territory is None or lies_in(code, territory)
