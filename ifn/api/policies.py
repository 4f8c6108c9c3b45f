"""Who may do what with API keys."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.api.models import Key


def can_revoke(user: User | AnonymousUser, key: Key) -> bool:
    """Say whether this person may revoke the key: its owner may."""
    return isinstance(user, User) and user.is_active and key.person_id == user.pk
