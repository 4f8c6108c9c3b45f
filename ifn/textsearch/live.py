"""A collection as one process holds it: a generation and every change since. No database here.

Facets, numbers, keys and lengths are changed in place; postings of the generation stay as they
are and are read without the documents that changed, whose terms stand in small dictionaries.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from ifn.textsearch import ranking
from ifn.textsearch.asking import Band, Crossed
from ifn.textsearch.entries import Content, read
from ifn.textsearch.segment import (
    NOTHING,
    RARE,
    NameIndex,
    Posting,
    Segment,
    bitmap_of,
    ordinals_of,
    unpack_posting,
)
from ifn.textsearch.vocabulary import Neighbour, Vocabulary

#: Bytes of postings that a process keeps per collection.
KEPT_BYTES = 24_000_000
#: What keeping even an empty posting costs.
OVERHEAD = 400
#: Bands, and tables of two groups, that are kept of one state; what is asked last stays.
KEPT_BANDS, KEPT_TABLES = 8, 4
#: Of bands only counted and chosen the bitmaps are kept: small, and one for each value of a group.
KEPT_BITMAPS = 128
T = TypeVar("T", bound=np.generic)
K = TypeVar("K")
V = TypeVar("V")


class Change(NamedTuple):
    """A document as the database has it now."""

    ordinal: int
    key: int
    is_removed: bool
    length: int
    content: bytes


class Postings:
    """The generation's postings that were used last; the rest are fetched when asked for."""

    def __init__(self, fetch: Callable[[list[str]], dict[str, bytes]]) -> None:
        self.fetch = fetch
        self.kept: OrderedDict[str, Posting] = OrderedDict()
        self.bytes = 0

    def __call__(self, terms: Iterable[str]) -> dict[str, Posting]:
        found: dict[str, Posting] = {}
        missing: list[str] = []
        for term in dict.fromkeys(terms):
            if term in self.kept:
                self.kept.move_to_end(term)
                found[term] = self.kept[term]
            else:
                missing.append(term)
        if missing:
            bodies = self.fetch(missing)
            for term in missing:
                found[term] = unpack_posting(bodies[term]) if term in bodies else NOTHING
                self.keep(term, found[term])
        return found

    def keep(self, term: str, posting: Posting) -> None:
        """Remember a posting, forget the ones not used for longest."""
        self.kept[term] = posting
        self.bytes += 5 * len(posting.ordinals) + OVERHEAD
        while self.bytes > KEPT_BYTES and len(self.kept) > 1:
            _, dropped = self.kept.popitem(last=False)
            self.bytes -= 5 * len(dropped.ordinals) + OVERHEAD


def grown(values: NDArray[T], size: int, filling: float) -> NDArray[T]:
    """Return a copy with room for so many."""
    found = np.full(size, filling, dtype=values.dtype)
    found[: len(values)] = values
    return found


def remembered(kept: OrderedDict[K, V], key: K, make: Callable[[], V], most: int) -> V:
    """Return what is kept under a key, made when it is not; what was not used longest goes."""
    if key not in kept:
        kept[key] = make()
        if len(kept) > most:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def in_range(
    values: NDArray[np.float64], low: float | None, high: float | None, *, missing: bool = False
) -> NDArray[np.bool_]:
    """Return which numbers lie between two bounds, which are included, or are ``missing``."""
    absent = np.isnan(values)
    mask = ~absent
    if low is not None:
        mask &= values >= low
    if high is not None:
        mask &= values <= high
    return mask | absent if missing else mask


class Live:
    """The documents that exist now, ready to be searched."""

    def __init__(self, segment: Segment, fetch: Callable[[list[str]], dict[str, bytes]]) -> None:
        self.base = Postings(fetch)
        self.base_vocabulary, self.base_names = segment.vocabulary, segment.names
        self.base_size = len(segment.keys)
        self.keys, self.lengths = np.array(segment.keys), np.array(segment.lengths)
        self.numbers = {name: np.array(values) for name, values in segment.numbers.items()}
        #: Numbers that few documents have, by ordinal; as arrays they would be mostly nothing.
        self.rare = {name: dict(few) for name, few in segment.rare.items()}
        self.alive = bitmap_of(np.flatnonzero(self.keys >= 0).astype(np.uint32))
        self.facets: dict[str, dict[str, BitMap]] = {}
        for name, bitmap in segment.facets.items():
            group, _, value = name.partition(":")
            self.facets.setdefault(group, {})[value] = bitmap
        self.changed = np.zeros(len(self.keys), dtype=np.bool_)
        self.has_changed = False
        self.delta: dict[int, Content] = {}
        self.delta_terms: dict[str, dict[int, int]] = {}
        self.total_length = int(self.lengths.sum())
        self.touched()

    def touched(self) -> None:
        """Forget what was computed from the state before."""
        self._saturation: ranking.Scores | None = None
        self._orders: dict[tuple[str, bool], NDArray[np.intp]] = {}
        self._sunk_orders: OrderedDict[tuple[str, bool, Band], NDArray[np.intp]] = OrderedDict()
        self._masks: OrderedDict[Band, NDArray[np.bool_]] = OrderedDict()
        self._banded: OrderedDict[Band, BitMap] = OrderedDict()
        self._tables: OrderedDict[tuple[str, str, Band | None], Crossed] = OrderedDict()
        self._delta_vocabulary: Vocabulary | None = None
        self._delta_names: NameIndex | None = None

    @property
    def size(self) -> int:
        """Return how long arrays by ordinal are."""
        return len(self.keys)

    @property
    def gone(self) -> int:
        """Return how many documents of the generation were changed or removed since."""
        return int(np.count_nonzero(self.changed)) if self.has_changed else 0

    def apply(self, changes: Iterable[Change]) -> None:
        """Take over documents that were put or removed."""
        for change in changes:
            self.make_room(change.ordinal)
            self.forget(change.ordinal)
            if not change.is_removed:
                self.remember(change)
        self.touched()

    def make_room(self, ordinal: int) -> None:
        """Lengthen the arrays when a new ordinal does not fit."""
        if ordinal < self.size:
            return
        size = max(ordinal + 1, self.size + self.size // 8 + 64)
        self.keys = grown(self.keys, size, -1)
        self.lengths = grown(self.lengths, size, 0)
        self.changed = grown(self.changed, size, 0)
        self.numbers = {name: grown(v, size, np.nan) for name, v in self.numbers.items()}

    def forget(self, ordinal: int) -> None:
        """Take a document out of everything."""
        self.total_length -= int(self.lengths[ordinal])
        self.lengths[ordinal] = 0
        self.keys[ordinal] = -1
        self.alive.discard(ordinal)
        for values in self.numbers.values():
            values[ordinal] = np.nan
        for few in self.rare.values():
            few.pop(ordinal, None)
        for bitmaps in self.facets.values():
            for bitmap in bitmaps.values():
                bitmap.discard(ordinal)
        before = self.delta.pop(ordinal, None)
        if before is not None:
            for term in before.terms:
                del self.delta_terms[term][ordinal]
        if ordinal < self.base_size:
            self.changed[ordinal] = self.has_changed = True

    def remember(self, change: Change) -> None:
        """Put a document into everything."""
        ordinal = change.ordinal
        content = self.delta[ordinal] = read(change.content)
        self.keys[ordinal] = change.key
        self.lengths[ordinal] = change.length
        self.total_length += change.length
        self.alive.add(ordinal)
        for term, times in zip(content.terms, content.frequencies.tolist(), strict=True):
            self.delta_terms.setdefault(term, {})[ordinal] = times
        for name in content.facets:
            group, _, value = name.partition(":")
            self.facets.setdefault(group, {}).setdefault(value, BitMap()).add(ordinal)
        for name, number in content.numbers.items():
            if name in self.numbers:
                self.numbers[name][ordinal] = number
                continue
            few = self.rare.setdefault(name, {})
            few[ordinal] = number
            if len(few) * RARE > self.size:
                self.numbers[name] = self.number(name)
                del self.rare[name]

    def postings(self, terms: Sequence[str]) -> dict[str, Posting]:
        """Return the terms' postings as they are now."""
        return {term: self.merged(term, base) for term, base in self.base(terms).items()}

    def merged(self, term: str, base: Posting) -> Posting:
        """Return a posting of the generation as it is now."""
        if self.has_changed:
            gone = self.changed[base.ordinals]
            if gone.any():
                base = Posting(base.ordinals[~gone], base.frequencies[~gone])
        new = self.delta_terms.get(term)
        if not new:
            return base
        ordinals = np.concatenate([base.ordinals, np.fromiter(new, np.uint32, len(new))])
        times = np.concatenate([base.frequencies, np.fromiter(new.values(), np.uint8, len(new))])
        order = np.argsort(ordinals, kind="stable")
        return Posting(ordinals[order], times[order])

    @property
    def saturation(self) -> ranking.Scores:
        """Return BM25's ``k`` of each document."""
        if self._saturation is None:
            average = self.total_length / len(self.alive) if self.alive else 0.0
            self._saturation = ranking.saturations(self.lengths, average)
        return self._saturation

    def number(self, name: str) -> NDArray[np.float64]:
        """Return a number by ordinal, NaN where a document has none."""
        if name in self.numbers:
            return self.numbers[name]
        values = np.full(self.size, np.nan)
        if few := self.rare.get(name):
            values[list(few)] = list(few.values())
        return values

    def order(self, name: str, *, descending: bool) -> NDArray[np.intp]:
        """Return all ordinals by a number, those without it last."""
        if (name, descending) not in self._orders:
            values = self.number(name)
            self._orders[name, descending] = np.argsort(
                -values if descending else values, kind="stable"
            )
        return self._orders[name, descending]

    def sunk_order(self, name: str, sunk: Band, *, descending: bool) -> NDArray[np.intp]:
        """Return all ordinals by a number, those of the band after the others."""

        def make() -> NDArray[np.intp]:
            order = self.order(name, descending=descending)
            below = self.band(sunk)[order]
            return np.concatenate([order[~below], order[below]])

        return remembered(self._sunk_orders, (name, descending, sunk), make, 1)

    def band(self, band: Band) -> NDArray[np.bool_]:
        """Return which ordinals lie in a band; of documents that are gone it says nothing true."""
        return remembered(self._masks, band, lambda: self._mask(band), KEPT_BANDS)

    def _mask(self, band: Band) -> NDArray[np.bool_]:
        numbers = self.number(band.number)
        return in_range(numbers, band.low, band.high, missing=band.missing)

    def banded(self, band: Band) -> BitMap:
        """Return the documents of a band."""

        def make() -> BitMap:
            if band.number not in self.numbers and not band.missing:
                few = self.rare.get(band.number, {})
                there, values = np.array(list(few), np.uint32), np.array(list(few.values()))
                inside = in_range(values, band.low, band.high, missing=False)
                return self.alive & bitmap_of(np.sort(there[inside]))
            return self.alive & bitmap_of(np.flatnonzero(self._mask(band)).astype(np.uint32))

        return remembered(self._banded, band, make, KEPT_BITMAPS)

    def crossed(self, rows: str, columns: str, within: Band | None) -> Crossed:
        """Count the documents, of a band if one is given, by the values of two groups."""
        return remembered(
            self._tables, (rows, columns, within), lambda: self._table(rows, columns, within),
            KEPT_TABLES,
        )  # fmt: skip

    def _table(self, rows: str, columns: str, within: Band | None) -> Crossed:
        down, across = self.facets.get(rows, {}), self.facets.get(columns, {})
        names, others = tuple(sorted(down)), tuple(sorted(across))
        members = [ordinals_of(down[name]) for name in names]
        ordinals = np.concatenate([NOTHING.ordinals, *members])
        row_of = np.repeat(np.arange(len(names)), [len(found) for found in members])
        if within is not None:
            kept = self.band(within)[ordinals]
            ordinals, row_of = ordinals[kept], row_of[kept]
        counts = np.zeros((len(names), len(others)), dtype=np.int64)
        for place, other in enumerate(others):
            mask = np.zeros(self.size, dtype=np.bool_)
            mask[ordinals_of(across[other])] = True
            counts[:, place] = np.bincount(row_of[mask[ordinals]], minlength=len(names))
        counts.flags.writeable = False
        return Crossed(names, others, counts)

    @property
    def vocabularies(self) -> tuple[Vocabulary, Vocabulary]:
        """Return the words of the generation, and those of the documents changed since."""
        if self._delta_vocabulary is None:
            counted: dict[str, int] = {}
            for content in self.delta.values():
                for word in content.words:
                    counted[word] = counted.get(word, 0) + 1
            self._delta_vocabulary = Vocabulary.of(counted)
        return self.base_vocabulary, self._delta_vocabulary

    def frequency(self, word: str) -> int:
        """Return in how many documents a word stands; may lag behind removals."""
        return sum(vocabulary.frequency(word) for vocabulary in self.vocabularies)

    def neighbours(self, word: str, most: int) -> list[Neighbour]:
        """Return the words at most so many edits away; frequencies may lag behind removals."""
        return joined(near for v in self.vocabularies for near in v.near(word, most))

    def completions(self, prefix: str, limit: int) -> list[Neighbour]:
        """Return the most frequent words that begin so."""
        found = joined(near for v in self.vocabularies for near in v.most_frequent(prefix, limit))
        return sorted(found, key=lambda near: (-near.frequency, near.word))[:limit]

    def named(self, prefix: str) -> BitMap:
        """Return the documents with a name of which a word begins so."""
        if self._delta_names is None:
            self._delta_names = NameIndex.of_documents(
                (ordinal, content.names) for ordinal, content in self.delta.items()
            )
        base = self.base_names.starting(prefix)
        found = bitmap_of(base[~self.changed[base]])
        return found | bitmap_of(self._delta_names.starting(prefix))


def joined(neighbours: Iterable[Neighbour]) -> list[Neighbour]:
    """Add up what the generation and the changes since say of one word."""
    found: dict[str, Neighbour] = {}
    for near in neighbours:
        before = found.get(near.word)
        times = near.frequency + (before.frequency if before else 0)
        found[near.word] = Neighbour(near.word, near.distance, times)
    return list(found.values())
