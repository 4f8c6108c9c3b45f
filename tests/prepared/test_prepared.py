"""Prepared questions answer as the querysets they are made of."""

from datetime import timedelta

import pytest
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.utils.timezone import now

from ifn.accounts.models import Session, User
from ifn.directory.models import Business, Membership
from ifn.prepared import MOST, Pages, Prepared, Several, Slot
from tests.factories.accounts import UserFactory
from tests.factories.programmes import firm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def members(number):
    return [UserFactory() for _ in range(number)]


def test_an_object_is_what_the_queryset_gives():
    asked = Prepared(lambda: User.objects.filter(pk=Slot("key")))
    first, second = members(2)

    assert [vars(one)["email"] for one in asked.objects(key=first.pk)] == [first.email]
    assert asked.objects(key=second.pk) == [second]
    assert asked.objects(key=0) == []
    (one,) = asked.objects(key=first.pk)
    assert model_to_dict(one) == model_to_dict(User.objects.get(pk=first.pk))
    one.name = "Sari"
    one.save()
    assert User.objects.get(pk=first.pk).name == "Sari"


def test_it_is_put_into_sql_once(django_assert_num_queries):
    built = []

    def build():
        built.append(1)
        return User.objects.filter(pk=Slot("key"))

    asked = Prepared(build)
    with django_assert_num_queries(3):
        for one in (1, 2, 3):
            asked.objects(key=one)

    assert len(built) == 1


@pytest.mark.parametrize("number", [1, 2, 3, 5, 9])
def test_several_values_whatever_their_number(number):
    asked = Prepared(
        lambda: User.objects.filter(pk__in=Several("keys")).order_by("pk").values_list("pk", "name")
    )
    several = members(number)
    members(2)

    found = asked.rows(keys=[one.pk for one in several])

    assert found == [(one.pk, one.name) for one in sorted(several, key=lambda one: one.pk)]


def test_no_values_find_nothing_without_asking(django_assert_num_queries):
    asked = Prepared(lambda: User.objects.filter(pk__in=Several("keys")))

    with django_assert_num_queries(0):
        assert asked.objects(keys=[]) == []


def test_more_values_than_a_question_takes():
    asked = Prepared(lambda: User.objects.filter(pk__in=Several("keys")))

    with pytest.raises(ValueError, match=str(MOST)):
        asked.objects(keys=list(range(1, MOST + 2)))


def test_any_number_of_values_is_asked_in_parts(django_assert_num_queries):
    people = UserFactory.create_batch(3)
    asked = Prepared(lambda: User.objects.filter(pk__in=Several("keys")).values_list("pk", "name"))
    keys = [one.pk for one in people] + list(range(10**9, 10**9 + 2 * MOST))

    with django_assert_num_queries(3):
        rows = asked.rows_of_all(keys=keys)

    assert sorted(rows) == sorted((one.pk, one.name) for one in people)
    assert asked.rows_of_all(keys=[]) == []


def test_two_slots_take_their_own_values():
    asked = Prepared(
        lambda: Membership.objects.filter(
            business__in=Several("firms"), person=Slot("person")
        ).values_list("business")
    )
    person, other = members(2)
    one, two = firm("Satu"), firm("Dua")
    for each, whose in ((one, person), (two, other)):
        Membership.objects.create(business=each, person=whose, role="owner", since=now())

    assert asked.column(firms=[one.pk, two.pk], person=person.pk) == [one.pk]
    assert asked.column(person=other.pk, firms=[one.pk, two.pk, one.pk]) == [two.pk]


def test_moments_are_given_as_the_database_keeps_them():
    asked = Prepared(lambda: Session.objects.filter(expire_date__gt=Slot("at")))
    at = now()
    Session.objects.create(
        session_key="a" * 32, session_data="", expire_date=at, started_at=at, seen_at=at
    )

    assert len(asked.objects(at=at - timedelta(seconds=1))) == 1
    assert asked.objects(at=at) == []
    (one,) = asked.objects(at=at - timedelta(seconds=1))
    assert one.expire_date == at


def test_what_is_joined_and_left_out_comes_as_asked(django_assert_num_queries):
    asked = Prepared(
        lambda: (
            Membership.objects.filter(person=Slot("person"))
            .select_related("business", "business__merged_into")
            .only("role", "business__name", "business__merged_into__name")
        )
    )
    person, sole = UserFactory(), firm("Sol Jaya")
    Membership.objects.create(business=sole, person=person, role="owner", since=now())

    with django_assert_num_queries(1):
        (one,) = asked.objects(person=person.pk)
        assert (one.role, one.business.name) == ("owner", "Sol Jaya")
        assert one.business.merged_into is None
    with django_assert_num_queries(1):
        assert one.business.number == sole.number


def test_values_have_no_objects():
    asked = Prepared(lambda: Business.objects.filter(pk=Slot("key")).values_list("name"))
    sole = firm("Sol Jaya")

    with pytest.raises(TypeError):
        asked.objects(key=sole.pk)


class TestPages:
    ASKED = Pages(
        lambda: User.objects.filter(name=Slot("name")).order_by("-pk").values_list("pk", flat=True)
    )

    def test_a_paginator_reads_it_by_pages(self, django_assert_num_queries):
        several = [UserFactory(name="Sari") for _ in range(5)]
        UserFactory(name="Budi")
        newest = [one.pk for one in reversed(several)]

        with django_assert_num_queries(2):
            page = Paginator(self.ASKED.of(name="Sari"), 2).get_page(2)
            assert list(page) == newest[2:4]
        assert page.paginator.count == 5
        assert list(Paginator(self.ASKED.of(name="Sari"), 2).get_page(3)) == newest[4:]
        assert self.ASKED.of(name="Sari")[1] == newest[1]
        assert list(self.ASKED.of(name="Sari")) == newest

    def test_nothing_is_one_empty_page(self):
        page = Paginator(self.ASKED.of(name="Nobody"), 2).get_page(1)

        assert (list(page), page.paginator.count) == ([], 0)
