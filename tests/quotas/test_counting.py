from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from ifn.quotas import actions, counting
from ifn.quotas.models import Drawn

AT = datetime(2026, 6, 1, 9, 0, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def allowed(times, *, limit=20, asker="a", at=AT):
    return sum(
        counting.take("test", asker, limit=limit, at=at).is_allowed for _time in range(times)
    )


def test_as_many_as_the_limit_are_allowed_and_no_more():
    assert allowed(30) == 20


def test_the_next_minute_begins_anew():
    allowed(30)

    assert allowed(30, at=AT + timedelta(minutes=1)) == 20


def test_askers_and_quotas_are_counted_apart():
    allowed(30)

    assert allowed(1, asker="b") == 1
    assert counting.take("other", "a", limit=20, at=AT).is_allowed


def test_processes_together_never_allow_more():
    first = allowed(7)
    counting._shares.clear()  # noqa: SLF001  # as another process, which knows only what the database knows
    second = allowed(30)

    assert 7 + 10 <= first + second <= 20


def test_an_allowance_says_what_is_left_and_for_how_long():
    standing = counting.take("test", "a", limit=20, at=AT)

    assert (standing.limit, standing.remaining, standing.seconds) == (20, 19, 50)


def test_most_requests_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(10):
        assert allowed(60, limit=60) == 60


def test_who_is_over_the_limit_costs_no_query(django_assert_num_queries):
    allowed(21)

    with django_assert_num_queries(0):
        assert allowed(50) == 0


def test_the_table_does_not_tell_who_asked():
    counting.take("test", "203.0.113.9", limit=20, at=AT)

    assert "203.0.113.9" not in Drawn.objects.get().bucket


def test_what_was_drawn_long_ago_is_forgotten():
    second = int(AT.timestamp())
    actions.draw("old", number=1, at=second - 60, until=second)
    actions.draw("new", number=1, at=second - 60, until=second + 1)

    assert actions.forget_old(at=second) == 1
    assert Drawn.objects.get().bucket == "new"


def test_many_askers_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)
    for number in range(5):
        allowed(1, asker=str(number), at=AT + timedelta(minutes=number))

    assert len(counting._shares) <= 4  # noqa: SLF001  # what a process holds


def test_while_the_database_is_busy_a_share_is_allowed_and_the_others_do_not_wait(monkeypatch):
    def busy(*_arguments, **_options):
        raise OperationalError("database is locked")

    monkeypatch.setattr(counting, "draw", busy)

    assert allowed(30) == 20 // counting.SHARES


def test_of_many_askers_in_one_minute_the_first_make_room(monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)

    assert [allowed(1, asker=str(n)) for n in range(6)] == [1] * 6
    assert len(counting._shares) <= 3  # noqa: SLF001
