"""The order: one after the other, so that each choice weighs on the next of the same region."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ifn.programmes.choosing.facts import Candidate, Criterion, Point, Ranked, Verdict, Weights


def propose(
    candidates: Iterable[Candidate],
    weights: Weights,
    *,
    seats: int,
    taken: Mapping[str, int] | None = None,
) -> list[Ranked]:
    """Return everybody in order, with points and what is proposed.

    Whoever meets the conditions is placed one by one: always the one with the most points, where
    the points for the region shrink with each of the same regency or city already placed (all, a
    half, a third …). ``taken`` are those who have a seat already, by region. Among equals the
    earlier registration comes first, then the smaller key. The first ``seats`` are proposed, the
    others wait; who misses a condition comes last and is proposed for refusal. The same facts give
    the same order, in whatever order they come.
    """
    everybody = sorted(candidates, key=lambda one: (one.registered_at, one.key))
    fit = [one for one in everybody if not one.unmet]
    placed = Counter(taken or {})
    found: list[Ranked] = []
    queues = _queues(fit, weights)
    while queues:
        region = min(queues, key=lambda code: _urgency(queues[code][0], weights, placed[code]))
        chosen = queues[region].pop(0)
        if not queues[region]:
            del queues[region]
        verdict = Verdict.ACCEPT if len(found) < seats else Verdict.WAIT
        points = points_of(chosen, weights, before=placed[region])
        found.append(Ranked(chosen, len(found) + 1, points, verdict))
        placed[region] += 1
    for one in everybody:
        if one.unmet:
            points = points_of(one, weights, before=placed[one.region])
            found.append(Ranked(one, len(found) + 1, points, Verdict.REFUSE))
    return found


def points_of(one: Candidate, weights: Weights, *, before: int) -> tuple[Point, ...]:
    """Return what each criterion gives a candidate before whom so many of the region stand."""
    values: dict[Criterion, tuple[float, bool]] = {
        Criterion.NEED: (one.need or 0.0, one.need is not None),
        Criterion.NEVER_SERVED: (_served(one), True),
        Criterion.REGION: (1 / (1 + before), True),
        Criterion.WOMEN: (float(bool(one.women)), one.women is not None),
        Criterion.YOUTH: (float(bool(one.youth)), one.youth is not None),
    }
    return tuple(
        Point(
            criterion,
            value,
            weights.of(criterion),
            is_known,
            before if criterion == Criterion.REGION else 0,
        )
        for criterion, (value, is_known) in values.items()
    )


def _served(one: Candidate) -> float:
    """Return 1 for who never took part, a half for who did about something else, else nothing."""
    if not one.earlier:
        return 1.0
    return 0.0 if any(benefit.is_same_topic for benefit in one.earlier) else 0.5


def _queues(fit: Sequence[Candidate], weights: Weights) -> dict[str, list[Candidate]]:
    """Return those of each region in the order among themselves, which never changes."""
    queues: dict[str, list[Candidate]] = defaultdict(list)
    for one in fit:
        queues[one.region].append(one)
    for queue in queues.values():
        queue.sort(key=lambda one: _urgency(one, weights, 0))
    return queues


def _urgency(one: Candidate, weights: Weights, before: int) -> tuple[float, object, int]:
    total = sum(point.points for point in points_of(one, weights, before=before))
    return -round(total, 1), one.registered_at, one.key
