"""Narrow hits by facets, numbers and distance, and count what each facet value would leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from ifn.textsearch import ranking
from ifn.textsearch.asking import LATITUDE, LONGITUDE, Near, Query
from ifn.textsearch.live import Live, in_range
from ifn.textsearch.matching import Match

#: The roaring format: ordinals in one container, how many it may list one by one, its first word.
CONTAINER, MOST_PLACES, COOKIE = 65_536, 4096, 12_346


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that pass everything, and the counts asked for."""

    hits: BitMap
    counts: dict[str, dict[str, int]]


def bitmap_of_mask(mask: NDArray[np.bool_]) -> BitMap:
    """Return where a mask is true.

    Written in the portable format of roaring bitmaps (github.com/RoaringBitmap/RoaringFormatSpec),
    which costs a tenth of handing over the places one by one.
    """
    heads, bodies = [], []
    for key, start in enumerate(range(0, len(mask), CONTAINER)):
        part = mask[start : start + CONTAINER]
        held = int(np.count_nonzero(part))
        if held:
            heads.append((key, held - 1))
            places = np.flatnonzero(part).astype("<u2") if held <= MOST_PLACES else None
            bits = np.packbits(part, bitorder="little") if places is None else places
            bodies.append(bits.tobytes().ljust(CONTAINER // 8 if places is None else 0, b"\0"))
    at = 8 + 8 * len(heads)
    offsets = np.cumsum([at, *map(len, bodies)])[:-1]
    return BitMap.deserialize(
        np.array([COOKIE, len(heads)], dtype="<u4").tobytes()
        + np.array(heads, dtype="<u2").tobytes()
        + offsets.astype("<u4").tobytes()
        + b"".join(bodies)
    )


class Filters:
    """A question's filters on one collection."""

    def __init__(self, live: Live, query: Query) -> None:
        self.live, self.query = live, query
        self.chosen = {
            group: self.any_of(group, values) for group, values in query.facets.items() if values
        }

    def values(self, group: str) -> Mapping[str, BitMap]:
        """Return the documents with each value of a group."""
        if group in self.query.bands:
            bands = self.query.bands[group]
            return {name: self.live.banded(band) for name, band in bands.items()}
        return self.live.facets.get(group, {})

    def any_of(self, group: str, values: frozenset[str]) -> BitMap:
        """Return the documents with any of a group's values."""
        if group in self.query.bands:
            bands = self.query.bands[group]
            known = [self.live.banded(bands[value]) for value in values if value in bands]
            return reduce(or_, known, BitMap())
        bitmaps = self.live.facets.get(group, {})
        return reduce(or_, (bitmaps[value] for value in values if value in bitmaps), BitMap())

    def apply(self, match: Match | None) -> Found:
        """Return the hits and the counts; a group's counts leave its own filter aside."""
        rest = self.narrowed(bitmap_of_mask(match.hits) if match else self.live.alive)
        hits = reduce(and_, self.chosen.values(), rest)
        counts = {}
        for group in self.query.counts:
            if group in self.chosen:
                others = (kept for name, kept in self.chosen.items() if name != group)
                counts[group] = self.count(group, reduce(and_, others, rest))
            else:
                counts[group] = self.count(group, hits)
        return Found(hits, counts)

    def count(self, group: str, hits: BitMap) -> dict[str, int]:
        """Count the values of a group that hits have, the most frequent first."""
        counted = [
            (value, times)
            for value, bitmap in self.values(group).items()
            if (times := hits.intersection_cardinality(bitmap))
        ]
        return dict(sorted(counted, key=lambda found: (-found[1], found[0])))

    def narrowed(self, hits: BitMap) -> BitMap:
        """Apply everything that is not a facet to choose."""
        for group, values in self.query.excluded.items():
            hits = hits - self.any_of(group, values)
        masks = [
            in_range(self.live.number(name), low, high)
            for name, (low, high) in self.query.ranges.items()
        ]
        near = self.query.near
        if near is not None and near.within_km is not None:
            masks.append(self.within(near, near.within_km))
        return hits & bitmap_of_mask(reduce(and_, masks)) if masks else hits

    def within(self, near: Near, kilometres: float) -> NDArray[np.bool_]:
        """Return which documents are no farther away; only a band of latitudes is worked out."""
        latitudes, longitudes = self.live.number(LATITUDE), self.live.number(LONGITUDE)
        band = np.flatnonzero(
            np.abs(latitudes - near.latitude) <= kilometres / ranking.KM_PER_DEGREE
        )
        distances = ranking.distances_km(
            latitudes[band], longitudes[band], (near.latitude, near.longitude)
        )
        mask = np.zeros(self.live.size, dtype=np.bool_)
        mask[band[distances <= kilometres]] = True
        return mask
