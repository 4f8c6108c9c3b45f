"""Which records of one list are the same, and which of one list are those of another; pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ifn.linkage.calibrating import NONE
from ifn.linkage.comparing import Comparison, compare, weighed
from ifn.linkage.deciding import Decision, Thresholds, decide
from ifn.linkage.evidence import Weights, shipped
from ifn.linkage.gazetteer import Gazetteer
from ifn.linkage.index import Index
from ifn.linkage.records import Prepared, Record, prepare

#: Records that are joined through a third one must at least be this likely one themselves.
LEAST_WITHIN = 0.2


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, how they compare, and what follows."""

    left: Hashable
    right: Hashable
    comparison: Comparison
    decision: Decision


@dataclass(frozen=True, slots=True)
class Scored:
    """Two places in the lists, counted from 0, and how the records there compare."""

    left: int
    right: int
    comparison: Comparison


def pairs(
    left: Iterable[Record],
    right: Iterable[Record],
    *,
    thresholds: Thresholds | None = None,
    weights: Weights | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Pair]:
    """Match one list with another: each record with the one that fits best, when both agree.

    Pairs whose decision is "other" are left out; the likeliest come first. A gazetteer tells places
    apart by what they are, not only by how they are written.
    """
    ours, theirs = prepared(left, gazetteer), prepared(right, gazetteer)
    best = [
        replace(one, comparison=_alone_in_question(one.comparison, weights))
        for one in mutual(candidate_pairs(ours, theirs, weights=weights))
    ]
    return _decided(best, ours, theirs, thresholds)


def prepared(records: Iterable[Record], gazetteer: Gazetteer | None = None) -> list[Prepared]:
    """Bring records into one spelling, with the places that a gazetteer knows."""
    return [prepare(gazetteer.located(one) if gazetteer else one) for one in records]


def _alone_in_question(found: Comparison, weights: Weights | None) -> Comparison:
    """Add that no other record fits better; of strangers one may be the least strange."""
    if "name_strangers" in found.signals:
        return found
    plain = replace(weights or shipped(), calibration=NONE)
    better = weighed({**found.signals, "nobody_better": 1.0}, plain)
    return replace(better, places=found.places)


def duplicates(
    records: Iterable[Record],
    *,
    thresholds: Thresholds | None = None,
    weights: Weights | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Pair]:
    """Find the records of one list that are one another.

    Records come together from the likeliest pair downwards; two groups only become one when no two
    of their records contradict each other. Pairs whose decision is "other" are left out.
    """
    ours = prepared(records, gazetteer)
    limits = thresholds or Thresholds()
    least = min(LEAST_WITHIN, limits.ask)
    scored = [
        one for one in candidate_pairs(ours, weights=weights) if one.comparison.probability >= least
    ]
    return _decided(_grouped(scored, limits.ask), ours, ours, limits)


def candidate_pairs(
    left: Sequence[Prepared],
    right: Sequence[Prepared] | None = None,
    *,
    weights: Weights | None = None,
) -> list[Scored]:
    """Return every pair worth a comparison, compared; within one list when there is no other."""
    held = [replace(one, key=place) for place, one in enumerate(left if right is None else right)]
    asked = held if right is None else [replace(one, key=-1 - n) for n, one in enumerate(left)]
    index = Index(held, beside=() if right is None else left)
    # The correction holds for candidates; of these the best are chosen, which makes others of them.
    weights = replace(weights or shipped(), calibration=NONE)
    found: dict[tuple[int, int], Scored] = {}
    for place, one in enumerate(asked):
        for other in index.near(one):
            number = int(str(other.key))
            pair = (place, number)
            if right is None and place > number:
                pair = (number, place)
            if pair not in found:
                comparison = compare(one, other, rarity=index.rarity, weights=weights)
                found[pair] = Scored(*pair, comparison)
    return list(found.values())


def mutual(scored: Iterable[Scored]) -> list[Scored]:
    """Keep the pairs in which each is the best for the other."""
    best_left: dict[int, float] = {}
    best_right: dict[int, float] = {}
    kept = list(scored)
    for one in kept:
        odds = one.comparison.log_odds
        best_left[one.left] = max(odds, best_left.get(one.left, odds))
        best_right[one.right] = max(odds, best_right.get(one.right, odds))
    return [
        one
        for one in kept
        if one.comparison.log_odds == best_left[one.left] == best_right[one.right]
    ]


def _grouped(scored: Iterable[Scored], least: float) -> list[Scored]:
    """Keep the pairs whose records end up in one group."""
    by_pair = {(one.left, one.right): one for one in scored}
    groups: dict[int, set[int]] = {}
    for one in sorted(by_pair.values(), key=_likeliest):
        if one.comparison.probability < least:
            break
        ours = groups.setdefault(one.left, {one.left})
        theirs = groups.setdefault(one.right, {one.right})
        if ours is theirs or not _fit(ours, theirs, by_pair):
            continue
        ours |= theirs
        groups.update(dict.fromkeys(theirs, ours))
    return [
        one
        for one in by_pair.values()
        if one.left in groups and groups[one.left] is groups.get(one.right)
    ]


def _fit(ours: set[int], theirs: set[int], by_pair: Mapping[tuple[int, int], Scored]) -> bool:
    """Say whether every record of one group may be every record of the other.

    A group of several knows its name: who has a word instead of one of its words is somebody else,
    such as the next shop of the same house.
    """
    single = len(ours) == len(theirs) == 1
    crossing = [by_pair.get((min(a, b), max(a, b))) for a in ours for b in theirs]
    return all(
        one is not None and (single or "name_strangers" not in one.comparison.signals)
        for one in crossing
    )


def _likeliest(one: Scored) -> tuple[float, int, int]:
    return -one.comparison.log_odds, one.left, one.right


def _decided(
    scored: Iterable[Scored],
    left: Sequence[Prepared],
    right: Sequence[Prepared],
    thresholds: Thresholds | None,
) -> list[Pair]:
    found = (
        Pair(
            left[one.left].key,
            right[one.right].key,
            one.comparison,
            decide(one.comparison, thresholds),
        )
        for one in sorted(scored, key=_likeliest)
    )
    return [pair for pair in found if pair.decision is not Decision.OTHER]
