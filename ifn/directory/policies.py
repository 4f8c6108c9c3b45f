"""Who may see and do what with a profile: plain questions with yes or no for an answer."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import Consent, Duty, User
from ifn.accounts.policies import can_manage_directory, has_duty, works_in
from ifn.directory.models import Business, Membership, Verification, Visibility
from ifn.regions.containing import lies_in


def can_see(user: User | AnonymousUser, business: Business, role: str = "") -> bool:
    """Say whether this person may open the profile; what is not listed is for who looks after it.

    ``role`` is what the person is to the business, as ``queries.role_in`` says. What was merged
    nobody opens: another profile stands for it.
    """
    if business.status == Business.Status.MERGED:
        return False
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
    if business.status == Business.Status.MERGED:
        return False
    return (
        role in {Membership.Role.OWNER, Membership.Role.EDITOR}
        or can_edit_any(user)
        or works_in(user, business.region_id)
    )


def can_withdraw(
    user: User | AnonymousUser, consent: Consent, business: Business | None, role: str = ""
) -> bool:
    """Say whether this person may end a consent: who gave it, or who may change the profile."""
    if not (isinstance(user, User) and user.is_active):
        return False
    return consent.person_id == user.pk or (business is not None and can_edit(user, business, role))


def can_enter(user: User | AnonymousUser) -> bool:
    """Say whether this person may enter profiles of others: the office, a Dinas in its region."""
    return can_edit_any(user) or (isinstance(user, User) and bool(user.territory))


def may_write_at(user: User | AnonymousUser, region: str) -> bool:
    """Say whether somebody who is not of the business may put a profile at this place."""
    return can_edit_any(user) or works_in(user, region)


def can_merge(user: User | AnonymousUser, *businesses: Business) -> bool:
    """Say whether this person may make one of these profiles: the office, a Dinas of its own."""
    return all(can_edit_any(user) or works_in(user, one.region_id) for one in businesses)


def can_appoint(user: User | AnonymousUser) -> bool:
    """Say whether this person may give a profile to another owner: the office alone."""
    return can_edit_any(user)


def can_manage_members(role: str) -> bool:
    """Say whether a person of this role in a business may invite others and take them out."""
    return role == Membership.Role.OWNER


def can_verify(user: User | AnonymousUser, business: Business, topic: str, role: str) -> bool:
    """Say whether this person may verify a topic of a business, take it back, see its evidence.

    Officers for verification may, and a Dinas may say that it visited a place of its own region.
    Nobody vouches for a business that they look after.
    """
    if role or business.status == Business.Status.MERGED:
        return False
    if has_duty(user, Duty.Kind.VERIFIER):
        return True
    return topic == Verification.Topic.PLACE and works_in(user, business.region_id)


def can_verify_any(user: User | AnonymousUser, business: Business, role: str) -> bool:
    """Say whether there is any topic that this person may verify."""
    return any(can_verify(user, business, topic, role) for topic in Verification.Topic.values)


def office_of(user: User, business: Business) -> str | None:
    """Return the region whose office this person speaks for; nothing for the network's own."""
    if user.is_office or not business.region_id:
        return None
    own = [code for code in user.territory if lies_in(business.region_id, [code])]
    return max(own, key=len, default=None)


def can_see_expired(user: User | AnonymousUser, role: str) -> bool:
    """Say whether this person sees what was verified once and no longer holds."""
    return bool(role) or (isinstance(user, User) and user.is_active and user.is_staff)
