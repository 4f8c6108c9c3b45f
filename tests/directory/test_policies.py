import pytest
from django.contrib.auth.models import AnonymousUser

from ifn.directory import policies
from ifn.directory.models import Business
from tests.factories.accounts import (
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

PEOPLE = {
    "visitor": AnonymousUser,
    "member": UserFactory,
    "Dinas of the region": lambda: RegionalOfficerFactory(territory=["35.16"]),
    "Dinas of another": lambda: RegionalOfficerFactory(territory=["52"]),
    "events officer": lambda: OfficerFactory(duties=["events"]),
    "data officer": lambda: OfficerFactory(duties=["data"]),
    "administrator": AdministratorFactory,
}
LOOK_AFTER_IT = {"Dinas of the region", "data officer", "administrator"}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("status", Business.Status.values)
def test_what_is_not_listed_is_for_those_who_look_after_it(who, status):
    business = Business(status=status, region_id="35.16")

    may_see = policies.can_see(PEOPLE[who](), business)

    looks_after = who in LOOK_AFTER_IT and status != "merged"
    assert may_see == (status == "listed" or looks_after)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_profile_is_changed_by_those_who_look_after_it(who):
    business, person = Business(region_id="35.16"), PEOPLE[who]()

    assert policies.can_edit(person, business) == (who in LOOK_AFTER_IT)
    assert policies.can_enter(person) == (who in LOOK_AFTER_IT | {"Dinas of another"})
    assert policies.can_edit_any(person) == (who in {"data officer", "administrator"})


@pytest.mark.parametrize(
    ("role", "sees", "edits", "manages"),
    [
        ("owner", True, True, True),
        ("editor", True, True, False),
        ("viewer", True, False, False),
        ("", False, False, False),
    ],
)
def test_the_people_of_a_business_do_what_their_role_says(role, sees, edits, manages):
    business, person = Business(status="draft"), UserFactory()

    assert policies.can_see(person, business, role) == sees
    assert policies.can_edit(person, business, role) == edits
    assert policies.can_manage_members(role) == manages
