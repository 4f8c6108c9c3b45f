import pytest
from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory


@pytest.mark.parametrize(
    ("role", "allowed"), [("member", False), ("officer", True), ("administrator", True)]
)
def test_the_office_manages_the_directory(role, allowed):
    assert can_manage_directory(User(role=role)) == allowed
    assert not can_manage_directory(User(role=role, is_active=False))


def test_visitors_manage_nothing():
    assert not can_manage_directory(AnonymousUser())
