"""Messages in words of their own: at once for people, and for addresses without an account."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from ifn.mail.models import Message, Refusal
from ifn.notices import mailing
from ifn.notices.actions import News, settle, stop, tell, tell_many, wish, write_to_address
from ifn.notices.kinds import ENQUIRIES
from ifn.notices.letters import Mail
from ifn.notices.mailing import send_urgent
from ifn.notices.models import Notice, Often, Silence
from ifn.notices.of_person import to_address
from ifn.notices.queries import unread_count
from ifn.notices.tokens import digest_of, to_stop_address
from ifn.notices.values import day
from tests.factories.accounts import UserFactory
from tests.factories.notices import FRIDAY_ROUND, THURSDAY
from tests.notices.test_digests import send_all

pytestmark = pytest.mark.django_db
ADDRESS = "ibu.ratna@kelom.example"
NEWS = News(
    "enquiries.new",
    "/saya/pertanyaan/7K3MQA",
    {"asker": "Ani", "firm": "Sol Jaya", "until": day(THURSDAY.date())},
)


def facts(language: str) -> dict[str, Any]:
    return {
        "other": f"Ani ({language})",
        "days": 7,
        "code": "TN-1",
        "address": "http://127.0.0.1:8000/rahasia",
    }


MAIL = Mail("connections/mail/enquiry_question", "test", facts, is_secret=True)


def told(*people, key="enquiry:1", **options):
    return tell_many(people, NEWS, key=key, at=THURSDAY, mail=MAIL, **options)


def outside(address=ADDRESS, key="enquiry:1"):
    return write_to_address(address, MAIL, "id", kind=ENQUIRIES, key=key, at=THURSDAY)


class TestPeople:
    def test_each_is_told_on_the_site_and_by_message_in_their_language(self):
        one, other = UserFactory(), UserFactory(language="en")

        assert told(one, other) == 2

        first, second = Message.objects.order_by("pk")
        assert (first.to, second.to) == (one.email, other.email)
        assert first.subject.startswith("Bagaimana kelanjutannya dengan Ani (id)?")
        assert second.subject.startswith("How did it go with Ani (en)?")
        assert "Stop messages about “Enquiries to you”" in second.text
        assert second.is_secret
        assert Notice.objects.filter(mailing="mailed", read_at=None).count() == 2

    def test_the_message_has_the_button_that_stops_this_kind(self):
        person = UserFactory()
        told(person)
        path = Message.objects.get().unsubscribe.removeprefix("http://127.0.0.1:8000")

        assert Client(enforce_csrf_checks=True).post(path).status_code == 200

        told(person, key="enquiry:2")
        assert Message.objects.count() == 1
        assert unread_count(person) == 2

    def test_told_twice_it_is_one_notice_and_one_message(self):
        person = UserFactory()

        assert (told(person), told(person)) == (1, 0)
        send_urgent(at=THURSDAY)
        send_all(FRIDAY_ROUND)

        assert (Message.objects.count(), Notice.objects.count()) == (1, 1)

    def test_who_was_told_already_is_passed_over(self):
        first, later = UserFactory(), UserFactory()
        told(first)

        assert told(first, later) == 1
        assert Message.objects.get(to=later.email)

    def test_a_fault_in_between_leaves_neither(self, monkeypatch):
        def falls(*args, **options):
            raise RuntimeError("killed")

        monkeypatch.setattr(mailing, "send_template", falls)
        with pytest.raises(RuntimeError):
            told(UserFactory())

        assert not Notice.objects.exists()

    def test_who_wants_it_once_a_day_gets_the_digest(self):
        person = UserFactory()
        wish(person, {ENQUIRIES: Often.DAILY}, actor=person, at=THURSDAY)

        assert told(person) == 0
        send_all(FRIDAY_ROUND)

        message = Message.objects.get()
        assert message.subject == "Pertanyaan baru dari Ani"
        assert "paling lambat 4 Juni 2026" in message.text
        assert "rahasia" not in message.text
        assert "http://127.0.0.1:8000/saya/pertanyaan/7K3MQA" in message.text

    def test_who_stopped_it_finds_it_on_the_site(self):
        person = UserFactory()
        stop(person, ENQUIRIES, at=THURSDAY)

        assert told(person) == 0
        send_all(FRIDAY_ROUND)

        assert not Message.objects.exists()
        assert unread_count(person) == 1

    @pytest.mark.parametrize("options", [{"email": None}, {"is_demo": True}, {"is_active": False}])
    def test_who_cannot_be_written_to_is_told_on_the_site_only(self, options):
        assert told(UserFactory(**options)) == 0
        assert Notice.objects.count() == 1
        assert not Message.objects.exists()

    def test_a_refused_address_gets_it_in_short_once_it_works(self):
        person = UserFactory()
        refusal = Refusal.objects.create(address=person.email, refused_at=THURSDAY, code=550)
        assert told(person) == 0

        refusal.delete()
        send_urgent(at=THURSDAY)

        assert Message.objects.get().subject == "Pertanyaan baru dari Ani"

    def test_what_a_colleague_has_done_reminds_nobody(self):
        one, other = UserFactory(), UserFactory()
        wish(other, {ENQUIRIES: Often.DAILY}, actor=other, at=THURSDAY)
        told(one, other)
        tell(one, News(NEWS.words, "/saya", NEWS.values), key="2", at=THURSDAY, mail=MAIL)

        assert settle([one, other], NEWS.address, at=THURSDAY) == 2
        send_all(FRIDAY_ROUND)

        assert Message.objects.count() == 2
        assert (unread_count(one), unread_count(other)) == (1, 0)


class TestAddresses:
    def test_it_is_written_to_once_and_can_stop_it_without_an_account(self, client):
        assert (outside(), outside()) == (True, True)

        message = Message.objects.get()
        assert message.to == ADDRESS
        path = message.unsubscribe.removeprefix("http://127.0.0.1:8000")
        assert message.unsubscribe in message.text
        assert ADDRESS not in message.unsubscribe
        assert "/pemberitahuan/pengaturan" not in message.text
        assert client.get(path).status_code == 200
        assert not Silence.objects.exists()

        assert Client(enforce_csrf_checks=True).post(path).status_code == 200

        assert not outside(key="enquiry:2")
        assert outside("other@kelom.example", key="enquiry:3")
        assert Message.objects.count() == 2

    def test_stopped_twice_it_is_stopped_once_and_other_kinds_go_on(self, client):
        path = reverse("notices:stop-address", args=[to_stop_address(ADDRESS, "answers")])
        for _ in range(2):
            assert client.post(path).status_code == 200

        assert Silence.objects.count() == 1
        assert outside()

    def test_another_spelling_is_the_same_address(self, client):
        token = to_stop_address(ADDRESS.upper(), ENQUIRIES)
        client.post(reverse("notices:stop-address", args=[token]))

        assert not outside()

    def test_it_holds_when_the_secret_changes(self, client, settings):
        token = to_stop_address(ADDRESS, ENQUIRIES)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = settings.SECRET_KEY[::-1]

        assert client.post(reverse("notices:stop-address", args=[token])).status_code == 200

        assert not outside()
        assert len(to_address(ADDRESS)["silences"]) == 1

    def test_a_forged_link_stops_nothing(self, client):
        good = to_stop_address(ADDRESS, ENQUIRIES)
        for token in [good[:-1], good.replace(ENQUIRIES, "answers"), to_stop_address(ADDRESS, "x")]:
            path = reverse("notices:stop-address", args=[token])
            assert client.post(path).status_code == 404

        assert not Silence.objects.exists()

    def test_a_refused_one_is_left_alone(self):
        Refusal.objects.create(address=ADDRESS, refused_at=THURSDAY, code=550)

        assert not outside()
        assert not Message.objects.exists()

    def test_the_table_holds_no_address(self):
        Silence.objects.create(address=digest_of(ADDRESS), kind=ENQUIRIES, since=THURSDAY)

        assert "ratna" not in str(Silence.objects.values().get())

    def test_what_is_no_address_is_refused(self):
        with pytest.raises(ValidationError):
            outside("no address")
