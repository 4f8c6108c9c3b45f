"""Many enquiries, a worker that dies in between, and two of the same at once."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.utils.timezone import now

from ifn.connections import tasks, telling
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring.challenge import Solved
from ifn.connections.models import Enquiry, Letter, Tally
from ifn.jobs.models import Job
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from tests.directory.test_two_at_once import together  # noqa: F401  # the fixture
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.enquiries import FIRM, enquiry, firm, member, sent, visitor

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS, FIRMS = 12, 3
WORDS = ("sol", "klebut", "upper", "tali", "dus", "lem", "kulit", "kanvas", "busa", "hak", "lis")


class KilledError(Exception):
    """Stands for the moment at which a worker dies."""


@pytest.fixture
def at_once(together):  # noqa: F811  # as fixtures are asked for
    return together


@pytest.mark.usefixtures("at_once")
def test_a_worker_that_dies_in_between_loses_nothing_and_says_nothing_twice():
    firms = [firm(owner=UserFactory(), name=f"Sol {n}") for n in range(FIRMS)]
    people = [member() for _ in range(LETTERS)]
    at = now()
    for number, asker in enumerate(people):
        sent(*firms, asker=asker, text=f"Berapa {' '.join(WORDS[: number + 1])}?", at=at)

    for letter in Letter.objects.order_by("pk")[: LETTERS // 2]:
        with suppress(KilledError), transaction.atomic():
            telling.tell_firms(letter, at=now())
            raise KilledError
    assert not Message.objects.exists()
    run_due()
    for letter in Letter.objects.order_by("pk"):  # taken back from a worker that seemed dead
        tasks.tell_of_letter.enqueue(letter.pk)
    run_due()

    told = Message.objects.filter(kind="connections.enquiry_new")
    assert told.count() == Enquiry.objects.count() == LETTERS * FIRMS
    assert not Job.objects.exclude(state="done").exists()


def test_two_of_the_same_at_once_are_one(at_once):
    one, asker = firm(), member()

    found = at_once(*[lambda: sent(one, asker=asker, at=now())] * 2)

    assert [type(each) for each in found] == [Letter, Letter]
    assert found[0] == found[1]
    assert at_once(Enquiry.objects.count, lambda: Tally.objects.get().letters) == [1, 1]


def test_two_at_once_do_not_pass_the_limit_together(at_once, settings):
    settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"member": 1}
    one, asker = firm(), member()

    found = at_once(
        lambda: sent(one, asker=asker, text="Satu", at=now()),
        lambda: sent(one, asker=asker, text="Dua", at=now()),
    )

    assert sorted(type(each).__name__ for each in found) == ["Letter", "TooManyLetters"]
    assert at_once(Letter.objects.count) == [1]


def test_yes_and_no_at_once_are_one_answer(at_once):
    made = enquiry(firm())

    found = at_once(
        lambda: actions.accept(
            Enquiry.objects.get(pk=made.pk), share="", words="", by=FIRM, at=now()
        ),
        lambda: actions.decline(
            Enquiry.objects.get(pk=made.pk), reason="price", words="", by=FIRM, at=now()
        ),
    )

    assert sorted(type(each).__name__ for each in found) == ["NotNow", "bool"]


def test_a_proof_opened_twice_at_once_sends_once(at_once):
    letter = sent(firm(), asker=visitor())

    at_once(*[lambda: actions.prove(Letter.objects.get(pk=letter.pk), at=now())] * 2)

    assert at_once(Job.objects.filter(task__endswith="tell_of_letter").count) == [1]


def test_one_piece_of_work_sent_twice_at_once_counts_for_one(at_once):
    one, word = firm(), Solved("0123-abc", is_solved=True)

    found = at_once(
        lambda: sent(one, asker=visitor(email="a@x.example"), challenge=word, at=now()),
        lambda: sent(one, asker=visitor(email="b@x.example"), challenge=word, at=now()),
    )

    assert {type(each) for each in found} == {Letter}
    assert at_once(Letter.objects.filter(challenge=word.word).count) == [1]


def test_a_number_confirmed_and_denied_at_once_is_confirmed(at_once):
    letter, officer = sent(asker=visitor(email="", phone="+6281200000001")), OfficerFactory()

    at_once(
        lambda: actions.prove(letter, at=now(), actor=officer),
        lambda: actions.deny_number(letter, at=now(), actor=officer),
    )

    assert at_once(Letter.objects.get)[0].state == Letter.State.SENT
