"""Two phones begin to assess one firm: both are kept, and a person says which goes on."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ifn.assessments.actions import deciding, doubles
from ifn.assessments.actions.answering import NotOpen
from ifn.assessments.models import Answer, Assessed, Assessment, Conflict
from ifn.assessments.queries.assessments import beside
from ifn.directory.models import Membership
from tests.assessments.phones import packed, send, value
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import AT, LATER, answered, approved, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def two():
    business, version = registered(profile()), in_use()
    return started(business, version), started(business, version)


@pytest.fixture
def officer():
    return OfficerFactory(duties=["programme"])


def shown(client, one):
    return client.get(reverse("assessments:assessment", args=[one.uuid])).content.decode()


def press(client, one, **data):
    return client.post(reverse("assessments:aside", args=[one.uuid]), data)


def test_two_phones_are_told_of_each_other_and_nothing_is_overwritten(client):
    person = RegionalOfficerFactory(territory=[MOJOKERTO])
    client.force_login(person)
    business, version = registered(profile()), in_use()

    first = send(client, packed(person, business, version)).json()
    second = send(
        client, packed(person, business, version, changes=[value("CUT_1", 1)], finished=False)
    ).json()

    assert (first["now"]["beside"], second["now"]["beside"]) == (0, 1)
    assert sorted(Answer.objects.values_list("value", flat=True)) == [1, 3]
    one, other = Assessment.objects.order_by("pk")
    for each, opposite in ((one, other), (other, one)):
        text = shown(client, each)
        assert "Usaha ini sedang dinilai dua kali" in text
        assert str(opposite.uuid) in text
        assert "Sisihkan yang ini" in text


def test_one_is_set_aside_with_all_it_holds_and_can_be_taken_up_again(client, two, officer):
    one, other = two
    answered(one, {"CUT_1": 1})
    client.force_login(officer)

    press(client, one)

    one.refresh_from_db()
    assert (one.state, one.decided_by) == (Assessment.State.ASIDE, officer)
    assert Answer.objects.get(assessment=one).value == 1
    assert not beside(other).exists()
    text = shown(client, one)
    assert "Lanjutkan lagi" in text
    assert "Sisihkan yang ini" not in shown(client, other)

    press(client, one, up="1")

    one.refresh_from_db()
    assert (one.state, one.decided_at) == (Assessment.State.DRAFT, None)
    assert list(beside(other)) == [one]


def test_what_was_handed_in_can_be_set_aside_and_counts_nowhere(two, officer):
    one, other = two
    submitted(one)

    doubles.set_aside(one, actor=officer, at=LATER)

    with pytest.raises(NotOpen):
        deciding.approve(one, actor=officer, at=LATER)
    approved(other)
    assert Assessed.objects.get().firms == 1
    doubles.take_up(one, actor=officer, at=LATER)
    deciding.submit(one, actor=officer, at=LATER)
    assert one.state == Assessment.State.SUBMITTED


def test_what_a_phone_still_sends_for_it_is_kept_for_a_person_to_decide(client, two):
    person = RegionalOfficerFactory(territory=[MOJOKERTO])
    one, _other = two
    doubles.set_aside(one, actor=person, at=LATER)
    client.force_login(person)

    said = send(client, packed(person, one.business, one.version, assessment=str(one.uuid))).json()

    assert (said["state"], said["taken"], len(said["conflicts"])) == ("aside", [], 1)
    assert Conflict.objects.get().sent == 3
    assert not Answer.objects.filter(assessment=one).exists()


def test_not_each_of_two_is_set_aside_for_the_other(client, two, officer):
    one, other = two
    doubles.set_aside(one, actor=officer, at=LATER)

    with pytest.raises(doubles.NoOther):
        doubles.set_aside(other, actor=officer, at=LATER)

    client.force_login(officer)
    answer = client.post(reverse("assessments:aside", args=[other.uuid]), follow=True)
    assert "Tidak disisihkan" in answer.content.decode()
    other.refresh_from_db()
    assert other.state == Assessment.State.DRAFT


def test_what_is_approved_is_not_set_aside_nor_taken_up(client, two, officer):
    one, _other = two
    approved(one)
    client.force_login(officer)

    assert press(client, one).status_code == 403
    with pytest.raises(NotOpen):
        doubles.set_aside(one, actor=officer, at=LATER)
    with pytest.raises(NotOpen):
        doubles.take_up(one, actor=officer, at=LATER)


def test_the_own_view_of_a_firm_stands_beside_a_visit_and_is_the_firms_to_set_aside(client):
    business, version, owner = registered(profile()), in_use(), UserFactory()
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    visit = started(business, version)
    own, again = (started(business, version, mode="self") for _n in range(2))

    assert not beside(visit).exists()
    assert list(beside(own)) == [again]
    client.force_login(owner)
    assert press(client, visit).status_code == 403
    assert press(client, own).status_code == 302
    own.refresh_from_db()
    assert own.state == Assessment.State.ASIDE
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
    assert press(client, again).status_code == 403


def test_the_database_dates_what_is_set_aside(two):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=two[0].pk).update(state="aside")
