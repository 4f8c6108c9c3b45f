"""The texts of many firms as rows of word numbers, to compare one text with thousands at once."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ifn.connections.matching.columns import Floats, Ints
from ifn.connections.matching.facts import Firm
from ifn.connections.matching.texts import ALIKE, BEST, Rarity, terms


class Sentences:
    """Which words stand in which sentence, and which sentences in the text of which firm.

    A sentence that several firms have is kept, and compared, once.
    """

    def __init__(self, firms: Sequence[Firm], rarity: Rarity | None = None) -> None:
        """Number words and sentences and lay them out one after the other.

        Without ``rarity`` it is learned from these sentences, which reads each only once.
        """
        self.numbers: dict[str, int] = {}
        known: dict[str, int] = {}
        rows: list[int] = []
        first = [0]
        for firm in firms:
            rows.extend([known.setdefault(text, len(known)) for text in firm.pieces])
            first.append(len(rows))
        self.first = np.array(first, dtype=np.int64)
        self.rows = np.array(rows, dtype=np.int32)
        sentences = [self._row(text) for text in known]
        sizes = np.array([len(row) for row in sentences], dtype=np.int64)
        words = np.concatenate(sentences) if sentences else np.zeros(0, dtype=np.int32)
        self.rarity = rarity or self._learned(words, sizes)
        self.weights = np.array([self.rarity.weight(word) for word in self.numbers])
        self.lengths = np.sqrt(_sums((self.weights**2)[words], sizes))
        #: The sentences in which each word stands, one word after the other.
        self.standing = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[
            np.argsort(words, kind="stable")
        ]
        self.starts = _starts(np.bincount(words, minlength=len(self.numbers)))
        self._last: tuple[str, Floats] | None = None

    def _learned(self, words: NDArray[np.int32], sizes: Ints) -> Rarity:
        often = np.bincount(self.rows, minlength=len(sizes))
        seen = np.bincount(words, np.repeat(often, sizes), minlength=len(self.numbers))
        counted = dict(zip(self.numbers, seen.astype(np.int64).tolist(), strict=True))
        return Rarity(len(self.rows), Counter(counted))

    def _row(self, text: str) -> NDArray[np.int32]:
        numbers = self.numbers
        found = [numbers.setdefault(word, len(numbers)) for word in sorted(terms(text))]
        return np.array(found, dtype=np.int32)

    def likeness(self, text: str, at: Ints) -> Floats:
        """Return how alike a text and the best sentences of each of these firms are, 0 to 1."""
        counts = self.first[at + 1] - self.first[at]
        cosines = self._cosines(text)[self.rows[_ranges(self.first[at], counts)]]
        return np.minimum(_best(cosines, counts) / ALIKE, 1.0)

    def _cosines(self, text: str) -> Floats:
        """Return how alike a text and every sentence are; kept for the text asked for last."""
        if self._last and self._last[0] == text:
            return self._last[1]
        asked = terms(text)
        shared = np.zeros(len(self.lengths))
        for word in asked:
            if (number := self.numbers.get(word)) is not None:
                there = self.standing[self.starts[number] : self.starts[number + 1]]
                shared[there] += self.weights[number] ** 2
        length = np.sqrt(sum(self.rarity.weight(word) ** 2 for word in asked))
        cosines: Floats = np.divide(
            shared, length * self.lengths, out=np.zeros(len(shared)), where=shared > 0
        )
        self._last = text, cosines
        return cosines


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return start, start + 1, … of each range, one after the other."""
    ends = np.cumsum(sizes)
    found: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
        starts - (ends - sizes), sizes
    )
    return found


def _starts(sizes: Ints) -> Ints:
    """Return where each stretch begins, and where the last one ends."""
    found: Ints = np.concatenate(([0], np.cumsum(sizes)))
    return found


def _sums(values: Floats, sizes: Ints) -> Floats:
    """Return the sum of each stretch of values."""
    running = np.concatenate(([0.0], np.cumsum(values)))
    ends = np.cumsum(sizes)
    found: Floats = running[ends] - running[ends - sizes]
    return found


def _best(values: Floats, counts: Ints) -> Floats:
    """Return the mean of the highest three of each stretch; of fewer where there are fewer."""
    table = np.zeros((len(counts), max(BEST, int(counts.max(initial=0)))))
    table[np.repeat(np.arange(len(counts)), counts), _ranges(np.zeros_like(counts), counts)] = (
        values
    )
    highest = -np.partition(-table, BEST - 1, axis=1)[:, :BEST]
    found: Floats = highest.sum(axis=1) / np.clip(counts, 1, BEST)
    return found
