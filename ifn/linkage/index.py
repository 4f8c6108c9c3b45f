"""Find who may be the same as a record without comparing it with all others; pure.

Names and addresses become vectors of 2- and 3-letter pieces, rare pieces weigh, and the nearest
vectors are candidates; so are all who share an exact key. Asking takes milliseconds, and asking for
every record of a list stays near linear: pieces that stand everywhere find nobody and are skipped.
"""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ifn.linkage.comparing import MOST_SHARING, Comparison, compare
from ifn.linkage.evidence import Weights
from ifn.linkage.likeness import Rarity
from ifn.linkage.nearest import MOST_EQUAL, SMALLEST
from ifn.linkage.records import Prepared, Record, prepare
from ifn.linkage.vectors import Pieces, Seen, pieces_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: So many nearest records are looked at for each.
NEAREST: Final = 10
#: So many records are turned into vectors at a time.
BATCH: Final = 2000


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
        self.rarity.count(more)
        read = [pieces_of(some) for some in _batches(prepared)]
        self._seen = Seen([*read, *map(pieces_of, _batches(more))])
        self._slots: dict[Hashable, int] = {}
        self._gone: list[int] = []
        self._records: list[Prepared | None] = []
        self._where: defaultdict[int, array[int]] = defaultdict(lambda: array("i"))
        self._amounts: defaultdict[int, array[float]] = defaultdict(lambda: array("f"))
        self._holders: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for some, pieces in zip(_batches(prepared), read, strict=True):
            self._take(some, pieces)

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._slots

    def add(self, record: Record | Prepared) -> None:
        """Take a record in; one with the same key is replaced."""
        one = record if isinstance(record, Prepared) else prepare(record)
        self._take([one], pieces_of([one]))

    def _take(self, records: Sequence[Prepared], pieces: Pieces) -> None:
        first = len(self._records)
        for slot, one in enumerate(records, start=first):
            self.remove(one.key)
            self._records.append(one)
            self._slots[one.key] = slot
            for key in one.exact_keys():
                self._holders[key].add(slot)
        self.rarity.count(records)
        vectors = self._seen.vectors(pieces)
        order = np.argsort(vectors.which, kind="stable")
        which, starts = np.unique(vectors.which[order], return_index=True)
        slots = np.split((vectors.rows[order] + first).astype(np.int32), starts[1:])
        amounts = np.split(vectors.amounts[order].astype(np.float32), starts[1:])
        for code, where, weights in zip(pieces.codes[which].tolist(), slots, amounts, strict=False):
            self._where[code].frombytes(where.tobytes())
            self._amounts[code].frombytes(weights.tobytes())

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
        pieces = pieces_of([one])
        vector = self._seen.vectors(pieces)
        codes = pieces.codes[vector.which].tolist()
        for piece, amount in zip(codes, vector.amounts.tolist(), strict=True):
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


def _batches(records: Sequence[Prepared]) -> list[Sequence[Prepared]]:
    return [records[start : start + BATCH] for start in range(0, len(records), BATCH)]
