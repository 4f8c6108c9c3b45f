"""Batches to test with: eight days in June in Mojokerto, and whatever a test changes of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.directory.models import Business
from ifn.programmes.actions import attending, planning, registering, selecting, teaching
from ifn.programmes.actions.outcomes import Entry, save_answers
from ifn.programmes.actions.registering import Comer
from ifn.programmes.choosing import Verdict
from ifn.programmes.measuring.waves import Wave, window_of
from ifn.programmes.models import Batch, Outcome, Registration, Session
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT, MOJOKERTO, ON, profile, registered

STARTS, ENDS = date(2026, 6, 22), date(2026, 6, 26)
NINE = datetime(2026, 6, 22, 2, tzinfo=UTC)  # nine in the morning in Jakarta
AFTER = datetime(2026, 6, 27, 2, tzinfo=UTC)


def officer() -> User:
    known = User.objects.filter(email="program@kantor.example").first()
    return known or OfficerFactory(email="program@kantor.example", duties=["programme"])


def planned(**changes: Any) -> Batch:
    facts: dict[str, Any] = {
        "title_id": "Pola dan pengeleman",
        "title_en": "Patterns and cementing",
        "topic": "Produksi",
        "region_id": MOJOKERTO,
        "starts_on": STARTS,
        "ends_on": ENDS,
        "quota": 2,
    }
    actor = changes.pop("actor", None) or officer()
    return planning.plan(facts | changes, actor=actor, at=AT)


def moved(batch: Batch, *states: str, at: datetime = AT, reason: str = "x") -> Batch:
    for state in states:
        batch = planning.move(batch, state, reason=reason, actor=officer(), at=at)
    return batch


def opened(**changes: Any) -> Batch:
    return moved(planned(**changes), "open")


def firm(name: str = "Langkah Baru", **changes: Any) -> Business:
    return registered(profile(name=name, **changes))


def joined(batch: Batch, business: Business | None = None, **options: Any) -> Registration:
    given: dict[str, Any] = {"way": "self", "actor": None, "at": AT, "today": ON} | options
    comer = given.pop("comer", None) or Comer("Siti Aminah", "+628123450001")
    return registering.register(batch, business or firm(), comer, **given)


def accepted(batch: Batch, business: Business | None = None, **options: Any) -> Registration:
    """Accept somebody by hand, with a reason in case the rule proposes something else."""
    return selecting.decide(
        joined(batch, business, **options),
        Verdict.ACCEPT,
        reason="Perlu sekali",
        actor=officer(),
        at=AT,
    )


def session(batch: Batch, title: str = "Membuat pola", **changes: Any) -> Session:
    facts: dict[str, Any] = {
        "title": title,
        "starts_at": NINE,
        "ends_at": NINE + timedelta(hours=2),
        "place": "Bengkel",
    }
    return teaching.write_session(batch, None, facts | changes, actor=officer(), at=AT)


def running(number: int = 2, **changes: Any) -> tuple[Batch, list[Registration]]:
    """Return a batch that runs, with as many participants."""
    batch = opened(**{"quota": max(number, 1)} | changes)
    seated = [accepted(batch, firm(f"Usaha {place}")) for place in range(number)]
    batch = moved(batch, "selecting", "confirmed", "running")
    rows = Registration.objects.select_related("batch", "business")
    return batch, [rows.get(pk=one.pk) for one in seated]


def completed(number: int = 2, **changes: Any) -> tuple[Batch, list[Registration], Session]:
    """Return a batch that is over, where everybody was at its one session."""
    batch, seated = running(number, **changes)
    one = session(batch)
    attending.tick(one, [row.pk for row in seated], way="list", actor=officer(), at=NINE)
    batch = moved(batch, "completed", at=AFTER)
    rows = Registration.objects.select_related("batch", "business")
    return batch, [rows.get(pk=row.pk) for row in seated], one


def said(registration: Registration, wave: Wave, **facts: Any) -> Outcome:
    """Let a participant answer in a wave on the day it is about, by the office unless told."""
    batch = registration.batch
    days = window_of(wave, batch.starts_on, batch.ends_on)
    on = facts.pop("said_on", days.opens_on if wave == Wave.BEFORE else days.due_on)
    entry = Entry(facts.pop("way", "phone"), on, facts.pop("seen", 0), facts.pop("page", ""))
    is_finished = facts.pop("is_finished", True)
    at = facts.pop("at", datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=3))
    return save_answers(
        registration, wave, facts, entry, is_finished=is_finished, actor=officer(), at=at
    )


def ended(days: int, number: int = 1, **changes: Any) -> tuple[Batch, list[Registration]]:
    """Return a batch that was over so many days ago, with as many participants."""
    last = localdate() - timedelta(days=days)
    facts = {"starts_on": last - timedelta(days=4), "ends_on": last}
    batch, seated = running(number, **facts | changes)
    return moved(batch, "completed"), seated
