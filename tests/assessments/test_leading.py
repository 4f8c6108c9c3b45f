"""Where the page without signal leads, and where officers find it."""

import pytest
from django.urls import reverse

from ifn.directory.models import Membership
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import AT, in_use
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
MINE = "assessments:mine"


def own_firm(person):
    business = registered(profile())
    Membership.objects.create(business=business, person=person, role="owner", since=AT)
    return business


def test_the_page_without_signal_leads_officers_to_their_assessments(client):
    assert reverse(MINE) in client.get(reverse("assessments:field")).content.decode()
    for person in (
        OfficerFactory(duties=["programme"]),
        RegionalOfficerFactory(territory=[MOJOKERTO]),
    ):
        client.force_login(person)
        answer = client.get(reverse(MINE))
        assert (answer.status_code, answer["Location"]) == (302, reverse("assessments:office"))


def test_an_officer_with_a_firm_sees_it_and_the_way_on(client):
    in_use()
    person = RegionalOfficerFactory(territory=[MOJOKERTO])
    business = own_firm(person)
    client.force_login(person)

    shown = client.get(reverse(MINE)).content.decode()

    assert business.name in shown
    assert f'href="{reverse("assessments:office")}"' in shown


def test_members_and_officers_of_other_desks_stay(client):
    for person in (UserFactory(), OfficerFactory(duties=["verifier"])):
        client.force_login(person)
        shown = client.get(reverse(MINE))
        assert shown.status_code == 200
        assert reverse("assessments:office") not in shown.content.decode()


def test_staff_find_it_in_their_menu_and_on_their_work_list(client):
    link = f'href="{reverse("assessments:field")}"'
    client.force_login(OfficerFactory(duties=["programme"]))
    shown = client.get(reverse("moderation:work")).content.decode()
    menu = shown[shown.index('id="account-menu"') :].partition("</header>")[0]
    assert link in menu
    assert link in shown.partition('aria-label="Pekerjaan lain"')[2].partition("</nav>")[0]

    client.force_login(UserFactory())
    assert link not in client.get(reverse("notices:list")).content.decode()


def test_a_firm_is_found_by_its_name_and_chosen(client):
    here = registered(profile(name="Sol Mojo", region=MOJOKERTO))
    registered(profile(name="Sol Darjo", region=SIDOARJO))
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

    found = client.get(reverse("assessments:find"), {"usaha": "sol"}).content.decode()
    assert reverse("assessments:start", args=[here.number]) in found
    assert "Sol Darjo" not in found
    by_number = client.get(reverse("assessments:find"), {"usaha": here.public_number})
    assert by_number["Location"] == reverse("assessments:start", args=[here.number])
    nobody = client.get(reverse("assessments:find"), {"usaha": "darjo"}, follow=True)
    assert "Tidak ada usaha dengan nama atau nomor ini." in nobody.content.decode()
