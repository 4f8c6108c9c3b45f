"""Firms register, are decided about, withdraw, and move up."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ifn.directory.models import Business, Contact
from ifn.mail.models import Message
from ifn.programmes.actions import planning, registering, selecting
from ifn.programmes.actions.registering import Comer
from ifn.programmes.choosing import Same, Unmet, Verdict
from ifn.programmes.models import Attendance, Batch, Registration, RegistrationStep
from ifn.programmes.queries.choosing import benefits_of, proposal, unmet_by
from ifn.vocabulary.queries import lexicon
from tests.factories.accounts import RegionalOfficerFactory
from tests.factories.directory import AT, BANDUNG, LATER, MOJOKERTO, ON, SIDOARJO, role
from tests.factories.programmes import (
    accepted,
    completed,
    firm,
    joined,
    moved,
    officer,
    opened,
    planned,
    running,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def decide(one, verdict, reason=""):
    return selecting.decide(one, verdict, reason=reason, actor=officer(), at=AT)


def states(*rows):
    found = dict(Registration.objects.values_list("pk", "state"))
    return [found[one.pk] for one in rows]


def test_a_firm_registers_once_however_often_it_is_sent():
    batch, business = opened(), firm()

    assert joined(batch, business) == joined(batch, business)
    assert RegistrationStep.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "way", "is_open"),
    [
        ("planned", "officer", False),
        ("open", "self", True),
        ("open", "regional", True),
        ("selecting", "self", False),
        ("selecting", "regional", True),
        ("running", "regional", False),
        ("running", "officer", True),
        ("cancelled", "officer", False),
    ],
)
def test_who_may_register_when(state, way, is_open):
    batch = planned()
    Batch.objects.filter(pk=batch.pk).update(state=state, reason="x")

    if is_open:
        assert joined(batch, way=way)
    else:
        with pytest.raises(registering.NotOpen):
            joined(batch, way=way)


def test_after_the_last_day_only_the_office_registers():
    batch = opened(registers_until=ON)

    with pytest.raises(registering.NotOpen):
        joined(batch, today=ON + timedelta(days=1))
    assert joined(batch, way="officer", today=ON + timedelta(days=1))


def test_what_a_dinas_registers_it_proposes():
    batch = opened()
    one, own = joined(batch, way="regional"), joined(batch, firm("Sendiri"))

    registering.propose(own, reason="Rajin", actor=RegionalOfficerFactory(), at=AT)

    assert states(one, own) == ["proposed", "proposed"]


def test_who_was_refused_does_not_come_back_and_who_withdrew_does():
    batch, business = opened(), firm()
    one = joined(batch, business)
    registering.withdraw(one, actor=None, at=AT)
    assert joined(batch, business).state == "registered"

    decide(one, Verdict.REFUSE, "Belum siap")
    with pytest.raises(registering.DecidedAlready):
        joined(batch, business)


def test_a_merged_profile_means_the_kept_one():
    batch, kept, gone = opened(), firm("Tetap"), firm("Hilang")
    Business.objects.filter(pk=gone.pk).update(status="merged", merged_into=kept)

    one = joined(batch, Business.objects.get(pk=gone.pk))

    assert one.business == kept


def test_the_decision_keeps_reason_points_and_whether_it_deviates():
    batch = opened(quota=1)
    first, second = joined(batch, firm("Satu")), joined(batch, firm("Dua"), at=LATER)

    decide(first, Verdict.ACCEPT)
    with pytest.raises(selecting.DeviationNeedsReason):
        decide(second, Verdict.REFUSE)
    decide(second, Verdict.REFUSE, "Alamat belum jelas")

    agreed = RegistrationStep.objects.get(registration=first, state="accepted")
    deviated = RegistrationStep.objects.get(registration=second, state="refused")
    assert (agreed.is_deviation, agreed.proposal["verdict"], agreed.proposal["place"]) == (
        False,
        "accept",
        1,
    )
    assert (deviated.is_deviation, deviated.proposal["verdict"]) == (True, "wait")
    assert deviated.reason == "Alamat belum jelas"
    assert deviated.person == officer()


def test_a_refusal_as_proposed_takes_a_reason_too():
    batch = opened(for_regions=[BANDUNG])
    one = joined(batch)

    with pytest.raises(selecting.ReasonMissing):
        decide(one, Verdict.REFUSE)
    assert states(one) == ["registered"]


def test_no_seat_is_given_beyond_the_quota():
    batch = opened(quota=1)
    accepted(batch, firm("Satu"))

    with pytest.raises(selecting.Full):
        accepted(batch, firm("Dua"))


def test_the_proposal_is_taken_as_a_whole():
    batch = opened(quota=1, for_regions=[MOJOKERTO])
    first, second = joined(batch, firm("Satu")), joined(batch, firm("Dua"), at=LATER)
    away = joined(batch, firm("Jauh", region=BANDUNG))

    made = selecting.take_proposal(batch, actor=officer(), at=AT)

    assert made == {"accept": 1, "wait": 1, "refuse": 1}
    assert states(first, second, away) == ["accepted", "waiting", "refused"]
    away.refresh_from_db()
    assert away.reason == "Tidak berada di wilayah yang dituju angkatan ini."
    assert not RegistrationStep.objects.filter(is_deviation=True).exists()


def test_a_seat_that_becomes_free_goes_to_the_first_in_line_who_is_told():
    batch, [seated] = running(1)
    waiting = [
        decide(joined(batch, firm(f"Menunggu {n}"), way="officer", at=AT), Verdict.WAIT, "x")
        for n in range(2)
    ]
    Contact.objects.create(business=waiting[0].business, kind="email", value="satu@usaha.example")

    registering.withdraw(seated, reason="Sakit", actor=None, at=LATER)

    assert states(seated, *waiting) == ["withdrawn", "accepted", "waiting"]
    message = Message.objects.get(to="satu@usaha.example")
    assert message.subject.startswith("Anda mendapat kursi")
    step = RegistrationStep.objects.get(registration=waiting[0], state="accepted")
    assert step.person is None


def test_whoever_is_put_on_the_waiting_list_does_not_get_the_seat_back():
    _batch, [seated] = running(1)

    decide(seated, Verdict.WAIT, "Belum lengkap")

    assert states(seated) == ["waiting"]


def test_one_participant_is_replaced_by_another_on_the_same_seat():
    batch, [seated] = running(1)
    other = joined(batch, firm("Pengganti"), way="officer")

    with pytest.raises(selecting.ReasonMissing):
        selecting.replace(seated, other, reason="", actor=officer(), at=AT)
    new = selecting.replace(seated, other, reason="Tidak datang", actor=officer(), at=AT)

    seated.refresh_from_db()
    assert (seated.state, seated.replaced_by, new.seat) == ("replaced", new, 1)
    with pytest.raises(selecting.NotDeciding):
        selecting.replace(seated, other, reason="x", actor=officer(), at=AT)


def test_nothing_is_decided_in_a_plan_and_after_the_end():
    batch, [seated], _session = completed(1)

    with pytest.raises(selecting.NotDeciding):
        decide(seated, Verdict.REFUSE, "x")
    with pytest.raises(selecting.NotDeciding):
        selecting.take_proposal(planned(), actor=officer(), at=AT)
    assert batch.is_over


def test_first_come_first_served_and_the_others_wait_in_line():
    batch = opened(quota=1, admits="first", for_regions=[MOJOKERTO])

    rows = [joined(batch, firm("Satu")), joined(batch, firm("Dua"))]
    unfit = joined(batch, firm("Jauh", region=BANDUNG))

    assert states(*rows, unfit) == ["accepted", "waiting", "registered"]
    registering.withdraw(rows[0], actor=None, at=AT)
    assert states(*rows) == ["withdrawn", "accepted"]


def test_another_person_of_the_firm_comes():
    _batch, [seated] = running(1)

    changed = registering.change_comer(seated, Comer("Budi"), actor=officer(), at=AT)

    assert (changed.name, changed.seat) == ("Budi", 1)
    registering.withdraw(seated, actor=None, at=AT)
    with pytest.raises(registering.NoSeat):
        registering.change_comer(seated, Comer("Ani"), actor=officer(), at=AT)


@pytest.mark.parametrize(
    ("condition", "unmet"),
    [
        ({"for_roles": ["CO_OUTSOLE"]}, None),
        ({"for_roles": ["COMPONENT", "PR_MAKLON"]}, None),
        ({"for_roles": ["PR_MAKLON"]}, Unmet.ROLE),
        ({"for_processes": ["STITCH"]}, Unmet.PROCESS),
        ({"for_regions": ["35"]}, None),
        ({"for_regions": [SIDOARJO]}, Unmet.REGION),
        ({"needs_assessment": True}, Unmet.ASSESSED),
        ({"least_completeness": 100}, Unmet.COMPLETENESS),
    ],
)
def test_conditions_of_entry(condition, unmet):
    if "COMPONENT" in condition.get("for_roles", []):
        above = lexicon().ancestors("value_chain_role", "CO_OUTSOLE")
        condition = {"for_roles": [above[0].code]}
    batch = opened(**condition)
    one = joined(batch, firm("Sol", capabilities=(role("CO_OUTSOLE"),)))

    assert unmet_by(batch, one) == ((unmet,) if unmet else ())


def earlier(business, **changes):
    """Return a batch of before in which somebody took part."""
    batch = opened(title_id="Dahulu", **changes)
    accepted(batch, business, today=batch.starts_on)
    moved(batch, "selecting", "confirmed", "running", "completed")
    return batch


def test_the_same_firm_its_merged_one_its_nib_and_its_phone_are_noticed():
    same, kept, gone = firm("Sama"), firm("Tetap"), firm("Lama")
    Business.objects.filter(pk=same.pk).update(nib="9120001234567")
    phone = {"kind": "whatsapp", "value": "+628111222333"}
    Contact.objects.create(business=same, **phone)
    earlier(same)
    earlier(gone)
    Business.objects.filter(pk=gone.pk).update(status="merged", merged_into=kept)
    by_nib, by_phone, stranger = firm("Kembar NIB"), firm("Kembar telepon"), firm("Baru")
    Business.objects.filter(pk=by_nib.pk).update(nib="9120001234567")
    Contact.objects.create(business=by_phone, **phone)
    batch = opened(quota=9)
    rows = [
        joined(batch, Business.objects.get(pk=each.pk), comer=Comer("Orang", f"+62811999{n}"))
        for n, each in enumerate((same, kept, by_nib, by_phone, stranger))
    ]

    found = benefits_of(batch, rows)

    assert [[benefit.same for benefit in found[one.pk]] for one in rows] == [
        [Same.FIRM],
        [Same.MERGED],
        [Same.NIB],
        [Same.PHONE],
        [],
    ]
    assert all(unmet_by(batch, one) == (Unmet.REPEATED,) for one in rows[:4])


def test_long_ago_or_another_topic_is_no_repeat():
    business, other = firm("Satu"), firm("Dua")
    earlier(business, starts_on=date(2023, 4, 1), ends_on=date(2023, 4, 5), registers_until=None)
    earlier(other, topic="Pemasaran")
    batch = opened(repeat_years=2)

    one, two = joined(batch, business, comer=Comer("A")), joined(batch, other, comer=Comer("B"))

    assert unmet_by(batch, one) == unmet_by(batch, two) == ()
    points = {key: ranked.points[1].points for key, ranked in proposal(batch).items()}
    assert points == {one.pk: 0, two.pk: 10}


def test_who_had_a_seat_and_never_came_did_not_take_part():
    _batch, [came, absent], one = completed(2)
    Attendance.objects.filter(session=one, registration=absent).delete()
    following = opened(quota=5)
    rows = [joined(following, each.business, comer=Comer("x")) for each in (came, absent)]

    found = benefits_of(following, rows)

    assert [len(found[each.pk]) for each in rows] == [1, 0]


def test_the_proposal_costs_the_same_however_many_registered():
    def cost(batch):

        with CaptureQueriesContext(
            connection,
        ) as asked:
            proposal(batch)
        return len(asked)

    small, large = opened(for_roles=["CO_OUTSOLE"]), opened(for_roles=["CO_OUTSOLE"])
    joined(small, firm("Satu"))
    for number in range(3):
        joined(large, firm(f"Usaha {number}"))
    cost(small)

    assert cost(small) == cost(large) <= 8


def test_a_revised_quota_gives_seats_while_choosing_only_by_hand():
    batch = moved(opened(quota=1), "selecting")
    one, two = joined(batch, firm("a"), way="officer"), joined(batch, firm("b"), way="officer")
    selecting.take_proposal(batch, actor=officer(), at=AT)

    planning.revise(
        Batch.objects.get(pk=batch.pk), {"quota": 2}, version=batch.version, actor=officer(), at=AT
    )

    assert states(one, two) == ["accepted", "waiting"]
