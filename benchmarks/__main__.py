"""``make bench``: how fast the directory is, as ratios against floors of the same run.

Usage: python -m benchmarks [--businesses 100000] [--databases sqlite postgresql] [--fresh]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from typing import Any

import psycopg

from benchmarks.building import KEPT, ROOT, Built, built
from benchmarks.serving import Served, served

#: The most a page may take: median and 95th percentile as multiples of an empty page.
LIMITS: dict[str, tuple[float | None, float | None]] = {
    "text": (12, 30),
    "facets": (12, 30),
    "text and facets": (12, 30),
    "deep page": (12, 30),
    "browse": (12, 30),
    "map": (12, 30),
    "chain": (12, 30),
    "typing": (None, 5),
    "profile": (5, None),
    "profile again": (5, None),
    "api page": (6, None),
    "saving a step": (5, None),
}
EMPTY_TO_BARE, GROWTH, MEMORY_MB, QUERIES, BUILD_SECONDS = 6, 3, 250, 12, 300
#: For 100,000 businesses, in the background.
DUMP_SECONDS = 60
SMALLER = 10


def main() -> int:
    """Build, measure and compare; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--businesses", type=int, default=100_000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--fresh", action="store_true", help="Build the databases anew.")
    wanted = parser.parse_args()
    if wanted.fresh:
        shutil.rmtree(KEPT, ignore_errors=True)
    missed: list[str] = []
    for kind in wanted.databases:
        server = os.environ.get("TEST_DATABASE_URL", "postgresql://root@127.0.0.1:5432/postgres")
        if kind == "postgresql" and not answers(server):
            print(f"No PostgreSQL answers at {server}; set TEST_DATABASE_URL.")
            missed.append("no PostgreSQL")
            continue
        missed += compare(kind, wanted.businesses, server)
    print("\nEvery bound is kept." if not missed else "\nMissed: " + "; ".join(missed))
    return 1 if missed else 0


def answers(server: str) -> bool:
    """Say whether a PostgreSQL server answers."""
    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def compare(kind: str, businesses: int, server: str) -> list[str]:
    """Measure one database at two sizes, print the table, return what missed its bound."""
    small = built(kind, businesses // SMALLER, server)
    large = built(kind, businesses, server)
    before, after = measured(small), measured(large)
    serving = served(large)
    return report(large, before, after | {"dump": dumped(large)}, serving)


def dumped(made: Built) -> float:
    """Return how many seconds the nightly dump of one database takes."""
    started = time.monotonic()
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "dump"],
        check=True,
        env=made.environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - started


def measured(made: Built) -> dict[str, Any]:
    """Return the figures of one database, taken in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.measure"],
        check=True,
        env=made.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def report(
    large: Built, before: dict[str, Any], after: dict[str, Any], serving: Served
) -> list[str]:
    """Print one database's table and return what missed its bound."""
    missed: list[str] = []
    pages, smaller = after["pages"], before["pages"]
    empty = pages["empty"]["median"]
    print(f"\n## {large.kind}, {large.businesses:,} businesses\n")
    print("| page | median ms | x empty | p95 ms | x empty | growth x | queries |")
    print("|---|---:|---:|---:|---:|---:|---:|")

    def check(name: str, value: float, limit: float | None) -> str:
        if limit is not None and value > limit:
            missed.append(f"{large.kind}: {name} {value:.1f} > {limit}")
            return f"**{value:.1f}** (<= {limit:g})"
        return f"{value:.1f}" + (f" (<= {limit:g})" if limit is not None else "")

    for page, figures in pages.items():
        most_median, most_p95 = LIMITS.get(page, (None, None))
        grown = figures["median"] / smaller[page]["median"]
        print(
            f"| {page} | {figures['median']:.2f}"
            f" | {check(f'{page} median', figures['median'] / empty, most_median)}"
            f" | {figures['p95']:.2f}"
            f" | {check(f'{page} p95', figures['p95'] / empty, most_p95)}"
            f" | {check(f'{page} growth', grown, GROWTH if page in LIMITS else None)}"
            f" | {check(f'{page} queries', after['queries'].get(page, 0), QUERIES)} |"
        )
    ratio = empty / pages["bare"]["median"]
    rows = [
        ("an empty page, times a bare view", check("empty to bare", ratio, EMPTY_TO_BARE)),
        ("memory of a server process, MB", check("memory", serving.worker_mb, MEMORY_MB)),
        ("requests a second, bare view", f"{serving.bare:,.0f}"),
        ("requests a second, empty page", f"{serving.empty:,.0f}"),
        ("requests a second, search with words", f"{serving.search:,.0f}"),
        ("first page of a new process, ms", f"{after['first page ms']:.0f}"),
        ("the nightly dump, seconds", check("dump", after["dump"], DUMP_SECONDS)),
        ("building, seconds", check("building", large.seconds, BUILD_SECONDS)),
        ("database, MB", f"{large.database_mb:,.0f}"),
        ("search index in it, MB", f"{large.index_mb:,.0f}"),
    ]
    print("\n| what | figure |\n|---|---:|")
    for name, value in rows:
        print(f"| {name} | {value} |")
    return missed


if __name__ == "__main__":
    sys.exit(main())
