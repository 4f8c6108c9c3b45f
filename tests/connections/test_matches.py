from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.timezone import localdate, now

from ifn.connections import actions
from ifn.connections.actions.ending import ask_those_due
from ifn.connections.enquiring.askers import key_of_person
from ifn.connections.matches import fields
from ifn.connections.matches.firms import firms, leads_since
from ifn.connections.matches.needs import need_of
from ifn.connections.matching.facts import Answering, Checked, Quantity, Reach
from ifn.connections.matching.reading import firm_of
from ifn.connections.models import Block, Habit, Match, Opportunity
from ifn.connections.opportunities.saying import hindrance_of, names_of, reasons_of
from ifn.connections.queries.opportunities import due_for_matching, matches_of
from ifn.connections.tasks import find_matches
from ifn.directory import actions as directory
from ifn.directory.models import Membership
from ifn.directory.profile import CapabilityFact
from ifn.directory.queries import profile_of
from ifn.jobs.running import run_due
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    BANDUNG,
    LATER,
    MOJOKERTO,
    ON,
    full_profile,
    profile,
    registered,
    revised,
    role,
    verified,
)
from tests.factories.opportunities import opened, opened_today, owned, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture(autouse=True)
def nothing_laid_out():
    fields._laid.clear()  # noqa: SLF001  # as a new process
    yield
    fields._laid.clear()  # noqa: SLF001


def maker(**changes):
    facts = {
        "name": "Jahit Rapi",
        "region": MOJOKERTO,
        "capabilities": (role("PR_MAKLON"), CapabilityFact("product_type", "SNEAKER")),
        "minimum_order": 100,
        "monthly_capacity": 2000,
        "takes_job_orders": True,
    }
    return registered(profile(**facts | changes))


def need(one, **changes):
    facts = {"words": lexicon(), "regions": all_regions(), "today": ON}
    return need_of(one, said(**changes), **facts)


def test_a_request_is_a_need_with_all_its_conditions():
    one = opened()
    facts = {"terms": (*said().terms, ("certification", "SNI")), "reach": "region"}

    asked = need(one, **facts)

    assert (asked.key, asked.kind, asked.asker) == (one.pk, "CAPACITY_REQ", one.business_id)
    assert asked.roles == {"PR_MAKLON"}
    assert asked.products == {"SNEAKER"}
    assert asked.certificates == {"SNI"}
    assert asked.quantity == Quantity(25, "KODI")
    assert asked.pairs == 500
    assert asked.deadline_days == 44
    assert asked.reach == Reach(region=MOJOKERTO)
    assert asked.is_job_order


def test_an_offer_sets_no_conditions_on_how_buyers_work():
    one = opened(direction="offer", kind="CAPACITY_OFFER")
    facts = {"terms": (("product_type", "SNEAKER"), ("process", "STITCH"))}

    asked = need(one, **facts)

    assert (asked.products, asked.processes) == ({"SNEAKER"}, frozenset())
    assert (asked.quantity, asked.deadline_days, asked.is_job_order) == (None, None, False)


def test_a_distance_counts_from_the_middle_of_the_place():
    place = all_regions().get(MOJOKERTO)

    reach = need(opened(), reach="km", within_km=80).reach

    assert (reach.point, reach.km) == ((place.latitude, place.longitude), 80)


def test_many_profiles_are_read_as_one_is():
    business = registered(full_profile())
    check = verified(business, at=AT)

    (found,) = firms([business.pk], lexicon(), {business.pk: 3}, today=ON)

    one = firm_of(
        business.pk,
        profile_of(business),
        confirmed_on=business.confirmed_on,
        verified=[Checked("legality", check.expires_on)],
        completeness=business.completeness,
        leads=3,
    )
    assert replace(found, process_pairs=()) == replace(one, process_pairs=())


def test_other_firms_of_the_asker_are_left_out_of_who_fits_and_who_nearly_does():
    business, owner = owned()
    for own in (maker(), maker(minimum_order=600)):
        Membership.objects.create(business=own, person=owner, role="owner", since=AT)
    other, shared = maker(name="Lain"), maker(name="Didampingi")
    Membership.objects.create(business=shared, person=owner, role="editor", since=AT)
    one = opened(business, owner)
    actions.match_due(at=AT, today=ON)

    assert {each.business for each in matches_of(one)[0]} == {other, shared}
    assert matches_of(one)[1] == []


def test_who_fits_is_kept_with_reasons_and_who_nearly_does_with_what_stands_between():
    fitting, small = maker(), maker(name="Minimal Besar", minimum_order=600)
    one = opened()

    assert actions.match_due(at=AT, today=ON) == 1

    (found,) = matches_of(one)[0]
    (near,) = matches_of(one)[1]
    assert (found.business, near.business) == (fitting, small)
    with translation.override("en"):
        names = names_of(lexicon())
        told = " ".join(reasons_of(found, names))
        assert "minimum order 100 pairs, you ask 500" in told
        assert "sneaker" in told.lower()
        assert hindrance_of(near, names) == "minimum order 600 pairs, you ask 500"


def test_nobody_is_looked_for_twice_until_something_changes():
    business, owner = owned()
    maker()
    one = opened(business, owner)

    assert actions.match_due(at=AT, today=ON) == 1
    assert actions.match_due(at=AT, today=ON) == 0
    changed = said(amount=3)
    actions.post(one, changed, version=one.version, actor=owner, at=LATER, today=ON)
    assert [each.pk for each in due_for_matching(ON, 9)] == [one.pk]
    actions.match_due(at=LATER, today=ON)

    assert matches_of(one)[0] == []
    assert len(matches_of(one)[1]) == 1


def test_many_at_once_are_all_looked_for_without_waiting_a_minute(monkeypatch):
    monkeypatch.setattr("ifn.connections.actions.matching.BATCH", 2)
    maker()
    several = [opened_today(*owned()) for _ in range(5)]

    find_matches.enqueue()
    run_due(now())

    assert due_for_matching(localdate(), 9) == []
    assert Match.objects.filter(opportunity__in=several).count() >= 5


def test_by_night_more_are_looked_for_than_one_question_takes(monkeypatch):
    monkeypatch.setattr("ifn.prepared.MOST", 2)
    maker()
    several = [opened_today(*owned()) for _ in range(5)]

    assert actions.match_all(at=now(), today=localdate()) == 5

    assert {one.opportunity_id for one in Match.objects.filter(hindrance__isnull=True)} == {
        one.pk for one in several
    }


def test_a_pair_found_again_keeps_its_day_and_who_no_longer_fits_is_gone():
    fitting = maker()
    one = opened()
    actions.match_due(at=AT, today=ON)

    actions.match_all(at=LATER, today=ON)
    assert Match.objects.get().made_at == AT

    directory.hide(fitting, reason="x", actor=OfficerFactory(), at=LATER)
    actions.match_all(at=LATER, today=ON)
    assert matches_of(one)[0] == []


def test_the_asker_and_invented_firms_are_never_among_those_who_fit():
    business, owner = owned(
        capabilities=(role("PR_MAKLON"), CapabilityFact("product_type", "SNEAKER"))
    )
    registered(profile(name="Contoh"), is_demo=True)
    opened(business, owner)

    actions.match_all(at=AT, today=ON)

    assert not Match.objects.filter(hindrance__isnull=True).exists()


def test_leads_of_the_last_ninety_days_count():
    fitting = maker()
    opened()
    actions.match_due(at=AT, today=ON)

    assert leads_since(AT + timedelta(days=89)) == {fitting.pk: 1}
    assert leads_since(AT + timedelta(days=91)) == {}


def test_equals_take_turns():
    pair = {maker(name=f"Sama {number}").pk for number in range(12)}
    first, second = opened(), opened(amount=26)

    actions.match_due(at=AT, today=ON)

    met = {one.pk: {each.business_id for each in matches_of(one)[0]} for one in (first, second)}
    assert all(len(several) == 10 for several in met.values())
    assert set().union(*met.values()) == pair


def test_in_a_large_field_changes_are_followed_without_laying_it_out_anew(monkeypatch):
    monkeypatch.setattr(fields, "SMALL", 0)
    stays, leaves = maker(), maker(name="Pindah")
    one = opened()
    actions.match_due(at=AT, today=ON)
    before = fields._laid[False].field  # noqa: SLF001
    newcomer = maker(name="Baru")
    revised(leaves, profile(name="Pindah", region=BANDUNG, capabilities=(role("DN_RETAIL"),)))

    again = opened(amount=26)
    actions.match_due(at=LATER, today=ON)

    assert fields._laid[False].field is before  # noqa: SLF001
    met = {each.business_id for each in matches_of(again)[0]}
    assert {stays.pk, newcomer.pk} <= met
    assert leaves.pk not in met
    assert one.pk != again.pk


def test_dormant_firms_are_left_out_as_the_settings_say(settings):
    settings.DORMANT_MONTHS = 24
    long_ago = ON - timedelta(days=800)
    sleeper = maker()
    directory.confirm(sleeper, on=long_ago, actor=None, at=AT)
    type(sleeper).objects.filter(pk=sleeper.pk).update(confirmed_on=long_ago)
    one = opened()

    actions.match_due(at=AT, today=ON)

    (near,) = matches_of(one)[1]
    assert near.hindrance[0] == "dormant"


def test_the_pages_say_who_fits_and_what_fits(client):
    fitting = maker()
    person = UserFactory()
    Membership.objects.create(business=fitting, person=person, role="owner", since=AT)
    business, owner = owned()
    one = opened_today(business, owner)
    actions.match_due(at=one.opened_at, today=one.opened_at.date())

    client.force_login(owner)
    page = client.get(f"/saya/peluang/{one.number}").content.decode()
    assert "Jahit Rapi" in page
    assert "pesanan minimum" in page.lower()

    client.force_login(person)
    page = client.get("/saya/peluang/cocok").content.decode()
    assert one.title in page


def test_asking_and_matching_leave_the_state_alone():
    one = opened()
    ask_those_due(on=ON + timedelta(days=40), at=LATER)
    actions.match_due(at=AT, today=ON)

    one.refresh_from_db()
    assert one.state == Opportunity.State.OPEN


@pytest.mark.parametrize("who", ["the firm", "the asker"])
def test_who_blocked_the_other_never_meets_them(who):
    workshop, (business, owner) = maker(), owned()
    other = UserFactory()
    Membership.objects.create(business=workshop, person=other, role="owner", since=AT)
    firm, person = (workshop, owner) if who == "the firm" else (business, other)
    Block.objects.create(business=firm, asker=key_of_person(person.pk), made_at=AT)
    one = opened(business, owner)

    actions.match_due(at=AT, today=ON)

    assert matches_of(one)[0] == []
    assert matches_of(one)[1] == []


def test_how_a_firm_usually_answers_counts():
    workshop = maker()
    Habit.objects.create(business=workshop, share=0.9, days=1.5, count=8, counted_on=ON)

    (found,) = firms([workshop.pk], lexicon(), {}, today=ON)

    assert found.answering == Answering(0.9, 1.5, 8)
