"""A claimant's pages in both languages, and what is said at each turn."""

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from ifn.directory import actions as directory
from ifn.directory import evidence
from ifn.directory.queries import role_in
from ifn.mail.models import Message
from ifn.moderation import actions
from ifn.moderation.models import Claim
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.moderation import PDF, contact, reachable, waiting_claim
from tests.moderation.conftest import page, said

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

HIDDEN = "ibu.ratna@kelom.example"


def shown(client, business, code="en"):
    return unescape(client.get(page("claim", business.number, code=code)).content.decode())


def ask_for_code(client, business, kind="email"):
    given = {"contact": contact(business, kind)}
    return client.post(page("send-code", business.number), given, follow=True)


def type_code(client, business, code):
    return client.post(page("enter-code", business.number), {"code": code}, follow=True)


def sent_code():
    return re.search(r"\b\d{6}\b", Message.objects.order_by("-pk").first().text)[0]


class TestTheButton:
    @pytest.mark.parametrize(
        ("code", "words"), [("id", "Ini usaha saya"), ("en", "This is my business")]
    )
    def test_it_stands_on_profiles_without_an_owner_only(self, client, officer, code, words):
        business = reachable()
        prefix = "" if code == "id" else "/en"
        address = f"{prefix}/usaha/{business.slug}-{business.number}"
        assert words in client.get(address).content.decode()
        assert page("claim", business.number, code=code) in client.get(address).content.decode()

        directory.appoint(
            business, person=UserFactory(), role="owner", actor=officer, at=AT, reason="x"
        )

        assert words not in client.get(address).content.decode()

    def test_staff_see_the_way_to_hand_it_over_instead(self, signed_in, business, dinas, elsewhere):
        for person, sees in ((dinas, True), (elsewhere, False)):
            html = signed_in(person).get(business.get_absolute_url()).content.decode()

            assert "Ini usaha saya" not in html
            assert (reverse("moderation:links", args=[business.number]) in html) == sees


class TestTheFirstPage:
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("id", ("Sekitar 3 menit", "Sekitar 5 menit", "Masuk dulu", "Buka akun")),
            ("en", ("About 3 minutes", "About 5 minutes", "Sign in first", "Open an account")),
        ],
    )
    def test_a_visitor_sees_the_ways_and_that_they_sign_in(self, client, business, code, words):
        html = shown(client, business, code)

        for word in (*words, "i…@…", "+62 … 90"):
            assert word in html
        assert f"?next={page('claim', business.number, code=code)}" in html
        assert HIDDEN not in html
        assert "81234567890" not in html

    def test_a_profile_with_an_owner_says_whom_to_ask(self, client, business, officer, maker):
        directory.appoint(business, person=maker, role="owner", actor=officer, at=AT, reason="x")

        assert "Ask them to invite you." in shown(client, business)
        client.force_login(maker)
        assert "You are one of the people of this profile." in shown(client, business)

    def test_staff_hand_over_and_do_not_claim(self, signed_in, business, officer):
        desk = signed_in(officer)

        assert "hand the owner a link instead" in shown(desk, business)
        for name in ("send-code", "evidence"):
            answer = desk.post(page(name, business.number), {"text": "Saya"})
            assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not Claim.objects.exists()


class TestByCode:
    def test_the_code_from_the_mailbox_gives_the_profile(self, signed_in, business, maker):
        browser = signed_in(maker)
        begun = ask_for_code(browser, business)
        assert said(begun) == ["The code is on its way. Look into the mailbox."]
        assert "Your turn: type the six digits" in begun.content.decode()

        code = sent_code()
        done = type_code(browser, business, f"{code[:3]} {code[3:]}")

        assert done.redirect_chain[-1][0].endswith(f"/saya/usaha/{business.number}")
        assert role_in(business, maker) == "owner"

    def test_a_wrong_code_says_how_many_tries_are_left(self, signed_in, business, maker):
        browser = signed_in(maker)
        ask_for_code(browser, business)
        wrong = f"{(int(sent_code()) + 1) % 1_000_000:06d}"

        assert "You have 4 tries left." in type_code(browser, business, wrong).content.decode()
        assert "The code has six digits." in type_code(browser, business, "12").content.decode()
        for _time in range(3):
            type_code(browser, business, wrong)
        over = type_code(browser, business, wrong)

        assert said(over) == ["This code no longer counts. Have a new one sent."]
        assert "Have a new one sent, or choose another way." in over.content.decode()

    def test_each_obstacle_is_said(self, signed_in, business, officer, maker, monkeypatch):
        browser = signed_in(maker)
        given = {"contact": "none"}
        answer = browser.post(page("send-code", business.number), given, follow=True)
        assert "no longer has this contact" in said(answer)[0]
        monkeypatch.setattr("ifn.moderation.actions.claims.MOST_CODES", 0)
        assert "Many codes went out" in said(ask_for_code(browser, business))[0]
        monkeypatch.setattr("ifn.moderation.actions.claims.MOST_BEGUN", 0)
        assert "five claims today" in said(ask_for_code(browser, business))[0]
        directory.appoint(
            business, person=UserFactory(), role="owner", actor=officer, at=AT, reason="x"
        )

        assert (
            "Somebody looks after this profile by now." in said(ask_for_code(browser, business))[0]
        )

    def test_by_phone_the_office_has_its_turn_first(self, signed_in, business, officer, maker):
        browser = signed_in(maker)
        begun = ask_for_code(browser, business, "whatsapp")
        assert "it sends the code within 3 days" in begun.content.decode()
        code = actions.make_phone_code(Claim.objects.get(), actor=officer, at=now())

        type_code(browser, business, code)

        assert role_in(business, maker) == "owner"


class TestByEvidence:
    def hand_in(self, browser, business, content=PDF, text="Saya pemiliknya", name="nib.pdf"):
        file = SimpleUploadedFile(name, content) if content else ""
        given = {"text": text, "file": file}
        return browser.post(page("evidence", business.number), given, follow=True)

    def test_it_is_handed_in_and_the_page_says_whose_turn_it_is(self, signed_in, business, maker):
        answer = self.hand_in(signed_in(maker), business)

        html = answer.content.decode()
        assert said(answer) == ["The office has it now and will answer here."]
        assert "answers within 3 days" in html
        assert "nib.pdf" in html

    @pytest.mark.parametrize(
        ("given", "fault"),
        [
            ((b"MZ\x90 program", "Saya"), "neither a PDF nor a picture"),
            ((b"<svg onload=alert(1)>", "Saya"), "neither a PDF nor a picture"),
            ((PDF[:-5], "Saya"), "its end is missing"),
            ((PDF + b"x" * 50, "Saya"), "at most 25 MB"),
            ((b"", ""), "What shows that the business is yours?"),
        ],
    )
    def test_what_cannot_be_used_is_said(
        self, signed_in, business, maker, monkeypatch, given, fault
    ):
        monkeypatch.setattr(evidence, "LARGEST_FILE", 60)

        answer = self.hand_in(signed_in(maker), business, *given)

        assert fault in unescape(answer.content.decode())
        assert not Claim.objects.exists()

    def test_a_question_of_the_office_is_answered(self, signed_in, business, officer, maker):
        claim = waiting_claim(business, person=maker)
        actions.ask_for_more(claim, question="Siapa nama Anda?", actor=officer, at=AT)
        browser = signed_in(maker)
        assert "Siapa nama Anda?" in shown(browser, business)

        self.hand_in(browser, business, text="Ratna", content=b"")

        claim.refresh_from_db()
        assert claim.state == "waiting"
        assert "Ratna" in shown(browser, business)

    def test_nothing_of_anothers_claim_is_shown(self, signed_in, business, officer, maker):
        claim = waiting_claim(business, person=maker, text="Rahasia Ratna")
        actions.note(claim, text="Catatan petugas", actor=officer, at=AT)

        assert "Catatan petugas" not in shown(signed_in(maker), business)
        for browser in (signed_in(UserFactory()), signed_in(officer)):
            assert "Rahasia Ratna" not in shown(browser, business)

    def test_it_can_be_withdrawn(self, signed_in, business, maker):
        waiting_claim(business, person=maker)

        done = signed_in(maker).post(page("withdraw", business.number), follow=True)

        assert said(done) == ["Your claim is withdrawn."]
        assert "Withdrawn" in done.content.decode()


class TestOverviewOfMine:
    @pytest.mark.parametrize("count", [1, 3])
    def test_ones_claims_stand_among_ones_businesses(
        self, signed_in, officer, maker, count, django_assert_max_num_queries
    ):
        for number in range(count):
            claim = waiting_claim(reachable(name=f"Sol {number}"), person=maker)
            actions.ask_for_more(claim, question="?", actor=officer, at=AT)
        browser = signed_in(maker)

        with django_assert_max_num_queries(7):
            html = browser.get(reverse("site:mine")).content.decode()

        assert html.count("Giliran Anda") == count

    def test_a_refusal_is_read_there_with_its_reason(self, signed_in, business, officer, maker):
        claim = waiting_claim(business, person=maker)
        actions.refuse(claim, reason="Foto tidak terbaca.", actor=officer, at=AT)
        browser = signed_in(maker)

        assert "Ditolak" in browser.get(reverse("site:mine")).content.decode()
        assert "Foto tidak terbaca." in shown(browser, business)

    def test_a_claim_of_a_profile_hidden_meanwhile_still_says_how_it_stands(
        self, signed_in, business, officer, maker
    ):
        claim = waiting_claim(business, person=maker)
        directory.hide(business, reason="x", actor=officer, at=AT)

        assert "not shown at the moment" in shown(signed_in(maker), business)
        other = signed_in(UserFactory()).get(page("claim", business.number))
        assert other.status_code == HTTPStatus.NOT_FOUND
        signed_in(maker).post(page("withdraw", business.number))
        claim.refresh_from_db()
        assert claim.state == "withdrawn"


class TestLinks:
    def linked(self, business, officer, at=None):
        return actions.make_claim_link(business, note="", actor=officer, at=at or now())

    def test_a_visitor_signs_in_and_comes_back(self, client, business, officer, maker):
        _link, token = self.linked(business, officer)
        address = page("claim-link", token)
        assert f"?next={address}" in client.get(address).content.decode()
        assert client.post(address).status_code == HTTPStatus.OK
        assert not Claim.objects.exists()
        client.force_login(maker)
        assert "Yes, this is my business" in client.get(address).content.decode()

        done = client.post(address)

        assert done["Location"].endswith(f"/saya/usaha/{business.number}")
        assert client.get(address)["Location"] == page("claim", business.number)
        client.force_login(UserFactory())
        again = client.post(address)
        assert again.status_code == HTTPStatus.GONE
        assert "it works once" in again.content.decode()

    def test_what_does_not_open_says_why(self, client, business, officer, maker):
        client.force_login(maker)
        link, withdrawn = self.linked(business, officer)
        actions.withdraw_claim_link(link, actor=officer, at=now())
        _old, expired = self.linked(business, officer, at=now() - timedelta(days=31))
        _link, good = self.linked(business, officer)
        for token, words, status in (
            ("foreign", "cut off or changed", HTTPStatus.NOT_FOUND),
            (withdrawn, "has withdrawn it", HTTPStatus.GONE),
            (expired, "older than 30 days", HTTPStatus.GONE),
        ):
            answer = client.get(page("claim-link", token))
            assert (words in answer.content.decode(), answer.status_code) == (True, status)
        client.force_login(officer)
        assert (
            "for the owner of the business" in client.get(page("claim-link", good)).content.decode()
        )
        directory.appoint(
            business, person=UserFactory(), role="owner", actor=officer, at=AT, reason="x"
        )
        client.force_login(maker)

        answer = client.post(page("claim-link", good))

        assert answer.status_code == HTTPStatus.CONFLICT
        assert "looks after this profile by now" in answer.content.decode()
