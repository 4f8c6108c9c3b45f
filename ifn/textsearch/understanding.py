"""From the typed text to groups of words: cut, correct, add synonyms."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ifn.textsearch import spelling
from ifn.textsearch.analysis import terms_of, words_of
from ifn.textsearch.asking import Correction, Query
from ifn.textsearch.live import Live
from ifn.textsearch.matching import Alternative, Group, Matcher
from ifn.textsearch.spelling import Reading
from ifn.textsearch.stopwords import ALL_STOP_WORDS
from ifn.textsearch.thesaurus import SYNONYM_WEIGHT, Thesaurus

#: Different words of a question beyond this many are not searched for.
MOST_WORDS = 64
#: Words in more than this share of all documents are taken as typed.
COMMON = 0.02
#: The documents that settle what was meant, and what a reading counts that none of them holds.
WITNESSES, UNWITNESSED = 10, 0.1
#: What a word of which only the beginning was typed may become.
MOST_COMPLETIONS = 8
#: Neither part of a word written apart is shorter.
SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """What is searched for."""

    groups: tuple[Group, ...]
    corrections: tuple[Correction, ...]
    ignored: int


def understand(query: Query, live: Live, matcher: Matcher) -> Understood:
    """Turn a question's text into groups, each of which a document should hold."""
    words = list(dict.fromkeys(words_of(query.text)))
    words = [word for word in words if word not in ALL_STOP_WORDS] or words
    ignored = max(0, len(words) - MOST_WORDS)
    words = words[:MOST_WORDS]
    matcher.fetch([term for word in words for term in terms_of(word)])
    speller = Speller(live, matcher, query.thesaurus)
    read: dict[str, tuple[Alternative, ...]] = {}
    if query.prefix and words and not speller.is_known(words[-1]):
        read.update(completed(words[-1], live))
    if query.correct:
        read.update(speller.correct([word for word in words if word not in read]))
    return Understood(
        grouped(words, read, query.thesaurus),
        tuple(
            Correction(word, tuple(" ".join(found.words) for found in alternatives))
            for word, alternatives in read.items()
            if alternatives[0].words != (word,)
        ),
        ignored,
    )


def completed(word: str, live: Live) -> dict[str, tuple[Alternative, ...]]:
    """Return what a word may become of which only the beginning is there."""
    found = [Alternative((near.word,), 1.0) for near in live.completions(word, MOST_COMPLETIONS)]
    return {word: tuple(found)} if found else {}


def plain(word: str) -> tuple[Alternative, ...]:
    """Return a word as typed."""
    return (Alternative((word,), 1.0),)


class Speller:
    """Find out what was meant by words that no document has, and by rare ones beside them."""

    def __init__(self, live: Live, matcher: Matcher, thesaurus: Thesaurus) -> None:
        self.live, self.matcher, self.thesaurus = live, matcher, thesaurus

    def documents(self, word: str) -> int:
        """Return how many documents hold a word; its postings must have been fetched."""
        return len(self.matcher.word(word).ordinals)

    def is_known(self, word: str) -> bool:
        """Say whether a word means something as it stands."""
        return word in self.thesaurus.words or self.matcher.has(word)

    def correct(self, words: Sequence[str]) -> dict[str, tuple[Alternative, ...]]:
        """Return what to search for instead of words, best first.

        Without an unknown word nothing is touched; with one, rare words are doubted also, for a
        slip often makes another word.
        """
        unknown = [word for word in words if not self.is_known(word)]
        if not unknown:
            return {}
        doubted = {word: found for word in words if (found := self.readings(word))}
        lost = [word for word in unknown if word not in doubted]
        trade = {word: plain(meant) for word in lost if (meant := self.trade_word(word))}
        lost = [word for word in lost if word not in trade]
        return {**self.settled(words, doubted), **trade, **self.apart_or_together(words, lost)}

    def trade_word(self, word: str) -> str:
        """Return the word of the thesaurus that a word like none of the documents' is nearest."""
        if not spelling.is_correctable(word) or len(word) <= SHORTEST_PART:
            return ""
        near = extract(
            word,
            sorted(self.thesaurus.words),
            scorer=OSA.distance,
            score_cutoff=spelling.edits(word),
            limit=1,
        )
        return near[0][0] if near else ""

    def readings(self, word: str) -> list[Reading]:
        """Return what a word may have been meant to be; nothing when it is not doubted."""
        documents = self.documents(word)
        if not spelling.is_correctable(word) or word in self.thesaurus.words:
            return []
        if documents > 1 + COMMON * len(self.live.alive):
            return []
        near = self.live.neighbours(word, 1)
        if not near and not documents:
            near = self.live.neighbours(word, spelling.edits(word))
        return spelling.readings_of(word, documents, near)

    def settled(
        self, words: Sequence[str], doubted: dict[str, list[Reading]]
    ) -> dict[str, tuple[Alternative, ...]]:
        """Weigh readings by the documents that fit the whole question best."""
        self.matcher.fetch(
            [
                term
                for readings in doubted.values()
                for reading in readings
                for term in terms_of(reading.word)
            ]
        )
        doubted = {
            word: there
            for word, readings in doubted.items()
            if (there := [reading for reading in readings if self.documents(reading.word)])
        }
        first = {word: alternatives(readings) for word, readings in doubted.items()}
        groups = [Group(word, first.get(word, plain(word))) for word in words]
        scores = self.matcher.match(groups, 1).scores
        count = min(WITNESSES, int(np.count_nonzero(scores)))
        if not count:
            return first
        witnesses = np.argpartition(-scores, count - 1)[:count]
        weights = (scores[witnesses] / scores[witnesses].max()) ** 2
        found = {}
        for word, readings in doubted.items():
            again = [
                Reading(
                    reading.word,
                    reading.likelihood
                    * (UNWITNESSED + self.witnessed(reading, witnesses, weights)),
                )
                for reading in readings
            ]
            again.sort(key=lambda reading: (-reading.likelihood, reading.word))
            found[word] = alternatives(spelling.likeliest(again))
        return found

    def witnessed(
        self, reading: Reading, witnesses: NDArray[np.intp], weights: NDArray[np.float32]
    ) -> float:
        """Return the share of the witnesses, weighted, that hold a reading."""
        there = np.isin(witnesses, self.matcher.word(reading.word).ordinals)
        return float(weights[there].sum() / weights.sum())

    def apart_or_together(
        self, words: Sequence[str], lost: Sequence[str]
    ) -> dict[str, tuple[Alternative, ...]]:
        """Return words like no other that are two known ones, or with a neighbour one."""
        frequency = self.live.frequency
        found: dict[str, tuple[Alternative, ...]] = {}
        for first, second in pairwise(words):
            if (first in lost or second in lost) and frequency(first + second):
                found[first] = found[second] = plain(first + second)
        for word in lost:
            cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
            best = max(
                cuts,
                key=lambda cut: min(frequency(word[:cut]), frequency(word[cut:])),
                default=0,
            )
            parts = (word[:best], word[best:])
            if word not in found and best and min(map(frequency, parts)):
                found[word] = (Alternative(parts, 1.0),)
        return found


def alternatives(readings: Sequence[Reading]) -> tuple[Alternative, ...]:
    """Return readings, best first, as what is searched for."""
    return tuple(
        Alternative((reading.word,), spelling.weight(reading, readings[0])) for reading in readings
    )


def grouped(
    words: Sequence[str], read: dict[str, tuple[Alternative, ...]], thesaurus: Thesaurus
) -> tuple[Group, ...]:
    """Add synonyms; several words that are one trade word become one group."""
    best = [
        read[word][0].words[0] if word in read and len(read[word][0].words) == 1 else word
        for word in words
    ]
    groups: list[Group] = []
    at = 0
    while at < len(words):
        length, synonyms = thesaurus.at(best, at)
        own = read.get(words[at], plain(words[at]))
        if length > 1:
            own = (Alternative(tuple(best[at : at + length]), 1.0),)
        every = (*own, *(Alternative(phrase, SYNONYM_WEIGHT) for phrase in synonyms))
        group = Group(" ".join(words[at : at + length]), every)
        if not groups or groups[-1].alternatives != every:
            groups.append(group)
        at += length
    return tuple(groups)
