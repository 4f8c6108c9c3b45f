"""Invented collaborations: an outsole from a competition to a shoe, one that runs, an open call."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ifn.accounts.models import User
from ifn.collaboration import codes
from ifn.collaboration.actions import batching, consenting, receiving, releasing, reporting
from ifn.collaboration.actions.receiving import Handover
from ifn.collaboration.models import (
    PLACES,
    Allocation,
    Application,
    Call,
    CallRole,
    CallTerms,
    Criterion,
    ProductionBatch,
    Project,
    ProjectPartner,
    Release,
    ReleasePicture,
    Specification,
    Stage,
    TestResult,
)
from ifn.collaboration.sharing import Rule
from ifn.demo.drawings import HEIGHT, WIDTH, draw
from ifn.demo.people import OFFICER
from ifn.directory.models import Business

FILE: Final = Path(__file__).parent / "data" / "collaboration.toml"
JAKARTA: Final = ZoneInfo("Asia/Jakarta")
#: What is made of the first project, and of what follows it.
_TEXTS: Final = ("title_id", "title_en", "summary_id", "summary_en", "origin_title")


@lru_cache(maxsize=1)
def written() -> dict[str, Any]:
    """Return all that is written down."""
    return tomllib.loads(FILE.read_text())


def write_all(*, at: datetime, today: date) -> int:
    """Let everything happen; return how many calls and projects, none where it did."""
    officer = User.objects.filter(email=OFFICER, is_demo=True, is_active=True).first()
    firms = {one.name: one for one in Business.objects.filter(is_demo=True)}
    if officer is None or not firms or Project.objects.filter(is_demo=True).exists():
        return 0
    done = _from_sketch_to_shoe(firms, officer)
    _running(done, firms, officer, today=today)
    _call(firms, officer, at=at, today=today)
    return Project.objects.filter(is_demo=True).count() + 1


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), JAKARTA)


def _project(row: Mapping[str, Any], begun: date, officer: User, **facts: Any) -> Project:
    return Project.objects.create(
        **{name: row[name] for name in _TEXTS},
        **facts,
        code=codes.new(codes.Kind.PROJECT),
        is_public=True,
        is_demo=True,
        created_by=officer,
        created_at=_at(begun),
    )


def _partner(
    project: Project, name: str, role: str, firms: Mapping[str, Business], *, does: str, on: date
) -> ProjectPartner:
    return ProjectPartner.objects.create(
        project=project,
        business=firms.get(name),
        name=name,
        role=role,
        does=does,
        state=ProjectPartner.State.ACCEPTED,
        since=_at(on),
        is_named=True,
        added_at=_at(on),
    )


def _from_sketch_to_shoe(firms: Mapping[str, Business], officer: User) -> Project:
    row = written()["done"]
    begun, over = row["stage"][0]["days"][0], row["stage"][-1]["days"][1]
    project = _project(
        row,
        begun,
        officer,
        state=Project.State.DONE,
        since=_at(over),
        origin=Project.Origin.COMPETITION,
        origin_by=row["origin_by"],
        origin_on=row["origin_on"],
    )
    partners = {
        one["name"]: _partner(project, one["name"], one["role"], firms, does=one["does"], on=begun)
        for one in row["partner"]
    }
    for stage in row["stage"]:
        Stage.objects.create(
            project=project,
            kind=stage["kind"],
            place=PLACES[stage["kind"]],
            state=Stage.State.DONE,
            begun_on=stage["days"][0],
            ended_on=stage["days"][1],
            result=stage["result"],
        )
    _specified(project, row, on=over)
    _handed_out(project, row, partners, firms, officer)
    _released(project, row, officer, on=over)
    for one in row["impact"]:
        reporting.report(
            project,
            one["kind"],
            Decimal(one["amount"]),
            on=one["on"],
            source=one["source"],
            partner=partners.get(one.get("partner", "")),
            actor=officer,
            at=_at(one["on"]),
        )
    return project


def _specified(project: Project, row: Mapping[str, Any], *, on: date) -> None:
    made = Specification.objects.create(project=project, changed_at=_at(on), **row["specification"])
    for test in row["test"]:
        figures = {name: Decimal(test[name]) for name in ("value", "least", "most") if name in test}
        facts = {name: test[name] for name in ("standard", "measured", "unit", "on")}
        TestResult.objects.create(
            specification=made, laboratory="Uji Langkah Laboratorium", **facts, **figures
        )


def _handed_out(
    project: Project,
    row: Mapping[str, Any],
    partners: Mapping[str, ProjectPartner],
    firms: Mapping[str, Business],
    officer: User,
) -> None:
    facts = row["batch"]
    at = _at(facts["made_on"])
    batch = batching.begin_batch(
        project,
        facts["what"],
        {Decimal(size): made for size, made in facts["sizes"]},
        made_on=facts["made_on"],
        made_by=partners["Sol Nusantara"],
        key=uuid4(),
        actor=officer,
        at=at,
    )
    there = [firms[name] for name in facts["recipients"] if name in firms]
    batching.add_recipients(batch, there, actor=officer, at=at)
    batching.share_out(batch, Rule.EQUAL, asked={}, words=facts["rule"], actor=officer, at=at)
    allocations = {
        one.business.name: one
        for one in Allocation.objects.filter(batch=batch).select_related("business", "batch")
    }
    for one in row["receipt"]:
        if allocation := allocations.get(one["firm"]):
            _signed(allocation, one)
    ProductionBatch.objects.filter(pk=batch.pk).update(since=at)


def _signed(allocation: Allocation, row: Mapping[str, Any]) -> None:
    at = _at(row["on"])
    receipt, _is_new = receiving.sign(
        allocation, Handover(row["name"], row["on"]), actor=None, at=at
    )
    if "rating" in row:
        receiving.give_feedback(
            receipt,
            rating=row["rating"],
            words=row["words"],
            would_order="wanted" in row,
            pairs_wanted=row.get("wanted"),
            actor=None,
            at=at + timedelta(days=40),
        )


def _released(project: Project, row: Mapping[str, Any], officer: User, *, on: date) -> None:
    at = _at(on - timedelta(days=20))
    texts = {name: text.strip() for name, text in row["release"].items()}
    release = releasing.write_release(project, texts, actor=officer, at=at)
    for place, one in enumerate(row["picture"], start=1):
        _picture(release, one, place, at=at)
    releasing.ask_partners(release, actor=officer, at=at)
    for consent in release.consents.order_by("pk"):
        consenting.answer(
            consent,
            agrees=True,
            text_version=release.text_version,
            actor=None,
            at=at + timedelta(days=3),
        )
    releasing.publish(release, on=on, actor=officer, at=_at(on))


def _picture(release: Release, row: Mapping[str, Any], place: int, *, at: datetime) -> None:
    name = f"pictures/demo/{row['seed']}-{row['kind']}.svg"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(draw(row["kind"], row["seed"]).encode()))
    ReleasePicture.objects.create(
        release=release,
        file=name,
        digest=name,
        width=WIDTH,
        height=HEIGHT,
        caption_id=row["caption_id"],
        caption_en=row["caption_en"],
        credit=row["credit"],
        place=place,
        added_at=at,
    )


def _running(
    follows: Project, firms: Mapping[str, Business], officer: User, *, today: date
) -> None:
    row, begun = written()["running"], today - timedelta(days=70)
    project = _project(
        row,
        begun,
        officer,
        state=Project.State.RUNNING,
        since=_at(begun),
        origin=Project.Origin.REQUEST,
        origin_on=begun - timedelta(days=30),
        follows=follows,
    )
    for name, role in row["partners"]:
        _partner(project, name, role, firms, does="", on=begun)
    kinds = (Stage.Kind.BRIEF, Stage.Kind.DESIGN, Stage.Kind.DEVELOPMENT, Stage.Kind.SAMPLING)
    for kind in kinds:
        days: dict[str, Any] = {"planned_until": begun + timedelta(days=60 * PLACES[kind])}
        if kind == Stage.Kind.BRIEF:
            days |= {"begun_on": begun, "ended_on": begun + timedelta(days=21)}
        elif kind == Stage.Kind.DESIGN:
            days |= {"begun_on": begun + timedelta(days=22)}
        state = {Stage.Kind.BRIEF: Stage.State.DONE, Stage.Kind.DESIGN: Stage.State.RUNNING}
        Stage.objects.create(
            project=project,
            kind=kind,
            place=PLACES[kind],
            state=state.get(kind, Stage.State.PLANNED),
            result="Ukuran 26 sampai 35, lebih lentur" if kind == Stage.Kind.BRIEF else "",
            **days,
        )


def _call(firms: Mapping[str, Business], officer: User, *, at: datetime, today: date) -> None:
    row = written()["call"]
    names = ("title", "aim", "brings", "gets")
    call = Call.objects.create(
        **{f"{name}_{lang}": row[f"{name}_{lang}"] for name in names for lang in ("id", "en")},
        code=codes.new(codes.Kind.CALL),
        budget=Decimal(45_000_000),
        opens_on=today - timedelta(days=10),
        closes_on=today + timedelta(days=25),
        decides_on=today + timedelta(days=50),
        since=at - timedelta(days=10),
        created_by=officer,
        created_at=at - timedelta(days=20),
        is_demo=True,
    )
    terms = CallTerms.objects.create(
        call=call,
        number=1,
        text_id=row["terms_id"],
        text_en=row["terms_en"],
        made_at=at - timedelta(days=20),
        made_by=officer,
    )
    roles = {
        role: CallRole.objects.create(call=call, role=role, wanted=wanted, conditions_id=words)
        for role, wanted, words in row["roles"]
    }
    for indonesian, english, weight in row["criteria"]:
        Criterion.objects.create(call=call, name_id=indonesian, name_en=english, weight=weight)
    Call.objects.filter(pk=call.pk).update(state=Call.State.OPEN)
    for days, (name, role, pitch) in enumerate(row["applications"], start=2):
        if name in firms:
            when = at - timedelta(days=days)
            Application.objects.create(
                call=call,
                wanted=roles[role],
                business=firms[name],
                pitch=pitch,
                terms=terms,
                accepted_at=when,
                state=Application.State.SUBMITTED,
                since=when,
                applied_at=when,
            )
