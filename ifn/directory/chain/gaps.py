"""Which roles nobody has within a distance. Plain arrays in, plain values out; pure.

A place is a regency or city, taken as its central point: whoever works there is at distance 0, and
whoever works in another is as far away as the two points. No profile's own point is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ifn.textsearch.ranking import distances_km


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest place that has a role, and how far; nothing where nobody has it anywhere."""

    code: str
    km: float | None


@dataclass(frozen=True)
class Map:
    """Places with their points in degrees; distances between them are worked out once."""

    codes: tuple[str, ...]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]

    @cached_property
    def at(self) -> dict[str, int]:
        """Return the position of each place."""
        return {code: position for position, code in enumerate(self.codes)}

    @cached_property
    def distances(self) -> NDArray[np.float64]:
        """Return the kilometres from each place to each."""
        rows = [
            distances_km(self.latitudes, self.longitudes, (latitude, longitude))
            for latitude, longitude in zip(
                self.latitudes.tolist(), self.longitudes.tolist(), strict=True
            )
        ]
        found = np.array(rows).reshape(len(self.codes), len(self.codes))
        np.fill_diagonal(found, 0.0)
        return found


@dataclass(frozen=True)
class Spread:
    """How many have each role in each place: a row for each place, a column for each role."""

    map: Map
    roles: tuple[str, ...]
    counts: NDArray[np.int64]

    @cached_property
    def column(self) -> dict[str, int]:
        """Return the position of each role."""
        return {role: position for position, role in enumerate(self.roles)}

    def nearest_to(self, code: str) -> dict[str, Nearest]:
        """Return for each role the nearest place that has it, seen from one place."""
        away = self.map.distances[self.map.at[code]]
        known = np.where(self.counts > 0, away[:, None], np.inf)
        if not len(known):
            return {role: Nearest("", None) for role in self.roles}
        places = known.argmin(axis=0)
        return {
            role: self._nearest(int(place), float(known[place, column]))
            for column, (role, place) in enumerate(zip(self.roles, places, strict=True))
        }

    def missing_near(self, code: str, km: float) -> dict[str, Nearest]:
        """Return the roles that nobody has within a distance of a place."""
        return {
            role: nearest
            for role, nearest in self.nearest_to(code).items()
            if nearest.km is None or nearest.km > km
        }

    def lacking(self, role: str, km: float) -> dict[str, Nearest]:
        """Return the places with nobody of a role within a distance."""
        having = np.flatnonzero(self.counts[:, self.column[role]] > 0)
        if not len(having):
            return {code: Nearest("", None) for code in self.map.codes}
        known = self.map.distances[:, having]
        nearest = known.argmin(axis=1)
        least = known[np.arange(len(known)), nearest]
        return {
            self.map.codes[place]: self._nearest(int(having[nearest[place]]), float(least[place]))
            for place in np.flatnonzero(least > km)
        }

    def uncovered(self, km: float) -> NDArray[np.bool_]:
        """Return for each place and role whether nobody is within a distance."""
        # Which places are near, and which have a role, as bits: 64 places are compared at once.
        near = _packed(self.map.distances <= km)
        there = _packed((self.counts > 0).T)
        both = np.bitwise_or.reduce(near[:, None, :] & there[None, :, :], axis=2)
        found: NDArray[np.bool_] = both == 0
        return found

    def _nearest(self, place: int, km: float) -> Nearest:
        return Nearest(self.map.codes[place], km) if np.isfinite(km) else Nearest("", None)


def _packed(mask: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return the rows of a mask as whole numbers of 64 bits."""
    wide = -(-mask.shape[1] // 64) * 64
    padded = np.zeros((mask.shape[0], wide), dtype=np.bool_)
    padded[:, : mask.shape[1]] = mask
    return np.packbits(padded, axis=1).view(np.uint64)


def waiting(
    spread: Spread, km: float, makers: NDArray[np.int64], groups: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Return how many makers of each group of places have nobody of a role within a distance.

    ``makers`` counts them by place, ``groups`` names each place's group; an empty name leaves the
    place out. What nobody waits for is left out, the rest comes with the most waiting first.
    """
    names = sorted({group for group in groups if group})
    position = {name: row for row, name in enumerate(names)}
    summed = np.zeros((len(names), len(spread.roles)), dtype=np.int64)
    needed = spread.uncovered(km) * makers[:, None]
    for place, group in enumerate(groups):
        if group:
            summed[position[group]] += needed[place]
    found = {
        (name, role): int(summed[row, column])
        for row, name in enumerate(names)
        for column, role in enumerate(spread.roles)
        if summed[row, column]
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
