"""How fast the pages of collaborations are, as multiples of an empty page.

Usage: python -m benchmarks.collaboration [--databases sqlite postgresql] [--fresh]

2,000 projects with five partners each, 1,500 public results, a batch each: 200,000 hand-outs with
their receipts, the largest batch with 2,000 recipients; with calls and a busy workspace
(``benchmarks/collaboration_work``). Built once and kept.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from benchmarks import collaboration_work as work
from benchmarks.__main__ import answers
from benchmarks.asking import Form, Page, ask
from benchmarks.building import KEPT, Built, built
from benchmarks.connected.building import in_process, settled

#: The most a page may take, median, as a multiple of an empty page; and its queries.
BOUND, QUERIES = 12, 12
#: Floors, and pages about all applications at once, which have no bound of time.
FLOORS = frozenset({"bare", "empty", "what 300 were judged", "300 to judge"})
FIRMS, PROJECTS, PUBLIC, PARTNERS = 7_500, 2_000, 1_500, 5
RECEIPTS, LARGEST, SIZES, PIECE = 200_000, 2_000, 6, 5_000
QUESTIONS, EMAIL = 40, "tolok-ukur-kolaborasi@example.com"
FIRST = date(2022, 1, 3)


def main() -> int:
    """Build, measure and print; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.collaboration", description=__doc__)
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
            for note in (f"{kind}-{FIRMS}.json", f"collaboration-{kind}.json"):
                (KEPT / note).unlink(missing_ok=True)
        missed += report(filled(kind, server))
    print("\nEvery bound is kept." if not missed else "\nMissed: " + "; ".join(missed))
    return 1 if missed else 0


def filled(kind: str, server: str) -> Built:
    """Return the database with its projects, which it gets once."""
    made, note = built(kind, FIRMS, server), KEPT / f"collaboration-{kind}.json"
    if not note.exists():
        note.write_text(in_process(made, "benchmarks.collaboration", "--inside", "fill"))
        settled(made)
    return made


def report(made: Built) -> list[str]:
    """Print one database's table and return what missed its bound."""
    figures = json.loads(in_process(made, "benchmarks.collaboration", "--inside", "measure"))
    missed, empty = list[str](), figures["pages"]["empty"]["median"]
    print(f"\n## {made.kind}, {figures['receipts']:,} receipts\n")
    print("| page | median ms | x empty | p95, x empty | queries |")
    print("|---|---:|---:|---:|---:|")
    for page, taken in figures["pages"].items():
        ratio, queries = taken["median"] / empty, figures["queries"].get(page, 0)
        if page not in FLOORS and ratio > BOUND:
            missed.append(f"{made.kind}: {page} {ratio:.1f} > {BOUND}")
        if queries > QUERIES:
            missed.append(f"{made.kind}: {page} asks {queries} > {QUERIES}")
        p95 = taken["p95"] / empty
        print(f"| {page} | {taken['median']:.2f} | {ratio:.1f} | {p95:.1f} | {queries} |")
    return missed


def measure() -> None:
    """Ask every kind of page in this process, floors in between, and print what it took."""
    _ready()
    from django.conf import settings  # noqa: PLC0415  # only after set-up
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    from benchmarks import measure as measuring  # noqa: PLC0415
    from ifn.collaboration.models import Receipt  # noqa: PLC0415

    settings.ROOT_URLCONF = "benchmarks.floors"
    app, kinds = WSGIHandler(), asked()
    for addresses in kinds.values():  # what is kept in a process is there before it is timed
        ask(app, addresses[0])
    figures = {
        "pages": {
            kind: measuring.summary(taken) for kind, taken in measuring.run(app, kinds).items()
        },
        "queries": {kind: measuring.queries(app, several) for kind, several in kinds.items()},
        "receipts": Receipt.objects.count(),
    }
    sys.stdout.write(json.dumps(figures))


def asked() -> dict[str, Sequence[str | Form | Page]]:
    """Return the addresses of each kind of page, those for the office asked by an officer."""
    from benchmarks.saving import cookies_of  # noqa: PLC0415  # only after set-up
    from ifn.accounts.models import User  # noqa: PLC0415
    from ifn.collaboration.models import (  # noqa: PLC0415
        Allocation,
        ProductionBatch,
        Release,
    )

    officer = cookies_of(User.objects.get(email=EMAIL))
    slugs = list(Release.objects.shown().order_by("pk").values_list("slug", flat=True)[:QUESTIONS])
    largest = ProductionBatch.objects.select_related("project").order_by("-tally__receipts").first()
    inside = f"/saya/proyek/{largest.project.code}" if largest else ""
    given = list(
        Allocation.objects.filter(batch=largest).values_list("code", flat=True)[:QUESTIONS]
    )
    batch = f"{inside}/produksi/{largest.code}" if largest else ""
    last = -(-PUBLIC // 12)
    others = work.pages(officer, inside, batch) | work.unbound(officer)
    return {
        "collaborations": [f"/kolaborasi?ke={n}" for n in range(QUESTIONS)],
        "collaborations, last page": [f"/kolaborasi?hal={last}&ke={n}" for n in range(QUESTIONS)],
        "a result": [f"/kolaborasi/rilis/{slug}" for slug in slugs],
        "a hand-out by its code": [f"/terima/{one}" for one in _codes()],
        "a hand-out from inside": [Page(f"{batch}/serah/{one}", officer) for one in given],
        "the largest batch": [Page(batch, officer)] * QUESTIONS,
        "the largest batch, last page": [Page(f"{batch}?hal=200", officer)] * QUESTIONS,
        "a running project": [f"/kolaborasi/proyek/{one}" for one in _running()],
        "calls": [f"/kolaborasi/ajakan?ke={n}" for n in range(QUESTIONS)],
        "a call": [f"/kolaborasi/ajakan/{one}" for one in _calls()],
        "impact of a project": [Page(f"{inside}/dampak", officer)] * QUESTIONS,
        "impact in sum": [Page("/kerja/kolaborasi/dampak", officer)] * QUESTIONS,
        "impact in sum, last page": [Page("/kerja/kolaborasi/dampak?hal=100", officer)] * QUESTIONS,
        **{name: [page] * QUESTIONS for name, page in others.items()},
    }


def _codes() -> list[str]:
    from ifn.collaboration.models import Allocation  # noqa: PLC0415  # only after set-up

    return list(Allocation.objects.order_by("-pk").values_list("code", flat=True)[:QUESTIONS])


def _running() -> list[str]:
    from ifn.collaboration.models import Project  # noqa: PLC0415  # only after set-up

    rows = Project.objects.filter(state=Project.State.RUNNING).order_by("pk")
    return list(rows.values_list("code", flat=True)[:QUESTIONS])


def _calls() -> list[str]:
    from ifn.collaboration.models import Call  # noqa: PLC0415  # only after set-up

    return list(Call.objects.shown().order_by("-pk").values_list("code", flat=True)[:QUESTIONS])


def fill() -> None:
    """Make projects, results and hand-outs in this process, and print how long it took."""
    _ready()
    from django.db import transaction  # noqa: PLC0415  # only after set-up
    from django.utils.timezone import now  # noqa: PLC0415

    from ifn.collaboration.codes import Kind  # noqa: PLC0415
    from ifn.directory.models import Business  # noqa: PLC0415

    started, at = time.monotonic(), now()
    firms = list(Business.objects.listed().order_by("pk").values_list("pk", "name"))
    with transaction.atomic():
        officer = _officer(at)
        projects = _projects(firms, at)
        _released(projects, at)
        _batches(projects, [pk for pk, _name in firms], at)
        codes = _unlike(Kind.CALL, work.CALLS)
        work.fill(officer, projects[0], [pk for pk, _name in firms], codes)
    sys.stdout.write(json.dumps({"seconds": round(time.monotonic() - started, 1)}))


def _ready() -> None:
    import logging  # noqa: PLC0415

    import django  # noqa: PLC0415  # the environment names its database first

    django.setup()
    logging.disable(logging.CRITICAL)


def _officer(at: datetime) -> Any:
    from ifn.accounts.models import Duty, User  # noqa: PLC0415  # only after set-up

    person = User.objects.create(
        name="Tolok Ukur", email=EMAIL, role=User.Role.OFFICER, joined_at=at, secured_at=at
    )
    Duty.objects.create(person=person, kind=Duty.Kind.PROGRAMME)
    return person


def _unlike(kind: Any, number: int) -> Iterator[str]:
    """Yield so many codes, no two the same."""
    from ifn.collaboration import codes  # noqa: PLC0415  # only after set-up

    known: set[str] = set()
    while len(known) < number:
        code = codes.new(kind)
        if code not in known:
            known.add(code)
            yield code


def _projects(firms: Sequence[tuple[int, str]], at: datetime) -> list[Any]:
    from ifn.collaboration.codes import Kind  # noqa: PLC0415  # only after set-up
    from ifn.collaboration.models import PLACES, Project, ProjectPartner, Stage  # noqa: PLC0415

    made = Project.objects.bulk_create(
        Project(
            code=code,
            state="done" if place < PUBLIC else "running",
            title_id=f"Proyek {place}",
            title_en=f"Project {place}",
            is_public=True,
            origin="competition",
            origin_title=f"Karya {place}",
            origin_on=FIRST + timedelta(days=place % 900),
            since=at - timedelta(hours=place),
            created_at=at - timedelta(hours=place),
        )
        for place, code in enumerate(_unlike(Kind.PROJECT, PROJECTS))
    )
    roles = ("designer", "outsole", "brand", "laboratory", "facilitator")
    ProjectPartner.objects.bulk_create(
        ProjectPartner(
            project=one,
            business_id=firms[(place * 7 + n) % len(firms)][0],
            name=firms[(place * 7 + n) % len(firms)][1],
            role=role,
            state="accepted",
            since=at,
            is_named=True,
            added_at=at,
        )
        for place, one in enumerate(made)
        for n, role in enumerate(roles[:PARTNERS])
    )
    Stage.objects.bulk_create(
        Stage(
            project=one,
            kind=kind,
            place=number,
            state="done",
            begun_on=FIRST + timedelta(days=40 * number),
            ended_on=FIRST + timedelta(days=40 * number + 30),
            result="Selesai",
        )
        for one in made
        for kind, number in PLACES.items()
    )
    return made


def _released(projects: Sequence[Any], at: datetime) -> None:
    from ifn.collaboration.models import (  # noqa: PLC0415  # only after set-up
        ProjectPartner,
        Release,
        ReleaseConsent,
        Specification,
        TestResult,
    )

    public = projects[:PUBLIC]
    made = Release.objects.bulk_create(
        Release(
            project=one,
            slug=f"hasil-{place}",
            state="asking",
            title_id=f"Hasil {place}",
            story_id="Cerita tentang sol. " * 60,
            published_on=FIRST + timedelta(days=600 + place % 600),
            since=at,
        )
        for place, one in enumerate(public)
    )
    releases = {one.project_id: one for one in made}
    partners = ProjectPartner.objects.filter(project__in=[one.pk for one in public[:900]])
    rest = ProjectPartner.objects.filter(project__in=[one.pk for one in public[900:]])
    ReleaseConsent.objects.bulk_create(
        ReleaseConsent(
            release=releases[one.project_id],
            partner=one,
            state="agreed",
            text_version=1,
            since=at,
        )
        for several in (partners, rest)
        for one in several
    )
    Release.objects.filter(slug__startswith="hasil-").update(state="published")
    sheets = Specification.objects.bulk_create(
        Specification(project=one, material="Karet", hardness=62, changed_at=at) for one in public
    )
    TestResult.objects.bulk_create(
        TestResult(
            specification=one,
            standard="SNI 0111",
            measured="Kikisan",
            value=170,
            most=250,
            on=FIRST,
        )
        for one in sheets
    )


def _batches(projects: Sequence[Any], firms: Sequence[int], at: datetime) -> None:
    from ifn.collaboration.codes import Kind  # noqa: PLC0415  # only after set-up
    from ifn.collaboration.models import (  # noqa: PLC0415
        Allocation,
        BatchSize,
        Impact,
        ProductionBatch,
    )

    made = ProductionBatch.objects.bulk_create(
        ProductionBatch(
            project=one,
            code=code,
            what="Sol luar",
            made_on=FIRST + timedelta(days=240),
            state="handing",
            since=at,
            created_at=at,
        )
        for one, code in zip(projects, _unlike(Kind.BATCH, PROJECTS), strict=True)
    )
    sizes = BatchSize.objects.bulk_create(
        BatchSize(batch=one, size=Decimal(38 + n), made=4_000) for one in made for n in range(SIZES)
    )
    each = (RECEIPTS - LARGEST) // (PROJECTS - 1)
    counts = [LARGEST, *[each] * (PROJECTS - 1)]
    counts[1] += RECEIPTS - sum(counts)
    handed = zip(_shared(made, sizes, counts), _unlike(Kind.HAND_OUT, sum(counts)), strict=True)
    rows = (
        (
            Allocation(batch=batch, business_id=firms[n % len(firms)], code=code, allocated_at=at),
            size,
        )
        for (batch, size, n), code in handed
    )
    while piece := list(islice(rows, PIECE)):
        _handed_out(piece, at)
    Impact.objects.bulk_create(
        Impact(project=one, kind=kind, amount=1_000, on=FIRST, source="Laporan", said_at=at)
        for one in projects
        for kind in ("jobs", "realised")
    )


def _shared(
    batches: Sequence[Any], sizes: Sequence[Any], counts: Sequence[int]
) -> Iterator[tuple[Any, Any, int]]:
    """Yield the batch, the size and the place of the firm of each hand-out."""
    for place, batch in enumerate(batches):
        for n in range(counts[place]):
            yield batch, sizes[place * SIZES + n % SIZES], place + n


def _handed_out(rows: Sequence[tuple[Any, Any]], at: datetime) -> None:
    """Enter hand-outs with a line and a receipt each; triggers count them."""
    from ifn.collaboration.models import Allocation, AllocationLine, Receipt  # noqa: PLC0415

    made = Allocation.objects.bulk_create(one for one, _size in rows)
    AllocationLine.objects.bulk_create(
        AllocationLine(allocation=one, size=size, quantity=10, handed=10)
        for one, (_allocation, size) in zip(made, rows, strict=True)
    )
    Receipt.objects.bulk_create(
        Receipt(allocation=one, way="code", name="Penerima", on=FIRST, pairs=10, at=at)
        for one in made
    )


if __name__ == "__main__":
    sys.exit(main())
