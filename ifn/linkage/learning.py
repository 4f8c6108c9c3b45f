"""Learn weights from pairs that were decided, and say how good probabilities are; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ifn.linkage.evidence import FALLING, RISING, TERMS, Weights, terms

Floats = NDArray[np.float64]
ROUNDS: Final = 1500
BINS: Final = 10


def learn(
    decided: Sequence[tuple[Mapping[str, float], bool]],
    start: Weights | None = None,
    *,
    pull: float = 1.0,
) -> Weights:
    """Fit weights to the signals of decided pairs by logistic regression.

    Signals that speak for stay at or above 0, those against at or below, so that agreement never
    hurts. ``pull`` draws the weights towards ``start``, or towards nothing: few decisions change
    little, many decide. Given the same pairs the result is the same.
    """
    place = {term: number for number, term in enumerate(TERMS, start=1)}
    rows = np.zeros((len(decided), len(TERMS) + 1))
    rows[:, 0] = 1.0
    for row, (found, _same) in enumerate(decided):
        for code, value in found.items():
            for term, amount in terms(code, value):
                rows[row, place[term]] += amount
    truth = np.array([same for _found, same in decided], dtype=np.float64)
    prior = np.zeros(len(TERMS) + 1)
    if start is not None:
        prior[:] = [start.start, *(start.terms[term] for term in TERMS)]
    fitted = _fit(rows, truth, prior, pull)
    return Weights(float(fitted[0]), {term: float(fitted[place[term]]) for term in TERMS})


def _fit(rows: Floats, truth: Floats, prior: Floats, pull: float) -> Floats:
    """Minimise the logistic loss by accelerated projected gradient (FISTA)."""
    low = np.array([-np.inf, *(0.0 if term in set(RISING) else -np.inf for term in TERMS)])
    high = np.array([np.inf, *(0.0 if term in set(FALLING) else np.inf for term in TERMS)])
    strength = np.full(len(prior), pull)
    strength[0] = pull / 100
    step = 1 / (np.linalg.norm(rows, 2) ** 2 / 4 + pull)
    now = ahead = np.clip(prior, low, high)
    pace = 1.0
    for _round in range(ROUNDS):
        slope = rows.T @ (_probability(rows @ ahead) - truth) + strength * (ahead - prior)
        following = np.clip(ahead - step * slope, low, high)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = following + (pace - 1) / faster * (following - now)
        now, pace = following, faster
    return now


def _probability(log_odds: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return result


def shift(judged: Sequence[tuple[float, bool]]) -> float:
    """Return what must be added to log-odds to be right on average; at most 4 either way."""
    odds = np.array([one for one, _same in judged])
    wanted = sum(same for _odds, same in judged)
    low, high = -4.0, 4.0
    while high - low > 1e-6:  # noqa: PLR2004
        middle = (low + high) / 2
        if _probability(odds + middle).sum() < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@dataclass(frozen=True, slots=True)
class Step:
    """Pairs said to be about equally likely: how many, how likely on average, how many were one."""

    pairs: int
    said: float
    were: float


def reliability(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> list[Step]:
    """Compare what was said with what was, in steps of equal width; empty steps are left out."""
    table: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for said, was in judged:
        table[min(int(said * bins), bins - 1)].append((said, was))
    return [
        Step(
            len(rows),
            sum(said for said, _was in rows) / len(rows),
            sum(was for _said, was in rows) / len(rows),
        )
        for rows in table
        if rows
    ]


def calibration_error(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> float:
    """Return by how much what was said differs from what was, on average over all pairs."""
    steps = reliability(judged, bins)
    total = sum(step.pairs for step in steps)
    return sum(step.pairs * abs(step.said - step.were) for step in steps) / total if total else 0.0
