"""Tries are counted one by one, within a while that begins with the first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ifn.quotas.models import Drawn
from ifn.quotas.tries import WHILE, Bound, count, take_all_back, take_back

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
THREE = Bound("test", "a", 3)
pytestmark = pytest.mark.django_db


def counted(times, *bounds, at=AT):
    return [count(*(bounds or [THREE]), at=at) for _time in range(times)]


def test_one_too_many_is_told_when_to_come_back():
    assert counted(4) == [None, None, None, AT + WHILE]


def test_the_while_begins_with_the_first_and_is_not_drawn_out():
    counted(1)
    counted(3, at=AT + timedelta(minutes=14))

    assert counted(1, at=AT + timedelta(minutes=14)) == [AT + WHILE]
    assert counted(1, at=AT + WHILE) == [None]


def test_of_two_bounds_the_narrower_refuses_and_the_wider_is_spared():
    wide = Bound("test", "all", 10)

    counted(9, THREE, wide)

    assert Drawn.objects.get(bucket=wide.bucket).number == 3


def test_one_is_taken_back_and_all_are():
    counted(3)
    take_back(THREE)
    assert counted(2) == [None, AT + WHILE]

    take_all_back(THREE)
    assert counted(4) == [None, None, None, AT + WHILE]


def test_nothing_is_taken_back_from_nothing():
    take_back(THREE)
    counted(1)
    take_back(THREE)
    take_back(THREE)

    assert not Drawn.objects.exists()


def test_quotas_and_askers_are_counted_apart():
    counted(3)

    assert counted(1, Bound("other", "a", 3)) == [None]
    assert counted(1, Bound("test", "b", 3)) == [None]


def test_a_count_of_nothing_is_never_kept():
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawn.objects.create(bucket="x", until=0, number=0)


def test_a_try_costs_two_queries_and_a_transaction(django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        counted(1, THREE, Bound("test", "all", 10))
