"""Time runs out, firms leave, both sides are asked how it went, and what is old is forgotten."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from ifn.connections.actions import desk
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import clock
from ifn.connections.enquiring.reasons import Answer
from ifn.connections.enquiring.states import Event, Side, State
from ifn.connections.models import (
    Complaint,
    DeskNote,
    Enquiry,
    Habit,
    Letter,
    LetterFile,
    Question,
    Step,
)
from ifn.connections.of_person import of_person
from ifn.connections.queries.enquiries import REFRESHED, answering_by_firm, answering_of
from ifn.connections.queries.office import held_letters, open_complaints, volume
from ifn.directory import actions as directory
from ifn.directory.handing import Handed, private_files
from ifn.directory.models import Business
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT
from tests.factories.enquiries import (
    ASKER,
    FIRM,
    accepted,
    enquiry,
    firm,
    member,
    sent,
    visitor,
    written,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
DAY = timedelta(days=1)


def state_of(made):
    return Enquiry.objects.get(pk=made.pk).state


def mails(kind):
    return list(Message.objects.filter(kind=f"connections.{kind}").order_by("pk"))


class TestTime:
    def test_after_14_days_without_an_answer_the_asker_is_told(self):
        made = enquiry()
        assert actions.expire(at=AT + 14 * DAY - timedelta(seconds=1)) == 0

        assert actions.expire(at=AT + 14 * DAY) == 1
        assert actions.expire(at=AT + 14 * DAY) == 0

        assert state_of(made) == State.EXPIRED
        assert len(mails("enquiry_news")) == 1

    def test_what_was_answered_does_not_expire(self):
        made = accepted()

        assert actions.expire(at=AT + 30 * DAY) == 0
        assert state_of(made) == State.ACCEPTED

    def test_a_hidden_firm_ends_what_runs_with_a_reason(self):
        one = firm()
        made, talking = enquiry(one), accepted(one, text="Yang lain")
        directory.hide(one, reason="x", actor=None, at=AT)

        assert actions.close_for_hidden(at=AT + DAY) == 2
        assert actions.close_for_hidden(at=AT + DAY) == 0

        for each in (made, talking):
            now = Enquiry.objects.get(pk=each.pk)
            assert (now.state, now.reason) == (State.CLOSED, "hidden")
        assert len(mails("enquiry_news")) == 3  # one was accepted before

    def test_a_merged_firm_is_followed(self):
        one, kept = firm(name="Lama"), firm(name="Tetap", owner=UserFactory())
        made = enquiry(one)
        Business.objects.filter(pk=one.pk).update(status="merged", merged_into=kept)

        assert actions.close_for_hidden(at=AT) == 0
        made.refresh_from_db()
        assert made.firm == kept
        assert actions.accept(made, share="", words="", by=FIRM, at=AT)

    def test_hidden_after_a_merge_ends_it_too(self):
        one, kept = firm(name="Lama"), firm(name="Tetap")
        made = enquiry(one)
        Business.objects.filter(pk=one.pk).update(status="merged", merged_into=kept)
        directory.hide(kept, reason="x", actor=None, at=AT)

        assert actions.close_for_hidden(at=AT) == 1
        assert state_of(made) == State.CLOSED


class TestQuestions:
    def test_both_sides_are_asked_once_after_7_and_once_after_30_days(self):
        owner = UserFactory()
        made = accepted(firm(owner=owner))

        asked = [actions.ask_those_due(at=AT + day * DAY) for day in (6, 7, 8, 29, 30, 31)]

        assert asked == [0, 1, 0, 0, 1, 0]
        told = mails("enquiry_question")
        assert sorted(one.to for one in told) == sorted([owner.email, made.letter.email] * 2)

    def test_whose_first_time_was_missed_is_asked_once(self):
        accepted()

        assert actions.ask_those_due(at=AT + 40 * DAY) == 1
        assert actions.ask_those_due(at=AT + 40 * DAY) == 0
        assert set(Question.objects.values_list("days", flat=True)) == {30}

    def test_who_ended_it_is_not_asked(self):
        made = accepted()
        actions.note_outcome(made, Event.AGREE, by=ASKER, at=AT)

        assert actions.ask_those_due(at=AT + 7 * DAY) == 0

    @pytest.mark.parametrize(
        ("days", "said", "state", "reason"),
        [
            (7, Answer.AGREED, State.AGREED, ""),
            (7, Answer.TALKING, State.NEGOTIATING, ""),
            (7, Answer.SILENCE, State.ACCEPTED, ""),
            (30, Answer.SILENCE, State.NOT_AGREED, "no_answer"),
            (7, Answer.UNREAL, State.NOT_AGREED, "not_real"),
        ],
    )
    def test_an_answer_moves_it_on(self, days, said, state, reason):
        made = accepted()
        actions.ask_those_due(at=AT + days * DAY)
        question = Question.objects.get(side="asker")

        assert actions.answer(question, said, by=ASKER, at=AT + days * DAY)
        assert not actions.answer(question, Answer.AGREED, by=ASKER, at=AT + days * DAY)

        made.refresh_from_db()
        assert (made.state, made.reason) == (state, reason)
        question.refresh_from_db()
        assert question.answer == said
        assert Step.objects.filter(event="said", reason=said).count() == 1

    def test_what_one_side_ended_the_other_does_not_reopen(self):
        made = accepted()
        actions.ask_those_due(at=AT + 7 * DAY)
        of_asker, of_firm = Question.objects.order_by("side")

        actions.answer(of_asker, Answer.AGREED, by=ASKER, at=AT + 8 * DAY)
        actions.answer(of_firm, Answer.UNREAL, by=FIRM, at=AT + 8 * DAY)

        assert state_of(made) == State.AGREED
        assert Complaint.objects.get().side == Side.FIRM


class TestGuarding:
    def test_each_side_reports_once(self):
        made = enquiry()

        assert actions.complain(made, reason="spam", words="", by=FIRM, at=AT)
        assert not actions.complain(made, reason="rude", words="", by=FIRM, at=AT)

        assert [one.reason for one in open_complaints()] == ["spam"]

    def test_spam_is_taken_back_from_every_firm_once(self):
        letter = sent(firm(name="Satu"), firm(name="Dua"))
        one, two = letter.enquiries.order_by("place")
        actions.complain(one, reason="spam", words="", by=FIRM, at=AT)
        actions.accept(two, share="", words="", by=FIRM, at=AT)
        actions.note_outcome(two, Event.AGREE, by=FIRM, at=AT)
        officer = OfficerFactory(duties=["broker"])

        assert actions.mark_spam(letter, actor=officer, at=AT)
        assert not actions.mark_spam(letter, actor=officer, at=AT)

        assert [state_of(one), state_of(two)] == [State.SPAM, State.AGREED]
        kept = {each.pk: each.is_before_firm for each in letter.enquiries.select_related("letter")}
        assert kept == {one.pk: False, two.pk: True}
        assert not open_complaints().exists()

    def test_a_harmless_report_is_answered(self):
        made = enquiry()
        actions.complain(made, reason="spam", words="", by=FIRM, at=AT)

        assert actions.find_harmless(made.letter, actor=OfficerFactory(), at=AT) == 1
        assert state_of(made) == State.SENT

    def test_the_office_sees_who_writes_most_in_three_queries(self, django_assert_num_queries):
        busy, quiet = member(), member()
        sent(firm(name="A"), firm(name="B"), asker=busy)
        made = sent(firm(name="C"), asker=quiet, text="Lain")
        actions.complain(made.enquiries.get(), reason="spam", words="", by=FIRM, at=AT)

        with django_assert_num_queries(3):
            found = volume(at=AT + DAY)

        counts = [(one.letter.person, one.letters, one.enquiries, one.reported) for one in found]
        assert counts == [(busy.person, 1, 2, 0), (quiet.person, 1, 1, 1)]
        assert volume(at=AT + 8 * DAY) == []

    def test_what_is_held_is_shown_to_the_office(self):
        letter = sent(text="www.a.id www.b.id www.c.id")

        assert held_letters() == [letter.pk]


class TestHabits:
    def answered(self, one, days):
        made = enquiry(one, text=f"Pertanyaan {'x' * days} {Enquiry.objects.count()}")
        if days:
            actions.accept(made, share="", words="", by=FIRM, at=AT + days * DAY)

    def test_five_answers_make_a_habit(self):
        one, other = firm(), firm(name="Lain")
        for days in (1, 2, 3, 4):
            self.answered(one, days)
            self.answered(other, days)
        self.answered(one, 2)
        self.answered(one, 0)
        at = AT + 20 * DAY

        assert actions.count_habits(on=localdate(at), at=at) == 1

        found = answering_by_firm()
        assert found.keys() == {one.pk}
        habit = found[one.pk]
        assert (round(habit.share, 2), habit.days, habit.count) == (0.83, 2.0, 6)
        assert answering_of(one.pk, at=at) == habit
        assert answering_of(other.pk, at=at) is None
        Habit.objects.all().delete()
        assert answering_of(one.pk, at=at + REFRESHED / 2) == habit
        assert answering_of(one.pk, at=at + REFRESHED) is None

    def test_what_waits_still_counts_for_nobody_and_old_habits_go(self):
        one = firm()
        for _ in range(5):
            self.answered(one, 1)
        actions.count_habits(on=localdate(AT), at=AT + 2 * DAY)
        self.answered(one, 0)
        actions.count_habits(on=localdate(AT), at=AT + 3 * DAY)
        assert Habit.objects.get().share == 1

        actions.count_habits(on=localdate(AT), at=AT + 400 * DAY)

        assert not Habit.objects.exists()

    def test_whom_the_asker_reached_or_what_was_closed_is_no_silence(self):
        one = firm()
        for _ in range(5):
            self.answered(one, 1)
        reached, closed = enquiry(one, text="Lewat WhatsApp"), enquiry(one, text="Dihapus")
        actions.report_contact(reached, by=ASKER, at=AT)
        asker = closed.letter
        actions.erase_enquiries(asker.person, [asker.email], actor=None, at=AT)
        at = AT + 20 * DAY

        actions.count_habits(on=localdate(at), at=at)

        habit = Habit.objects.get()
        assert (habit.share, habit.count) == (1, 5)


class TestForgetting:
    def test_what_nobody_confirmed_goes_after_a_week(self, django_capture_on_commit_callbacks):
        handed = Handed(b"%PDF-1.7 gambar %%EOF", "pdf", "gambar.pdf")
        actions.send(written(files=(handed,)), [firm()], asker=visitor(), at=AT)
        name = LetterFile.objects.get().file
        assert actions.forget_what_is_old(at=AT + 7 * DAY - timedelta(seconds=1)) == 0

        with django_capture_on_commit_callbacks(execute=True):
            assert actions.forget_what_is_old(at=AT + 7 * DAY) == 1

        assert not Letter.objects.exists()
        assert not private_files().exists(name)

    def test_what_ended_long_ago_is_emptied_and_counted(self):
        made = accepted()
        actions.note_outcome(made, Event.AGREE, words="Deal", by=ASKER, at=AT)
        actions.complain(made, reason="rude", words="Ibu Ratna marah", by=FIRM, at=AT)
        desk.write_note(made, "Ibu Ratna: sudah dikirim", actor=OfficerFactory(), at=AT)
        open_one = enquiry(firm(name="Terbuka"))
        assert actions.forget_what_is_old(at=AT + clock.KEPT - DAY) == 0

        assert actions.forget_what_is_old(at=AT + clock.KEPT) == 1
        assert actions.forget_what_is_old(at=AT + clock.KEPT) == 0

        letter = Letter.objects.get(pk=made.letter_id)
        assert (letter.text, letter.email, letter.person, letter.name) == ("", "", None, "")
        made.refresh_from_db()
        assert (made.state, made.shared_value) == (State.AGREED, "")
        assert not Step.objects.exclude(words="").exists()
        assert [one.words for one in Complaint.objects.all()] == [""]
        assert not DeskNote.objects.exists()
        assert Letter.objects.get(pk=open_one.letter_id).text


class TestErasing:
    def test_a_person_is_taken_out_of_what_they_asked(self):
        asker = member()
        made, other = accepted(firm(), asker=asker), enquiry(firm(name="Lain"))

        assert actions.erase_enquiries(asker.person, [asker.email], actor=None, at=AT)

        letter = Letter.objects.get(pk=made.letter_id)
        assert (letter.text, letter.email, letter.phone, letter.asker) == ("", "", "", "")
        assert (state_of(made), Enquiry.objects.get(pk=made.pk).reason) == ("closed", "erased")
        assert Enquiry.objects.get(pk=made.pk).asker == ""
        assert state_of(other) == State.SENT
        assert actions.erase_enquiries(asker.person, [asker.email], actor=None, at=AT) == 0

    def test_a_visitor_is_found_by_address(self):
        letter = sent(asker=visitor())

        assert actions.erase_enquiries(None, ["jane@buyer.example"], actor=None, at=AT)

        letter.refresh_from_db()
        assert (letter.text, letter.email) == ("", "")

    def test_a_person_who_answered_is_taken_out_of_the_steps(self):
        person = UserFactory()
        made = enquiry(firm(owner=person))
        own = f"whatsapp:{person.phone}"
        by = actions.By(Side.FIRM, person)
        actions.accept(made, share=own, words="Saya Ratna", by=by, at=AT)

        assert actions.erase_enquiries(person, [person.phone], actor=None, at=AT)

        step = Step.objects.get(event="accept")
        assert (step.person, step.words) == (None, "")
        assert Enquiry.objects.get(pk=made.pk).shared_value == ""


def test_a_person_gets_a_copy_of_what_they_asked_and_did():
    asker, owner = member(), UserFactory()
    made = enquiry(firm(owner=owner), asker=asker)
    by = actions.By(Side.FIRM, owner)
    actions.accept(made, share="", words="Bisa", by=by, at=AT)
    actions.complain(made, reason="spam", words="Ragu", by=by, at=AT)
    actions.block(made, by=by, at=AT)

    asked, did = of_person(asker.person), of_person(owner)

    assert [row["text"] for row in asked["letters"]] == [made.letter.text]
    assert [row["state"] for row in asked["enquiries"]] == ["accepted"]
    assert (did["letters"], did["enquiries"]) == ([], [])
    assert [row["words"] for row in did["enquiry_steps"]] == ["Bisa"]
    assert [row["reason"] for row in did["enquiry_reports"]] == ["spam"]
    assert len(did["enquiry_blocks"]) == 1
