"""Find and score the documents that hold the words of a question. No database here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ifn.textsearch import ranking
from ifn.textsearch.analysis import terms_of
from ifn.textsearch.live import Live
from ifn.textsearch.segment import NOTHING, Posting


class Alternative(NamedTuple):
    """Words that together may stand for a group, and how much that counts against the best."""

    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for, in the person's own words, and everything that may stand for it."""

    text: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """By ordinal: how well the text fits, how many groups it has, and whether that is enough."""

    scores: ranking.Scores
    matched: NDArray[np.uint8]
    hits: NDArray[np.bool_]


def terms_in(groups: Sequence[Group]) -> list[str]:
    """Return every index term that the groups need."""
    return [
        term
        for group in groups
        for alternative in group.alternatives
        for word in alternative.words
        for term in terms_of(word)
    ]


class Matcher:
    """The postings of one question, fetched together."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.postings: dict[str, Posting] = {}
        self._words: dict[str, Posting] = {}
        self._groups: dict[Group, tuple[NDArray[np.uint32], ranking.Scores]] = {}

    def fetch(self, terms: Sequence[str]) -> None:
        """Get postings that are not there yet, all in one question to the database."""
        missing = [term for term in dict.fromkeys(terms) if term not in self.postings]
        if missing:
            self.postings.update(self.live.postings(missing))

    def has(self, word: str) -> bool:
        """Say whether any document holds a word, in whichever language."""
        return any(len(self.postings.get(term, NOTHING).ordinals) for term in terms_of(word))

    def word(self, word: str) -> Posting:
        """Return the documents that hold a word, in whichever language."""
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = self._merged(word)
        return found

    def _merged(self, word: str) -> Posting:
        first, second = (self.postings.get(term, NOTHING) for term in terms_of(word))
        if not len(second.ordinals):
            return first
        if not len(first.ordinals):
            return second
        times = np.zeros(self.live.size, dtype=np.uint8)
        times[first.ordinals] = first.frequencies
        times[second.ordinals] = np.maximum(times[second.ordinals], second.frequencies)
        ordinals = np.flatnonzero(times != 0).astype(np.uint32)
        return Posting(ordinals, times[ordinals])

    def weigh(self, words: tuple[str, ...]) -> tuple[NDArray[np.uint32], ranking.Scores]:
        """Return the documents that hold all these words and the words' scores there."""
        postings = [self.word(word) for word in words]
        documents = len(self.live.alive)
        found: ranking.Scores | None = None
        ordinals = postings[0].ordinals
        for posting in postings:
            rarity = ranking.inverse_frequency(documents, len(posting.ordinals))
            scores = ranking.scores(posting, rarity, self.live.saturation)
            if found is None:
                found = scores
                continue
            ordinals, ours, theirs = np.intersect1d(
                ordinals, posting.ordinals, assume_unique=True, return_indices=True
            )
            found = found[ours] + scores[theirs]
        return ordinals, found if found is not None else np.zeros(0, dtype=np.float32)

    def group(self, group: Group) -> tuple[NDArray[np.uint32], ranking.Scores]:
        """Return the documents that hold a group and the score of its best alternative there."""
        found = self._groups.get(group)
        if found is None:
            found = self._groups[group] = self._weighed(group)
        return found

    def _weighed(self, group: Group) -> tuple[NDArray[np.uint32], ranking.Scores]:
        weighed = [
            (ordinals, scores * np.float32(alternative.weight))
            for alternative in group.alternatives
            for ordinals, scores in [self.weigh(alternative.words)]
            if len(ordinals)
        ]
        if not weighed:
            return NOTHING.ordinals, np.zeros(0, dtype=np.float32)
        if len(weighed) == 1:
            return weighed[0]
        best = np.zeros(self.live.size, dtype=np.float32)
        for ordinals, scores in weighed:
            best[ordinals] = np.maximum(best[ordinals], scores)
        ordinals = np.flatnonzero(best > 0).astype(np.uint32)
        return ordinals, best[ordinals]

    def match(self, groups: Sequence[Group], enough: int) -> Match:
        """Score all documents; hits have every group, or as many as it takes to have enough."""
        self.fetch(terms_in(groups))
        scores = np.zeros(self.live.size, dtype=np.float32)
        matched = np.zeros(self.live.size, dtype=np.uint8)
        for group in groups:
            ordinals, added = self.group(group)
            scores[ordinals] += added
            matched[ordinals] += 1
        required = len(groups)
        hits = matched >= required
        while required > 1 and np.count_nonzero(hits) < enough:
            required -= 1
            hits = matched >= required
        return Match(scores, matched, hits)
