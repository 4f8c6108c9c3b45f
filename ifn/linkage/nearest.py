"""The nearest of many vectors that pass by, for each of those that are held; pure."""

from typing import Final

import numpy as np

from ifn.linkage.vectors import Numbers, Pieces, Seen, looked_up

#: Nearness below this is none, and differences below this are none.
SMALLEST: Final = 1e-6
#: So many times as many records as wanted are kept when they are all equally near.
MOST_EQUAL: Final = 10
#: A piece that more of those held have than this share is cheaper to multiply than to look up.
DENSE: Final = 0.06
#: So many nearnesses are worked out at a time.
AT_A_TIME: Final = 1_000_000
MOST_PASSING: Final = 1000


class Nearest:
    """Those held, and for each the nearest that came past so far."""

    def __init__(self, pieces: Pieces, seen: Seen, wanted: int) -> None:
        """Hold some; the ``wanted`` nearest of each are kept, and all equally near."""
        self._seen, self._wanted, self._held = seen, wanted, pieces.records
        vectors = seen.vectors(pieces)
        order = np.argsort(vectors.which, kind="stable")
        used, starts = np.unique(vectors.which[order], return_index=True)
        self._codes = pieces.codes[used]
        self._slots = vectors.rows[order]
        self._amounts = vectors.amounts[order]
        self._starts = np.append(starts, len(order))
        self._numbers = np.diff(self._starts)
        dense = np.flatnonzero(self._numbers > DENSE * self._held)
        self._column = np.full(len(used), -1)
        self._column[dense] = np.arange(len(dense))
        self._table = np.zeros((self._held, len(dense)), np.float32)
        column = self._column[np.repeat(np.arange(len(used)), self._numbers)]
        inside = column >= 0
        self._table[self._slots[inside], column[inside]] = self._amounts[inside]
        self._least = np.full(self._held, SMALLEST, np.float32)
        self._found = _Found(self._held)

    def past(self, pieces: Pieces, first: int) -> None:
        """Let records come past; the first of them has the number ``first``."""
        vectors = self._seen.vectors(pieces)
        known = looked_up(pieces.codes, self._codes, np.arange(1, len(self._codes) + 1))
        place = known[vectors.which] - 1
        shared = place >= 0
        rows, place, amounts = vectors.rows[shared], place[shared], vectors.amounts[shared]
        size = max(1, min(MOST_PASSING, AT_A_TIME // max(self._held, 1)))
        for start in range(0, pieces.records, size):
            count = min(size, pieces.records - start)
            low, high = np.searchsorted(rows, (start, start + count))
            part = slice(low, high)
            near = self._near(rows[part] - start, place[part], amounts[part], count)
            self._keep(near, first + start)

    def _near(self, rows: Numbers, place: Numbers, amounts: Numbers, count: int) -> Numbers:
        """Return how near each of those held is to each that comes past."""
        column = self._column[place]
        dense = column >= 0
        table = np.zeros((self._table.shape[1], count), np.float32)
        table[column[dense], rows[dense]] = amounts[dense]
        near: Numbers = self._table @ table
        rows, place, amounts = rows[~dense], place[~dense], amounts[~dense]
        numbers = self._numbers[place]
        if not numbers.sum():
            return near
        # For each piece the places of those held that have it too, one after the other.
        skipped = np.cumsum(numbers) - numbers
        where = np.arange(numbers.sum()) + np.repeat(self._starts[place] - skipped, numbers)
        cells = self._slots[where] * count + np.repeat(rows, numbers)
        added = self._amounts[where] * np.repeat(amounts, numbers)
        near += np.bincount(cells, added, minlength=near.size).reshape(near.shape)
        return near

    def _keep(self, near: Numbers, first: int) -> None:
        """Keep what is nearer than the least that is kept of each."""
        if self._found.is_empty and near.shape[1] > self._wanted:
            least = -np.partition(-near, self._wanted - 1)[:, self._wanted - 1]
            np.maximum(self._least, least - SMALLEST, out=self._least)
        held, who = np.nonzero(near >= self._least[:, None])
        self._found.add(held, who + first, near[held, who])
        if self._found.waiting > max(4 * self._held * self._wanted, MOST_PASSING):
            self._shrink()

    def _shrink(self) -> None:
        held, _who, near, rank = self._found.ranked()
        last = rank == self._wanted - 1
        self._least[held[last]] = np.maximum(near[last] - SMALLEST, SMALLEST)
        self._found.shrink(self._least, self._wanted * MOST_EQUAL)

    def found(self) -> list[list[int]]:
        """Return for each held the numbers of the nearest, the nearest first."""
        self._shrink()
        held, who, _near, _rank = self._found.ranked()
        ends = np.cumsum(np.bincount(held, minlength=self._held))
        return [part.tolist() for part in np.split(who, ends[:-1])]

    def kept(self) -> Numbers:
        """Return the numbers of all that are kept for one of those held, in order."""
        return self._found.numbers()


class _Found:
    """Who came past near enough, for whom, and how near."""

    def __init__(self, held: int) -> None:
        self._parts: list[tuple[Numbers, Numbers, Numbers]] = []
        self._held = held
        self.waiting = 0

    @property
    def is_empty(self) -> bool:
        return not self._parts

    def add(self, held: Numbers, who: Numbers, near: Numbers) -> None:
        self._parts.append((held.astype(np.int32), who, near.astype(np.float32)))
        self.waiting += len(held)

    def _joined(self) -> tuple[Numbers, Numbers, Numbers]:
        if len(self._parts) != 1:
            empty = (np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.float32))
            parts = zip(*(self._parts or [empty]), strict=True)
            held, who, near = (np.concatenate(each) for each in parts)
            self._parts = [(held, who, near)]
        return self._parts[0]

    def numbers(self) -> Numbers:
        return np.unique(self._joined()[1])

    def ranked(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Return everything ordered by those held, the nearest first, with the rank of each."""
        held, who, near = self._joined()
        order = np.lexsort((who, -near, held))
        held, who, near = held[order], who[order], near[order]
        starts = np.searchsorted(held, held)
        return held, who, near, np.arange(len(held)) - starts

    def shrink(self, least: Numbers, most: int) -> None:
        held, who, near, rank = self.ranked()
        kept = (near >= least[held]) & (rank < most)
        self._parts = [(held[kept], who[kept], near[kept])]
        self.waiting = 0
