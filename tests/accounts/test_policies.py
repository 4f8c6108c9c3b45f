import pytest
from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, can_manage_people, has_duty, works_in
from tests.factories.accounts import (
    SECURED_AT,
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        (UserFactory, False),
        (lambda: RegionalOfficerFactory(territory=["52"]), False),
        (lambda: OfficerFactory(duties=[]), False),
        (lambda: OfficerFactory(duties=["events", "broker", "programme"]), False),
        (lambda: OfficerFactory(duties=["data"]), True),
        (lambda: OfficerFactory(duties=["verifier"]), True),
        (AdministratorFactory, True),
        (AnonymousUser, False),
    ],
)
def test_who_manages_the_directory(make, allowed):
    person = make()

    assert can_manage_directory(person) == allowed


def test_a_closed_account_may_do_nothing():
    for person in (
        OfficerFactory(),
        AdministratorFactory(),
        RegionalOfficerFactory(territory=["52"]),
    ):
        person.is_active = False
        assert not has_duty(person, "data")
        assert not can_manage_directory(person)
        assert not can_manage_people(person)
        assert not works_in(person, "52.03")


def test_without_a_second_factor_there_is_no_power_over_others(settings):
    officer = OfficerFactory(secured_at=None)
    regional = RegionalOfficerFactory(territory=["52"], secured_at=None)

    assert not can_manage_directory(officer)
    assert not works_in(regional, "52.03")
    settings.STAFF_SECOND_FACTOR = False
    assert can_manage_directory(officer)
    assert works_in(regional, "52.03")


@pytest.mark.parametrize(
    ("territory", "region", "allowed"),
    [
        (["52"], "52.03", True),
        (["52"], "52", True),
        (["52.03"], "52.03", True),
        (["52.03"], "52", False),
        (["52.03", "35.16"], "35.16", True),
        (["5"], "52.03", False),
        ([], "52.03", False),
        (["52"], None, False),
        (["52"], "", False),
    ],
)
def test_a_regional_officer_works_in_their_own_regions(territory, region, allowed):
    person = User(role="regional", secured_at=SECURED_AT)
    person.territory = frozenset(territory)

    assert works_in(person, region) == allowed


def test_a_territory_means_nothing_for_others():
    assert not works_in(OfficerFactory(), "52.03")
    assert not works_in(UserFactory(), "52.03")
    assert not works_in(AnonymousUser(), "52.03")


def test_only_administrators_manage_people():
    assert can_manage_people(AdministratorFactory())
    assert not can_manage_people(OfficerFactory())
    assert not can_manage_people(RegionalOfficerFactory())
