"""Invented mentoring: the model case of 2024 in Lombok Timur, a batch to come, an online class."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ifn.accounts.models import User
from ifn.assessments.models import Instrument
from ifn.demo import assessments, outcomes
from ifn.demo.followup import follow_up
from ifn.demo.people import OFFICER
from ifn.directory import actions as directory
from ifn.directory.models import Business
from ifn.directory.profile import CapabilityFact, Profile
from ifn.programmes import tasks
from ifn.programmes.actions import (
    attending,
    certifying,
    partnering,
    planning,
    quizzing,
    registering,
    selecting,
    teaching,
)
from ifn.programmes.actions.registering import Comer
from ifn.programmes.models import Batch, Registration, Session
from ifn.programmes.planning.clocks import zone_of
from ifn.programmes.planning.items import questions_of, read

FILE: Final = Path(__file__).parent / "data" / "mentoring.toml"
PLACE, REGIONS = "52.03", ["52.72", "52.03", "52.02", "52.01"]
STARTS, ENDS = date(2024, 4, 22), date(2024, 4, 26)
SEATS: Final = 16
DIMENSIONS: Final = ["PATTERN", "DESIGN", "MARKET"]
ZONE: Final = zone_of(PLACE)


@lru_cache(maxsize=1)
def written() -> dict[str, Any]:
    """Return all that is written down."""
    return tomllib.loads(FILE.read_text())


def own_firms() -> list[str]:
    """Return the names of the firms that take part and are not of the network."""
    rows = [*written()["firm"], *outcomes.other_firms()]
    return [row["name"] for row in rows if "name" in row]


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def write_all(*, at: datetime, today: date) -> int:
    """Let everything happen; return how many batches there are, none without the demo officer."""
    officer = User.objects.filter(email=OFFICER, is_demo=True, is_active=True).first()
    if officer is None or Batch.objects.filter(is_demo=True).exists():
        return 0
    firms = _firms(at=at)
    others = outcomes.others(at=at)
    assessments.assess_before([*(business for business, _comer in firms), *others])
    batch = _model_case(officer, firms)
    came = Registration.objects.filter(batch=batch, attendances__isnull=False).distinct()
    participants = [one.business for one in came.select_related("business").order_by("seat")]
    assessments.assess_after(participants, DIMENSIONS)
    assessments.assess_after(others, ())
    follow_up(batch, written(), officer=officer, today=today)
    outcomes.write(batch, officer, today=today)
    _to_come(officer, at=at, today=today)
    return Batch.objects.filter(is_demo=True).count()


def _firms(*, at: datetime) -> list[tuple[Business, Comer]]:
    """Return who registers; firms that are not of the network get a profile nobody else sees."""
    source = directory.source_named("demo", "Jaringan demo")
    known = {one.slug: one for one in Business.objects.filter(is_demo=True)}
    found = []
    for row in written()["firm"]:
        business = known.get(row.get("slug", ""))
        if "name" in row:
            business = directory.register(
                Profile(
                    name=row["name"],
                    region=row["region"],
                    capabilities=(CapabilityFact("process", "STITCH"),),
                ),
                source=source,
                stated_on=STARTS,
                actor=None,
                at=at,
                status=Business.Status.DRAFT,
                is_demo=True,
            )
        if business:
            name, women, youth = row["who"]
            found.append((business, Comer(name, is_women_owned=women, is_youth_owned=youth)))
    return found


def _model_case(officer: User, firms: list[tuple[Business, Comer]]) -> Batch:
    begun = _at(date(2024, 2, 12), 9)
    asked = Instrument.objects.filter(code=assessments.CODE).first()
    batch = planning.plan(
        {
            "title_id": "Pendampingan teknis alas kaki Lombok Timur",
            "title_en": "Technical footwear mentoring, Lombok Timur",
            "about_id": "Lima hari dari acuan sampai lapak: pola, bahan, jahit, lem, mutu, harga. "
            "Isinya dipilih dari penilaian kebutuhan tahun 2023.",
            "about_en": "Five days from last to shop: patterns, materials, stitching, glue, "
            "quality, price. Chosen from the needs assessed in 2023.",
            "topic": "Produksi",
            "instrument_id": asked.pk if asked else None,
            "dimensions": DIMENSIONS if asked else [],
            "region_id": PLACE,
            "address": "Ruang produksi bersama, Selong",
            "starts_on": STARTS,
            "ends_on": ENDS,
            "registers_until": date(2024, 3, 31),
            "quota": SEATS,
            "for_regions": REGIONS,
            "is_demo": True,
        },
        actor=officer,
        at=begun,
    )
    _prepare(batch, officer, at=begun)
    batch = planning.move(batch, "open", actor=officer, at=begun + timedelta(days=1))
    for place, (business, comer) in enumerate(firms):
        when = begun + timedelta(days=3, hours=place)
        way = "regional" if place % 3 == 0 else "self"
        registering.register(
            batch, business, comer, way=way, actor=None, at=when, today=when.date()
        )
    chosen = _at(date(2024, 4, 2), 10)
    batch = planning.move(batch, "selecting", actor=officer, at=chosen)
    selecting.take_proposal(batch, actor=officer, at=chosen)
    batch = planning.move(batch, "confirmed", actor=officer, at=chosen + timedelta(hours=2))
    batch = planning.move(batch, "running", actor=officer, at=_at(STARTS, 8))
    _happens(batch, officer)
    batch = planning.move(batch, "completed", actor=officer, at=_at(ENDS, 17))
    issuing = certifying.ask_for_certificates(batch, actor=officer, at=_at(ENDS, 17, 30))
    tasks.issue_certificates.enqueue(issuing.pk)
    return batch


def _prepare(batch: Batch, officer: User, *, at: datetime) -> None:
    mentors = [
        teaching.add_mentor(
            batch,
            row["name"],
            organisation=row["organisation"],
            subject=row["subject"],
            actor=officer,
            at=at,
        )
        for row in written()["mentor"]
    ]
    for row in written()["session"]:
        day, first, last, mentor = row["at"]
        facts = {
            "title": row["title"],
            "about": row["about"],
            "starts_at": _at(STARTS + timedelta(days=day), first),
            "ends_at": _at(STARTS + timedelta(days=day), last),
            "place": "Ruang produksi bersama",
            "mentor_id": mentors[mentor].pk,
        }
        teaching.write_session(batch, None, facts, actor=officer, at=at)
    known = {one.name: one for one in Business.objects.filter(is_demo=True)}
    for row in written()["partner"]:
        partner = partnering.add_partner(
            batch,
            row["name"],
            kind=row["kind"],
            role=row["role"],
            business=known.get(row["name"]),
            actor=officer,
            at=at,
        )
        what, due, state = row["promise"]
        promised = partnering.promise(
            partner, what, due_on=date.fromisoformat(due), actor=officer, at=at
        )
        if state != "promised":
            partnering.settle(
                promised,
                state,
                reason=row.get("reason", ""),
                actor=officer,
                at=_at(date.fromisoformat(due), 9),
            )
    for row in written()["cost"]:
        label, source, planned, spent = row["line"]
        partnering.write_line(
            batch,
            None,
            label,
            source=source,
            planned=Decimal(planned),
            spent=Decimal(spent),
            actor=officer,
            at=at,
        )


def _happens(batch: Batch, officer: User) -> None:
    """Let nearly everybody be at nearly everything, and learn something."""
    seated = list(Registration.objects.filter(batch=batch, seat__isnull=False).order_by("seat"))
    sessions = list(Session.objects.filter(batch=batch).order_by("starts_at"))
    quiz = quizzing.write_quiz(
        batch,
        None,
        written()["quiz"]["title"],
        read(written()["quiz"]["questions"]),
        actor=officer,
        at=_at(STARTS, 8),
    )
    _answers(quiz, seated, "pre", 2, officer=officer, at=_at(STARTS, 8, 30))
    for number, session in enumerate(sessions):
        present = [one.pk for one in seated if _is_there(one.seat or 0, number)]
        attending.tick(session, present, way="list", actor=officer, at=session.starts_at)
    _answers(quiz, seated, "post", 5, officer=officer, at=_at(ENDS, 12))


def _is_there(seat: int, number: int) -> bool:
    """Say who misses what: one goes home after the second day, some miss a session."""
    return number < 4 if seat == SEATS else (seat * 5 + number * 3) % 17 != 0  # noqa: PLR2004


def _answers(  # who answers what, when
    quiz: Any, seated: list[Registration], name: str, known: int, *, officer: User, at: datetime
) -> None:
    quizzing.open_round(quiz, name, actor=officer, at=at)
    questions = questions_of(quiz.questions)
    for one in seated:
        chosen = [
            question.right
            if (place * 3 + (one.seat or 0)) % 6 < known
            else (question.right + 1) % len(question.choices)
            for place, question in enumerate(questions)
        ]
        quizzing.answer(quiz, one, chosen, at=at)
    quizzing.open_round(quiz, "", actor=officer, at=at)


def _to_come(officer: User, *, at: datetime, today: date) -> None:
    """Open a batch that chooses and an online class that does not, each with who registered."""
    begins = today + timedelta(days=40)
    batch = planning.plan(
        {
            "title_id": "Sol karet dan pengeleman Mojokerto",
            "title_en": "Rubber soles and cementing, Mojokerto",
            "about_id": "Empat hari di bengkel: kompon, cetak, kasar, lem, uji rekat.",
            "about_en": "Four days in the workshop: compounds, moulding, roughing, glue, tests.",
            "topic": "Sol dan lem",
            "region_id": "35.16",
            "starts_on": begins,
            "ends_on": begins + timedelta(days=3),
            "registers_until": begins - timedelta(days=10),
            "quota": 8,
            "is_demo": True,
        },
        actor=officer,
        at=at,
    )
    planning.move(batch, "open", actor=officer, at=at)
    for business, comer in _some("35", 10):
        registering.register(batch, business, comer, way="self", actor=None, at=at, today=today)
    soon = today + timedelta(days=14)
    online = planning.plan(
        {
            "title_id": "Foto produk dengan ponsel",
            "title_en": "Product photos with a phone",
            "about_id": "Dua pertemuan daring: cahaya, latar, potong, unggah.",
            "about_en": "Two online meetings: light, background, crop, upload.",
            "topic": "Pemasaran",
            "mode": "online",
            "starts_on": soon,
            "ends_on": soon + timedelta(days=1),
            "quota": 5,
            "admits": "first",
            "is_demo": True,
        },
        actor=officer,
        at=at,
    )
    planning.move(online, "open", actor=officer, at=at)
    own = Business.objects.filter(name=assessments.OWN_FIRM, is_demo=True).first()
    if own:
        comer = Comer("Ratna", is_women_owned=True)
        registering.register(online, own, comer, way="self", actor=None, at=at, today=today)
    for business, comer in _some("32", 7):
        registering.register(online, business, comer, way="self", actor=None, at=at, today=today)


def _some(province: str, number: int) -> Iterator[tuple[Business, Comer]]:
    rows = Business.objects.listed().filter(is_demo=True, kind=Business.Kind.BUSINESS)
    for place, one in enumerate(rows.in_regions([province]).order_by("pk")[:number]):
        name = written()["firm"][place]["who"][0].split()[-1]
        yield one, Comer(f"{name} ({place + 1})", is_women_owned=place % 2 == 0)


def remove_firms() -> None:
    """Remove the firms that are not of the network."""
    rows = Business.objects.filter(is_demo=True, status=Business.Status.DRAFT)
    rows.filter(name__in=own_firms()).delete()
