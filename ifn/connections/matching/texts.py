"""Free text as sets of words that weigh by how rare they are."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ifn.textsearch.analysis import stem, words_of
from ifn.textsearch.stopwords import ALL_STOP_WORDS, STOP_WORDS, Language

#: So many pieces of a firm's text are read; the first say the most.
MOST_PIECES: Final = 16
BEST: Final = 3
#: A mean likeness of the best pieces from which on more says no more.
ALIKE: Final = 0.35
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def pieces(*texts: str) -> tuple[str, ...]:
    """Cut texts into sentences; what stands first in each comes first."""
    cut = [[one.strip() for one in SENTENCE.split(text) if one.strip()] for text in texts]
    longest = max(map(len, cut), default=0)
    turns = (part[place] for place in range(longest) for part in cut if place < len(part))
    return tuple(dict.fromkeys(turns))[:MOST_PIECES]


@lru_cache(maxsize=20_000)
def terms(text: str) -> frozenset[str]:
    """Return the stems of the words that mean something, in the language the text seems to have."""
    words = words_of(text)
    english = sum(word in STOP_WORDS["en"] for word in words)
    indonesian = sum(word in STOP_WORDS["id"] for word in words)
    language: Language = "en" if english > indonesian else "id"
    return frozenset(
        stem(word, language)
        for word in words
        if word not in ALL_STOP_WORDS and not word.isdecimal() and len(word) > 1
    )


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of the known texts each word stands."""

    texts: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    @classmethod
    def learned(cls, texts: Iterable[str]) -> "Rarity":
        """Learn from texts; numbers count as they are met, whatever their order."""
        seen: Counter[str] = Counter()
        number = 0
        for text in texts:
            seen.update(terms(text))
            number += 1
        return cls(number, seen)

    def weight(self, word: str) -> float:
        """Return how much a word tells."""
        return math.log(1 + (self.texts + 1) / (self.seen[word] + 0.5))


def likeness(text: str, others: Sequence[str], rarity: Rarity) -> float:
    """Return how alike a text and the best pieces of another are, 0 to 1."""
    asked = terms(text)
    if not (asked and others):
        return 0.0
    length = _length(asked, rarity)
    found = sorted((_cosine(asked, length, terms(one), rarity) for one in others), reverse=True)
    best = found[:BEST]
    return min(1.0, sum(best) / len(best) / ALIKE)


def _length(words: frozenset[str], rarity: Rarity) -> float:
    return math.sqrt(math.fsum(rarity.weight(word) ** 2 for word in words))


def _cosine(asked: frozenset[str], length: float, other: frozenset[str], rarity: Rarity) -> float:
    if not other:
        return 0.0
    shared = math.fsum(rarity.weight(word) ** 2 for word in asked & other)
    return shared / (length * _length(other, rarity))
