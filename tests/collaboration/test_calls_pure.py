"""Conditions, order and conflicts, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ifn.collaboration.calling import states
from ifn.collaboration.calling.conditions import Asked, Condition, Known, check, is_eligible
from ifn.collaboration.calling.conflicts import Kind, Ties, found
from ifn.collaboration.calling.ranking import Judged, judgement, rank

ON = date(2026, 6, 1)
AT = datetime(2026, 6, 1, tzinfo=UTC)
WEIGHTS = {1: 60, 2: 40}


def _checked(asked, known):
    return [(one.condition, one.is_met, one.codes) for one in check(asked, known, ON)]


def test_nothing_asked_is_no_condition():
    assert check(Asked(), Known(), ON) == ()
    assert is_eligible(())


@pytest.mark.parametrize(
    ("asked", "known", "condition", "is_met"),
    [
        (Asked(roles=("A", "B")), Known(roles=frozenset("B")), Condition.ROLE, True),
        (Asked(roles=("A", "B")), Known(roles=frozenset("C")), Condition.ROLE, False),
        (Asked(processes=("P",)), Known(), Condition.PROCESS, False),
        (Asked(regions=("35",)), Known(region="35.16"), Condition.REGION, True),
        (Asked(regions=("35.1",)), Known(region="35.16"), Condition.REGION, False),
        (Asked(regions=("35.16",)), Known(region="35"), Condition.REGION, False),
    ],
)
def test_one_of_what_is_asked_is_enough(asked, known, condition, is_met):
    assert [row[:2] for row in _checked(asked, known)] == [(condition, is_met)]


def test_every_certificate_must_hold_on_the_day():
    asked = Asked(certificates=("X", "Y"))
    known = Known(certificates={"X": None, "Y": ON - timedelta(days=1)})

    assert _checked(asked, known) == [(Condition.CERTIFICATE, False, ("Y",))]
    known = Known(certificates={"X": None, "Y": ON})
    assert _checked(asked, known) == [(Condition.CERTIFICATE, True, ("X", "Y"))]


def test_a_judgement_is_the_weighted_sum_and_needs_every_criterion():
    assert judgement({1: 10, 2: 10}, WEIGHTS) == 100
    assert judgement({1: 8, 2: 5}, WEIGHTS) == 68
    assert judgement({1: 8}, WEIGHTS) is None
    assert judgement({}, {}) is None


def test_the_order_is_by_the_mean_of_whole_judgements():
    every = [
        Judged(1, AT, {7: {1: 5, 2: 5}, 8: {1: 9, 2: 9}}),
        Judged(2, AT, {7: {1: 8, 2: 8}, 8: {1: 1}}),
        Judged(3, AT, {8: {1: 1}}),
    ]

    ranked = [(one.key, one.place, one.total, one.judgements) for one in rank(every, WEIGHTS)]

    assert ranked == [(2, 1, 80.0, 1), (1, 2, 70.0, 2), (3, None, None, 0)]
    assert rank(every, WEIGHTS)[1].means == {1: 7.0, 2: 7.0}


def test_equals_share_a_place_and_who_applied_first_stands_first():
    points = {7: {1: 5, 2: 5}}
    every = [
        Judged(1, AT + timedelta(hours=1), points),
        Judged(2, AT, points),
        Judged(3, AT, {7: {1: 1, 2: 1}}),
    ]

    assert [(one.key, one.place) for one in rank(every, WEIGHTS)] == [(2, 1), (1, 1), (3, 3)]


def test_the_gravest_conflict_is_found():
    ties = Ties(1, frozenset({10}), {20: 5}, frozenset({2}))

    assert found(ties, 10, {2}).kind == Kind.BUSINESS
    assert found(ties, 11, {1}).is_certain
    assert (found(ties, 20, {2}).kind, found(ties, 20, {2}).through) == (Kind.PROJECT, 5)
    assert (found(ties, 30, {2, 3}).kind, found(ties, 30, {2, 3}).through) == (Kind.PEOPLE, 2)
    assert found(ties, 30, {3}) is None


def test_the_office_alone_opens_and_refuses_and_reviews_nothing_of_its_own():
    assert states.moves("draft", is_office=False, is_offices=False) == ["review", "cancelled"]
    assert states.moves("draft", is_office=True, is_offices=True) == ["open", "cancelled"]
    assert states.moves("review", is_office=False, is_offices=False) == ["cancelled"]
    assert "refused" in states.moves("review", is_office=True, is_offices=False)
    assert states.moves("decided", is_office=True, is_offices=True) == []
