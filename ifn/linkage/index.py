"""Find who may be the same as a record without comparing it with all others; pure.

Names and addresses become vectors of 2- and 3-letter pieces, rare pieces weigh, and the nearest
vectors are candidates; so are all who share an exact key. Asking takes milliseconds, and asking for
every record of a list stays near linear: pieces that stand everywhere find nobody and are skipped.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ifn.linkage.comparing import MOST_SHARING, Comparison, compare
from ifn.linkage.evidence import Weights
from ifn.linkage.likeness import Rarity
from ifn.linkage.records import Prepared, Record, prepare

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: So many nearest records are looked at for each.
NEAREST: Final = 10
#: What each field adds to how near two vectors are.
SHARES: Final = {"n": 0.6, "a": 0.3, "p": 0.1, "x": 0.2}
#: A piece in more of the records than this share says nothing about who is meant.
MOST_COMMON: Final = 0.2
ALWAYS_KEPT: Final = 200
#: Nearness below this is none, and differences below this are none.
SMALLEST: Final = 1e-6
#: So many times as many records as wanted are looked at when they are all equally near.
MOST_EQUAL: Final = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the same, and how the two compare."""

    key: Hashable
    comparison: Comparison


class Index:
    """Records to look for candidates in; can grow and shrink.

    How rare pieces are is learned from the records it is built from; what comes later is read with
    the same eyes.
    """

    def __init__(
        self,
        records: Iterable[Record | Prepared],
        *,
        beside: Iterable[Prepared] = (),
        weights: Weights | None = None,
    ) -> None:
        """Build from records. ``beside`` are others that will be asked about, to learn from too."""
        prepared = [one if isinstance(one, Prepared) else prepare(one) for one in records]
        more = list(beside)
        self.rarity = Rarity()
        self.weights = weights
        self._seen: Counter[str] = Counter()
        for one in (*prepared, *more):
            self._seen.update({piece for piece, _count in _pieces(one)})
        self.rarity.count(more)
        self._learned = max(len(prepared) + len(more), 1)
        self._slots: dict[Hashable, int] = {}
        self._gone: list[int] = []
        self._records: list[Prepared | None] = []
        self._where: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        self._amounts: defaultdict[str, array[float]] = defaultdict(lambda: array("f"))
        self._holders: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for one in prepared:
            self.add(one)

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._slots

    def add(self, record: Record | Prepared) -> None:
        """Take a record in; one with the same key is replaced."""
        one = record if isinstance(record, Prepared) else prepare(record)
        self.remove(one.key)
        slot = len(self._records)
        self._records.append(one)
        self._slots[one.key] = slot
        self.rarity.count([one])
        for piece, amount in self._vector(one):
            self._where[piece].append(slot)
            self._amounts[piece].append(amount)
        for key in one.exact_keys():
            self._holders[key].add(slot)

    def remove(self, key: Hashable) -> None:
        """Take a record out; one that is not there stays not there."""
        slot = self._slots.pop(key, None)
        if slot is None:
            return
        one = self._records[slot]
        self._records[slot] = None
        self._gone.append(slot)
        if one is not None:
            self.rarity.count([one], by=-1)
            for each in one.exact_keys():
                self._holders[each].discard(slot)

    def near(self, record: Record | Prepared, *, nearest: int = NEAREST) -> list[Prepared]:
        """Return the records that may be the same, without the record itself."""
        one = record if isinstance(record, Prepared) else prepare(record)
        found = self._nearest(one, nearest)
        for key in one.exact_keys():
            holders = self._holders.get(key, ())
            if len(holders) <= MOST_SHARING * NEAREST:
                found.update(holders)
        slots = sorted(found - {self._slots.get(one.key, -1)})
        return [other for slot in slots if (other := self._records[slot]) is not None]

    def candidates(self, record: Record | Prepared, *, nearest: int = NEAREST) -> list[Candidate]:
        """Return the records that may be the same, compared, the likeliest first."""
        one = record if isinstance(record, Prepared) else prepare(record)
        compared = [
            Candidate(other.key, compare(one, other, rarity=self.rarity, weights=self.weights))
            for other in self.near(one, nearest=nearest)
        ]
        return sorted(compared, key=lambda each: -each.comparison.log_odds)

    def _nearest(self, one: Prepared, nearest: int) -> set[int]:
        where, amounts = [], []
        for piece, amount in self._vector(one):
            if piece in self._where:
                where.append(np.frombuffer(self._where[piece], dtype=np.int32))
                amounts.append(np.frombuffer(self._amounts[piece], dtype=np.float32) * amount)
        if not where:
            return set()
        scores: NDArray[Any] = np.bincount(
            np.concatenate(where), np.concatenate(amounts), minlength=len(self._records)
        )
        scores[self._gone] = 0.0
        wanted = min(nearest + 1, len(scores))  # the record itself may be among them
        least = max(-np.partition(-scores, wanted - 1)[wanted - 1], SMALLEST)
        # All that are equally near come along, so that the order of records does not matter.
        return set(map(int, np.flatnonzero(scores >= least - SMALLEST)[: nearest * MOST_EQUAL]))

    def _vector(self, one: Prepared) -> Iterator[tuple[str, float]]:
        """Yield the pieces of a record and their amounts; each field as long as its share."""
        fields: dict[str, list[tuple[str, float]]] = {field: [] for field in SHARES}
        most = max(ALWAYS_KEPT, MOST_COMMON * self._learned)
        for piece, count in _pieces(one):
            seen = self._seen[piece]
            if seen <= most:
                amount = (1 + math.log(count)) * math.log(1 + self._learned / (seen + 0.5))
                fields[piece[0]].append((piece, amount))
        for field, amounts in fields.items():
            length = math.sqrt(sum(amount * amount for _piece, amount in amounts))
            share = math.sqrt(SHARES[field])
            yield from ((piece, share * amount / length) for piece, amount in amounts)


def _pieces(one: Prepared) -> Iterator[tuple[str, int]]:
    """Yield the 2- and 3-letter pieces of name, address and place, marked by field, with counts."""
    names = (one.name.words, *one.name.others)
    texts = (
        ("n", " ".join(word for words in names for word in words)),
        ("a", " ".join((*one.address.words, *sorted(one.address.houses)))),
        ("p", one.place.code or one.place.name),
        ("x", " ".join(word for _label, words in one.extra for word in words)),
    )
    for field, text in texts:
        if text:
            padded = f" {text} "
            grams = Counter(
                padded[place : place + size]
                for size in (2, 3)
                for place in range(len(padded) - size + 1)
            )
            yield from ((f"{field}{gram}", count) for gram, count in grams.items())
