"""The order in which a panel puts applications. Pure.

An evaluator's judgement counts once it has points for every criterion. It is the points, 0 to 10,
weighted by the criteria's percent: 0 to 100 in all. An application has the mean of its judgements,
so that it loses nothing where an evaluator with a conflict abstains. Equals share a place, whoever
applied first stands first; who was judged by nobody comes last, without a place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

#: Points that an evaluator gave by the keys of criteria.
Points = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """An application with the points of each evaluator, by their keys."""

    key: int
    applied_at: datetime
    points: Mapping[int, Points]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An application with its place and total of 100; both are nothing where nobody judged it."""

    key: int
    place: int | None
    total: float | None
    #: How many judgements the total is the mean of.
    judgements: int
    #: The mean points, 0 to 10, by the keys of criteria.
    means: Mapping[int, float]


def judgement(points: Points, weights: Mapping[int, int]) -> float | None:
    """Return one evaluator's total of 100; nothing while a criterion has no points."""
    if not weights or any(key not in points for key in weights):
        return None
    return sum(points[key] * weight for key, weight in weights.items()) / 10


def rank(every: Iterable[Judged], weights: Mapping[int, int]) -> list[Ranked]:
    """Return applications in order; ``weights`` are percents by the keys of criteria."""
    known = [(one, _whole(one, weights)) for one in every]
    judged = [(one, whole, _mean(whole, weights)) for one, whole in known if whole]
    judged.sort(key=lambda row: (-row[2], row[0].applied_at, row[0].key))
    totals = [total for _one, _whole, total in judged]
    ranked = [
        Ranked(one.key, totals.index(total) + 1, total, len(whole), _means(whole, weights))
        for one, whole, total in judged
    ]
    rest = sorted((one.applied_at, one.key) for one, whole in known if not whole)
    return [*ranked, *(Ranked(key, None, None, 0, {}) for _applied, key in rest)]


def _whole(one: Judged, weights: Mapping[int, int]) -> list[Points]:
    return [given for given in one.points.values() if judgement(given, weights) is not None]


def _mean(whole: Sequence[Points], weights: Mapping[int, int]) -> float:
    """Return the mean total, rounded as it is shown, so that equals to the eye are equals."""
    return round(fmean(judgement(given, weights) or 0.0 for given in whole), 1)


def _means(whole: Sequence[Points], weights: Mapping[int, int]) -> dict[int, float]:
    return {key: round(fmean(given[key] for given in whole), 1) for key in weights}
