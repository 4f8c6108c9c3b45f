"""Measure how well the directory's own search answers the judged queries over the demo network.

    python -m benchmarks.demo_search_quality [--misses] [--address DATABASE_URL]

The network is loaded into a scratch database (SQLite, and PostgreSQL where one answers), every
query is asked as a visitor would type it, and nDCG@10 is printed over all and for each kind.
``--misses`` lists the queries below 0.90 with what came first. Exit code 1 below the target.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.search_quality import ndcg

TARGET: Final = 0.90
SHOWN: Final = 5
HERE: Final = Path(__file__).parent / "judged"
SERVER: Final = "postgresql://root@127.0.0.1:5432"

Scores = dict[str, list[float]]


@contextmanager
def scratch_server() -> Iterator[str | None]:
    """Make an empty PostgreSQL database and yield its address, or nothing where none answers."""
    import psycopg  # noqa: PLC0415  # only the parent process needs it

    server = os.environ.get("TEST_DATABASE_URL", f"{SERVER}/postgres")
    name = f"ifn_judged_{os.getpid()}"
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        connection.close()


def load() -> None:
    """Set the platform up in the scratch database with the demo network in it."""
    import django  # noqa: PLC0415  # after the environment names the database

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils.timezone import localdate, now  # noqa: PLC0415

    from ifn.demo.actions import load_network  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("reference", stdout=sys.stderr)
    load_network(at=now(), today=localdate())


def ask(text: str) -> list[str]:
    """Return the slugs of the first ten, best first, as the directory's page shows them."""
    from django.http import QueryDict  # noqa: PLC0415
    from django.utils.timezone import localdate  # noqa: PLC0415

    from ifn.directory.search import find, read_filters  # noqa: PLC0415
    from ifn.regions.queries import all_regions  # noqa: PLC0415
    from ifn.vocabulary.queries import lexicon  # noqa: PLC0415

    asked = QueryDict(mutable=True)
    asked["q"] = text
    filters, _ = read_filters(asked, lexicon(), all_regions())
    found = find(filters, all_regions(), localdate(), size=10)
    return [row.content["slug"] for row in found.rows]


def measure(*, misses: bool) -> Scores:
    """Ask every judged query and return the scores by kind."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (HERE / "judgements.tsv").read_text(encoding="utf-8").splitlines():
        query, _, slug, grade = line.split("\t")
        grades[query][slug] = int(grade)
    scores: Scores = defaultdict(list)
    for line in (HERE / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = ask(row["text"])
        score = ndcg(found, grades[row["id"]])
        scores[row["kind"]].append(score)
        if misses and score < TARGET:
            shown = ", ".join(f"{slug}={grades[row['id']].get(slug, 0)}" for slug in found[:SHOWN])
            print(f"  {score:.2f} {row['id']} “{row['text']}”: {shown}")
    return scores


def report(name: str, scores: Scores) -> bool:
    """Print the table of one database and say whether the target is reached."""
    every = [score for several in scores.values() for score in several]
    overall = statistics.mean(every)
    print(f"{name}: nDCG@10 {overall:.4f} over {len(every)} queries (target {TARGET:.2f})")
    for kind, several in scores.items():
        print(f"  {kind:<18}{statistics.mean(several):>8.4f}{len(several):>6}")
    return overall >= TARGET


def main() -> int:
    """Measure one database in this process, or each in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="list what falls short")
    parser.add_argument("--address", help="an empty database; otherwise scratch ones are made")
    given = parser.parse_args()
    if given.address:
        load()
        name = "PostgreSQL" if given.address.startswith("postgres") else "SQLite"
        return 0 if report(name, measure(misses=given.misses)) else 1
    with tempfile.TemporaryDirectory() as folder, scratch_server() as server:
        addresses = [f"sqlite:///{folder}/judged.sqlite3", *([server] if server else [])]
        codes = [_in_its_own_process(address, folder, given.misses) for address in addresses]
    return max(codes)


def _in_its_own_process(address: str, folder: str, misses: bool) -> int:
    own = ["--address", address, *(["--misses"] if misses else [])]
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "IFN_VAR": folder,
        "DJANGO_SETTINGS_MODULE": "ifn.settings",
    }
    done = subprocess.run(  # this very module
        [sys.executable, "-m", "benchmarks.demo_search_quality", *own], check=False, env=environment
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
