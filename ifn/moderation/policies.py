"""Who may claim: plain questions with yes or no for an answer."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, works_in
from ifn.directory.models import Business


def can_be_claimed(business: Business, *, has_owner: bool) -> bool:
    """Say whether somebody may say that this profile is theirs."""
    return business.status == Business.Status.LISTED and not has_owner


def can_claim(user: User | AnonymousUser, business: Business, *, has_owner: bool) -> bool:
    """Say whether this person may claim a profile; staff, who judge claims, make none."""
    if not can_be_claimed(business, has_owner=has_owner):
        return False
    return not (isinstance(user, User) and user.is_staff)


def can_hand_over(user: User | AnonymousUser, business: Business, *, has_owner: bool) -> bool:
    """Say whether this person may hand the owner of a profile a link to it."""
    if not can_be_claimed(business, has_owner=has_owner):
        return False
    return can_manage_directory(user) or works_in(user, business.region_id)
