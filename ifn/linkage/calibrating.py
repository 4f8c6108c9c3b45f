"""Correct log-odds so that of pairs said to be 0.9 nine in ten are right; pure."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Fewer decided pairs than this correct nothing.
LEAST_DECIDED: Final = 200
#: Nor do pairs of which fewer than this are one, or fewer are two.
LEAST_EITHER: Final = 30
#: Pairs are taken together in so many groups, and each group believes so many pairs what was said.
GROUPS: Final = 24
BELIEVED: Final = 10
#: A correction must explain other pairs better by this share, or it is chance and left out.
LEAST_BETTER: Final = 0.01
FOLDS: Final = 5
#: Beyond these log-odds (1 in 150) pairs are clear: the most are, and would hide the others.
CLEAR: Final = 5.0
#: No share of pairs is nearer to nothing or all than this.
EDGE: Final = 1e-4
Judged = Sequence[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What log-odds that were said were worth, step by step upwards; no steps change nothing."""

    steps: tuple[tuple[float, float], ...] = ()

    def corrected(self, said: float) -> float:
        """Return log-odds as they are worth; more never becomes less."""
        steps = self.steps
        if not steps:
            return said
        place = bisect_right(steps, (said, math.inf))
        if place in {0, len(steps)}:  # beyond what was seen nothing is known but the distance
            low, worth = steps[min(place, len(steps) - 1)]
            return worth + said - low
        (low, worth), (high, more) = steps[place - 1], steps[place]
        return worth + (more - worth) * (said - low) / (high - low)


#: Corrects nothing.
NONE: Final = Calibration()


def fitted(judged: Judged) -> Calibration:
    """Return the correction under which what is said never falls (pool adjacent violators)."""
    ordered = sorted((odds, same) for odds, same in judged if abs(odds) <= CLEAR)
    size = max(1, math.ceil(len(ordered) / GROUPS))
    pools: list[tuple[float, float, float]] = []  # pairs, log-odds in all, how many were one
    for start in range(0, len(ordered), size):
        group = ordered[start : start + size]
        said = sum(odds for odds, _same in group)
        were = sum(same for _odds, same in group)
        believed = BELIEVED * probability(said / len(group))
        share = (were + believed) / (len(group) + BELIEVED)
        pools.append((len(group), said, share * len(group)))
        while len(pools) > 1 and pools[-2][2] / pools[-2][0] >= pools[-1][2] / pools[-1][0]:
            last, before = pools.pop(), pools.pop()
            pools.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    return Calibration(tuple((said / pairs, log_odds(were / pairs)) for pairs, said, were in pools))


@dataclass(frozen=True, slots=True)
class Trial:
    """A correction learned from decided pairs, and how it does on pairs it was not learned from.

    ``before`` and ``after`` are Brier scores, 0 (best) to 1, of the present correction and of one
    learned from the other pairs.
    """

    found: Calibration
    pairs: int
    same: int
    before: float
    after: float

    @property
    def is_better(self) -> bool:
        """Say whether it is better by more than chance."""
        return self.after < self.before * (1 - LEAST_BETTER)


def tried(decided: Judged, present: Calibration = NONE) -> Trial | None:
    """Learn a correction from decided pairs and compare it with the present one.

    ``decided`` are log-odds before any correction. Nothing is returned where there are too few.
    """
    same = sum(is_same for _odds, is_same in decided)
    if len(decided) < LEAST_DECIDED or min(same, len(decided) - same) < LEAST_EITHER:
        return None
    ordered = sorted(decided)
    learnt = before = 0.0
    for fold in range(FOLDS):
        rest = [one for place, one in enumerate(ordered) if place % FOLDS != fold]
        others = ordered[fold::FOLDS]
        learnt += missed(fitted(rest), others)
        before += missed(present, others)
    count = len(decided)
    return Trial(fitted(decided), count, same, before / count, learnt / count)


def missed(calibration: Calibration, judged: Judged) -> float:
    """Return by how much probabilities missed what was, as the sum of squares."""
    return sum((probability(calibration.corrected(odds)) - same) ** 2 for odds, same in judged)


def probability(log_odds: float) -> float:
    """Return log-odds as a probability."""
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds))))


def log_odds(share: float) -> float:
    """Return a probability as log-odds."""
    share = max(EDGE, min(1 - EDGE, share))
    return math.log(share / (1 - share))
