"""What happens to claims, by each way, with each refusal beside the success."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ifn.audit.queries import history_of
from ifn.directory import actions as directory
from ifn.directory.handing import Handed, private_files
from ifn.directory.models import Business, Contact
from ifn.directory.queries import role_in
from ifn.mail.models import Message
from ifn.moderation import actions, tokens
from ifn.moderation.actions.claims import MOST_BEGUN, MOST_CODES
from ifn.moderation.models import Claim, ClaimCode, ClaimLink
from ifn.moderation.models.claims import MOST_TRIES
from ifn.moderation.queries import masked, ways_to
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, profile, registered
from tests.factories.moderation import contact, handed, reachable, waiting_claim

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

SOON = AT + timedelta(minutes=5)


def linked(business, officer, at=AT):
    return actions.make_claim_link(business, note="Pak Budi", actor=officer, at=at)


def by_code(business, person, kind="email", at=AT):
    return actions.claim_by_code(
        business, contact=contact(business, kind), person=person, language="id", at=at
    )


def sent_code():
    return re.search(r"\b\d{6}\b", Message.objects.order_by("-pk").first().text)[0]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def owned(business, officer, person=None):
    directory.appoint(
        business, person=person or UserFactory(), role="owner", actor=officer, at=AT, reason="x"
    )


class TestLinks:
    def test_whoever_opens_it_first_is_owner(self, business, officer, maker):
        _link, token = linked(business, officer)

        claim = actions.open_claim_link(token, person=maker, at=SOON)

        assert (claim.state, claim.way) == ("granted", "link")
        assert role_in(business, maker) == "owner"
        assert actions.open_claim_link(token, person=maker, at=SOON) == claim
        with pytest.raises(actions.LinkOver):
            actions.open_claim_link(token, person=UserFactory(), at=SOON)
        assert "moderation.claim.granted" in history_of(business).values_list("event", flat=True)

    def test_only_a_digest_is_kept(self, business, officer):
        link, token = linked(business, officer)

        assert token not in str(ClaimLink.objects.filter(pk=link.pk).values().get())

    def test_withdrawn_expired_and_foreign_ones_open_nothing(self, business, officer, maker):
        link, withdrawn = linked(business, officer)
        _other, old = linked(business, officer, at=AT - timedelta(days=30))
        assert actions.withdraw_claim_link(link, actor=officer, at=AT)
        assert not actions.withdraw_claim_link(link, actor=officer, at=AT)

        for token in (withdrawn, old, "foreign"):
            with pytest.raises(actions.LinkOver):
                actions.open_claim_link(token, person=maker, at=SOON)
        assert not Claim.objects.exists()

    def test_a_profile_that_got_an_owner_meanwhile_stays_theirs(self, business, officer, maker):
        link, token = linked(business, officer)
        owned(business, officer)

        with pytest.raises(actions.HasOwner):
            actions.open_claim_link(token, person=maker, at=SOON)

        link.refresh_from_db()
        assert link.used_at is None
        with pytest.raises(actions.HasOwner):
            linked(business, officer)

    def test_what_is_not_listed_cannot_be_handed_over(self, business, officer, maker):
        _link, token = linked(business, officer)
        directory.hide(business, reason="x", actor=officer, at=AT)

        with pytest.raises(actions.NotClaimable):
            linked(business, officer)
        with pytest.raises(actions.NotClaimable):
            actions.open_claim_link(token, person=maker, at=SOON)

    def test_ten_are_enough(self, business, officer):
        for _number in range(10):
            linked(business, officer)

        with pytest.raises(actions.TooManyLinks):
            linked(business, officer)


class TestStaff:
    def test_who_judges_claims_makes_none_by_any_way(self, business, officer, maker):
        _link, token = linked(business, officer)
        begun = by_code(business, maker)
        maker.role = "officer"
        maker.save()

        for claim in (
            lambda: actions.open_claim_link(token, person=officer, at=SOON),
            lambda: by_code(business, officer),
            lambda: waiting_claim(business, person=officer),
            lambda: actions.enter_code(begun, sent_code(), person=maker, at=SOON),
        ):
            with pytest.raises(PermissionDenied):
                claim()
        assert role_in(business, officer) == role_in(business, maker) == ""


class TestCodesByEmail:
    def test_who_reads_the_mailbox_is_owner(self, business, maker):
        claim = by_code(business, maker)
        message = Message.objects.get()
        assert (claim.state, message.to, message.is_secret) == (
            "begun",
            "ibu.ratna@kelom.example",
            True,
        )

        done = actions.enter_code(claim, sent_code(), person=maker, at=SOON)

        assert done.state == "granted"
        assert role_in(business, maker) == "owner"

    def test_only_a_keyed_digest_is_kept(self, business, maker):
        claim = by_code(business, maker)

        assert sent_code() not in str(ClaimCode.objects.values().get())
        other = Claim(pk=claim.pk + 1)
        assert tokens.digest_of_code(claim.pk, "123456") != tokens.digest_of_code(
            other.pk, "123456"
        )

    def test_few_tries_and_then_not_even_the_right_one(self, business, maker):
        claim = by_code(business, maker)
        code = sent_code()
        for left in range(MOST_TRIES - 1, 0, -1):
            with pytest.raises(actions.WrongCode) as refused:
                actions.enter_code(claim, wrong(code), person=maker, at=SOON)
            assert refused.value.left == left
        with pytest.raises(actions.CodeOver):
            actions.enter_code(claim, wrong(code), person=maker, at=SOON)

        with pytest.raises(actions.CodeOver):
            actions.enter_code(claim, code, person=maker, at=SOON)

        assert role_in(business, maker) == ""

    def test_it_is_good_for_half_an_hour_and_replaced_by_a_newer_one(self, business, maker):
        claim = by_code(business, maker)
        first = sent_code()
        with pytest.raises(actions.CodeOver):
            actions.enter_code(claim, first, person=maker, at=AT + timedelta(minutes=31))

        assert by_code(business, maker, at=SOON) == claim
        second = sent_code()

        if first != second:
            with pytest.raises(actions.WrongCode):
                actions.enter_code(claim, first, person=maker, at=SOON)
        assert actions.enter_code(claim, second, person=maker, at=SOON).state == "granted"

    def test_a_code_of_one_claim_opens_no_other(self, business, maker):
        other = UserFactory()
        by_code(business, maker)
        code = sent_code()
        claim = by_code(business, other)
        if code == sent_code():
            return

        with pytest.raises(actions.WrongCode):
            actions.enter_code(claim, code, person=other, at=SOON)
        with pytest.raises(actions.ClaimOver):
            actions.enter_code(claim, sent_code(), person=maker, at=SOON)

    def test_nobody_fills_a_mailbox_however_many_accounts_they_have(self, business):
        for _number in range(MOST_CODES):
            by_code(business, UserFactory())

        with pytest.raises(actions.TooManyCodes):
            by_code(business, UserFactory())

        assert Message.objects.count() == Claim.objects.count() == MOST_CODES
        by_code(business, UserFactory(), at=AT + timedelta(days=1, minutes=1))

    def test_a_contact_of_another_profile_is_none(self, business, maker):
        other = reachable(name="Sol Lain")

        for chosen in (contact(other), 0):
            with pytest.raises(actions.NoSuchContact):
                actions.claim_by_code(business, contact=chosen, person=maker, language="id", at=AT)

    def test_an_owner_meanwhile_keeps_the_profile(self, business, officer, maker):
        claim = by_code(business, maker)
        code = sent_code()
        owned(business, officer)

        with pytest.raises(actions.HasOwner):
            actions.enter_code(claim, code, person=maker, at=SOON)
        with pytest.raises(actions.HasOwner):
            by_code(business, UserFactory())


class TestCodesByPhone:
    def test_an_officer_sends_it_and_whoever_reads_it_is_owner(self, business, officer, maker):
        claim = by_code(business, maker, "whatsapp")
        assert claim.state == "waiting"
        assert not ClaimCode.objects.exists()

        code = actions.make_phone_code(claim, actor=officer, at=AT)

        claim.refresh_from_db()
        assert claim.state == "begun"
        later = AT + timedelta(days=2)
        assert actions.enter_code(claim, code, person=maker, at=later).state == "granted"

    def test_only_a_claim_by_phone_has_one(self, business, officer):
        with pytest.raises(actions.DecidedMeanwhile):
            actions.make_phone_code(waiting_claim(business), actor=officer, at=AT)


class TestEvidence:
    def test_the_office_is_asked_and_the_file_is_private(self, business, maker, settings):
        claim = waiting_claim(business, person=maker, handed=handed())

        note = claim.notes.get()
        assert (claim.state, note.author, note.file_name) == ("waiting", maker, "NIB saya.pdf")
        with private_files().open(note.file) as kept:
            assert kept.read() == handed().content
        assert not (settings.MEDIA_ROOT / note.file).exists()

    def test_it_takes_the_place_of_a_way_begun_before(self, business, maker):
        claim = by_code(business, maker)

        assert waiting_claim(business, person=maker) == claim
        claim.refresh_from_db()
        assert (claim.way, claim.state) == ("evidence", "waiting")

    def test_five_files_are_enough(self, business, maker):
        for _number in range(5):
            waiting_claim(business, person=maker, handed=handed())

        with pytest.raises(actions.TooManyFiles):
            waiting_claim(business, person=maker, handed=handed())

    def test_nobody_claims_the_whole_directory(self, maker):
        for number in range(MOST_BEGUN):
            waiting_claim(reachable(name=f"Sol {number}"), person=maker)

        with pytest.raises(actions.TooManyClaims):
            waiting_claim(reachable(name="Sol lagi"), person=maker)

        waiting_claim(reachable(name="Besok"), person=maker, at=AT + timedelta(days=1, minutes=1))

    def test_hidden_and_owned_profiles_are_not_claimed(self, business, officer):
        owned(business, officer)
        hidden = reachable(name="Tersembunyi")
        directory.hide(hidden, reason="x", actor=officer, at=AT)

        with pytest.raises(actions.HasOwner):
            waiting_claim(business)
        with pytest.raises(actions.NotClaimable):
            waiting_claim(hidden)


class TestWithdrawing:
    def test_withdrawn_twice_is_withdrawn_once(self, business, maker):
        claim = waiting_claim(business, person=maker)

        for _time in range(2):
            assert actions.withdraw_claim(claim, person=maker, at=SOON).state == "withdrawn"

        events = list(history_of(claim).values_list("event", flat=True))
        assert events.count("moderation.claim.withdrawn") == 1
        assert waiting_claim(business, person=maker) != claim

    def test_neither_a_decided_one_nor_anothers(self, business, officer, maker):
        claim = waiting_claim(business, person=maker)
        with pytest.raises(actions.ClaimOver):
            actions.withdraw_claim(claim, person=UserFactory(), at=SOON)
        actions.refuse(claim, reason="Tidak cukup.", actor=officer, at=SOON)

        with pytest.raises(actions.ClaimOver):
            actions.withdraw_claim(claim, person=maker, at=SOON)
        with pytest.raises(actions.ClaimOver):
            actions.answer_question(claim, text="Lagi", handed=None, person=maker, at=SOON)


class TestContacts:
    @pytest.mark.parametrize(
        ("kind", "value", "hint"),
        [
            ("email", "ibu.ratna@kelom.example", "i…@…"),
            ("whatsapp", "+6281234567890", "+62 … 90"),
            ("phone", "+6281234567890", "+62 … 90"),
            ("whatsapp", "+6591234567", "+ … 67"),
        ],
    )
    def test_a_hint_gives_nothing_away(self, kind, value, hint):
        assert masked(kind, value) == hint

    def test_a_number_stated_twice_is_one_way_and_a_landline_none(self, business):
        facts = [("phone", "+6281234567890"), ("phone", "+62321555123"), ("website", "https://x.y")]
        for position, (kind, value) in enumerate(facts, start=5):
            Contact.objects.create(business=business, kind=kind, value=value, position=position)

        assert [way.hint for way in ways_to(business)] == ["+62 … 90", "i…@…"]
        assert ways_to(registered(profile())) == []

    def test_several_numbers_are_one_way_that_names_each(self, business):
        for position, value in enumerate(["+6281100000090", "+6281100000011"], start=5):
            Contact.objects.create(
                business=business, kind="phone", value=value, visibility="nobody", position=position
            )

        assert [way.hint for way in ways_to(business)] == ["+62 … 90 / +62 … 11", "i…@…"]

    def test_a_profile_that_was_taken_back_is_claimed_through_an_officer(
        self, business, officer, maker
    ):
        granted = actions.grant(waiting_claim(business, person=maker), actor=officer, at=SOON)
        actions.revoke(granted, reason="Surat palsu.", actor=officer, at=SOON)
        contact = Contact.objects.get(business=business, kind="email").pk

        assert ways_to(business) == []
        for person in (maker, UserFactory()):
            with pytest.raises(actions.NoSuchContact):
                actions.claim_by_code(
                    business, contact=contact, person=person, language="id", at=SOON
                )
        evidence = {"text": "Akta", "handed": None, "person": UserFactory(), "at": SOON}
        assert actions.claim_by_evidence(business, **evidence).state == "waiting"


class TestFiles:
    def test_a_file_whose_claim_came_to_nothing_is_not_kept(self, business, maker):
        given = Handed(b"%PDF-1.4 %%EOF", "pdf", "akta.pdf")
        actions.claim_by_evidence(business, text="x", handed=given, person=maker, at=AT)
        before = self.kept()
        Business.objects.filter(pk=business.pk).update(status="hidden")

        with pytest.raises(actions.NotClaimable):
            actions.claim_by_evidence(business, text="x", handed=given, person=maker, at=AT)

        assert self.kept() == before

    def kept(self):
        return sorted(private_files().listdir("claims")[1])


class TestConstraints:
    @pytest.mark.parametrize(
        "broken",
        [
            {"state": "refused", "decided_at": AT},
            {"state": "revoked", "decided_at": AT},
            {"state": "granted"},
            {"state": "waiting", "decided_at": AT},
            {"state": "unknown"},
            {"way": "unknown"},
        ],
    )
    def test_the_database_keeps_what_must_hold(self, business, broken):
        claim = waiting_claim(business)

        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**broken)

    def test_a_person_has_one_open_claim_of_a_profile(self, business):
        claim = waiting_claim(business)

        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.create(
                business=business,
                person=claim.person,
                way="email",
                state="begun",
                begun_at=AT,
                since=AT,
            )
