"""Fifty who press at the same moment, each over a connection of their own."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections

from ifn.mail.models import Message
from ifn.programmes.actions import (
    asking,
    following,
    outcomes,
    registering,
    reminding,
    reporting,
    selecting,
)
from ifn.programmes.actions.planning import ChangedMeanwhile
from ifn.programmes.choosing import Verdict
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import (
    Action,
    ActionStep,
    Outcome,
    OutcomeAsking,
    Registration,
    ReportMaking,
)
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT
from tests.factories.plans import JULY, action, mentor
from tests.factories.programmes import AFTER, ENDS, firm, joined, officer, opened, running, said
from tests.factories.vocabulary import load_vocabulary

pytestmark = pytest.mark.django_db(transaction=True)
CROWD, SEATS = 50, 7


@pytest.fixture
def together(tmp_path):
    """Return a function that does things at once and hands back what came of each.

    Threads cannot share SQLite's test database in memory, so they get a copy of it in a file.
    """
    settings = connections.settings["default"]
    name = settings["NAME"]

    def answer_of(act, start):
        try:
            start.wait(60)
            return act()
        except Exception as fault:  # noqa: BLE001  # what came of it
            return fault
        finally:
            connection.close()

    def done(*acts):
        start = threading.Barrier(len(acts))
        with ThreadPoolExecutor(len(acts)) as pool:
            return [one.result(120) for one in [pool.submit(answer_of, act, start) for act in acts]]

    load_vocabulary()
    if connection.vendor != "sqlite":
        return done

    def on_a_copy(*acts):
        path = tmp_path / "copy.sqlite3"
        if not path.exists():
            connection.cursor().execute("VACUUM INTO %s", [str(path)])
            with closing(sqlite3.connect(path)) as copy:  # as every database in use is
                copy.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(path)
        try:
            return done(*acts)
        finally:
            settings["NAME"] = name

    return on_a_copy


def standing():
    rows = Registration.objects.order_by("seat", "line")
    return [(one.state, one.seat, one.line) for one in rows]


def seats_and_line(rows):
    seats = sorted(seat for state, seat, _line in rows if state == "accepted")
    line = sorted(line for state, _seat, line in rows if state == "waiting")
    return seats, line


def test_of_fifty_who_register_at_once_as_many_as_there_are_seats_have_one(together):
    batch, firms = opened(quota=SEATS, admits="first"), [firm(f"Usaha {n}") for n in range(CROWD)]

    answers = together(*(lambda each=each: joined(batch, each) for each in firms))

    assert [each for each in answers if isinstance(each, Exception)] == []
    [rows] = together(standing)
    seats, line = seats_and_line(rows)
    assert seats == list(range(1, SEATS + 1))
    assert line == list(range(1, CROWD - SEATS + 1))


def test_of_twenty_decided_at_once_no_more_are_accepted_than_there_are_seats(together):
    batch = opened(quota=SEATS)
    rows, staff = [joined(batch, firm(f"Usaha {n}")) for n in range(20)], OfficerFactory()

    answers = together(
        *(
            lambda one=one: selecting.decide(one, Verdict.ACCEPT, reason="x", actor=staff, at=AT)
            for one in rows
        )
    )

    assert sum(isinstance(each, selecting.Full) for each in answers) == 20 - SEATS
    [found] = together(standing)
    assert seats_and_line(found)[0] == list(range(1, SEATS + 1))


def test_seats_freed_at_once_go_to_as_many_who_wait(together):
    batch = opened(quota=SEATS, admits="first")
    rows = [joined(batch, firm(f"Usaha {n}")) for n in range(SEATS + 5)]
    assert officer()

    together(*(lambda one=one: registering.withdraw(one, actor=None, at=AT) for one in rows[:4]))

    [found] = together(standing)
    assert seats_and_line(found) == (list(range(1, SEATS + 1)), [5])


def test_a_form_sent_ten_times_at_once_writes_one_action(together):
    _batch, [seat] = running(1)
    key = uuid4()

    answers = together(*(lambda: action(seat, key=key) for _each in range(10)))

    assert [each for each in answers if isinstance(each, Exception)] == []
    assert together(lambda: (Action.objects.count(), ActionStep.objects.count())) == [(1, 1)]


def test_of_two_who_say_different_things_at_once_one_is_heard(together):
    _batch, [seat] = running(1)
    one = action(seat)

    def say(state):
        return following.tell_how(
            one, state, words=state, side="firm", version=1, actor=None, at=AT
        )

    answers = together(lambda: say("done"), lambda: say("dropped"))

    assert [type(each) for each in answers].count(ChangedMeanwhile) == 1


def test_two_workers_at_once_remind_once(together):
    batch, [seat] = running(1)
    helper = mentor(batch, seat)
    action(seat, "mentor", mentor_id=helper.pk)
    today = JULY + timedelta(days=1)

    together(*(lambda: reminding.remind_next("", today=today, at=AT) for _each in range(4)))

    sent = Message.objects.filter(kind="programmes.overdue")
    assert together(sent.all().count) == [1]


def test_of_twelve_who_write_into_the_same_answers_at_once_one_is_kept_whole(together):
    _batch, [one] = running(1)
    assert officer()

    answers = together(
        *(
            lambda n=n: said(one, Wave.END, workers=n, capacity=n, page=f"{n:032x}")
            for n in range(12)
        )
    )

    refused = [each for each in answers if isinstance(each, Exception)]
    assert [type(each) for each in refused] == [outcomes.ChangedMeanwhile] * 11
    [rows] = together(lambda: list(Outcome.objects.values_list("workers", "capacity", "version")))
    [(workers, capacity, version)] = rows
    assert (workers, version) == (capacity, 1)


def test_asked_by_several_workers_at_once_each_is_asked_once(together):
    batch, seats = running(3)

    together(*(lambda: asking.ask_those_due(at=AFTER, today=ENDS) for _worker in range(6)))

    assert batch.state == "running"
    [found] = together(lambda: sorted(OutcomeAsking.objects.values_list("registration", flat=True)))
    assert found == sorted(one.pk for one in seats)


def test_a_report_asked_for_by_many_at_once_is_made_once(together):
    batch, _seats = running(1)
    staff = officer()

    answers = together(
        *(
            lambda: reporting.ask_for_report(batch, Wave.END, "id", actor=staff, at=AFTER)[1]
            for _press in range(6)
        )
    )

    assert sorted(answers) == [False] * 5 + [True]
    [made] = together(ReportMaking.objects.count)
    assert made == 1
