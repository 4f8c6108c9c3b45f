"""A batch is planned, changed, moved from state to state; whom it concerns is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ifn.audit.models import Entry
from ifn.directory.profile import ContactFact
from ifn.mail.models import Message
from ifn.programmes.actions import planning, selecting
from ifn.programmes.choosing import Verdict
from ifn.programmes.models import Batch, Registration, StateChange
from ifn.programmes.planning.clocks import EAST, MIDDLE, WEST, zone_of
from ifn.programmes.planning.states import MOVES
from ifn.programmes.policies import can_register_for
from tests.factories.directory import AT, LATER, MOJOKERTO, organisation, registered
from tests.factories.programmes import (
    ENDS,
    NINE,
    STARTS,
    accepted,
    firm,
    joined,
    moved,
    officer,
    opened,
    planned,
    running,
    session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def with_address(name="Langkah Surel"):
    """Return a firm that can be written to."""
    return firm(
        name, contacts=(ContactFact("email", f"{name[-5:].lower()}@usaha.example", "nobody"),)
    )


def revise(batch, **changes):
    version = changes.pop("version", batch.version)
    return planning.revise(batch, changes, version=version, actor=officer(), at=LATER)


def subjects():
    return sorted(Message.objects.values_list("subject", flat=True))


def test_a_plan_has_a_code_of_year_and_place():
    assert [planned().code, planned().code] == ["2026-3516-1", "2026-3516-2"]
    assert planned(region_id=None).code == "2026-ID-1"
    assert StateChange.objects.filter(state="planned").count() == 3
    assert Entry.objects.filter(event="programmes.batch.planned").count() == 3


def test_reversed_days_are_refused():
    with pytest.raises(planning.DaysReversed):
        planned(ends_on=STARTS - timedelta(days=1))
    with pytest.raises(planning.DaysReversed):
        revise(planned(), registers_until=ENDS + timedelta(days=1))


def test_a_change_raises_the_version_and_an_old_one_is_refused():
    batch = planned()

    changed = revise(batch, title_id="Pola saja")

    assert (changed.version, changed.title_id) == (2, "Pola saja")
    with pytest.raises(planning.ChangedMeanwhile):
        revise(batch, title_id="Lain")


def test_what_was_stated_to_those_who_registered_stays():
    batch = opened()
    joined(batch)

    with pytest.raises(planning.RuleIsStated):
        revise(batch, repeat_years=0)
    assert revise(batch, title_id="Judul boleh").title_id == "Judul boleh"


def test_sessions_move_with_the_first_day_and_everybody_is_told():
    batch = opened()
    joined(batch, with_address())
    one = session(batch)
    other = session(
        batch,
        "Besoknya",
        starts_at=NINE + timedelta(days=1),
        ends_at=NINE + timedelta(days=1, hours=2),
    )

    revise(batch, starts_on=STARTS + timedelta(days=1), ends_on=ENDS + timedelta(days=1))

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.starts_at, other.starts_at) == (
        NINE + timedelta(days=1),
        NINE + timedelta(days=2),
    )
    assert subjects() == ["Tanggal baru: Pola dan pengeleman"]


def test_days_that_leave_sessions_outside_are_refused_and_nothing_is_moved():
    batch = planned()
    one = session(
        batch, starts_at=NINE + timedelta(days=4), ends_at=NINE + timedelta(days=4, hours=1)
    )

    with pytest.raises(planning.SessionsOutside) as refused:
        revise(batch, ends_on=STARTS + timedelta(days=1))

    one.refresh_from_db()
    assert refused.value.number == 1
    assert Batch.objects.get().ends_on == ENDS


def test_fewer_seats_are_drawn_together_and_never_below_those_taken():
    batch = opened(quota=3)
    first, second = accepted(batch, firm("Satu")), accepted(batch, firm("Dua"))
    third = accepted(batch, firm("Tiga"))
    selecting.decide(first, Verdict.REFUSE, reason="x", actor=officer(), at=AT)

    batch = revise(Batch.objects.get(), quota=2)

    seats = dict(Registration.objects.values_list("pk", "seat"))
    assert seats == {first.pk: None, second.pk: 2, third.pk: 1}
    with pytest.raises(planning.QuotaBelowSeats) as refused:
        revise(batch, quota=1)
    assert refused.value.taken == 2


def test_more_seats_go_to_those_who_wait_once_participants_are_confirmed():
    batch, _seated = running(1)
    waiting = selecting.decide(
        joined(batch, firm("Menunggu"), way="officer"),
        Verdict.WAIT,
        reason="x",
        actor=officer(),
        at=AT,
    )

    revise(Batch.objects.get(), quota=2)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.seat) == ("accepted", 2)


@pytest.mark.parametrize(("before", "ways"), MOVES.items())
def test_from_each_state_only_its_own_ways_lead_on(before, ways):
    batch = planned()
    Batch.objects.filter(pk=batch.pk).update(state=before, reason="x")
    refused = set(Batch.State.values) - set(ways)

    for state in refused:
        with pytest.raises(planning.CannotMove):
            planning.move(batch, state, reason="x", actor=officer(), at=AT)


def test_to_stop_takes_a_reason_which_everybody_reads():
    batch = opened()
    joined(batch, with_address())

    with pytest.raises(planning.ReasonMissing):
        planning.move(batch, "postponed", reason=" ", actor=officer(), at=AT)
    planning.move(batch, "postponed", reason="Anggaran ditahan", actor=officer(), at=AT)

    message = Message.objects.get()
    assert message.subject == "Ditunda: Pola dan pengeleman"
    assert "Anggaran ditahan" in message.text
    assert "/program/peserta/" in message.text

    moved(batch, "open", at=LATER)
    assert subjects()[0] == "Dilanjutkan: Pola dan pengeleman"


def test_participants_are_confirmed_once_everybody_is_decided_and_all_are_told_then():
    batch = moved(opened(quota=1), "selecting")
    rows = [
        joined(batch, with_address(f"Usaha {name}"), way="officer")
        for name in ("satuu", "duaaa", "tigaa")
    ]
    with pytest.raises(planning.StillUndecided) as refused:
        moved(batch, "confirmed")
    assert refused.value.number == 3

    for one, verdict in zip(rows, (Verdict.ACCEPT, Verdict.WAIT, Verdict.REFUSE), strict=True):
        selecting.decide(one, verdict, reason="Begitulah", actor=officer(), at=AT)
    assert not Message.objects.exists()
    moved(batch, "confirmed")

    assert subjects() == [
        "Anda mendapat kursi: Pola dan pengeleman",
        "Daftar tunggu: Pola dan pengeleman",
        "Tentang pendaftaran Anda: Pola dan pengeleman",
    ]


def test_nobody_is_confirmed_where_nobody_comes():
    with pytest.raises(planning.NobodyComes):
        moved(opened(), "selecting", "confirmed")


def test_invented_firms_are_not_written_to():
    batch = opened()
    joined(batch, with_address())
    Batch.objects.update(is_demo=True)

    moved(Batch.objects.get(), "cancelled")

    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("region", "zone"), [("35.16", WEST), ("52.03", MIDDLE), ("91.71", EAST), (None, WEST)]
)
def test_a_place_has_its_own_time(region, zone):
    assert zone_of(region) == zone


def test_a_session_may_end_late_in_the_evening_of_the_place():
    batch = planned(region_id=MOJOKERTO, starts_on=date(2026, 6, 22), ends_on=date(2026, 6, 22))
    late = datetime(2026, 6, 22, 16, 30, tzinfo=UTC)  # half past eleven in the evening there

    assert session(batch, starts_at=late - timedelta(hours=1), ends_at=late)


def test_organisations_do_not_come_as_firms():
    assert not can_register_for(officer(), registered(organisation()), "")
