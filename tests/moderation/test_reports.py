"""What happens to reports: made once, taken into work, answered once, told to whoever reported."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ifn.audit.queries import history_of
from ifn.directory import actions as directory
from ifn.mail.models import Message
from ifn.moderation import actions
from ifn.moderation.actions.reports import MOST_OPEN
from ifn.moderation.models import Assignment, Report
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, LATER
from tests.factories.moderation import reported

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def answer(report, actor, **options):
    given = {"is_fixed": True, "answer": "", "at": LATER} | options
    return actions.answer_report(report, actor=actor, **given)


class TestReporting:
    def test_a_report_is_kept_and_stands_in_the_history_without_its_reporter(self, business):
        made = reported(business, person=UserFactory())

        assert made.state == Report.State.OPEN
        entry = history_of(business).first()
        assert (entry.event, entry.actor) == ("moderation.report.made", None)
        assert entry.details == {"report": made.pk, "kind": "closed"}

    def test_sent_twice_it_is_kept_once(self, business):
        first, again = reported(business), reported(business, at=AT + timedelta(minutes=5))

        assert first == again
        assert reported(business, text="Pindah ke Gresik") != first
        assert reported(business, at=AT + timedelta(days=1)) != first

    def test_a_hidden_profile_cannot_be_reported(self, business, officer):
        directory.hide(business, reason="x", actor=officer, at=AT)

        with pytest.raises(actions.NotShown):
            reported(business)

    def test_many_reports_of_one_profile_do_not_pile_up(self, business):
        for number in range(MOST_OPEN):
            reported(business, text=f"Salah {number}")

        with pytest.raises(actions.EnoughReports):
            reported(business, text="Salah lagi")


class TestAnswering:
    def test_the_answer_goes_to_the_address_that_was_left(self, business, officer):
        made = reported(business, email="tetangga@rumah.example", language="en")

        answer(made, officer, answer="We hid the profile.")

        made.refresh_from_db()
        assert (made.state, made.answered_by) == (Report.State.FIXED, officer)
        message = Message.objects.get()
        assert message.to == "tetangga@rumah.example"
        assert "The office writes: We hid the profile." in message.text
        assert actions.address_of(made) in message.text
        entry = history_of(business).first()
        assert (entry.event, entry.reason) == ("moderation.report.fixed", "We hid the profile.")

    def test_a_member_gets_it_at_the_address_of_their_account(self, business, officer):
        person = UserFactory()

        answer(reported(business, person=person), officer, is_fixed=False, answer="Masih buka.")

        message = Message.objects.get()
        assert message.to == person.email
        assert "Alasannya: Masih buka." in message.text

    def test_nobody_is_written_to_who_left_no_address(self, business, officer):
        answer(reported(business, phone="+6281211112222"), officer)

        assert not Message.objects.exists()

    def test_a_no_needs_a_reason(self, business, officer):
        made = reported(business)

        with pytest.raises(actions.ReasonMissing):
            answer(made, officer, is_fixed=False)

        made.refresh_from_db()
        assert made.state == Report.State.OPEN
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=made.pk).update(state="not_fixed", answered_at=LATER)

    def test_the_second_who_answers_is_told_who_was_first(self, business, officer, dinas):
        made = reported(business, email="a@rumah.example")
        answer(made, officer)

        with pytest.raises(actions.AnsweredMeanwhile) as refused:
            answer(made, dinas, is_fixed=False, answer="Tidak.")

        assert refused.value.report.answered_by == officer
        assert Message.objects.count() == 1

    def test_whoever_had_it_has_it_no_longer(self, business, officer):
        made = reported(business)
        actions.take("report", made.pk, person=officer, at=AT)
        made.refresh_from_db()
        assert made.state == Report.State.IN_WORK

        answer(made, officer)

        assert not Assignment.objects.exists()


def test_addresses_are_forgotten_half_a_year_after_the_answer(business, officer):
    old, fresh = reported(business, email="a@b.example"), reported(text="x", email="c@d.example")
    answer(old, officer, at=AT)
    answer(fresh, officer, at=AT + timedelta(days=100))

    assert actions.forget_what_is_old(at=AT + timedelta(days=181)) == 1

    assert sorted(Report.objects.values_list("email", flat=True)) == ["", "c@d.example"]
