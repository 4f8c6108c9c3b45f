from datetime import date

import pytest

from ifn.directory.models import Business
from ifn.directory.queries import firms_by_region
from ifn.programmes.actions import attending
from ifn.programmes.models import Batch
from ifn.programmes.queries.regions import (
    Batches,
    Served,
    batches_by_region,
    never_served,
    served_by_region,
)
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered
from tests.factories.programmes import (
    AFTER,
    NINE,
    accepted,
    completed,
    firm,
    joined,
    moved,
    officer,
    opened,
    planned,
    session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LONG_AGO, LATER = date(2020, 1, 1), date(2027, 1, 1)


def taken_part(business, **changes):
    """Let a firm take part in a batch that is over."""
    batch = opened(**changes)
    one = accepted(batch, business)
    batch = moved(batch, "selecting", "confirmed", "running")
    attending.tick(session(batch), [one.pk], way="list", actor=officer(), at=NINE)
    return moved(batch, "completed", at=AFTER)


def test_served_are_those_who_had_a_seat_and_came():
    came, stayed_away = firm("Datang", region=SIDOARJO), firm("Tidak Datang", region=SIDOARJO)
    batch = opened(quota=2)
    one, _other = accepted(batch, came), accepted(batch, stayed_away)
    joined(opened(), firm("Hanya Mendaftar", region=SIDOARJO))
    batch = moved(batch, "selecting", "confirmed", "running")
    attending.tick(session(batch), [one.pk], way="list", actor=officer(), at=NINE)

    assert served_by_region(LONG_AGO) == {SIDOARJO: Served(1, 1)}
    assert served_by_region(LATER) == {SIDOARJO: Served(0, 1)}


def test_a_firm_counts_once_also_a_draft_and_hidden_ones_nowhere():
    business = firm()
    taken_part(business)
    taken_part(business, topic="Pemasaran")
    draft = registered(profile(name="Rancangan"), status="draft")
    taken_part(draft)
    hidden = firm("Tersembunyi")
    taken_part(hidden)
    Business.objects.filter(pk=hidden.pk).update(status="hidden")

    assert served_by_region(LONG_AGO) == {MOJOKERTO: Served(2, 2)}
    assert firms_by_region() == {MOJOKERTO: 2}


def test_never_served_are_the_other_firms_that_count():
    served, never = firm("Pernah"), firm("Belum")
    taken_part(served)
    draft = registered(profile(name="Arsip"), status="draft")
    firm("Di Sidoarjo", region=SIDOARJO)
    hidden = firm("Tersembunyi")
    Business.objects.filter(pk=hidden.pk).update(status="hidden")

    assert list(never_served("35"))[:2] == [draft, never]
    assert list(never_served(MOJOKERTO)) == [draft, never]
    assert list(never_served("35", [SIDOARJO]).values_list("name", flat=True)) == ["Di Sidoarjo"]
    assert not never_served(MOJOKERTO, [SIDOARJO])


def test_batches_by_where_they_are_and_stand():
    planned(quota=12)
    completed(2)
    moved(opened(region_id=SIDOARJO, quota=5), "cancelled")
    opened(region_id=None, mode="online", quota=30)

    assert batches_by_region(LONG_AGO) == {
        MOJOKERTO: Batches(planned=1, done=1, seats=14, taken=2),
        "": Batches(open=1, seats=30),
    }
    assert batches_by_region(LATER) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_regions_cost_the_same_however_much_there_is(number, django_assert_num_queries):
    for place in range(number):
        taken_part(firm(f"Usaha {place}"))

    with django_assert_num_queries(1):
        served_by_region(LONG_AGO)
    with django_assert_num_queries(2):
        batches_by_region(LONG_AGO)
    with django_assert_num_queries(1):
        firms_by_region()
    assert Batch.objects.count() == number
