"""What a person may do by virtue of their role, duties and territory."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import Duty, User
from ifn.regions.containing import lies_in

Person = User | AnonymousUser


def can_sign_in(user: User) -> bool:
    """Say whether the account is open.

    Passwords of the demo network are public; a database may have been tried out before.
    """
    return user.is_active and not (user.is_demo and settings.PRODUCTION)


def must_secure(user: User) -> bool:
    """Say whether the person works for the network and lacks the second factor that takes."""
    return (
        settings.STAFF_SECOND_FACTOR
        and user.is_staff
        and not user.is_demo
        and user.secured_at is None
    )


def has_duty(user: Person, *kinds: str) -> bool:
    """Say whether an officer holds one of these duties; an administrator holds them all.

    Whoever lacks the second factor that this takes has no power over what is of others.
    """
    if not (isinstance(user, User) and user.is_active) or must_secure(user):
        return False
    return user.is_administrator or not user.duties.isdisjoint(kinds)


def works_in(user: Person, region: str | None) -> bool:
    """Say whether this region, by its code, is in a regional officer's territory; as has_duty."""
    if not (isinstance(user, User) and user.is_active) or must_secure(user):
        return False
    return lies_in(region, user.territory)


def territory_of(user: User) -> list[str]:
    """Return the regions, by their codes, in which a regional officer may work now."""
    return sorted(code for code in user.territory if works_in(user, code))


def can_manage_directory(user: Person) -> bool:
    """Say whether this person may list, hide, correct and load profiles of others anywhere."""
    return has_duty(user, Duty.Kind.DATA, Duty.Kind.VERIFIER)


def can_manage_people(user: Person) -> bool:
    """Say whether this person may open and close accounts and give roles and duties."""
    return isinstance(user, User) and user.is_active and user.is_administrator
