"""Officers who approve at the same moment, each over a connection of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from ifn.assessments.actions import deciding
from ifn.assessments.actions.standings import count_anew
from ifn.assessments.models import Assessed, Assessment
from tests.factories.assessments import AT, approved, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, profile, registered
from tests.factories.vocabulary import load_vocabulary

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]
CROWD = 8


def approve_at_once(waiting):
    start = threading.Barrier(len(waiting))

    def approve(pk):
        try:
            start.wait(60)
            deciding.approve(Assessment.objects.get(pk=pk), actor=None, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(waiting)) as pool:
        for done in [pool.submit(approve, pk) for pk in waiting]:
            done.result(120)


def test_nobody_waits_for_each_other_and_every_sum_is_right():
    load_vocabulary()
    version = in_use()
    waiting = []
    for number in range(CROWD):
        business = registered(profile(region=MOJOKERTO, name=f"Usaha {number}"))
        if number % 2:  # every other one had been assessed before
            approved(started(business, version, assessed_on=date(2025, 1, 1)))
        waiting.append(submitted(started(business, version)).pk)
    approve_at_once(waiting)

    assert Assessment.objects.filter(is_latest=True).count() == CROWD
    assert [(one.region, one.firms) for one in Assessed.objects.all()] == [(MOJOKERTO, CROWD)]
    assert count_anew() == 0


def test_two_assessments_of_one_firm_leave_one_latest():
    load_vocabulary()
    version, business = in_use(), registered(profile(region=MOJOKERTO))
    waiting = [
        submitted(started(business, version, assessed_on=date(2025, 1, day))).pk
        for day in range(1, 5)
    ]
    approve_at_once(waiting)

    [latest] = Assessment.objects.filter(is_latest=True)
    assert latest.assessed_on == date(2025, 1, 4)
    assert count_anew() == 0
