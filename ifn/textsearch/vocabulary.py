"""The words of a collection: which exist, which begin so, which are spelt nearly so. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

#: Longer words (in bytes) are neither suggested nor corrected.
LONGEST = 32
ALPHABET = b"abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word of the collection near another: edits between them, documents that hold it."""

    word: str
    distance: int
    frequency: int


def is_plain(word: str) -> bool:
    """Say whether a word is one of letters alone, of a length that the vocabulary keeps."""
    return word.isalpha() and len(word) > 1 and len(word.encode()) <= LONGEST


def letter_masks(spelt: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return for each row of letters which occur once (bits 0-25) and twice or more (26-51).

    One edit changes at most two bits, so words that differ in more than 2 n bits are more than
    n edits apart.
    """
    masks = np.zeros(len(spelt), dtype=np.uint64)
    for place, letter in enumerate(ALPHABET):
        times = (spelt == letter).sum(axis=1)
        masks |= (times > 0).astype(np.uint64) << np.uint64(place)
        masks |= (times > 1).astype(np.uint64) << np.uint64(place + 26)
    return masks


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in the order of their bytes, and in how many documents each stands."""

    words: NDArray[np.bytes_]
    frequencies: NDArray[np.int64]
    masks: NDArray[np.uint64]
    lengths: NDArray[np.int16]

    @classmethod
    def of(cls, frequencies: Mapping[str, int]) -> Self:
        """Make a vocabulary from document frequencies; words that are not plain are left out."""
        plain = sorted(
            (word.encode(), times) for word, times in frequencies.items() if is_plain(word)
        )
        return cls.in_order(
            np.array([word for word, _ in plain], dtype=f"S{LONGEST}"),
            np.array([times for _, times in plain], dtype=np.int64),
        )

    @classmethod
    def in_order(cls, words: NDArray[np.bytes_], frequencies: NDArray[np.int64]) -> Self:
        """Make a vocabulary from words that are in order."""
        spelt = words.view(np.uint8).reshape(len(words), LONGEST)
        starts = (spelt != 0) & ((spelt & 0xC0) != 0x80)  # noqa: PLR2004  # not inside a UTF-8 letter
        return cls(words, frequencies, letter_masks(spelt), starts.sum(axis=1).astype(np.int16))

    def place(self, word: str) -> int | None:
        """Return where a word stands, if it does."""
        spelt = word.encode()
        at = int(np.searchsorted(self.words, np.bytes_(spelt)))
        return at if at < len(self.words) and self.words[at] == spelt else None

    def frequency(self, word: str) -> int:
        """Return in how many documents a word stands."""
        at = self.place(word)
        return 0 if at is None else int(self.frequencies[at])

    def starting(self, prefix: str) -> slice:
        """Return where the words stand that begin with these letters."""
        spelt = prefix.encode()
        if len(spelt) >= LONGEST:
            return slice(0, 0)
        after = spelt + b"\xff" * (LONGEST - len(spelt))
        low, high = np.searchsorted(self.words, np.array([spelt, after], dtype=f"S{LONGEST}"))
        return slice(int(low), int(high))

    def most_frequent(self, prefix: str, limit: int) -> list[Neighbour]:
        """Return the most frequent words that begin with these letters."""
        span = self.starting(prefix)
        times = self.frequencies[span]
        if limit < len(times):
            chosen = np.argpartition(-times, limit)[:limit]
        else:
            chosen = np.arange(len(times))
        found = [
            Neighbour(self.words[span][at].decode(), 0, int(times[at])) for at in chosen.tolist()
        ]
        return sorted(found, key=lambda near: (-near.frequency, near.word))

    def near(self, word: str, most: int) -> list[Neighbour]:
        """Return the words at most so many edits away (insert, drop, replace, swap two)."""
        spelt = np.frombuffer(word.encode()[:LONGEST].ljust(LONGEST, b"\0"), dtype=np.uint8)
        mask = letter_masks(spelt.reshape(1, LONGEST))[0]
        likely = np.bitwise_count(self.masks ^ mask) <= 2 * most
        likely &= np.abs(self.lengths - len(word)) <= most
        places = np.flatnonzero(likely)
        choices = [spelt.decode() for spelt in self.words[places].tolist()]
        return [
            Neighbour(found, int(distance), int(self.frequencies[places[at]]))
            for found, distance, at in extract(
                word, choices, scorer=OSA.distance, score_cutoff=most, limit=None
            )
        ]
