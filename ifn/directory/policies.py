"""Who may see and do what with a profile: plain questions with yes or no for an answer."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, works_in
from ifn.directory.models import Business, Membership, Visibility


def can_see(user: User | AnonymousUser, business: Business, role: str = "") -> bool:
    """Say whether this person may open the profile; what is not listed is for who looks after it.

    ``role`` is what the person is to the business, as ``queries.role_in`` says.
    """
    return business.status == Business.Status.LISTED or bool(role) or can_edit(user, business, role)


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


def can_edit(user: User | AnonymousUser, business: Business, role: str = "") -> bool:
    """Say whether this person may change the profile: its people, the office, its own Dinas."""
    return (
        role in {Membership.Role.OWNER, Membership.Role.EDITOR}
        or can_edit_any(user)
        or works_in(user, business.region_id)
    )


def can_enter(user: User | AnonymousUser) -> bool:
    """Say whether this person may enter profiles of others: the office, a Dinas in its region."""
    return can_edit_any(user) or (isinstance(user, User) and bool(user.territory))


def can_manage_members(role: str) -> bool:
    """Say whether a person of this role in a business may invite others and take them out."""
    return role == Membership.Role.OWNER
