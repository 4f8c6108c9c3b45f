"""Many who hand out, sign and share out at the same moment, each over a connection of their own."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import uuid4

import pytest
from django.db import connection, connections

from ifn.collaboration.actions import batching, receiving
from ifn.collaboration.actions.receiving import Handover
from ifn.collaboration.models import BatchSize, ProductionBatch, Receipt
from ifn.collaboration.sharing import Rule
from tests.factories.collaboration_releases import (
    S40,
    allocated,
    batch,
    officer,
    project,
    recipients,
)
from tests.factories.directory import AT, ON
from tests.factories.vocabulary import load_vocabulary

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 16


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


def counts():
    return list(BatchSize.objects.order_by("size").values_list("made", "allocated", "handed"))


def faults(answers):
    return [one for one in answers if isinstance(one, Exception)]


def test_of_many_who_are_given_by_hand_at_once_no_more_goes_out_than_there_is(together):
    made = batch(sizes={S40: 30})
    rows = recipients(made, CROWD)

    answers = together(
        *(lambda one=one: batching.allocate(one, {S40: 4}, actor=None, at=AT) for one in rows)
    )

    refused = faults(answers)
    assert [type(one) for one in refused] == [batching.MoreThanThere] * (CROWD - 7)
    assert together(counts) == [[(30, 28, 0)]]


def test_all_who_sign_at_once_have_a_receipt_and_the_stock_adds_up(together):
    _made, rows = allocated(CROWD)

    answers = together(
        *(
            lambda one=one: receiving.sign(one, Handover("x", ON), actor=None, at=AT)[1]
            for one in rows
        )
    )

    assert answers == [True] * CROWD
    [found] = together(counts)
    assert [handed for _made, _allocated, handed in found] == [10, 20, 10]


def test_signed_by_many_at_once_there_is_one_receipt(together):
    _made, [one, _other] = allocated(2)

    answers = together(
        *(
            lambda name=name: receiving.sign(one, Handover(name, ON), actor=None, at=AT)[1]
            for name in "abcdefgh"
        )
    )

    assert sorted(answers) == [False] * 7 + [True]
    [receipts] = together(Receipt.objects.count)
    assert receipts == 1


def test_shared_out_anew_while_others_sign_everything_adds_up(together):
    made, rows = allocated(CROWD)

    def share():
        return batching.share_out(made, Rule.EQUAL, asked={}, actor=officer(), at=AT)

    assert officer()
    answers = together(
        share,
        *(
            lambda one=one: receiving.sign(one, Handover("x", ON), actor=None, at=AT)
            for one in rows
        ),
        share,
    )

    wrong = [one for one in faults(answers) if not isinstance(one, receiving.NothingPromised)]
    assert wrong == []
    [found] = together(counts)
    assert all(handed <= given <= there for there, given, handed in found)
    [signed] = together(lambda: sum(one.pairs for one in Receipt.objects.all()))
    assert signed == sum(handed for _there, _given, handed in found)


def test_a_form_sent_ten_times_at_once_makes_one_batch(together):
    of, key = project(), uuid4()
    assert officer()

    answers = together(*(lambda: batch(of, key=key).pk for _each in range(10)))

    assert len(set(answers)) == 1
    assert together(ProductionBatch.objects.count, BatchSize.objects.count) == [1, 3]
