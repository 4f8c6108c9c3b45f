"""How fast the pages and nights of opportunities and enquiries are, as ratios where that is fair.

Usage: python -m benchmarks.connected [--businesses 100000] [--databases sqlite postgresql]
                                      [--pages-only] [--fresh]
"""

import argparse
import json
import os
import sys
from typing import Any, Final

from benchmarks.__main__ import answers
from benchmarks.building import KEPT
from benchmarks.connected.building import Filled, filled, in_process

#: As for the directory: the most a page may take, as multiples of an empty page, and a list's
#: queries. What gathers from every room asks each once.
MEDIAN, P95, QUERIES = 12, 30, 12
GATHERING: Final = frozenset({"own page"})
#: Read most often, so as quick as a profile.
LIMITS: Final[dict[str, tuple[float, float | None]]] = {"one opportunity": (5, None)}
#: Matching everything open against everybody, in seconds.
MATCHING_SECONDS: Final = 600


def main() -> int:
    """Build, measure and print; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.connected", description=__doc__)
    parser.add_argument("--businesses", type=int, default=100_000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--pages-only", action="store_true", help="Leave the first night out.")
    parser.add_argument("--fresh", action="store_true", help="Fill the databases anew.")
    wanted = parser.parse_args()
    if wanted.fresh:
        for note in KEPT.glob("connected-*.json"):
            note.unlink()
    server = os.environ.get("TEST_DATABASE_URL", "postgresql://root@127.0.0.1:5432/postgres")
    missed: list[str] = []
    for kind in wanted.databases:
        if kind == "postgresql" and not answers(server):
            missed.append(f"no PostgreSQL at {server}")
            continue
        made = filled(kind, wanted.businesses, server, with_night=not wanted.pages_only)
        missed += report(made, json.loads(in_process(made.database, "benchmarks.connected.pages")))
    print("\nEvery bound is kept." if not missed else "\nMissed: " + "; ".join(missed))
    return 1 if missed else 0


def report(made: Filled, figures: dict[str, Any]) -> list[str]:
    """Print one database's tables and return what missed its bound."""
    kind, missed = made.database.kind, list[str]()
    empty = figures["pages"]["empty"]["median"]
    print(f"\n## {kind}, {made.database.businesses:,} businesses\n")
    print("| page | median ms | x empty | p95, x empty | queries |\n|---|---:|---:|---:|---:|")

    def check(name: str, value: float, limit: float | None) -> str:
        if limit is not None and value > limit:
            missed.append(f"{kind}: {name} {value:.1f} > {limit:g}")
            return f"**{value:.1f}**"
        return f"{value:.1f}"

    for page, taken in figures["pages"].items():
        is_floor = page in {"bare", "empty"}
        median, p95 = (None, None) if is_floor else LIMITS.get(page, (MEDIAN, P95))
        most = None if page in GATHERING else QUERIES
        print(
            f"| {page} | {taken['median']:.2f}"
            f" | {check(f'{page} median', taken['median'] / empty, median)}"
            f" | {check(f'{page} p95', taken['p95'] / empty, p95)}"
            f" | {check(f'{page} queries', figures['queries'].get(page, 0), most)} |"
        )
    if made.night:
        print(
            "\n| by night | seconds | calls | longest call | peak MB |\n|---|---:|---:|---:|---:|"
        )
    for piece, taken in made.night.items():
        limit = MATCHING_SECONDS if piece == "finding who fits everything open" else None
        print(
            f"| {piece} | {check(piece, taken['seconds'], limit)} | {taken['calls']}"
            f" | {taken['longest']:.2f} | {taken['peak MB']:.0f} |"
        )
    return missed


if __name__ == "__main__":
    sys.exit(main())
