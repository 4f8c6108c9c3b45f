"""A visitor who has a phone number and no e-mail shows by WhatsApp that the number is theirs."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from ifn.audit.queries import history_of
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import tokens
from ifn.connections.enquiring.states import State
from ifn.connections.models import Enquiry, Letter, Tally
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.enquiries import FIRM, TEXT, WHATSAPP, firm, sent, visitor

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
OFFICE, NUMBER = "+6281100000009", "+6281200000001"
GIVEN = {"name": "Pak Slamet", "text": TEXT, "phone": "0812-0000-0001", "email": ""}


@pytest.fixture(autouse=True)
def office_number(settings):
    settings.OFFICE_WHATSAPP = OFFICE


@pytest.fixture
def officer():
    return OfficerFactory(duties=["broker"])


@pytest.fixture
def desk(officer):
    browser = Client()
    browser.force_login(officer)
    return browser


def written(client, one=None, **changes):
    return client.post(reverse("connections:write", args=[(one or firm()).number]), GIVEN | changes)


def kept(letter):
    return reverse("connections:kept", args=[tokens.for_keeping(letter.pk)])


def text(answer):
    return answer.content.decode()


def page(letter):
    return reverse("connections:letter", args=[letter.pk])


class TestWriting:
    def test_it_leads_to_a_page_to_keep_with_the_code_and_the_way_to_the_office(self, client):
        answer = written(client)

        letter = Letter.objects.get()
        assert (letter.state, letter.phone) == (Letter.State.UNPROVEN, NUMBER)
        assert answer["Location"] == kept(letter)
        shown = text(client.get(answer["Location"]))
        link = re.search(r'href="(https://wa\.me/[^"]+)"', shown)[1]
        assert link.startswith(f"https://wa.me/{OFFICE.lstrip('+')}?text=")
        assert letter.proof_code in unquote(link)
        assert f"http://127.0.0.1:8000{kept(letter)}" in shown
        assert NUMBER in shown
        assert "Simpan halaman ini" in shown

    def test_codes_are_long_random_and_each_of_one_letter(self):
        codes = {
            sent(asker=visitor(email="", phone=f"+62812000001{n:02}")).proof_code for n in range(20)
        }

        assert len(codes) == 20
        assert {len(code) for code in codes} == {8}
        assert not sent(asker=visitor()).proof_code

    def test_without_a_number_of_the_office_its_way_is_not_offered(self, client, settings):
        settings.OFFICE_WHATSAPP = ""

        answer = written(client)

        shown = text(client.get(answer["Location"]))
        assert "wa.me" not in shown
        assert "Kantor mengirim tautan" in shown

    def test_the_office_reads_what_the_sender_was_told(self, client, desk, settings):
        written(client)
        letter = Letter.objects.get()
        office = reverse("connections:office")

        assert f"{letter.proof_code}</code>" in text(desk.get(page(letter)))
        assert letter.proof_code in text(desk.get(office))

        settings.OFFICE_WHATSAPP = ""
        shown = text(desk.get(page(letter)))
        assert letter.proof_code not in shown
        assert 'value="proven"' not in shown
        assert "Pengirim menunggu tautan" in shown
        assert f"https://wa.me/{NUMBER.lstrip('+')}?text=" in shown
        assert letter.proof_code not in text(desk.get(office))

    def test_a_number_with_and_without_an_account_sees_the_same(self, client):
        UserFactory(phone=NUMBER)
        one = firm()
        pages = []
        for number in (NUMBER, "+6281200000002"):
            answer = written(client, one, phone=number)
            letter = Letter.objects.get(phone=number)
            shown = text(client.get(answer["Location"])).replace(kept(letter), "")
            shown = re.sub(r'"csrfmiddlewaretoken" value="\w+"', "", shown)
            pages.append(shown.replace(letter.proof_code, "").replace(number, ""))

        made = list(Enquiry.objects.order_by("pk"))
        assert pages[0].replace(made[0].public_code, "") == pages[1].replace(
            made[1].public_code, ""
        )

    def test_written_twice_it_is_one_and_the_page_stays_with_who_wrote_it(self, client):
        one = firm()
        first = written(client, one)

        assert written(client, one)["Location"] == first["Location"]
        stranger = written(Client(), one)
        assert stranger["Location"].endswith("?lewat=telepon")
        assert "/pertanyaan/milik/" not in text(Client().get(stranger["Location"]))
        assert Letter.objects.count() == Tally.objects.get().letters == 1

    def test_one_number_in_all_spellings_has_one_limit(self, client, settings):
        settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"visitor": 1}
        one = firm()
        written(client, one)

        for number in ("+62 812 0000 0001", "62812 0000 0001", "(0812) 0000-0001"):
            answer = written(client, one, phone=number, text="Halo, berapa harganya?")
            assert "terbanyak" in text(answer)
        assert Letter.objects.count() == 1

    def test_nobody_is_flooded_with_codes_for_one_number(self, client, settings):
        settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"visitor": 99}
        one = firm()

        answers = [written(client, one, text=f"{TEXT} {'x' * n}").status_code for n in range(6)]

        assert answers == [302] * 5 + [429]


class TestKeeping:
    def test_the_page_proves_nothing(self, client):
        letter = sent(asker=visitor(email="", phone=NUMBER))

        assert client.post(kept(letter)).status_code == 405
        prove = reverse("connections:prove", args=[tokens.for_keeping(letter.pk)])
        assert client.post(prove).status_code == 404
        letter.refresh_from_db()
        assert letter.state == Letter.State.UNPROVEN

    @pytest.mark.parametrize("change", ["1{}", "{}x", "{}.", "0.{}"])
    def test_foreign_links_are_not_found(self, client, change):
        letter = sent(asker=visitor(email="", phone=NUMBER))
        token = change.format(tokens.for_keeping(letter.pk))

        assert client.get(reverse("connections:kept", args=[token])).status_code == 404
        proof = reverse("connections:kept", args=[tokens.for_proof(letter.pk)])
        assert client.get(proof).status_code == 404

    def test_it_leads_to_the_answer_with_the_contact(self, client):
        letter = sent(asker=visitor(email="", phone=NUMBER), at=now())
        actions.prove(letter, at=now())
        made = letter.enquiries.get()
        actions.accept(made, share=f"whatsapp:{WHATSAPP}", words="Bisa", by=FIRM, at=now())

        shown = text(client.get(kept(letter)))

        way = re.search(r'href="(/pertanyaan/buka/[^"]+)"', shown)[1]
        assert WHATSAPP in text(client.get(way))

    def test_what_was_removed_or_erased_says_so(self, client):
        letter = sent(asker=visitor(email="", phone=NUMBER))
        address = kept(letter)
        actions.erase_enquiries(None, [NUMBER], actor=None, at=now())
        assert client.get(address).status_code == 410

        letter.delete()
        assert client.get(address).status_code == 410

    def test_nobody_confirmed_it_so_it_goes_after_a_week(self):
        letter = sent(asker=visitor(email="", phone=NUMBER), at=now() - timedelta(days=7))

        actions.forget_what_is_old(at=now())

        assert not Letter.objects.filter(pk=letter.pk).exists()

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_every_state_is_said(self, client, language, officer):
        letter = sent(asker=visitor(email="", phone=NUMBER))
        with translation.override(language):
            address = kept(letter)
        seen = [text(client.get(address))]
        actions.deny_number(letter, actor=officer, at=now())
        seen.append(text(client.get(address)))
        actions.prove(letter, at=now(), actor=officer)
        seen.append(text(client.get(address)))
        actions.mark_spam(letter, actor=officer, at=now())
        seen.append(text(client.get(address)))

        words = {
            "id": ("Kode Anda", "dari nomor lain", "Jawaban ada di sini", "Tidak terkirim"),
            "en": ("Your code", "from another number", "The answers stand here", "was not sent"),
        }[language]
        for shown, said in zip(seen, words, strict=True):
            assert said in shown


class TestConfirming:
    def test_the_office_finds_the_code_and_ticks_it(self, client, desk, officer):
        letter = Letter.objects.get(pk=_pk(written(client)))
        spelt = f" {letter.proof_code[:4].lower()}-{letter.proof_code[4:]} "

        found = desk.get(reverse("connections:office"), {"kode": spelt})
        assert found["Location"] == page(letter)
        assert NUMBER in text(desk.get(page(letter)))
        desk.post(page(letter), {"do": "proven"})

        letter.refresh_from_db()
        assert letter.state == Letter.State.SENT
        events = [(one.event, one.actor) for one in history_of(letter)]
        assert ("connections.letter.proven", officer) in events

    def test_an_unknown_code_is_said(self, desk):
        sent(asker=visitor())  # of an e-mail, so without a code

        for code in ("XXXXXXXX", "%", "' OR 1=1", "x" * 5000):
            answer = desk.get(reverse("connections:office"), {"kode": code})
            assert answer.status_code == 200
            assert "Tidak ada pertanyaan" in text(answer)

    def test_from_another_number_nothing_goes_out_and_it_waits_no_more(self, client, desk):
        letter = Letter.objects.get(pk=_pk(written(client)))

        for _time in range(2):
            desk.post(page(letter), {"do": "denied"})

        letter.refresh_from_db()
        assert letter.is_number_denied
        assert letter.enquiries.get().state == State.WAITING
        events = [one.event for one in history_of(letter)]
        assert events.count("connections.letter.number_denied") == 1
        assert NUMBER not in text(desk.get(reverse("connections:office")))
        assert "dari nomor lain" in text(client.get(kept(letter)))

    def test_a_mistake_is_put_right(self, officer):
        letter = sent(asker=visitor(email="", phone=NUMBER))
        actions.deny_number(letter, actor=officer, at=now())

        actions.prove(letter, at=now(), actor=officer)

        letter.refresh_from_db()
        assert (letter.state, letter.judged_at) == (Letter.State.SENT, None)

    def test_what_is_proven_cannot_be_denied(self, officer):
        letter = sent(asker=visitor(email="", phone=NUMBER))
        actions.prove(letter, at=now(), actor=officer)

        assert not actions.deny_number(letter, actor=officer, at=now())

    def test_the_words_are_looked_at_after_a_number_too(self, officer):
        asker = visitor(email="", phone=NUMBER)
        letter = sent(asker=asker, text="www.a.id www.b.id www.c.id")

        actions.prove(letter, at=now(), actor=officer)

        letter.refresh_from_db()
        assert letter.state == Letter.State.HELD


def _pk(answer):
    return tokens.kept_by(answer["Location"].rpartition("/")[2])
