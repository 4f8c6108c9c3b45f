"""Sums by region are what a count from scratch gives, whatever happened."""

from datetime import date
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from ifn.assessments.actions import erasing
from ifn.assessments.actions.standings import _sums, count_anew
from ifn.assessments.models import Assessed, Assessment, Score, Standing
from ifn.assessments.summing import triggers
from ifn.directory.models import Business
from tests.factories.assessments import AT, approved, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered, revised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def firm(region=MOJOKERTO, name="Sol Jaya"):
    return registered(profile(region=region, name=name))


def sums(**of):
    return {
        (one.region, one.dimension): (one.firms, one.levels, one.weights, one.low)
        for one in Standing.objects.filter(firms__gt=0, **of)
    }


def assessed():
    return {one.region: (one.firms, one.needs) for one in Assessed.objects.filter(firms__gt=0)}


def test_an_approval_counts_and_a_later_one_replaces_it():
    version, business = in_use(), firm()
    approved(started(business, version))

    assert sums() == {
        (MOJOKERTO, "CUT"): (1, 225, 7500, 0),
        (MOJOKERTO, "MARKET"): (1, 200, 2500, 0),
    }

    approved(
        started(business, version, assessed_on=date(2026, 8, 3)),
        answers={"CUT_1": 0, "MARKET_1": "none"},
    )

    assert sums() == {
        (MOJOKERTO, "CUT"): (1, 0, 7500, 1),
        (MOJOKERTO, "MARKET"): (1, 0, 2500, 1),
    }
    assert assessed() == {MOJOKERTO: (1, 10000)}
    assert count_anew() == 0


def test_what_waits_does_not_count():
    submitted()

    assert sums() == {}
    assert assessed() == {}


def test_a_firm_that_moves_takes_its_levels_along():
    business = firm()
    approved(started(business, in_use()))

    revised(business, profile(region=SIDOARJO))

    assert {region for region, _dimension in sums()} == set(assessed()) == {SIDOARJO}
    revised(business, profile(region=""))
    assert {region for region, _dimension in sums()} == set(assessed()) == {""}
    assert count_anew() == 0


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"status": Business.Status.DRAFT}, True),
        ({"status": Business.Status.HIDDEN}, False),
        ({"kind": Business.Kind.ORGANISATION}, False),
    ],
)
def test_only_firms_that_the_office_counts_are_in_the_sums(changed, counts):
    version, business = in_use(), firm()
    approved(started(business, version))
    before = sums(), assessed()

    Business.objects.filter(pk=business.pk).update(**changed)

    assert (sums(), assessed()) == (before if counts else ({}, {}))
    assert count_anew() == 0
    Business.objects.filter(pk=business.pk).update(
        status=Business.Status.LISTED, kind=Business.Kind.BUSINESS
    )
    assert (sums(), assessed()) == before


def test_what_is_approved_of_a_hidden_firm_counts_when_it_is_shown_again():
    version, business = in_use(), firm()
    Business.objects.filter(pk=business.pk).update(status=Business.Status.HIDDEN)

    approved(started(business, version))

    assert (sums(), assessed()) == ({}, {})
    Business.objects.filter(pk=business.pk).update(status=Business.Status.LISTED)
    assert set(assessed()) == {MOJOKERTO}


def test_what_is_erased_counts_no_longer():
    version = in_use()
    one, other = firm(), firm(SIDOARJO, "Lain")
    approved(started(one, version))
    approved(started(other, version))

    erasing.erase_assessments(one, actor=None, at=AT)

    assert set(assessed()) == {SIDOARJO}
    other.delete()
    assert sums() == {}


def test_what_was_undone_with_its_transaction_is_undone_in_the_sums():
    version, business = in_use(), firm()
    one = approved(started(business, version))
    before = _sums()

    with transaction.atomic():
        Assessment.objects.filter(pk=one.pk).update(is_latest=False)
        Score.objects.update(is_current=False)
        assert _sums() == set()
        transaction.set_rollback(True)

    assert _sums() == before


def test_whatever_happens_the_sums_are_those_of_a_count_from_scratch():
    chance, version = Random(7), in_use()  # noqa: S311  # no secret
    firms = [firm(chance.choice((MOJOKERTO, SIDOARJO, "")), f"Usaha {n}") for n in range(4)]
    for turn in range(24):
        business = Business.objects.get(pk=chance.choice(firms).pk)
        if chance.random() < 0.6:
            answers = {"CUT_1": chance.randint(0, 4), "MARKET_1": chance.choice(("none", "shop"))}
            day = date(2025, 1 + turn // 3, chance.randint(1, 28))
            approved(started(business, version, assessed_on=day), answers=answers)
        elif chance.random() < 0.4:
            status = chance.choice((Business.Status.HIDDEN, Business.Status.LISTED))
            Business.objects.filter(pk=business.pk).update(status=status)
        elif chance.random() < 0.7:
            place = chance.choice((MOJOKERTO, SIDOARJO, "", "35"))
            Business.objects.filter(pk=business.pk).update(region=place or None)
        else:
            Assessment.objects.filter(business=business, is_latest=True).delete()

    assert count_anew() == 0
    assert sum(firms for firms, _needs in assessed().values()) == (
        Assessment.objects.filter(
            is_latest=True, business__in=Business.objects.counted().values("pk")
        ).count()
    )


def test_the_command_mends_sums_that_were_changed_by_hand(capsys):
    approved(started(firm(), in_use()))
    right = sums()
    Standing.objects.filter(dimension="CUT").update(levels=1)

    call_command("standings")

    assert sums() == right
    assert "2" in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite drops triggers with a table")
def test_no_migration_has_dropped_a_trigger():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}

    assert set(triggers()) <= there
