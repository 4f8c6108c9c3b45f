"""A connection that is kept is known to live or to be dead without a question to the server."""

import pytest
from django.db import connection
from django.db.backends.postgresql import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's connections"),
]


@pytest.fixture
def kept():
    """Return a connection of its own, as a thread of the server keeps one."""
    own = connection.copy()
    own.settings_dict = {**own.settings_dict, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}
    own.ensure_connection()
    yield own
    own.close()


@pytest.fixture
def questions(monkeypatch):
    """Return what was asked to learn whether a connection lives."""
    asked = []
    usual = base.DatabaseWrapper.is_usable

    def is_usable(self):
        asked.append(self)
        return usual(self)

    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", is_usable)
    return asked


def ends(kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [kept.connection.info.backend_pid])
        assert cursor.fetchone() == (True,)


def answer(kept):
    with kept.cursor() as cursor:
        cursor.execute("SELECT 7")
        return cursor.fetchone()[0]


def test_a_quiet_connection_is_used_again_without_a_question(kept, questions):
    first = kept.connection
    kept.close_if_unusable_or_obsolete()

    assert answer(kept) == 7
    assert kept.connection is first
    assert questions == []


def test_one_that_the_server_ended_is_replaced_at_the_next_request(kept, questions):
    first = kept.connection
    ends(kept)
    kept.close_if_unusable_or_obsolete()

    assert answer(kept) == 7
    assert kept.connection is not first
    assert questions == [kept]


def test_one_that_failed_is_asked(kept, questions):
    kept.errors_occurred = True

    assert kept.is_usable()
    assert questions == [kept]


def test_a_closed_one_is_not_usable(kept):
    kept.connection.close()

    assert not kept.is_usable()
