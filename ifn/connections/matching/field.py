"""All firms, ready to be asked who fits a need; and all needs, to be asked which fit a firm."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ifn.connections.matching.columns import Columns, Floats, Ints
from ifn.connections.matching.conditions import exclusions
from ifn.connections.matching.facts import Exclusion, Firm, Ground, Match, Need
from ifn.connections.matching.fairness import HAIR, MARGIN, mark, shared_out, turns
from ifn.connections.matching.scoring import DIGITS, match, scored, weights
from ifn.connections.matching.searching import apart_from, candidates, failing, scores
from ifn.connections.matching.sentences import Sentences

LIMIT: Final = 10
#: Texts of so many of the best are read first, to know how few others need theirs read.
FIRST_READ: Final = 64
#: Near-equals kept for a place, so that a hundred thousand equals cost no more than some.
POOL: Final = 200


@dataclass(frozen=True, slots=True)
class Nearly:
    """A firm that only one condition keeps from answering, and its score without it."""

    firm: Hashable
    score: float
    exclusion: Exclusion


@dataclass(frozen=True, slots=True)
class Pool:
    """Who comes into question for the places of a need: places in the field, scores, turns."""

    need: Hashable
    at: Ints
    scores: Floats
    drawn: NDArray[np.uint64]


class Field:
    """Firms laid out to be searched; made once, asked often."""

    def __init__(self, firms: Iterable[Firm], ground: Ground, *, learns: bool = False) -> None:
        """Lay the firms out; their order makes no difference.

        With ``learns`` how rare words are is learned from these firms, in half of the time that
        handing it over takes.
        """
        self.firms: Sequence[Firm] = sorted(firms, key=lambda firm: mark(firm.key))
        self.columns = Columns(self.firms, ground)
        self.sentences = Sentences(self.firms, None if learns else ground.rarity)
        self.ground = replace(ground, rarity=self.sentences.rarity)

    def __len__(self) -> int:
        return len(self.firms)

    def matches(self, need: Need, limit: int = LIMIT) -> list[Match]:
        """Return the firms that fit a need, the best first, near-equals in fair turns."""
        pool = self.pool(need, limit)
        chosen = shared_out(pool.scores, self.columns.leads[pool.at], pool.drawn, limit)
        return [self._scored(need, int(pool.at[place])) for place in chosen]

    def led(self, firms: Iterable[Hashable]) -> None:
        """Count a lead for each of these, so that the next places go to others as good."""
        for firm in firms:
            if (place := self.columns.at.get(firm)) is not None:
                self.columns.leads[place] += 1

    def _scored(self, need: Need, place: int) -> Match:
        return scored(need, self.firms[place], self.ground)

    def pool(self, need: Need, limit: int = LIMIT, margin: float = MARGIN) -> Pool:
        """Return everybody who could get one of the places: the best and their near-equals."""
        at = candidates(need, self.columns)
        found = scores(need, self.columns, at)
        at, found = self._with_text(need, at, found, limit, margin)
        drawn = turns(need.key, self.columns.marks[at])
        keep = _pooled(found, self.columns.leads[at], drawn, limit, margin)
        return Pool(need.key, at[keep], found[keep], drawn[keep])

    def _with_text(
        self, need: Need, at: Ints, found: Floats, limit: int, margin: float
    ) -> tuple[Ints, Floats]:
        """Add the points for texts, reading only those that could still come in."""
        most = weights(need).get("text", 0.0)
        if most and len(at) > FIRST_READ + limit:
            first = np.argpartition(-found, FIRST_READ + limit)[: FIRST_READ + limit]
            told = found[first] + most * self.sentences.likeness(need.text, at[first])
            least = -np.partition(-told, limit - 1)[limit - 1]
            keep = found >= least - margin - most - HAIR
            at, found = at[keep], found[keep]
        if most:
            found = found + most * self.sentences.likeness(need.text, at)
        return at, np.round(found, DIGITS)

    def nearly(self, need: Need, limit: int = LIMIT) -> list[Nearly]:
        """Return the best of those whom a single condition keeps from answering."""
        at = apart_from(need, self.columns)
        failed = np.zeros(len(at), dtype=np.uint8)
        for _code, fails in failing(need, self.columns):
            failed += fails(at)
            keep = failed <= 1
            at, failed = at[keep], failed[keep]
        once = at[failed == 1]
        at, points = self._with_text(need, once, scores(need, self.columns, once), limit, 0.0)
        best = _highest(at, points, limit)
        found = [(self.firms[place], self._scored(need, int(place))) for place in best]
        nearly = [
            Nearly(firm.key, one.score, exclusions(need, firm, self.ground)[0])
            for firm, one in found
        ]
        return sorted(nearly, key=lambda one: (-one.score, mark(one.firm)))

    def excluded(self, need: Need) -> Counter[str]:
        """Return how many firms each condition keeps from answering."""
        at = apart_from(need, self.columns)
        return Counter({code: int(fails(at).sum()) for code, fails in failing(need, self.columns)})

    def given(
        self, pools: Iterable[Pool], limit: int = LIMIT, margin: float = MARGIN
    ) -> Iterator[tuple[Hashable, list[tuple[Hashable, float]]]]:
        """Give the places of pools away, in the order in which they come."""
        leads = self.columns.leads.copy()
        for pool in pools:
            chosen = shared_out(pool.scores, leads[pool.at], pool.drawn, limit, margin)
            places = pool.at[chosen]
            leads[places] += 1
            yield (
                pool.need,
                [
                    (self.firms[place].key, float(score))
                    for place, score in zip(places, pool.scores[chosen], strict=True)
                ],
            )


def _highest(at: Ints, points: Floats, limit: int) -> Ints:
    """Return those with the most points, the first places before others that have as many."""
    if len(at) > limit:
        keep = points >= -np.partition(-points, limit - 1)[limit - 1]
        at, points = at[keep], points[keep]
    return at[np.lexsort((at, -points))][:limit]


def _pooled(
    scores: Floats, leads: Ints, drawn: NDArray[np.uint64], limit: int, margin: float
) -> Ints:
    """Return the places of the clear best and of so many near-equals as may be needed."""
    if len(scores) <= limit:
        return np.arange(len(scores))
    last = -np.partition(-scores, limit - 1)[limit - 1]
    near = np.flatnonzero(scores >= last - margin - HAIR)
    if len(near) <= POOL:
        return near
    by_score = np.lexsort((drawn[near], -scores[near]))[:limit]
    by_turn = np.lexsort((drawn[near], leads[near]))[: POOL - limit]
    return near[np.union1d(by_score, by_turn)]


def needs_for(firm: Firm, needs: Iterable[Need], ground: Ground, limit: int = LIMIT) -> list[Match]:
    """Return the needs that a firm can answer, the best first, with the scores of ``match``."""
    found = [one for need in needs if (one := match(need, firm, ground))]
    return sorted(found, key=lambda one: (-one.score, mark(one.need)))[:limit]
