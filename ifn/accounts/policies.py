"""What a person may do by virtue of their role; pure."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User


def can_manage_directory(user: User | AnonymousUser) -> bool:
    """Say whether this person may list, hide, correct and load profiles of others."""
    return isinstance(user, User) and user.is_active and user.is_staff
