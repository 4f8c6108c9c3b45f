"""A Dinas sees and changes the profiles of its own region."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import translation

from ifn.directory.models import Business
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

LEAST = {
    "name": "Sol Jaya",
    "kind": "business",
    "capacity_visibility": "nobody",
    "has_role": "CO_OUTSOLE",
}


def page(name, *arguments):
    """Return the English address of a page."""
    with translation.override("en"):
        return reverse(f"directory:{name}", args=arguments)


@pytest.fixture
def regional(client):
    person = RegionalOfficerFactory(territory=["35.16"])
    client.force_login(person)
    return person


@pytest.mark.usefixtures("regional")
def test_the_list_shows_the_region_alone(client):
    inside = registered(profile(region="35.16"))
    registered(profile(region="35.15"))

    assert [b for b, _place in client.get(page("staff")).context["rows"]] == [inside]


@pytest.mark.usefixtures("regional")
def test_a_profile_of_the_region_can_be_changed_and_no_other(client):
    inside = registered(profile(region="35.16"))
    outside = registered(profile(region="35.15"))

    assert client.get(page("edit", inside.number)).status_code == HTTPStatus.OK
    for name, arguments in (
        ("edit", (outside.number,)),
        ("status", (outside.number,)),
        ("add-picture", (outside.number,)),
    ):
        answer = client.post(page(name, *arguments), {"status": "hidden", "reason": "x"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
    outside.refresh_from_db()
    assert outside.status == "listed"


@pytest.mark.usefixtures("regional")
def test_a_new_profile_lies_in_the_region(client):
    answer = client.post(page("new"), LEAST | {"region": "35.15"})

    assert "your own region only" in answer.content.decode()
    assert not Business.objects.exists()
    assert client.post(page("new"), LEAST | {"region": "35.16"}).status_code == HTTPStatus.FOUND


def test_an_officer_of_another_desk_only_looks(client):
    client.force_login(OfficerFactory(duties=["events"]))
    business = registered()

    assert client.get(page("staff")).status_code == HTTPStatus.OK
    assert client.get(page("edit", business.number)).status_code == HTTPStatus.FORBIDDEN
    assert client.get(page("new")).status_code == HTTPStatus.FORBIDDEN
