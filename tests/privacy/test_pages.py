"""People ask, follow and get proof; members see and take their data; officers work it off."""

import io
import json
import re
from datetime import timedelta
from http import HTTPStatus
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from ifn.accounts.models import Consent
from ifn.directory.models import Contact, Membership
from ifn.directory.profile import ContactFact
from ifn.mail.models import Message
from ifn.privacy.actions import exporting
from ifn.privacy.models import DataRequest, Export
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, profile, registered
from tests.factories.privacy import asked

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

CONTACTS = (
    ContactFact("email", "ratna@kelom.example", "public"),
    ContactFact("phone", "+62321555123", "public"),
)


def page(name, *arguments, code="en", room="privacy"):
    with translation.override(code):
        return reverse(f"{room}:{name}", args=arguments)


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def officer(client):
    person = OfficerFactory(name="Sri", duties=["data"])
    client.force_login(person)
    return person


class TestAsking:
    SENT = {"kind": "erasure", "name": "Ratna", "email": "ratna@kelom.example"}

    def test_anybody_asks_about_a_profile_and_follows_it(self, client):
        business = registered(profile(contacts=CONTACTS))

        sent = self.SENT | {"profile": business.public_number}
        answer = client.post(page("ask"), sent, follow=True)

        request = DataRequest.objects.get()
        assert (request.business, request.state, request.language) == (business, "unproven", "en")
        assert request.number in answer.content.decode()
        assert "2 days 23 hours left" in answer.content.decode()

    @pytest.mark.parametrize(
        ("sent", "fault"),
        [
            ({"email": ""}, "Give an e-mail address or a phone number."),
            ({"profile": "IFN-9999-9"}, "There is no profile of this number."),
            ({"name": ""}, "This field is required"),
        ],
    )
    def test_what_is_lacking_is_said(self, client, sent, fault):
        answer = client.post(page("ask"), self.SENT | sent)

        assert fault in answer.content.decode()
        assert not DataRequest.objects.exists()

    def test_a_machine_leaves_nothing(self, client):
        client.post(page("ask"), self.SENT | {"website": "x"})

        assert not DataRequest.objects.exists()

    def test_looking_at_the_link_proves_nothing_pressing_its_button_does(self, client):
        client.post(page("ask"), self.SENT)
        link = re.search(r"/en/privasi/pastikan/\S+", Message.objects.get().text)[0]

        client.get(link)
        assert DataRequest.objects.get().state == "unproven"
        client.post(link)

        assert DataRequest.objects.get().state == "open"

    def test_too_many_from_one_place_wait(self, client):
        for _ in range(20):
            client.post(page("ask"), self.SENT)

        answer = client.post(page("ask"), self.SENT)

        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS

    def test_the_page_tells_nobody_who_asked(self, client):
        answer = client.post(page("ask"), self.SENT | {"text": "Rahasia"}, follow=True)

        html = answer.content.decode()
        assert "Rahasia" not in html
        assert "Ratna" not in html


class TestOwnData:
    @pytest.fixture
    def person(self, client):
        person = UserFactory(name="Ratna", email="ratna@kelom.example")
        client.force_login(person)
        return person

    @pytest.fixture
    def business(self, person):
        business = registered(profile(contacts=CONTACTS))
        Membership.objects.create(business=business, person=person, role="owner", since=AT)
        return business

    @pytest.mark.usefixtures("business")
    def test_each_consent_has_its_words_version_day_and_button(self, client):
        html = client.get(page("data")).content.decode()

        assert html.count("Text version 1 · given on") == 2
        assert "in open data, where anybody may copy it" in html
        for consent in Consent.objects.all():
            assert page("withdraw-consent", consent.pk, room="directory") in html

    def test_withdrawn_it_is_gone_from_page_search_and_api_at_once(self, client, business):
        number = "+62321555123"
        api = "/api/v1/businesses/" + business.number
        assert number in client.get(api).content.decode()
        consent = Consent.objects.get(field="phone")
        address = page("withdraw-consent", consent.pk, room="directory")

        answer = client.post(address, {"next": page("data")})

        assert answer["Location"] == page("data")
        assert Contact.objects.get(kind="phone").visibility == "nobody"
        for where in (
            business.get_absolute_url(),
            api,
            page("list", room="directory") + "?q=sol",
            page("csv", room="directory"),
        ):
            got = client.get(where)
            content = b"".join(got.streaming_content) if got.streaming else got.content
            assert number not in content.decode()
            assert "321555123" not in content.decode()
        assert "withdrawn on" in client.get(page("data")).content.decode()

    def test_news_are_agreed_to_and_withdrawn(self, client, person):
        client.post(page("news"), {"agree": "1"})
        client.post(page("news"), {"agree": "1"})
        assert Consent.objects.standing().filter(person=person, purpose="news").count() == 1

        client.post(page("news"), {"withdraw": "1"})

        assert not Consent.objects.standing().exists()

    def test_the_copy_has_every_room_twice_and_no_secret(self, client, person, business):
        client.post(page("ask-for-export"))
        client.post(page("ask-for-export"))
        exporting.make_export(Export.objects.get().pk, at=now())

        answer = client.get(page("export", Export.objects.get().pk))

        archive = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        data = json.loads(archive.read("data.json"))["data"]
        html = archive.read("data.html").decode()
        assert data["account"][0]["email"] == "ratna@kelom.example"
        assert data["profiles"][0]["profile"] == business.public_number
        assert data["memberships"][0]["role"] == "owner"
        assert {"consents", "claims", "reports", "messages", "api_keys", "deeds", "lists"} <= set(
            data
        )
        assert "ratna@kelom.example" in html
        assert person.password not in archive.read("data.json").decode()

    def test_nobody_else_opens_it_and_it_expires(self, client, person):
        export = exporting.make_export(
            exporting.ask_for_export(person, at=AT).pk, at=now() - timedelta(days=6)
        )
        assert b"".join(client.get(page("export", export.pk)).streaming_content)
        client.force_login(OfficerFactory())
        assert client.get(page("export", export.pk)).status_code == HTTPStatus.FORBIDDEN

        client.force_login(person)
        Export.objects.update(expires_at=now())
        assert client.get(page("export", export.pk)).status_code == HTTPStatus.NOT_FOUND
        assert exporting.remove_expired(at=now()) == 1
        assert not Export.objects.exists()
        assert storages["private"].exists(export.file)  # goes when the transaction commits

    def test_a_signed_in_request_needs_no_other_proof(self, client, person):
        client.post(page("ask-signed-in"), {"kind": "access"})

        request = DataRequest.objects.get()
        assert (request.person, request.state, request.proven) == (person, "open", "account")


@pytest.mark.usefixtures("officer")
class TestWork:
    def test_an_officer_enters_a_letter_whose_clock_began_when_it_came(self, client):
        moment = (now() - timedelta(hours=50)).strftime("%Y-%m-%dT%H:%M")
        sent = TestAsking.SENT | {"way": "letter", "received_at": moment}

        answer = client.post(page("new"), sent, follow=True)

        assert DataRequest.objects.get().way == "letter"
        html = answer.content.decode()
        assert re.search(r"(14|15|21|22|28|29) hours left|1 day [45] hours left", html)

    def test_a_moment_to_come_is_refused(self, client):
        moment = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        sent = TestAsking.SENT | {"way": "phone", "received_at": moment}

        assert "still to come" in client.post(page("new"), sent).content.decode()

    def test_every_refusal_of_an_action_is_told(self, client):
        request = asked("correction", at=now())
        address = page("request", request.pk)
        step = page("step", request.pk, "corrected")

        def told(sent, where=address):
            return said(client.post(where, sent, follow=True))

        assert "First it must be shown" in told({"finish": "1"})
        assert "Write in words" in told({"prove": "1", "words": ""})
        told({"prove": "1", "words": "Ditelepon"})
        assert "still to be done" in told({"finish": "1"})
        assert "Write in words" in told({"words": ""}, step)
        told({"words": "Nama dibetulkan"}, step)
        assert "Done." in told({"finish": "1"})
        assert "ended meanwhile" in told({"finish": "1"})
        assert "ended meanwhile" in told({"words": "x"}, step)

    def test_what_the_platform_does_takes_no_words_and_what_a_person_does_takes_some(self, client):
        erasure, correction = asked("erasure", at=now()), asked("correction", at=now())
        shown = {}
        for request in (erasure, correction):
            address = page("request", request.pk)
            client.post(address, {"prove": "1", "words": "Ditelepon"})
            shown[request.kind] = client.get(address).content.decode()

        assert "Do it now" in shown["erasure"]
        assert "Tick off" not in shown["erasure"]
        assert "Tick off" in shown["correction"]

    def test_a_refusal_without_ground_keeps_what_was_written(self, client):
        request = asked(at=now())

        sent = {"refuse": "1", "ground": "", "reason": "Bukan dia"}
        answer = client.post(page("request", request.pk), sent)

        assert 'value="Bukan dia"' in answer.content.decode()
        assert DataRequest.objects.get().state == "unproven"

    def test_a_message_reaches_whoever_asked_and_a_note_does_not(self, client):
        request = asked(at=now())
        client.post(page("request", request.pk), {"message": "1", "words": "Mohon KTP"})
        client.post(page("request", request.pk), {"note": "1", "words": "Curiga"})

        assert "Mohon KTP" in Message.objects.get(kind="privacy.news").text
        html = client.get(page("request", request.pk)).content.decode()
        assert "Mohon KTP" in html
        assert "Curiga" in html

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list_costs_the_same_however_long(
        self, client, django_assert_max_num_queries, rows
    ):
        business = registered()
        for number in range(rows):
            asked(business=business, email=f"a{number}@x.example", at=now())
        client.get(page("work"))

        with django_assert_max_num_queries(8):
            html = client.get(page("work")).content.decode()

        assert html.count("2 days 23 hours left") == rows

    def test_the_list_is_filtered(self, client):
        asked("access", at=now())
        asked("erasure", at=now())

        html = client.get(page("work"), {"jenis": "access"}).content.decode()

        assert html.count("DP-") == 1
        assert client.get(page("work"), {"status": "ended"}).content.decode().count("DP-") == 0


class TestWorkList:
    @pytest.mark.parametrize(
        ("duties", "seen"), [(["data"], True), (["verifier"], False), (["events"], False)]
    )
    def test_requests_wait_beside_other_work_for_whoever_has_it(self, client, duties, seen):
        request = asked(business=registered(), at=now())
        client.force_login(OfficerFactory(duties=duties))

        html = client.get(page("work", room="moderation")).content.decode()

        assert (request.number in html) is seen
        assert (page("request", request.pk) in html) is seen
        only = client.get(page("work", room="moderation"), {"jenis": "permintaan-data"})
        assert (request.number in only.content.decode()) is seen
