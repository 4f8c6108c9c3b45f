"""The nearest of many vectors that pass by, for each of those that are held; pure."""

from typing import Final

import numpy as np

from ifn.linkage.vectors import Numbers, Pieces, Seen, looked_up

#: Nearness below this is none, and differences below this are none.
SMALLEST: Final = 1e-6
#: So many times as many records as wanted are kept when they are all equally near.
MOST_EQUAL: Final = 10
#: A piece that more of those held have than this share is multiplied, a rarer one looked up.
COMMON: Final = 0.03
#: Common pieces come in words that are common, so that so many directions say nearly all of them.
DIRECTIONS: Final = 120
#: Where more than this share may be near enough, nothing is saved by looking at each alone.
OFTEN: Final = 0.05
#: So many nearnesses are worked out at a time.
AT_A_TIME: Final = 1_000_000
MOST_PASSING: Final = 1000


class Nearest:
    """Those held, and for each the nearest that came past so far.

    How near two vectors are is a sum over their pieces. Rare pieces are looked up. Common ones are
    multiplied in few directions first; what that leaves out adds at most the product of the lengths
    of what is left of the vectors, so that only where this may be enough the rest is worked out.
    """

    def __init__(self, pieces: Pieces, seen: Seen, wanted: int) -> None:
        """Hold some; the ``wanted`` nearest of each are kept, and all equally near."""
        self._seen, self._wanted, self._held = seen, wanted, pieces.records
        vectors = seen.vectors(pieces)
        order = np.argsort(vectors.which, kind="stable")
        used, starts = np.unique(vectors.which[order], return_index=True)
        self._codes = pieces.codes[used]
        self._slots = vectors.rows[order]
        self._amounts = vectors.amounts[order].astype(np.float32)
        self._starts = np.append(starts, len(order))
        self._numbers = np.diff(self._starts)
        common = np.flatnonzero(self._numbers > COMMON * self._held)
        self._column = np.full(len(used), -1)
        self._column[common] = np.arange(len(common))
        self._columns = len(common)
        place = np.repeat(np.arange(len(used)), self._numbers)
        self._table = self._common(self._slots, place, self._amounts, self._held)
        self._directions = self._chosen()
        self._short = self._shortened(self._table)
        self._least = np.full(self._held, SMALLEST, np.float32)
        self._found = _Found(self._held)

    def _common(self, rows: Numbers, place: Numbers, amounts: Numbers, count: int) -> Numbers:
        """Return the amounts of common pieces as a table with a row for each record."""
        column = self._column[place]
        inside = column >= 0
        table = np.zeros((count, self._columns), np.float32)
        table[rows[inside], column[inside]] = amounts[inside]
        return table

    def _chosen(self) -> Numbers:
        """Return the directions in which most of the common pieces lie."""
        if self._columns <= 2 * DIRECTIONS:
            return np.identity(self._columns, np.float32)
        _lengths, directions = np.linalg.eigh(self._table.T @ self._table)
        return np.ascontiguousarray(directions[:, -DIRECTIONS:], np.float32)

    def _shortened(self, table: Numbers) -> Numbers:
        """Return a table in the directions chosen, and at last the length of what is left out."""
        short = table @ self._directions
        left = np.sum(table * table, axis=1) - np.sum(short * short, axis=1)
        return np.column_stack((short, np.sqrt(np.maximum(left, 0.0)) + SMALLEST))

    def past(self, pieces: Pieces, first: int) -> None:
        """Let records come past; the first of them has the number ``first``."""
        vectors = self._seen.vectors(pieces)
        known = looked_up(pieces.codes, self._codes, np.arange(1, len(self._codes) + 1))
        place = known[vectors.which] - 1
        shared = place >= 0
        rows, place = vectors.rows[shared], place[shared]
        amounts = vectors.amounts[shared].astype(np.float32)
        size = max(1, min(MOST_PASSING, AT_A_TIME // max(self._held, 1)))
        for start in range(0, pieces.records, size):
            count = min(size, pieces.records - start)
            part = slice(*np.searchsorted(rows, (start, start + count)))
            mine = rows[part] - start, place[part], amounts[part], count
            table = self._common(*mine)
            short = self._shortened(table)
            near = short @ self._short.T
            self._add_rare(near, *mine[:-1])
            self._keep(near, short, table, first + start)

    def _add_rare(self, near: Numbers, rows: Numbers, place: Numbers, amounts: Numbers) -> None:
        """Add what rare pieces add to how near those that come past and those held are."""
        rare = self._column[place] < 0
        rows, place, amounts = rows[rare], place[rare], amounts[rare]
        numbers = self._numbers[place]
        total = int(numbers.sum())
        # For each piece the places of those held that have it too, one after the other.
        skipped = np.cumsum(numbers) - numbers
        where = np.arange(total) + np.repeat(self._starts[place] - skipped, numbers)
        cells = self._slots[where] + np.repeat(rows * self._held, numbers)
        np.add.at(near.reshape(-1), cells, self._amounts[where] * np.repeat(amounts, numbers))

    def _keep(self, near: Numbers, short: Numbers, table: Numbers, first: int) -> None:
        """Keep who is nearer than the least that is kept; ``near`` is how near at the most."""
        if self._found.is_empty and len(near) > self._wanted:
            exact = near + table @ self._table.T - short @ self._short.T
            least = -np.partition(-exact.T, self._wanted - 1)[:, self._wanted - 1]
            np.maximum(self._least, least - SMALLEST, out=self._least)
        who, held = np.nonzero(near >= self._least)
        if len(who) > OFTEN * near.size:
            exact = (near + table @ self._table.T - short @ self._short.T)[who, held]
        else:
            exact = near[who, held]
            for start in range(0, len(who), MOST_PASSING):
                some = slice(start, start + MOST_PASSING)
                exact[some] += _products(table, self._table, who[some], held[some])
                exact[some] -= _products(short, self._short, who[some], held[some])
        enough = exact >= self._least[held]
        self._found.add(held[enough], who[enough] + first, exact[enough])
        if self._found.waiting > max(2 * self._held * self._wanted, MOST_PASSING):
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


def _products(one: Numbers, other: Numbers, rows: Numbers, others: Numbers) -> Numbers:
    """Return the products of rows of two tables, pair by pair."""
    result: Numbers = np.einsum("ij,ij->i", one[rows], other[others])
    return result


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
