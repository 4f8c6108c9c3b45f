"""Who may see and do what with a profile: plain questions with yes or no for an answer."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory
from ifn.directory.models import Business, Visibility


def can_see(user: User | AnonymousUser, business: Business) -> bool:
    """Say whether this person may open the profile; what is not listed is for staff."""
    return business.status == Business.Status.LISTED or can_edit_any(user)


def can_see_fact(user: User | AnonymousUser, visibility: str) -> bool:
    """Say whether a fact of this visibility is shown to this person."""
    if visibility == Visibility.PUBLIC:
        return True
    if visibility == Visibility.MEMBERS:
        return user.is_authenticated
    return False


def can_edit_any(user: User | AnonymousUser) -> bool:
    """Say whether this person may enter and change any profile."""
    return can_manage_directory(user)
