"""Members agree by publishing, officers note who agreed, and both withdraw by a tap."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import translation

from ifn.accounts.consenting import TEXTS
from ifn.accounts.models import Consent
from ifn.directory.models import Business, Contact, Membership
from ifn.directory.profile import ContactFact
from ifn.directory.queries import profile_of
from tests.directory.test_staff_pages import LEAST
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, profile, registered

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

PHONE = ContactFact("phone", "+62321555123", "public")


def page(name, *arguments):
    with translation.override("en"):
        return reverse(f"directory:{name}", args=arguments)


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def shown(business):
    return {one.kind: one.visibility for one in profile_of(business).contacts}


@pytest.fixture
def business():
    return registered()


@pytest.fixture
def owner(client, business):
    person = UserFactory(name="Ratna")
    Membership.objects.create(business=business, person=person, role="owner", since=AT)
    client.force_login(person)
    return person


def write_contact(client, business):
    answers = {"phone_value": "0321 555123", "phone_visibility": "public", "close": "1"}
    return client.post(page("step", business.number, "kontak"), answers)


@pytest.mark.usefixtures("owner")
class TestMembers:
    def test_the_words_stand_beside_the_choice(self, client, business):
        html = client.get(page("step", business.number, "kontak")).content.decode()

        assert TEXTS["contact_public"][1].english in html
        assert TEXTS["contact_members"][1].english in html

    def test_publishing_is_agreeing_to_those_words(self, client, business, owner):
        write_contact(client, business)
        assert not Consent.objects.exists()

        client.post(page("publish", business.number))

        consent = Contact.objects.get().consent
        assert shown(business) == {"phone": "public"}
        assert (consent.how, consent.person, consent.version) == ("self", owner, 1)

    def test_a_tap_in_the_step_takes_it_back(self, client, business):
        write_contact(client, business)
        client.post(page("publish", business.number))
        assert "+62321555123" in client.get(business.get_absolute_url()).content.decode()
        step = client.get(page("step", business.number, "kontak")).content.decode()
        address = page("withdraw-consent", Consent.objects.get().pk)
        assert f'action="{address}"' in step

        answer = client.post(address, follow=True)

        assert "Consent withdrawn." in said(answer)
        assert shown(business) == {"phone": "nobody"}
        assert "+62321555123" not in client.get(business.get_absolute_url()).content.decode()
        assert "had ended already" in said(client.post(address, follow=True))

    def test_whoever_gave_it_may_end_it_after_leaving_the_business(self, client, business):
        write_contact(client, business)
        client.post(page("publish", business.number))
        Membership.objects.all().delete()

        client.post(page("withdraw-consent", Consent.objects.get().pk), {"next": "/en/saya"})

        assert shown(business) == {"phone": "nobody"}

    def test_others_may_not(self, client, business):
        write_contact(client, business)
        client.post(page("publish", business.number))
        client.force_login(UserFactory())

        answer = client.post(page("withdraw-consent", Consent.objects.get().pk))

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert shown(business) == {"phone": "public"}

    def test_it_never_leads_to_another_site(self, client, business):
        write_contact(client, business)
        client.post(page("publish", business.number))

        address = page("withdraw-consent", Consent.objects.get().pk)
        answer = client.post(address, {"next": "https://evil.example/"})

        assert answer["Location"] == page("step", business.number, "kontak")


@pytest.mark.usefixtures("officer")
class TestOfficers:
    @pytest.fixture
    def officer(self, client):
        person = OfficerFactory(name="Sri")
        client.force_login(person)
        return person

    CONTACT = LEAST | {"phone_value": "0321555123", "phone_visibility": "public"}

    def test_who_agreed_and_how_is_noted(self, client, officer):
        told = {"consent_way": "phone", "consent_by": "Ibu Ratna"}

        client.post(page("new"), self.CONTACT | told)

        consent = Contact.objects.get().consent
        assert shown(Business.objects.get()) == {"phone": "public"}
        assert (consent.how, consent.given_by, consent.recorded_by) == (
            "phone",
            "Ibu Ratna",
            officer,
        )

    def test_without_it_the_contact_stays_hidden_and_the_officer_is_told(self, client):
        answer = client.post(page("new"), self.CONTACT, follow=True)

        assert shown(Business.objects.get()) == {"phone": "nobody"}
        assert "Still hidden" in said(answer)
        assert "Phone" in said(answer)

    def test_who_agreed_must_be_said(self, client):
        answer = client.post(page("new"), self.CONTACT | {"consent_way": "paper"})

        assert "Write who agreed." in answer.content.decode()
        assert not Business.objects.exists()

    def test_a_profile_kept_again_asks_nothing_anew(self, client):
        business = registered(profile(contacts=(PHONE,)))
        form = client.get(page("edit", business.number)).context["form"]
        sent = {one.html_name: one.value() or "" for one in form if one.value() is not False}

        answer = client.post(page("edit", business.number), sent, follow=True)

        assert shown(business) == {"phone": "public"}
        assert "Still hidden" not in said(answer)

    @pytest.mark.parametrize(
        ("sent", "visibility"),
        [
            ({"way": "phone", "consent_by": "Ibu Ratna"}, "public"),
            ({"way": "phone"}, "nobody"),
            ({"way": "office", "consent_by": "Ibu Ratna"}, "nobody"),
        ],
    )
    def test_in_steps_too(self, client, business, sent, visibility):
        write_contact(client, business)

        answer = client.post(page("publish", business.number), sent, follow=True)

        assert shown(business) == {"phone": visibility}
        assert ("Still hidden" in said(answer)) == (visibility == "nobody")
