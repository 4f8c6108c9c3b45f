"""The texts of many firms as rows of word numbers, to compare one text with thousands at once."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ifn.connections.matching.columns import Floats, Ints
from ifn.connections.matching.facts import Firm
from ifn.connections.matching.texts import ALIKE, BEST, Rarity, terms


class Sentences:
    """Which words stand in which sentence of which firm."""

    def __init__(self, firms: Sequence[Firm], rarity: Rarity | None = None) -> None:
        """Number the words and lay the sentences out one after the other.

        Without ``rarity`` it is learned from these sentences, which reads each only once.
        """
        self.numbers: dict[str, int] = {}
        rows: dict[str, NDArray[np.int32]] = {}
        words: list[NDArray[np.int32]] = []
        first = [0]
        for firm in firms:
            for text in firm.pieces:
                row = rows.get(text)
                if row is None:
                    row = rows[text] = self._row(text)
                words.append(row)
            first.append(len(words))
        self.first = np.array(first, dtype=np.int64)
        sizes = np.array([len(row) for row in words], dtype=np.int64)
        self.starts = np.concatenate(([0], np.cumsum(sizes)))
        self.words = np.concatenate(words) if words else np.zeros(0, dtype=np.int32)
        self.rarity = rarity or self._learned(len(words))
        self.weights = np.array([self.rarity.weight(word) for word in self.numbers])
        self.lengths = np.sqrt(
            _sums((self.weights**2)[self.words] if words else np.zeros(0), sizes)
        )

    def _learned(self, texts: int) -> Rarity:
        seen = np.bincount(self.words, minlength=len(self.numbers)).tolist()
        return Rarity(texts, Counter(dict(zip(self.numbers, seen, strict=True))))

    def _row(self, text: str) -> NDArray[np.int32]:
        numbers = self.numbers
        found = [numbers.setdefault(word, len(numbers)) for word in sorted(terms(text))]
        return np.array(found, dtype=np.int32)

    def likeness(self, text: str, at: Ints) -> Floats:
        """Return how alike a text and the best sentences of each of these firms are, 0 to 1."""
        asked = terms(text)
        known = [self.numbers[word] for word in asked if word in self.numbers]
        found = np.zeros(len(at))
        if not (known and len(at)):
            return found
        mass = np.zeros(len(self.numbers))
        mass[known] = self.weights[known] ** 2
        length = np.sqrt(sum(self.rarity.weight(word) ** 2 for word in asked))
        counts = self.first[at + 1] - self.first[at]
        rows = _ranges(self.first[at], counts)
        sizes = self.starts[rows + 1] - self.starts[rows]
        shared = _sums(mass[self.words[_ranges(self.starts[rows], sizes)]], sizes)
        cosines = np.divide(
            shared, length * self.lengths[rows], out=np.zeros(len(rows)), where=shared > 0
        )
        return np.minimum(_best(cosines, counts) / ALIKE, 1.0)


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return start, start + 1, … of each range, one after the other."""
    ends = np.cumsum(sizes)
    found: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
        starts - (ends - sizes), sizes
    )
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
