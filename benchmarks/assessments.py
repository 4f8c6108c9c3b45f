"""How fast the results of assessments by region are, as multiples of an empty page.

Usage: python -m benchmarks.assessments [--databases sqlite postgresql] [--fresh]

A province with 5,000 firms that were assessed four times each, 20,000 assessments, in a country
with half as many more firms assessed once. Built once and kept; levels of one side of each.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from secrets import randbits
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.__main__ import answers
from benchmarks.asking import Form, Page, ask
from benchmarks.building import KEPT, Built, built
from benchmarks.connected.building import in_process, settled

if TYPE_CHECKING:
    from ifn.assessments.models import Assessment, InstrumentVersion

#: The most a page may take, median, as a multiple of an empty page; and its queries.
BOUND, QUERIES = 10, 12
#: Floors, and pages over several rooms that count firms anew each time.
UNBOUND = frozenset({"bare", "empty", "regions", "regions, all regencies"})
FIRMS, IN_PROVINCE, PROVINCE = 7_500, 5_000, "35"
TIMES, QUESTIONS, CHANGES, BATCH = 4, 40, 9, 2_000
CODE, EMAIL = "tolok-ukur", "tolok-ukur@example.com"


def main() -> int:
    """Build, measure and print; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.assessments", description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--fresh", action="store_true", help="Build the databases anew.")
    parser.add_argument("--inside", choices=["fill", "measure"], help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.inside:
        fill() if wanted.inside == "fill" else measure()
        return 0
    server = os.environ.get("TEST_DATABASE_URL", "postgresql://root@127.0.0.1:5432/postgres")
    missed: list[str] = []
    for kind in wanted.databases:
        if kind == "postgresql" and not answers(server):
            missed.append(f"no PostgreSQL at {server}")
            continue
        if wanted.fresh:
            for note in (f"{kind}-{FIRMS}.json", f"assessments-{kind}.json"):
                (KEPT / note).unlink(missing_ok=True)
        missed += report(filled(kind, server))
    print("\nEvery bound is kept." if not missed else "\nMissed: " + "; ".join(missed))
    return 1 if missed else 0


def filled(kind: str, server: str) -> Built:
    """Return the database with its assessments, which it gets once."""
    made, note = built(kind, FIRMS, server), KEPT / f"assessments-{kind}.json"
    if not note.exists():
        note.write_text(in_process(made, "benchmarks.assessments", "--inside", "fill"))
        settled(made)
    return made


def report(made: Built) -> list[str]:
    """Print one database's table and return what missed its bound."""
    done = in_process(made, "benchmarks.assessments", "--inside", "measure")
    figures, missed = json.loads(done), list[str]()
    empty = figures["pages"]["empty"]["median"]
    print(f"\n## {made.kind}, {figures['assessments']:,} assessments\n")
    print("| page | median ms | x empty | p95, x empty | first after a change, ms | queries |")
    print("|---|---:|---:|---:|---:|---:|")
    for page, taken in figures["pages"].items():
        ratio, queries = taken["median"] / empty, figures["queries"].get(page, 0)
        if page not in UNBOUND and ratio > BOUND:
            missed.append(f"{made.kind}: {page} {ratio:.1f} > {BOUND}")
        if queries > QUERIES:
            missed.append(f"{made.kind}: {page} asks {queries} > {QUERIES}")
        print(
            f"| {page} | {taken['median']:.2f} | {ratio:.1f} | {taken['p95'] / empty:.1f}"
            f" | {figures['after a change'].get(page, 0):.1f} | {queries} |"
        )
    print(f"\nCounting the sums anew: {figures['counted anew ms']:.0f} ms, without a difference.")
    return missed


def measure() -> None:
    """Ask every kind of page in this process, floors in between, and print what it took."""
    _ready()
    from django.conf import settings  # noqa: PLC0415  # only after set-up
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    from benchmarks import measure as measuring  # noqa: PLC0415
    from ifn.assessments.actions.standings import count_anew  # noqa: PLC0415
    from ifn.assessments.models import Assessment  # noqa: PLC0415

    settings.ROOT_URLCONF = "benchmarks.floors"
    app, kinds = WSGIHandler(), asked()
    for addresses in kinds.values():  # what is kept in a process is there before it is timed
        ask(app, addresses[0])
    times = measuring.run(app, kinds)
    queries = {kind: measuring.queries(app, several) for kind, several in kinds.items()}
    started = time.perf_counter()
    if count_anew():
        raise SystemExit("The sums were not what a count from scratch gives.")
    figures = {
        "pages": {kind: measuring.summary(taken) for kind, taken in times.items()},
        "queries": queries,
        "after a change": {
            kind: _after_a_change(app, several[0]) for kind, several in kinds.items()
        },
        "assessments": Assessment.objects.count(),
        "counted anew ms": (time.perf_counter() - started) * 1000,
    }
    sys.stdout.write(json.dumps(figures))


def _after_a_change(app: Any, wanted: str | Form | Page) -> float:
    """Return how long a page takes when what a process keeps is out of date, in milliseconds."""
    from ifn.assessments.models import Instrument  # noqa: PLC0415  # only after set-up

    taken = []
    for _time in range(CHANGES):
        Instrument.objects.filter(code=CODE).update(stamp=randbits(62))
        started = time.perf_counter()
        ask(app, wanted)
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def asked() -> dict[str, Sequence[str | Form | Page]]:
    """Return the addresses of each kind of page, asked by an officer and by a member."""
    from benchmarks.saving import cookies_of  # noqa: PLC0415  # only after set-up
    from ifn.accounts.models import User  # noqa: PLC0415

    officer, member = (cookies_of(User.objects.get(email=f"{who}-{EMAIL}")) for who in ("o", "a"))

    def several(path: str, cookies: str = officer) -> list[Page]:
        return [Page(f"{path}kuesioner={CODE}", cookies)] * QUESTIONS

    return {
        "matrix of provinces": several("/kerja/penilaian/hasil?"),
        "matrix of the province": several(f"/kerja/penilaian/hasil?wilayah={PROVINCE}&"),
        "matrix for members": several("/saya/penilaian/wilayah?", member),
        "matrix of the province for members": several(
            f"/saya/penilaian/wilayah?wilayah={PROVINCE}&", member
        ),
        "firms by need": several("/kerja/penilaian/usaha?"),
        "firms by need, the province": several(f"/kerja/penilaian/usaha?wilayah={PROVINCE}&"),
        "firms by need, last page": several("/kerja/penilaian/usaha?hal=150&"),
        "firms by need, the province, last page": several(
            f"/kerja/penilaian/usaha?wilayah={PROVINCE}&hal=100&"
        ),
        "regions": several("/kerja/wilayah?"),
        "regions, all regencies": several("/kerja/wilayah?tingkat=kabupaten&"),
    }


def fill() -> None:
    """Assess the firms in this process, and print how long it took."""
    _ready()
    from django.db import transaction  # noqa: PLC0415  # only after set-up
    from django.utils.timezone import now  # noqa: PLC0415

    from ifn.directory.models import Business  # noqa: PLC0415
    from ifn.regions.queries import all_regions  # noqa: PLC0415

    started = time.monotonic()
    firms = list(Business.objects.listed().order_by("pk").values_list("pk", flat=True))
    regencies = all_regions().regencies(PROVINCE)
    with transaction.atomic():
        for place, regency in enumerate(regencies):
            several = firms[:IN_PROVINCE][place :: len(regencies)]
            Business.objects.filter(pk__in=several).update(region=regency.code)
        _people(now())
        version = _questionnaire(now())
        rows = _assessments(firms, version, now())
        while batch := list(islice(rows, BATCH)):
            _entered(batch, version)
    sys.stdout.write(json.dumps({"seconds": round(time.monotonic() - started, 1)}))


def _ready() -> None:
    import logging  # noqa: PLC0415

    import django  # noqa: PLC0415  # the environment names its database first

    django.setup()
    logging.disable(logging.CRITICAL)


def _people(at: datetime) -> None:
    from ifn.accounts.models import Duty, User  # noqa: PLC0415  # only after set-up

    for who, role in (("o", User.Role.OFFICER), ("a", User.Role.MEMBER)):
        person = User.objects.create(
            name="Tolok Ukur", email=f"{who}-{EMAIL}", role=role, joined_at=at, secured_at=at
        )
        if role == User.Role.OFFICER:
            Duty.objects.create(person=person, kind=Duty.Kind.PROGRAMME)


def _questionnaire(at: datetime) -> "InstrumentVersion":
    from ifn.assessments.actions import instruments  # noqa: PLC0415  # only after set-up
    from ifn.assessments.instruments.reading import read  # noqa: PLC0415

    shipped = json.loads(instruments.SHIPPED.read_text())
    version = instruments.create_instrument(
        CODE,
        name_id="Tolok ukur",
        name_en="Benchmark",
        document=read(shipped["content"]),
        actor=None,
        at=at,
    )
    instruments.put_in_use(version, actor=None, at=at)
    version.refresh_from_db()
    return version


def _assessments(
    firms: Sequence[int], version: "InstrumentVersion", at: datetime
) -> "Iterator[Assessment]":
    """Yield assessments of each firm over the years, the last of which counts."""
    from ifn.assessments.models import Assessment  # noqa: PLC0415  # only after set-up

    last: date = at.date()
    for place, firm in enumerate(firms):
        times = TIMES if place < IN_PROVINCE else 1
        for ago in range(times - 1, -1, -1):
            yield Assessment(
                business_id=firm,
                instrument=version.instrument,
                version=version,
                mode="visit",
                state="approved",
                assessed_on=last - timedelta(days=365 * ago + place % 300),
                started_at=at,
                changed_at=at,
                submitted_at=at,
                decided_at=at,
                is_latest=not ago,
            )


def _entered(batch: "list[Assessment]", version: "InstrumentVersion") -> None:
    from ifn.assessments.models import Assessment, Score  # noqa: PLC0415  # only after set-up
    from ifn.assessments.queries.instruments import document_of  # noqa: PLC0415
    from ifn.assessments.scoring import Level, total_need  # noqa: PLC0415
    from ifn.assessments.scoring.levels import CENT, FINE  # noqa: PLC0415

    shares = {code: share.quantize(FINE) for code, share in document_of(version).shares.items()}
    known = []
    for one in batch:
        chance = Random(f"{one.business_id}:{one.assessed_on}")  # noqa: S311  # no secret
        found = [
            Level(code, CENT * chance.randint(0, 400), CENT * 100, share)
            for code, share in shares.items()
        ]
        one.need = total_need(found) if one.is_latest else None
        known.append(found)
    made = Assessment.objects.bulk_create(batch)
    Score.objects.bulk_create(
        Score(
            assessment=one,
            business_id=one.business_id,
            instrument_id=one.instrument_id,
            dimension=level.dimension,
            side="assessor",
            level=level.level,
            answered=1,
            weight=level.weight,
            line=1,
            is_current=one.is_latest,
        )
        for one, found in zip(made, known, strict=True)
        for level in found
    )


if __name__ == "__main__":
    sys.exit(main())
