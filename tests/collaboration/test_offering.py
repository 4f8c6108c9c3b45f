"""Pages of enquiries and of plans lead to the projects that can come of them."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from ifn.collaboration.actions import beginning
from ifn.collaboration.models import Project
from ifn.connections.models import Enquiry
from ifn.directory.queries import standing_for
from tests.factories import collaboration_projects as made
from tests.factories import enquiries, plans, programmes
from tests.factories.directory import AT

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
BEGIN = "/saya/proyek/mulai"


@pytest.fixture
def agreed():
    """Return an enquiry on which two firms agreed, with its own page."""
    maker, brand = enquiries.firm(name="Sol Jaya"), made.firm("Merek Kita")
    asker = enquiries.member(made.person_of(brand), business=brand)
    one = enquiries.accepted(maker, asker=asker)
    Enquiry.objects.filter(pk=one.pk).update(state="agreed", ended_at=AT, met_at=AT)
    return Enquiry.objects.select_related("letter__person", "business").get(pk=one.pk)


def shown(person, address):
    client = Client()
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(enquiry):
    return reverse("connections:enquiry", args=[enquiry.code])


def test_both_sides_of_an_agreement_are_led_to_a_project_and_then_to_the_one_it_became(agreed):
    begin = f'href="{BEGIN}?pertanyaan={agreed.public_code}"'
    sides = [agreed.letter.person, made.person_of(agreed.business)]
    for person in sides:
        assert begin in shown(person, page_of(agreed))

    facts = {"title_id": "Sandal bersama", "title_en": "", "summary_id": "", "summary_en": ""}
    project = beginning.begin_from_enquiry(
        agreed, facts, led_by=agreed.business, is_own=True, actor=sides[1], at=AT
    )

    for person in sides:
        html = shown(person, page_of(agreed))
        assert begin not in html
        assert f'<a href="/saya/proyek/{project.code}">Sandal bersama</a>' in html


def test_nothing_is_offered_before_they_agree_or_to_who_only_reads(agreed):
    viewer = made.person_of(agreed.business, role="viewer")
    assert BEGIN not in shown(viewer, page_of(agreed))

    Enquiry.objects.filter(pk=agreed.pk).update(state="accepted", ended_at=None)

    assert BEGIN not in shown(agreed.letter.person, page_of(agreed))


@pytest.fixture
def participant():
    """Return a participant with two actions in its plan."""
    _batch, [one, *_others] = programmes.running()
    for what in ("Ganti sol & lem", "Cari pembeli"):
        plans.action(one, what=what)
    return one


def test_actions_of_a_plan_are_offered_to_the_firm_and_the_office(participant):
    owner = made.person_of(standing_for(participant.business))
    [first, second] = participant.actions.order_by("pk")
    Project.objects.filter(pk=made.begun(participant.business).pk).update(action=first)
    project = Project.objects.get(action=first)
    became, begin = (
        f'<a href="/saya/proyek/{project.code}">{escape(first.what)}</a>',
        f'href="{BEGIN}?aksi={second.pk}"',
    )

    html = shown(owner, reverse("programmes:own", args=[participant.pk]))
    pages = [
        shown(
            programmes.officer(),
            reverse("programmes:action", args=[participant.batch.code, participant.pk, one.pk]),
        )
        for one in (first, second)
    ]

    assert became in html
    assert begin in html
    assert became in pages[0]
    assert begin in pages[1]

    viewer = made.person_of(participant.business, role="viewer")
    assert BEGIN not in shown(viewer, reverse("programmes:own", args=[participant.pk]))


def test_the_offered_way_begins_the_project_once(participant):
    owner = made.person_of(participant.business)
    action = participant.actions.order_by("pk")[1]
    client = Client()
    client.force_login(owner)
    address = f"{BEGIN}?aksi={action.pk}"
    form = client.get(address).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"key": str(uuid4())}

    first = client.post(address, given)
    second = client.post(address, given)

    assert first["Location"] == second["Location"]
    assert Project.objects.filter(action=action).count() == 1
