"""A completed batch with everything that a report can hold: sessions, tests, five waves, levels."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from django.core.management import call_command
from django.utils.timezone import now

from ifn.accounts.actions import create_person, give_duties
from ifn.accounts.models import User
from ifn.assessments.actions import instruments
from ifn.assessments.actions.instruments import SHIPPED
from ifn.assessments.instruments.reading import read as read_document
from ifn.demo.assessments import assess
from ifn.directory import actions as directory
from ifn.directory.models import Business
from ifn.directory.profile import Profile
from ifn.programmes.actions import (
    attending,
    outcomes,
    planning,
    quizzing,
    registering,
    selecting,
    teaching,
)
from ifn.programmes.actions.outcomes import Entry
from ifn.programmes.actions.registering import Comer
from ifn.programmes.actions.reporting import content_of
from ifn.programmes.measuring.measures import BAND_CODES
from ifn.programmes.measuring.waves import Wave, window_of
from ifn.programmes.models import Batch, Quiz, Registration, Session
from ifn.programmes.planning.items import read

STARTS: Final = date(2024, 4, 22)
AT: Final = datetime(2024, 2, 1, 3, tzinfo=UTC)
REGIONS: Final = ("52.01", "52.02", "52.03", "52.72")
QUESTIONS: Final = "\n\n".join(f"Pertanyaan {n}?\n* ya\n- tidak\n- entah" for n in range(10))


def report(batch: Batch, officer: User, language: str) -> bytes:
    """Return the report as PDF, as the worker makes it."""
    return content_of(batch, officer, Wave.M12, language, at=now())


def filled(participants: int, sessions: int) -> tuple[Batch, User]:
    """Fill an empty database; return the batch and an officer."""
    call_command("migrate", verbosity=0)
    call_command("reference", verbosity=0)
    officer = create_person(
        name="Petugas",
        email="petugas@example.com",
        password="sol-karet-besar",  # noqa: S106  # of a database that is gone in a minute
        role=User.Role.OFFICER,
        actor=None,
        at=AT,
    )
    give_duties(officer, ["programme"], actor=None, at=AT)
    firms = _firms(2 * participants)
    batch = _planned(officer, participants, sessions)
    _assessed(batch, firms)
    for place, firm in enumerate(firms[:participants]):
        comer = Comer(f"Peserta {place}", is_women_owned=place % 2 == 0)
        registering.register(
            batch, firm, comer, way="officer", actor=officer, at=AT, today=AT.date()
        )
    for state in ("selecting", "confirmed", "running"):
        if state == "confirmed":
            selecting.take_proposal(batch, actor=officer, at=AT)
        batch = planning.move(batch, state, actor=officer, at=AT)
    people = list(Registration.objects.filter(batch=batch, seat__isnull=False).order_by("seat"))
    _attended(batch, people, officer)
    batch = planning.move(batch, "completed", actor=officer, at=now())
    _said(batch, officer)
    return Batch.objects.select_related("region").get(pk=batch.pk), officer


def _firms(number: int) -> list[Business]:
    source = directory.source_named("demo", "Ukur")
    return [
        directory.register(
            Profile(name=f"Usaha Alas Kaki {place}", region=REGIONS[place % len(REGIONS)]),
            source=source,
            stated_on=AT.date(),
            actor=None,
            at=AT,
        )
        for place in range(number)
    ]


def _planned(officer: User, participants: int, sessions: int) -> Batch:
    shipped = json.loads(SHIPPED.read_text())
    version = instruments.create_instrument(
        "ukur",
        name_id="Ukur",
        name_en="Bench",
        document=read_document(shipped["content"]),
        actor=None,
        at=AT - timedelta(days=400),
    )
    instruments.put_in_use(version, actor=None, at=AT - timedelta(days=399))
    batch = planning.plan(
        {
            "title_id": "Pendampingan yang diukur",
            "region_id": "52.03",
            "starts_on": STARTS,
            "ends_on": STARTS + timedelta(days=4),
            "quota": participants,
            "for_regions": list(REGIONS),
            "instrument_id": version.instrument_id,
            "dimensions": ["PATTERN", "DESIGN", "MARKET"],
        },
        actor=officer,
        at=AT,
    )
    for number in range(sessions):
        begins = datetime(2024, 4, 22 + number // 3, 1 + 3 * (number % 3), tzinfo=UTC)
        facts = {
            "title": f"Sesi {number + 1}",
            "about": "Dari acuan ke pola upper, seset, jahit, dan lem.",
            "starts_at": begins,
            "ends_at": begins + timedelta(hours=2),
            "place": "Ruang produksi",
        }
        teaching.write_session(batch, None, facts, actor=officer, at=AT)
    return planning.move(batch, "open", actor=officer, at=AT)


def _assessed(batch: Batch, firms: list[Business]) -> None:
    """Assess everybody before and after, those who are mentored with more to gain."""
    instrument = batch.instrument
    version = instrument.versions.get() if instrument else None
    if version is None:
        return
    for place, firm in enumerate(firms):
        assess(firm, version, AT - timedelta(days=200), gain=0.0)
        assess(firm, version, AT + timedelta(days=400), gain=0.9 if 2 * place < len(firms) else 0.3)


def _attended(batch: Batch, people: list[Registration], officer: User) -> None:
    quiz = quizzing.write_quiz(batch, None, "Tes", read(QUESTIONS), actor=officer, at=AT)
    _answered(quiz, people, "pre", 4, officer)
    for session in Session.objects.filter(batch=batch).order_by("starts_at"):
        there = [one.pk for one in people if ((one.seat or 0) + session.pk) % 9]
        attending.tick(session, there, way="list", actor=officer, at=session.starts_at)
    _answered(quiz, people, "post", 8, officer)


def _answered(quiz: Quiz, people: list[Registration], name: str, known: int, officer: User) -> None:
    quizzing.open_round(quiz, name, actor=officer, at=AT)
    for one in people:
        chosen = [0 if (n + (one.seat or 0)) % 10 < known else 1 for n in range(10)]
        quizzing.answer(quiz, one, chosen, at=AT)
    quizzing.open_round(quiz, "", actor=officer, at=AT)


def _said(batch: Batch, officer: User) -> None:
    rows = Registration.objects.filter(batch=batch, seat__isnull=False).select_related("batch")
    for one in rows.order_by("seat"):
        for place, wave in enumerate(Wave):
            chance = Random(f"{one.seat}:{wave}")  # noqa: S311  # repeatable, no secret
            days = window_of(wave, batch.starts_on, batch.ends_on)
            facts = {
                "turnover": BAND_CODES[min(5, 1 + place // 2 + chance.randrange(3))],
                "workers": 2 + place + chance.randrange(4),
                "capacity": 100 + 40 * place + chance.randrange(60),
                "products": chance.randrange(3),
                "channels": ["chat", "fair", "social"][: 1 + place // 2],
                "certificates": ["MEREK"] if chance.randrange(20) == 0 else [],
                "defects": Decimal(15 - 2 * place + chance.randrange(4)),
                "exports": Decimal(0),
            }
            on = days.opens_on
            outcomes.save_answers(
                one, wave, facts, Entry("phone", on), is_finished=True, actor=officer, at=now()
            )
