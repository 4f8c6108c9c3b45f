"""The office decides claims: once, with a reason for every no, and the others are told."""

from datetime import timedelta

import pytest

from ifn.audit.queries import history_of
from ifn.directory import actions as directory
from ifn.directory.handing import private_files
from ifn.directory.queries import has_owner, role_in
from ifn.mail.models import Message
from ifn.moderation import actions
from ifn.moderation.models import Assignment, Claim
from ifn.moderation.queries import said_about
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, LATER
from tests.factories.moderation import handed, reachable, waiting_claim

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def told(person):
    return list(Message.objects.filter(to=person.email).values_list("text", flat=True))


class TestGranting:
    def test_the_claimant_is_owner_and_the_others_are_refused(self, business, officer, maker):
        claim, rival = waiting_claim(business, person=maker), waiting_claim(business)
        actions.take("claim", claim.pk, person=officer, at=AT)

        actions.grant(claim, actor=officer, at=LATER, reason="NIB checked.")

        assert role_in(business, maker) == "owner"
        rival.refresh_from_db()
        assert (rival.state, rival.decided_by) == ("refused", officer)
        assert rival.reason == "Orang lain sudah menunjukkan bahwa usaha ini miliknya."
        assert rival.reason in told(rival.person)[0]
        assert "pemilik" in told(maker)[0]
        assert not Assignment.objects.exists()

    def test_the_owner_reads_in_the_history_nothing_about_the_others(
        self, business, officer, maker
    ):
        waiting_claim(business, person=UserFactory(name="Saingan"))

        actions.grant(waiting_claim(business, person=maker), actor=officer, at=LATER)

        names = {entry.actor.name for entry in history_of(business) if entry.actor}
        assert "Saingan" not in names

    def test_an_editor_without_an_owner_may_become_one(self, business, officer, maker):
        directory.appoint(business, person=maker, role="editor", actor=officer, at=AT, reason="x")

        actions.grant(waiting_claim(business, person=maker), actor=officer, at=LATER)

        assert role_in(business, maker) == "owner"

    def test_two_officers_decide_and_the_second_is_told(self, business, officer, dinas, maker):
        claim = waiting_claim(business, person=maker)
        seen_by_both = Claim.objects.get(pk=claim.pk)
        actions.grant(claim, actor=officer, at=LATER)

        for decide in (
            lambda: actions.refuse(seen_by_both, reason="Tidak.", actor=dinas, at=LATER),
            lambda: actions.grant(seen_by_both, actor=dinas, at=LATER),
            lambda: actions.ask_for_more(seen_by_both, question="?", actor=dinas, at=LATER),
        ):
            with pytest.raises(actions.DecidedMeanwhile) as refused:
                decide()
            assert refused.value.claim.decided_by == officer
        assert role_in(business, maker) == "owner"

    def test_not_what_got_an_owner_or_is_hidden(self, business, officer):
        claim = waiting_claim(business)
        directory.hide(business, reason="x", actor=officer, at=AT)
        with pytest.raises(actions.NotClaimable):
            actions.grant(claim, actor=officer, at=LATER)
        directory.list_again(business, actor=officer, at=AT)
        directory.appoint(
            business, person=UserFactory(), role="owner", actor=officer, at=AT, reason="x"
        )

        with pytest.raises(actions.HasOwner):
            actions.grant(claim, actor=officer, at=LATER)

        claim.refresh_from_db()
        assert claim.state == "waiting"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ("ada pertanyaan dari kantor", "tidak dikabulkan", "klaim Anda ditutup")),
        ("en", ("the office has a question", "was not granted", "your claim was closed")),
    ],
)
def test_messages_come_in_the_claimants_language(officer, language, words):
    person = UserFactory(language=language)
    asked, refused, idle = (
        waiting_claim(reachable(name=f"Sol {number}"), person=person) for number in range(3)
    )
    actions.ask_for_more(asked, question="?", actor=officer, at=LATER)
    actions.refuse(refused, reason="Tidak.", actor=officer, at=LATER)
    Claim.objects.filter(pk=idle.pk).update(state="begun")
    actions.expire_claims(at=AT + timedelta(days=30))

    messages = list(Message.objects.filter(to=person.email).order_by("pk"))

    for message, word in zip(messages, words, strict=True):
        assert word in message.subject
        prefix = "" if language == "id" else "/en"
        assert f"http://127.0.0.1:8000{prefix}/klaim/" in message.text


class TestRefusing:
    def test_it_says_why(self, business, officer, maker):
        claim = waiting_claim(business, person=maker)
        with pytest.raises(actions.ReasonMissing):
            actions.refuse(claim, reason="", actor=officer, at=LATER)

        actions.refuse(claim, reason="Foto tidak terbaca.", actor=officer, at=LATER)

        claim.refresh_from_db()
        assert (claim.state, claim.reason) == ("refused", "Foto tidak terbaca.")
        assert "Alasannya: Foto tidak terbaca." in told(maker)[0]
        assert not has_owner(business)

    def test_a_claimant_without_e_mail_reads_it_on_the_page(self, business, officer):
        claim = waiting_claim(business, person=UserFactory(email=None))

        actions.refuse(claim, reason="Tidak.", actor=officer, at=LATER)

        assert not Message.objects.exists()


class TestAskingForMore:
    def test_the_claim_goes_to_the_claimant_and_back(self, business, officer, maker):
        claim = waiting_claim(business, person=maker)
        with pytest.raises(actions.ReasonMissing):
            actions.ask_for_more(claim, question="", actor=officer, at=LATER)

        asked = actions.ask_for_more(claim, question="Siapa nama Anda?", actor=officer, at=LATER)

        assert asked.state == "more_asked"
        assert "Siapa nama Anda?" in told(maker)[0]
        answered = actions.answer_question(
            claim, text="Ratna", handed=handed(), person=maker, at=LATER
        )
        assert (answered.state, answered.since) == ("waiting", LATER)
        kinds = [note.kind for note in said_about(claim, to_claimant=True)]
        assert kinds == ["claimant", "question", "claimant"]

    def test_a_note_stays_among_the_staff(self, business, officer):
        claim = waiting_claim(business)

        actions.note(claim, text="Telepon dulu", actor=officer, at=LATER)

        assert len(said_about(claim, to_claimant=False)) == 2
        assert len(said_about(claim, to_claimant=True)) == 1
        with pytest.raises(actions.ReasonMissing):
            actions.note(claim, text="", actor=officer, at=LATER)


class TestRevoking:
    def test_the_profile_is_taken_away_and_said_why(self, business, officer, maker):
        claim = actions.grant(waiting_claim(business, person=maker), actor=officer, at=LATER)
        with pytest.raises(actions.ReasonMissing):
            actions.revoke(claim, reason="", actor=officer, at=LATER)

        actions.revoke(claim, reason="Surat palsu.", actor=officer, at=LATER)

        claim.refresh_from_db()
        assert (claim.state, claim.reason) == ("revoked", "Surat palsu.")
        assert role_in(business, maker) == ""
        assert "Surat palsu." in told(maker)[-1]
        waiting_claim(business)  # it can be claimed again

    def test_only_what_was_granted(self, business, officer):
        with pytest.raises(actions.DecidedMeanwhile):
            actions.revoke(waiting_claim(business), reason="x", actor=officer, at=LATER)


class TestTime:
    def test_a_claim_nobody_goes_on_with_is_closed(self, business, officer, maker):
        claim = waiting_claim(business, person=maker)
        actions.ask_for_more(claim, question="Siapa?", actor=officer, at=AT)
        waits_for_the_office = waiting_claim(business)

        assert actions.expire_claims(at=AT + timedelta(days=29)) == 0
        assert actions.expire_claims(at=AT + timedelta(days=30)) == 1

        claim.refresh_from_db()
        waits_for_the_office.refresh_from_db()
        assert (claim.state, waits_for_the_office.state) == ("expired", "waiting")
        assert "30 hari" in told(maker)[-1]

    def test_files_go_half_a_year_after_the_decision(
        self, business, officer, django_capture_on_commit_callbacks
    ):
        claim = waiting_claim(business, handed=handed())
        still_open = waiting_claim(business, handed=handed(), person=UserFactory())
        path = claim.notes.get().file
        actions.refuse(claim, reason="Tidak.", actor=officer, at=AT)

        with django_capture_on_commit_callbacks(execute=True):
            assert actions.forget_what_is_old(at=AT + timedelta(days=179)) == 0
            assert actions.forget_what_is_old(at=AT + timedelta(days=181)) == 1

        assert not private_files().exists(path)
        assert (claim.notes.get().file, claim.notes.get().file_name) == ("", "NIB saya.pdf")
        assert still_open.notes.get().file
