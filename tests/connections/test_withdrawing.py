"""Whoever asked takes an enquiry back while it is open; the firm is told and not blamed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.audit.queries import history_of
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import By
from ifn.connections.enquiring import tokens
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Enquiry, Habit, Letter
from ifn.connections.queries.office import held_letters
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.answers import answer, unnamed
from tests.factories.directory import AT, LATER
from tests.factories.enquiries import (
    ASKER,
    FIRM,
    TEXT,
    accepted,
    enquiry,
    firm,
    member,
    sent,
    visitor,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def take_back(made, **options):
    given = {"reason": "found", "words": "", "knows_answer": False, "by": ASKER, "at": LATER}
    return actions.withdraw(made, **given | options)


def link(made, side=Side.ASKER):
    return reverse("connections:by-link", args=[tokens.for_side(made.pk, side, localdate())])


def page_of(made):
    return reverse("connections:enquiry", args=[made.code])


def text(answer):
    return answer.content.decode()


def test_it_is_dated_with_its_reason_and_the_firm_is_told_once():
    owner = UserFactory()
    made = enquiry(firm(owner=owner))

    assert take_back(made, words="Sudah dapat di Bogor")
    assert not take_back(made)

    assert (made.state, made.reason, made.ended_at) == (State.WITHDRAWN, "found", LATER)
    step = made.steps.get(event="withdraw")
    assert (step.side, step.words) == (Side.ASKER, "Sudah dapat di Bogor")
    assert history_of(made)[0].event == "connections.enquiry.withdraw"
    message = Message.objects.get(kind="connections.enquiry_withdrawn")
    assert message.to == owner.email
    assert "Sudah dapat di Bogor" in message.text
    assert "pihak lain" in message.text


@pytest.mark.parametrize(("reason", "words"), [("", "x"), ("other", "")])
def test_a_reason_is_asked_for(reason, words):
    made = enquiry()

    with pytest.raises(actions.ReasonMissing):
        take_back(made, reason=reason, words=words)


@pytest.mark.parametrize("by", [FIRM, By(Side.OFFICE), By(Side.CLOCK)])
def test_only_the_asker_takes_it_back(by):
    with pytest.raises(actions.NotNow):
        take_back(enquiry(), by=by)


def test_what_is_over_is_not_taken_back():
    made = enquiry()
    actions.decline(made, reason="price", words="", by=FIRM, at=AT)

    with pytest.raises(actions.NotNow):
        take_back(made)


def test_a_yes_that_came_meanwhile_is_read_first():
    made = accepted()

    with pytest.raises(actions.NotNow):
        take_back(made)
    assert take_back(made, knows_answer=True)

    assert made.state == State.WITHDRAWN


def test_the_firm_cannot_answer_what_was_taken_back():
    made = enquiry()
    take_back(made)

    for doing in (
        lambda: actions.accept(made, share="", words="", by=FIRM, at=LATER),
        lambda: actions.decline(made, reason="price", words="", by=FIRM, at=LATER),
    ):
        with pytest.raises(actions.NotNow):
            doing()


def test_once_taken_back_the_same_may_be_written_again():
    asker, one = member(), firm()
    take_back(enquiry(one, asker=asker))

    assert enquiry(one, asker=asker).state == State.SENT


def test_it_does_not_count_against_the_firm():
    one = firm()
    for n in range(5):
        made = enquiry(one, text=f"{n} {'ya ' * n}")
        actions.accept(made, share="", words="", by=FIRM, at=AT + timedelta(days=1))
    for n in range(5):
        take_back(enquiry(one, text=f"{n} {'batal ' * n}"))
    answered = accepted(one, text=f"{TEXT} c")
    take_back(answered, knows_answer=True)
    at = AT + timedelta(days=20)

    actions.count_habits(on=localdate(at), at=at)

    habit = Habit.objects.get(business=one)
    assert (habit.share, habit.count) == (1.0, 6)


def test_what_was_held_and_taken_back_waits_for_nobody():
    letter = sent(text="www.a.id www.b.id www.c.id")
    assert letter.state == Letter.State.HELD
    made = letter.enquiries.get()

    take_back(made)

    assert letter.pk not in held_letters()
    assert not Message.objects.filter(kind="connections.enquiry_withdrawn").exists()
    actions.release(letter, actor=OfficerFactory(), at=LATER)
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN


class TestPages:
    @pytest.fixture
    def asker(self, client):
        person = UserFactory()
        client.force_login(person)
        return person

    def test_a_member_takes_it_back_on_its_page(self, client, asker):
        made = enquiry(asker=member(asker))
        given = {"do": "withdraw", "withdraw-reason": "changed", "withdraw-words": "Jadi 300"}

        answer = client.post(page_of(made), given, follow=True)
        again = client.post(page_of(made), given, follow=True)

        made.refresh_from_db()
        assert (made.state, made.reason) == (State.WITHDRAWN, "changed")
        assert "Jadi 300" in text(answer)
        assert again.status_code == 200
        assert made.steps.filter(event="withdraw").count() == 1

    def test_a_visitor_does_it_by_the_link(self, client):
        letter = sent(asker=visitor())
        actions.prove(letter, at=AT)
        made = letter.enquiries.get()
        assert 'value="withdraw"' in text(client.get(link(made)))

        client.post(link(made), {"do": "withdraw", "withdraw-reason": "not_needed"})

        made.refresh_from_db()
        assert made.state == State.WITHDRAWN
        assert 'value="withdraw"' not in text(client.get(link(made)))

    def test_without_a_reason_it_comes_back_with_the_words(self, client, asker):
        made = enquiry(asker=member(asker))

        answer = client.post(page_of(made), {"do": "withdraw", "withdraw-words": "Maaf sekali"})

        assert answer.status_code == 422
        assert "Maaf sekali" in text(answer)

    def test_the_firm_has_no_such_form(self, client):
        made = enquiry()

        assert 'value="withdraw"' not in text(client.get(link(made, Side.FIRM)))
        client.post(link(made, Side.FIRM), {"do": "withdraw", "withdraw-reason": "found"})

        made.refresh_from_db()
        assert made.state == State.SENT

    def test_two_at_once_the_later_one_is_told(self, client, asker):
        made = enquiry(asker=member(asker))
        actions.accept(made, share="", words="", by=FIRM, at=AT)

        answer = client.post(
            page_of(made), {"do": "withdraw", "withdraw-reason": "found"}, follow=True
        )
        made.refresh_from_db()
        assert made.state == State.ACCEPTED
        assert "sudah menerima" in text(answer)

        seen = {"do": "withdraw", "withdraw-reason": "found", "known": "1"}
        client.post(page_of(made), seen)
        made.refresh_from_db()
        assert made.state == State.WITHDRAWN
        late = client.post(link(made, Side.FIRM), {"do": "accept"}, follow=True)
        assert "Ditarik" in text(late)

    def test_the_firm_reads_why(self, client):
        made = answer(unnamed(), asker=member())
        take_back(made, at=now())

        page = client.get(link(made, Side.FIRM))

        assert page.status_code == 200
        assert Enquiry.objects.get(pk=made.pk).state == State.WITHDRAWN
        assert "pihak lain" in text(page)
