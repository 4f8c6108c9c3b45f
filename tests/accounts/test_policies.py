import pytest
from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, can_manage_people


@pytest.mark.parametrize(
    ("role", "directory", "people"),
    [("member", False, False), ("officer", True, False), ("administrator", True, True)],
)
def test_roles_decide_what_people_may_manage(role, directory, people):
    assert can_manage_directory(User(role=role)) == directory
    assert can_manage_people(User(role=role)) == people
    assert not can_manage_directory(User(role=role, is_active=False))
    assert not can_manage_people(User(role=role, is_active=False))


def test_visitors_manage_nothing():
    assert not can_manage_directory(AnonymousUser())
    assert not can_manage_people(AnonymousUser())
