from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from ifn.accounts.guessing import FOR_ONE_ACCOUNT, FROM_ONE_PLACE, count_try, forget_tries
from ifn.quotas.models import Drawn
from ifn.quotas.tasks import forget_old
from ifn.quotas.tries import WHILE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def tried(times, account="sri@contoh.example", place="10.0.0.1", at=AT):
    return [count_try(account, place, at=at) for _ in range(times)]


@pytest.mark.django_db
class TestCounting:
    def test_the_limit_is_reached_and_says_when_it_ends(self):
        assert tried(FOR_ONE_ACCOUNT) == [None] * FOR_ONE_ACCOUNT

        assert tried(2, at=AT + MINUTE) == [AT + WHILE] * 2

    def test_after_a_while_trying_is_allowed_again(self):
        tried(FOR_ONE_ACCOUNT + 1)

        assert tried(1, at=AT + WHILE) == [None]

    def test_every_spelling_counts_as_one_account(self):
        for spelling in ["081234567890", "+62 812-3456-7890", "62812 3456 7890"]:
            tried(1, account=spelling)
        tried(FOR_ONE_ACCOUNT - 3, account="0812 3456 7890")

        assert tried(1, account="812 3456 7890") != [None]

    def test_a_stranger_elsewhere_locks_nobody_out(self):
        tried(FOR_ONE_ACCOUNT + 1, place="203.0.113.9")

        assert tried(1, place="10.0.0.1") == [None]

    def test_somebody_else_at_the_same_place_is_not_locked_out(self):
        tried(FOR_ONE_ACCOUNT + 1)

        assert tried(1, account="budi@contoh.example") == [None]

    def test_one_place_cannot_try_account_after_account(self):
        for number in range(FROM_ONE_PLACE):
            assert count_try(f"u{number}@contoh.example", "10.0.0.1", at=AT) is None

        assert count_try("lain@contoh.example", "10.0.0.1", at=AT) == AT + WHILE

    def test_a_sign_in_takes_back_what_led_to_it(self):
        tried(FOR_ONE_ACCOUNT)
        forget_tries("sri@contoh.example", "10.0.0.1")

        assert tried(FOR_ONE_ACCOUNT) == [None] * FOR_ONE_ACCOUNT

    def test_the_table_tells_nobody_and_stays_small(self):
        tried(1)
        assert not any("sri" in row.bucket or "10.0" in row.bucket for row in Drawn.objects.all())

        tried(1, account="budi@contoh.example", place="10.0.0.2", at=now())
        forget_old.call()

        assert Drawn.objects.count() == 2

    def test_what_is_refused_is_not_counted_on(self):
        tried(FOR_ONE_ACCOUNT + 9)

        assert sorted(Drawn.objects.values_list("number", flat=True)) == [FOR_ONE_ACCOUNT] * 2


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_stay_within_the_limit():
    if connection.vendor == "sqlite":
        pytest.skip("Threads share SQLite's in-memory test database; PostgreSQL shows it.")

    def once(_number):
        try:
            return count_try("sri@contoh.example", "10.0.0.1", at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(once, range(24)))

    assert answers.count(None) == FOR_ONE_ACCOUNT
