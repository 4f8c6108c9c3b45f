"""Who may work on requests about personal data and on breaches."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import has_duty
from ifn.privacy.models import Export


def can_handle(user: User | AnonymousUser) -> bool:
    """Say whether this person works on requests and breaches: data officers, administrators."""
    return has_duty(user, Duty.Kind.DATA)


def can_open(user: User | AnonymousUser, export: Export) -> bool:
    """Say whether this copy is of this person's own data."""
    return isinstance(user, User) and user.is_active and export.person_id == user.pk
