"""How long a list takes against a large directory: read and compared, then applied.

The directory of ``make bench`` is copied and its invented businesses are called real; the list has
businesses that are there, some of them misspelt, and new ones. Bounds are those of 10,000 rows
against 100,000 businesses.

Usage: python -m benchmarks.intake [--rows 10000] [--businesses 100000] [--databases sqlite …]
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.building import KEPT, ROOT, Built, built
from benchmarks.words import SEED

LINK_SECONDS, MEMORY_MB = 120, 500
SOURCE = "Benchmark"
FORMS = {"pt": "PT", "cv": "CV", "perorangan": "UD", "koperasi": "Koperasi"}


def main() -> int:
    """Measure each database and print a table; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.intake", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--businesses", type=int, default=100_000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.inside:
        inside(wanted.rows)
        return 0
    missed = []
    server = os.environ.get("TEST_DATABASE_URL", "postgresql://root@127.0.0.1:5432/postgres")
    print("| database | rows | read, s | compared, s | applied, s | peak MB | states |")
    print("|---|---:|---:|---:|---:|---:|---|")
    for kind in wanted.databases:
        found = measured(built(kind, wanted.businesses, server), wanted.rows, server)
        link = found["compared"] + found["read"]
        print(
            f"| {kind} | {wanted.rows:,} | {found['read']:.1f} | {found['compared']:.1f} "
            f"| {found['applied']:.1f} | {found['peak']:.0f} | {found['states']} |"
        )
        missed += [f"{kind}: {link:.0f} s > {LINK_SECONDS}"] if link > LINK_SECONDS else []
        missed += [f"{kind}: {found['peak']:.0f} MB"] if found["peak"] > MEMORY_MB else []
    print("\nEvery bound is kept." if not missed else "\nMissed: " + "; ".join(missed))
    return 1 if missed else 0


def measured(made: Built, rows: int, server: str) -> dict[str, Any]:
    """Copy a directory, let a process of its own bring a list in, and return what it took."""
    url = copied(made, server)
    environment = {**made.environment, "DATABASE_URL": url, "IFN_PRIVATE": str(KEPT / "private")}
    command = [sys.executable, "-m", "benchmarks.intake", "--inside", "--rows", str(rows)]
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"],
        check=True,
        env=environment,
        cwd=ROOT,
    )
    done = subprocess.run(
        command, check=True, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def copied(made: Built, server: str) -> str:
    """Return the address of a copy, so that other benchmarks find their directory as it was."""
    if made.kind == "sqlite":
        original = Path(made.url.removeprefix("sqlite:///"))
        file = KEPT / "intake.sqlite3"
        for ending in ("-wal", "-shm"):
            Path(f"{file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(original, file)
        return f"sqlite:///{file}"
    name = made.url.rsplit("/", 1)[1]
    with psycopg.connect(server, autocommit=True) as connection:
        target = sql.Identifier("ifn_bench_intake")
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
        source = sql.Identifier(name)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, source))
    return f"{server.rsplit('/', 1)[0]}/ifn_bench_intake"


def inside(rows: int) -> None:
    """Bring a list in, and print the seconds of each stage and the peak of memory."""
    import django  # noqa: PLC0415  # only in the process that measures

    os.environ["DJANGO_SETTINGS_MODULE"] = "ifn.settings"
    os.environ["IFN_LOG_LEVEL"] = "ERROR"
    django.setup()
    from django.utils.timezone import localdate, now  # noqa: PLC0415

    from ifn.directory.models import Business  # noqa: PLC0415
    from ifn.intake import actions  # noqa: PLC0415
    from ifn.intake.mapping import Wanted  # noqa: PLC0415
    from ifn.jobs.models import Job  # noqa: PLC0415

    Business.objects.update(is_demo=False)
    Job.objects.all().delete()
    upload = actions.Upload(
        content=written(list_of(rows)),
        file_name="daftar.csv",
        stated_on=localdate(),
        source=SOURCE,
    )
    started = time.perf_counter()
    made = actions.receive(upload, actor=None, at=now())
    read = worked(started)
    made.refresh_from_db()
    actions.save_mapping(made, Wanted(), actor=None, at=now())
    compared = worked(time.perf_counter())
    figures = {"read": read, "compared": compared, "states": counted(made.pk)}
    figures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    made.refresh_from_db()
    actions.apply(made, actor=None, at=now())
    figures["applied"] = worked(time.perf_counter())
    sys.stdout.write(json.dumps(figures) + "\n")


def worked(started: float) -> float:
    """Do what waits for a worker, and return the seconds since."""
    from ifn.jobs.running import run_due  # noqa: PLC0415  # only in the process that measures

    run_due(limit=100_000)
    return time.perf_counter() - started


def counted(pk: int) -> str:
    """Return how many rows of a list are in each state."""
    from ifn.intake.models import Row  # noqa: PLC0415  # only in the process that measures

    states = Counter(Row.objects.filter(list=pk).values_list("state", flat=True))
    return ", ".join(f"{number:,} {state}" for state, number in states.most_common())


def list_of(rows: int) -> list[list[str]]:
    """Return a list: two fifths as the directory has them, two fifths misspelt, one fifth new."""
    from ifn.directory.models import Business  # noqa: PLC0415  # only in the process that measures
    from ifn.regions.queries import all_regions  # noqa: PLC0415

    chooser = Random(SEED)  # noqa: S311  # repeatable, not secret
    regions = all_regions()
    known = list(
        Business.objects.order_by("pk").values_list("name", "legal_form", "address", "region_id")[
            : rows * 2 : 2
        ]
    )
    found = [["Nama", "Alamat", "Kabupaten/Kota"]]
    for number, (bare, form, address, region) in enumerate(known):
        name = f"{FORMS.get(form, '')} {bare}".strip()
        place = regions.full_name(region)
        match number % 5:
            case 0 | 1:
                found.append([name, address, place])
            case 2 | 3:
                found.append([misspelt(name, chooser), address, place])
            case _:
                found.append([f"{misspelt(name[::-1].title(), chooser)} {number}", "", place])
    return found


def misspelt(name: str, chooser: Random) -> str:
    """Return a name with two neighbouring letters of its longest word swapped."""
    word = max(name.split(), key=len)
    place = chooser.randrange(1, max(len(word) - 1, 2))
    return name.replace(word, word[:place] + word[place : place + 2][::-1] + word[place + 2 :], 1)


def written(rows: list[list[str]]) -> bytes:
    """Return rows as a semicolon list, as spreadsheets here write it."""
    return "\r\n".join(";".join(cell.replace(";", ",") for cell in row) for row in rows).encode()


if __name__ == "__main__":
    sys.exit(main())
