"""Measure matching: how good on the judged needs beside two floors, how fast, how fair.

    python -m benchmarks.matching [--firms 100000] [--needs 10000] [--misses]

The quality is printed for the half of the needs that may be tuned on and for the half held out.
The speed is that of invented firms, beside plain numpy passes over as many numbers in the same run.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import Final, TypeVar

import numpy as np

from benchmarks import matching_judged as judging
from benchmarks.matching_judged import FIRST, TODAY, Judged
from ifn.connections.matching.batch import all_matches
from ifn.connections.matching.facts import Firm, Need, Quantity
from ifn.connections.matching.field import Field, needs_for
from ifn.demo.network import network
from ifn.demo.trades import places
from ifn.demo.variation import gazetteer, variation

ASKED: Final = 200
#: The most that may be taken: one need in seconds, the whole batch in seconds.
ONE_SECONDS, BATCH_SECONDS = 1.0, 600.0
MEASURES: Final = (judging.precision, judging.possible, judging.gain, judging.clean)

Ranker = Callable[[Need], list[str]]
Thing = TypeVar("Thing")


def main() -> int:
    """Print quality, speed and fairness; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--misses", action="store_true", help="list needs of the tuned half")
    given = parser.parse_args()
    quality(misses=given.misses)
    return 0 if not given.firms or speed(given.firms, given.needs) else 1


def quality(*, misses: bool) -> None:
    """Print precision@5 and nDCG@5 of ours beside the floors."""
    known = judging.firms(network(today=TODAY))
    ground = judging.ground(known)
    field, words = Field(known, ground), judging.ByWords(known)
    rankers: dict[str, Ranker] = {
        "ours": lambda need: [str(one.firm) for one in field.matches(need, FIRST)],
        "terms in common": lambda need: judging.by_overlap(need, known, ground),
        "words (BM25)": words.first,
    }
    every = judging.judged()
    print(f"{len(every)} needs over {len(known)} firms\n")
    print("| ranking | needs | precision@5 | of the possible | nDCG@5 | shown: right or related |")
    print("|---|---|---:|---:|---:|---:|")
    for name, ranker in rankers.items():
        for half in (False, True):
            some = [one for one in every if one.is_held_out == half]
            found = [(ranker(one.need), one.grades) for one in some]
            figures = [statistics.mean(measure(*pair) for pair in found) for measure in MEASURES]
            told = " | ".join(f"{figure:.3f}" for figure in figures)
            print(f"| {name} | {'held out' if half else 'may be tuned on'} {len(some)} | {told} |")
    if misses:
        _misses([one for one in every if not one.is_held_out], rankers["ours"])


def _misses(some: Iterable[Judged], ranker: Ranker) -> None:
    for one in some:
        found = ranker(one.need)
        if judging.gain(found, one.grades) < 1:
            shown = ", ".join(f"{slug}={one.grades.get(slug, 0)}" for slug in found)
            print(f"  {one.need.key}: {one.need.text}\n    {shown or 'nobody'} of {one.grades}")


def invented(count: int) -> list[Firm]:
    """Return invented firms as the large demo network has them."""
    towns = [
        (place.code, place.town, place.latitude, place.longitude) for place in places().values()
    ]
    where = gazetteer(towns)
    made = (variation(index, where, today=TODAY) for index in range(1, count + 1))
    return judging.firms(made)


def asked(count: int) -> list[Need]:
    """Return needs as the judged ones are, with other amounts, times and places."""
    random = Random(5)  # noqa: S311  # invented needs, not secrets
    models = [one.need for one in judging.judged()]
    spots = [(place.latitude, place.longitude) for place in places().values()]
    return [
        replace(
            models[number % len(models)],
            key=number,
            quantity=Quantity(random.choice((20, 50, 100, 300, 1000, 5000))),
            deadline_days=random.choice((None, 14, 30, 60, 90)),
            place=random.choice(spots),
        )
        for number in range(count)
    ]


def speed(count: int, needed: int) -> bool:
    """Print how long one need and all of them take, and how the leads are spread."""
    known = invented(count)
    started = time.perf_counter()
    field = Field(known, judging.ground(()), learns=True)
    ground = field.ground
    building = time.perf_counter() - started
    needs = asked(needed)
    one = _times(field.matches, needs[:ASKED])
    pool = _times(field.pool, needs[:ASKED])
    floor = statistics.median(_passes(count) for _ in range(9))
    backwards = _times(
        lambda need: needs_for(known[need], needs, ground), range(0, count, count // 3)
    )
    started = time.perf_counter()
    leads = Counter(key for _need, got in all_matches(field, needs, processes=2) for key, _s in got)
    batch = time.perf_counter() - started
    print(f"\n| {count:,} firms | figure | times a pass over as many numbers |\n|---|---:|---:|")
    for name, taken in (
        ("one need with its reasons, median ms", statistics.median(one)),
        ("one need with its reasons, slowest of 200, ms", max(one)),
        ("who comes into question, median ms", statistics.median(pool)),
        (f"one firm against {needed:,} needs, median ms", statistics.median(backwards)),
    ):
        print(f"| {name} | {1000 * taken:.1f} | {taken / floor:.0f} |")
    print(f"| {needed:,} needs on two processes, seconds | {batch:.0f} | {batch / floor:,.0f} |")
    print(f"| laying the firms out, seconds | {building:.0f} | {building / floor:,.0f} |")
    print(f"| firms with a lead, of {sum(leads.values()):,} leads | {len(leads):,} | |")
    print(f"| most leads of one firm | {max(leads.values(), default=0):,} | |")
    kept = max(one) <= ONE_SECONDS and batch <= BATCH_SECONDS
    print("\nEvery bound is kept." if kept else "\nMissed: a need or the batch took too long.")
    return kept


def _times(asking: Callable[[Thing], object], asked_for: Sequence[Thing]) -> list[float]:
    taken = []
    for one in asked_for:
        started = time.perf_counter()
        asking(one)
        taken.append(time.perf_counter() - started)
    return taken


def _passes(count: int) -> float:
    """Return how long adding two columns of so many numbers takes: the floor of any search."""
    left, right = np.ones(count), np.ones(count)
    started = time.perf_counter()
    for _ in range(100):
        left + right  # only the time counts
    return (time.perf_counter() - started) / 100


if __name__ == "__main__":
    sys.exit(main())
