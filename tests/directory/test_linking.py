"""Profiles as records to compare, and pairs that a person told apart."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from ifn.directory import actions
from ifn.directory.linking import everyone, record_of, records_of
from ifn.directory.models import Twins
from ifn.linkage.comparing import compare
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT, full_profile, profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def test_a_profile_read_from_the_database_is_the_record_it_was_before():
    business = registered(full_profile())
    stated = record_of(full_profile(), business.pk)

    [read] = records_of([business.pk])

    assert set(read.phones) == set(stated.phones)
    assert replace(read, phones=stated.phones) == stated


def test_a_code_brings_the_name_and_the_kind_of_its_place_along():
    regency, city = (
        record_of(profile(name="Langkah", region=code), n)
        for n, code in enumerate(("32.04", "32.73"))
    )

    assert (regency.city, city.city) == ("Kabupaten Bandung", "Kota Bandung")
    assert record_of(profile(region="32"), 1).city == ""
    assert "other_kind" in compare(regency, city).signals


@pytest.mark.parametrize("count", [1, 3])
def test_everyone_is_read_in_four_questions(count, django_assert_num_queries):
    made = [registered(full_profile(name=f"Langkah {n}")) for n in range(count)]

    # Business, contacts, brands, the edition of the regions, and that there are no more.
    with django_assert_num_queries(5):
        found = list(everyone())

    assert [one.key for one in found] == [one.pk for one in made]


def test_demo_profiles_are_a_world_of_their_own():
    real, demo = registered(), registered(is_demo=True)

    assert [one.key for one in everyone()] == [real.pk]
    assert [one.key for one in everyone(is_demo=True)] == [demo.pk]


def test_two_profiles_are_told_apart_once_whichever_is_named_first():
    one, other = registered(), registered(profile(name="Lain"))
    officer = OfficerFactory()

    actions.keep_apart(other, one, reason="Two plants", actor=officer, at=AT)
    actions.keep_apart(one, other, reason="Two plants of one firm", actor=officer, at=AT)

    twins = Twins.objects.get()
    assert (twins.left, twins.right) == (one, other)
    assert (twins.verdict, twins.reason) == (Twins.Verdict.APART, "Two plants of one firm")
    assert twins.decided_by == officer


def test_a_pair_is_kept_in_one_order_and_a_decision_is_dated():
    one, other = registered(), registered(profile(name="Lain"))

    for wrong in (
        Twins(left=other, right=one, found_at=AT),
        Twins(left=one, right=other, found_at=AT, verdict=Twins.Verdict.APART),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


def test_what_nobody_published_yet_is_compared_with_nothing():
    registered(profile(name="Belum terbit"), status="draft")

    assert list(everyone()) == []
