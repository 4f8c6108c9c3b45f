"""Measure the chain builder: how long a brief takes, and how good its chains are.

    python -m benchmarks.chains [--businesses 100000] [--briefs 40] [--database postgresql]

The database is built once and kept. Each brief is asked of the directory as the worker asks it:
choosing candidates from the index, reading them, comparing, solving. Beside the chain found stand
the simple way, which takes for each link what is best by itself, and the bound that was proved.
"""

import argparse
import os
import statistics
import sys
import time
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.building import built

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ifn.connections.chaining.facts import Brief, Outcome

#: The most that a brief may take, in seconds, once the solver is loaded.
MOST_SECONDS: Final = 5.0
#: What is asked for: product, upper, construction, pairs, days.
MADE: Final = (
    ("SNEAKER", "LEATHER", "CEMENTED", 500, 60),
    ("SNEAKER", "KANVAS", "VULCAN", 3_000, 75),
    ("DERBY", "LEATHER", "GOODYEAR", 100, 90),
    ("SAFETY", "LEATHER", "INJECTED", 2_000, 90),
    ("PUMPS", "PU", "CEMENTED", 300, 45),
    ("SANDAL", "LEATHER", "CEMENTED", 200, 45),
    ("FLIPFLOP", "SYN", "FLIP", 6_000, 60),
    ("SCHOOL", "PU", "CEMENTED", 12_000, 90),
)
PLACES: Final = ("35.16", "32.73", "33.74", "36.71", "73.71")


@dataclass(frozen=True, slots=True)
class Measured:
    """One brief: the seconds it took, what came of it, and what the simple way costs."""

    choosing: float
    solving: float
    outcome: "Outcome"
    simple: int | None
    is_simple_late: bool

    @property
    def seconds(self) -> float:
        """Return what the brief took in all."""
        return self.choosing + self.solving


def main() -> int:
    """Print times and costs; return 1 when a brief took too long."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--businesses", type=int, default=100_000)
    parser.add_argument("--briefs", type=int, default=40)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    server = os.environ.get("TEST_DATABASE_URL", "postgresql://root@127.0.0.1:5432/postgres")
    os.environ.update(built(given.database, given.businesses, server).environment)
    import django  # noqa: PLC0415  # the database is known from here on

    django.setup()
    started = time.perf_counter()
    import ifn.connections.chaining.solving  # noqa: F401, PLC0415  # what is timed

    print(f"loading the solver: {time.perf_counter() - started:.1f} s, once in a worker's life\n")
    briefs = asked(given.briefs)
    first = measured(briefs[0])
    found = [measured(brief) for brief in briefs]
    report(first, found)
    return int(max(one.seconds for one in found) > MOST_SECONDS)


def asked(count: int) -> "list[Brief]":
    """Return briefs over products and places, with other amounts and times."""
    from ifn.connections.chaining.facts import Brief  # noqa: PLC0415
    from ifn.regions.queries import all_regions  # noqa: PLC0415

    random, found = Random(3), []  # noqa: S311  # invented briefs, not secrets
    for number in range(count):
        product, upper, construction, pairs, days = MADE[number % len(MADE)]
        place = all_regions().by_code[PLACES[number // len(MADE) % len(PLACES)]]
        one = Brief(
            product=product,
            upper=upper,
            construction=construction,
            pairs=pairs,
            deadline_days=days,
            region=place.code,
            place=(place.latitude, place.longitude),
        )
        found.append(replace(one, pairs=round(pairs * random.choice((0.5, 1, 1, 2)))))
    return found


def measured(brief: "Brief") -> Measured:
    """Ask one brief as the worker does, and then the simple way."""
    from django.utils.timezone import localdate  # noqa: PLC0415

    from ifn.connections.chaining.costing import Plan  # noqa: PLC0415
    from ifn.connections.chaining.links import needed_links  # noqa: PLC0415
    from ifn.connections.chaining.offers import weighed  # noqa: PLC0415
    from ifn.connections.chaining.proposing import greedy, propose  # noqa: PLC0415
    from ifn.connections.queries.firms import gathered_for, ground_on  # noqa: PLC0415

    started = time.perf_counter()
    ground = ground_on(localdate())
    links = needed_links(brief, ground.ancestors)
    gathered = gathered_for(brief, links, ground)
    chosen = time.perf_counter()
    outcome = propose(brief, links, gathered, ground)
    ended = time.perf_counter()
    options = {
        link.code: several
        for link in links
        if (several := weighed(link, gathered[link.code], brief, ground).choices)
    }
    simple = Plan(brief, links, greedy(options, brief)) if options else None
    return Measured(
        chosen - started,
        ended - chosen,
        outcome,
        simple.costs.total if simple else None,
        simple is not None and not simple.is_in_time,
    )


def report(first: Measured, found: list[Measured]) -> None:
    """Print what was measured as tables."""
    times = [one.seconds for one in found]
    print("| a brief, seconds | median | slowest |")
    print("|---|---:|---:|")
    _row("choosing candidates and reading them", [one.choosing for one in found])
    _row("comparing and solving, three proposals", [one.solving for one in found])
    _row("together", times)
    print(f"\nthe first brief after the solver was loaded: {first.seconds:.1f} s")
    chains = [proposal for one in found for proposal in one.outcome.proposals[:1]]
    every = [proposal for one in found for proposal in one.outcome.proposals]
    gaps = [100 * (one.costs.total - one.bound) / one.costs.total for one in every]
    print(f"\n{len(found)} briefs, {len(chains)} with a chain, {len(every)} proposals;", end=" ")
    print(f"links left open: {sum(len(one.outcome.unfilled) for one in found)}")
    print(f"first proposals proved best among those compared: {_share(chains, 'is_best')}")
    print(f"first proposals proved best of the whole directory: {_share(chains, 'is_best_of_all')}")
    print(f"largest gap of any proposal to its bound: {max(gaps, default=0):.1f} %")
    beside = [
        100 * (one.simple / one.outcome.proposals[0].costs.total - 1)
        for one in found
        if one.simple and one.outcome.proposals
    ]
    late = sum(one.is_simple_late for one in found if one.outcome.proposals)
    print(f"the simple way costs more by {statistics.median(beside):.0f} % (median),", end=" ")
    print(f"{max(beside):.0f} % (most), and is too late for {late} of {len(beside)} briefs")


def _share(chains: "Sequence[object]", name: str) -> str:
    return f"{sum(bool(getattr(one, name)) for one in chains)} of {len(chains)}"


def _row(title: str, seconds: list[float]) -> None:
    print(f"| {title} | {statistics.median(seconds):.2f} | {max(seconds):.2f} |")


if __name__ == "__main__":
    sys.exit(main())
