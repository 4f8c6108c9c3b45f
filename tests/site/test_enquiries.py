"""The way to an enquiry from a profile, how a firm usually answers, and what waits at /saya."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections.models import Habit
from ifn.directory import actions as directory
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.enquiries import enquiry, firm

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def write(one):
    return reverse("connections:write", args=[one.number])


def test_a_profile_leads_to_an_enquiry(client):
    one = firm()

    assert write(one) in client.get(one.get_absolute_url()).content.decode()


def test_neither_its_own_people_nor_a_hidden_profile_are_led_there(client):
    owner = UserFactory()
    one = firm(owner=owner)
    client.force_login(owner)
    assert write(one) not in client.get(one.get_absolute_url()).content.decode()

    directory.hide(one, reason="x", actor=None, at=AT)
    assert write(one) not in client.get(one.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("share", "days", "said"),
    [(0.9, 1.7, "Biasanya menjawab dalam 2 hari"), (0.2, 1.7, ""), (0.9, 30, "")],
)
def test_how_a_firm_usually_answers_is_a_band(client, share, days, said):
    one = firm()
    Habit.objects.create(business=one, share=share, days=days, count=9, counted_on=localdate())

    page = client.get(one.get_absolute_url()).content.decode()

    assert ("Biasanya menjawab" in page) == bool(said)
    assert said in page


def test_what_waits_for_an_answer_stands_at_home(client):
    owner = UserFactory()
    enquiry(firm(owner=owner), at=now())
    client.force_login(owner)

    page = client.get(reverse("site:mine")).content.decode()

    assert "Jawab pertanyaan: ya atau tidak" in page
