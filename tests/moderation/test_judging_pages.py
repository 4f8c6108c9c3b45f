"""The staff's pages of claims: judging, private files, codes and links handed over."""

import re
from html import unescape
from http import HTTPStatus

import pytest

from ifn.audit.models import Entry
from ifn.directory.queries import role_in
from ifn.moderation import actions
from ifn.moderation.models import Claim, ClaimLink
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.moderation import PDF, contact, handed, reachable, waiting_claim
from tests.moderation.conftest import page, said

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def decide(browser, claim, do, **words):
    given = {"do": do, "reason": "", "text": ""} | words
    return browser.post(page("judge", claim.pk), given, follow=True)


class TestJudging:
    @pytest.mark.parametrize(("code", "word"), [("id", "Kabulkan"), ("en", "Grant")])
    def test_an_officer_reads_everything_and_grants(
        self, signed_in, business, officer, maker, code, word
    ):
        claim = waiting_claim(business, person=maker, handed=handed())
        desk = signed_in(officer)
        html = desk.get(page("judge", claim.pk, code=code)).content.decode()
        for text in (word, "Saya Ratna, pemiliknya.", "NIB saya.pdf", maker.email):
            assert text in html

        answer = decide(desk, claim, "grant", reason="NIB cocok.")

        assert said(answer) == [f"{business.name} has an owner now."]
        assert role_in(business, maker) == "owner"

    def test_a_no_needs_a_reason(self, signed_in, business, officer):
        claim = waiting_claim(business)
        desk = signed_in(officer)

        assert "Write why. The claimant reads it." in decide(desk, claim, "refuse").content.decode()
        assert "Write what you want to ask" in decide(desk, claim, "ask").content.decode()
        decide(desk, claim, "refuse", reason="Tidak cukup.")

        claim.refresh_from_db()
        assert (claim.state, claim.reason) == ("refused", "Tidak cukup.")

    def test_after_deciding_one_comes_to_the_next_in_the_filtered_list(self, signed_in, officer):
        first, second, third = (
            waiting_claim(reachable(name=f"Sol {number}")) for number in range(3)
        )
        actions.take("claim", first.pk, person=officer, at=AT)
        actions.take("claim", third.pk, person=officer, at=AT)
        desk = signed_in(officer)
        query = "?jenis=klaim&siapa=saya"
        html = unescape(desk.get(page("judge", first.pk) + query).content.decode())
        assert f'href="{page("judge", third.pk)}{query}" rel="next"' in html
        assert page("judge", second.pk) not in html

        given = {"do": "refuse", "reason": "Tidak.", "text": ""}
        answer = desk.post(page("judge", first.pk) + query, given)

        assert answer["Location"] == page("judge", third.pk) + query
        answer = desk.post(answer["Location"], given)
        assert answer["Location"] == page("work") + query

    def test_the_second_officer_is_told_and_nothing_changes(
        self, signed_in, business, officer, dinas, maker
    ):
        claim = waiting_claim(business, person=maker)
        decide(signed_in(officer), claim, "grant")

        answer = decide(signed_in(dinas), claim, "refuse", reason="Tidak.")

        assert said(answer) == [
            "Nothing was done: the claim is in the state “Granted” by now (Bu Ani)."
        ]
        assert role_in(business, maker) == "owner"

    def test_a_granted_one_is_taken_back_with_a_reason(self, signed_in, business, officer, maker):
        claim = actions.grant(waiting_claim(business, person=maker), actor=officer, at=AT)
        desk = signed_in(officer)
        assert "Write why." in decide(desk, claim, "revoke").content.decode()

        answer = decide(desk, claim, "revoke", reason="Surat palsu.")

        assert said(answer) == [f"{business.name} has no owner any more."]
        assert role_in(business, maker) == ""

    def test_questions_notes_and_nonsense(self, signed_in, business, officer):
        claim = waiting_claim(business)
        desk = signed_in(officer)
        decide(desk, claim, "note", text="Telepon dulu")
        decide(desk, claim, "nonsense")

        decide(desk, claim, "ask", text="Siapa nama Anda?")

        claim.refresh_from_db()
        assert claim.state == "more_asked"
        html = desk.get(page("judge", claim.pk)).content.decode()
        assert "Telepon dulu" in html
        assert "Siapa nama Anda?" in html

    def test_others_who_claim_the_same_are_named(self, signed_in, business, officer):
        claim = waiting_claim(business)
        waiting_claim(business, person=UserFactory(name="Saingan"))

        html = signed_in(officer).get(page("judge", claim.pk)).content.decode()

        assert "Others claim this profile, too" in html
        assert "Saingan" in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_costs_the_same_however_much_was_said(
        self, signed_in, business, officer, count, django_assert_max_num_queries
    ):
        claim = waiting_claim(business)
        for number in range(count):
            actions.note(claim, text=f"Catatan {number}", actor=officer, at=AT)
            waiting_claim(business)
        desk = signed_in(officer)

        with django_assert_max_num_queries(13):
            desk.get(page("judge", claim.pk))


class TestFiles:
    def test_whoever_judges_downloads_it_and_nobody_else(
        self, signed_in, business, officer, elsewhere, maker
    ):
        claim = waiting_claim(business, person=maker, handed=handed())
        address = page("evidence-file", claim.pk, claim.notes.get().pk)

        answer = signed_in(officer).get(address)

        assert answer.getvalue() == PDF
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        for person in (maker, elsewhere):
            assert signed_in(person).get(address).status_code == HTTPStatus.FORBIDDEN
        read = Entry.objects.get(event="moderation.evidence.read")
        assert (read.actor, read.subject) == (officer, f"moderation.Claim:{claim.pk}")

    def test_a_note_of_another_claim_is_not_found(self, signed_in, business, officer):
        claim, other = waiting_claim(business), waiting_claim(business, handed=handed())
        desk = signed_in(officer)

        for note in (other.notes.get().pk, claim.notes.get().pk, 0):
            address = page("evidence-file", claim.pk, note)
            assert desk.get(address).status_code == HTTPStatus.NOT_FOUND


class TestCodes:
    def test_the_code_is_shown_once_with_the_number_on_the_profile(
        self, signed_in, business, officer, maker
    ):
        claim = actions.claim_by_code(
            business,
            contact=contact(business, "whatsapp"),
            person=maker,
            language="id",
            at=AT,
        )
        desk = signed_in(officer)

        answer = decide(desk, claim, "code")

        html = unescape(answer.content.decode())
        code = re.search(r'<p class="number">(\d{6})</p>', html)[1]
        assert "https://wa.me/6281234567890?text=" in html
        assert code in html.split("wa.me")[1]
        assert code not in desk.get(page("judge", claim.pk)).content.decode()
        claim.refresh_from_db()
        assert claim.state == "begun"

    def test_too_many_are_refused(self, signed_in, business, officer, maker, monkeypatch):
        claim = actions.claim_by_code(
            business, contact=contact(business, "whatsapp"), person=maker, language="id", at=AT
        )
        monkeypatch.setattr("ifn.moderation.actions.claims.MOST_CODES", 0)

        assert "Six codes went out" in said(decide(signed_in(officer), claim, "code"))[0]


class TestLinks:
    @pytest.mark.parametrize(("code", "word"), [("id", "Buat tautan"), ("en", "Make a link")])
    def test_a_link_is_shown_once_as_text_message_and_code(
        self, signed_in, business, officer, code, word
    ):
        desk = signed_in(officer)
        address = page("links", business.number, code=code)
        assert word in desk.get(address).content.decode()

        shown = desk.post(address, {"note": "Pak Budi"}, follow=True)

        fresh = shown.context["fresh"]
        assert "/tautan-klaim/" in fresh["address"]
        assert "<svg" in fresh["qr"]
        assert fresh["whatsapp"].startswith("https://wa.me/?text=")
        again = desk.get(address)
        assert again.context["fresh"] is None
        assert "Pak Budi" in again.content.decode()

    def test_a_link_is_withdrawn(self, signed_in, business, officer):
        link, _token = actions.make_claim_link(business, note="", actor=officer, at=AT)
        desk = signed_in(officer)
        address = page("withdraw-link", business.number, link.pk)

        assert said(desk.post(address, follow=True)) == ["The link no longer works."]
        again = desk.post(address, follow=True)

        assert said(again) == ["The link was used or withdrawn already."]
        assert not ClaimLink.objects.filter(withdrawn_at=None).exists()

    def test_a_profile_with_an_owner_gets_none(self, signed_in, business, officer, maker):
        actions.grant(waiting_claim(business, person=maker), actor=officer, at=AT)
        desk = signed_in(officer)

        answer = desk.post(page("links", business.number), {"note": ""})

        assert "Only a listed profile without an owner" in answer.content.decode() or (
            answer.context["form"].errors
        )
        assert not ClaimLink.objects.exists()
        assert Claim.objects.get().state == "granted"
