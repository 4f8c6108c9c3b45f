"""Many who hand out, sign and share out at the same moment, each over a connection of their own."""

from uuid import uuid4

import pytest

from ifn.collaboration.actions import batching, receiving
from ifn.collaboration.actions.receiving import Handover
from ifn.collaboration.models import BatchSize, ProductionBatch, Receipt
from ifn.collaboration.sharing import Rule
from tests.collaboration.conftest import faults
from tests.factories.collaboration_releases import (
    S40,
    allocated,
    batch,
    officer,
    project,
    recipients,
)
from tests.factories.directory import AT, ON

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 16


def counts():
    return list(BatchSize.objects.order_by("size").values_list("made", "allocated", "handed"))


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
