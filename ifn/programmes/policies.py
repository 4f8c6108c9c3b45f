"""Who may plan, see, register, decide and attest: plain questions with yes or no for an answer.

Officers for programmes and administrators plan every batch. A regional office sees the batches that
lie in its regions or in which its firms are, and there only its own firms. Firms see their own.
"""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import has_duty, works_in
from ifn.directory.models import Business, Membership
from ifn.programmes.models import Batch, Registration

Person = User | AnonymousUser
#: Who speaks for a business.
SPEAKS = frozenset({Membership.Role.OWNER, Membership.Role.EDITOR})


def can_plan(user: Person) -> bool:
    """Say whether this person plans batches, decides who comes and attests who was there."""
    return has_duty(user, Duty.Kind.PROGRAMME)


def is_regional(user: Person) -> bool:
    """Say whether this person works for any region."""
    return isinstance(user, User) and any(works_in(user, code) for code in user.territory)


def has_desk(user: Person) -> bool:
    """Say whether this person has the list of batches at all."""
    return can_plan(user) or is_regional(user)


def can_see_registration(user: Person, registration: Registration) -> bool:
    """Say whether this person of the staff may see who registered, and what was decided."""
    return can_plan(user) or works_in(user, registration.business.region_id)


def can_register_for(user: Person, business: Business, role: str) -> bool:
    """Say whether this person may register a business: its own people, its Dinas, the office."""
    if business.status == Business.Status.MERGED or business.kind != Business.Kind.BUSINESS:
        return False
    return role in SPEAKS or can_plan(user) or works_in(user, business.region_id)


def can_propose(user: Person, registration: Registration) -> bool:
    """Say whether this person may stand up for a firm that registered: the Dinas of its region."""
    return works_in(user, registration.business.region_id)


def can_withdraw(user: Person, registration: Registration, role: str) -> bool:
    """Say whether this person may take a registration back."""
    return role in SPEAKS or can_see_registration(user, registration)


def is_participant(user: Person, registration: Registration, role: str) -> bool:
    """Say whether the record of a participation is this person's own."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return bool(role) or registration.person_id == user.pk


def can_follow(user: Person, registration: Registration) -> bool:
    """Say whether this person writes a participant's plan: the office, the Dinas of its region."""
    return can_see_registration(user, registration)


def can_settle(user: Person, batch: Batch) -> bool:
    """Say whether this person answers for partners: the office, the Dinas of the batch's region."""
    return can_plan(user) or works_in(user, batch.region_id)


def can_change_comer(user: Person, registration: Registration, role: str) -> bool:
    """Say whether this person may say who comes: the firm's people, whoever comes, its office."""
    if role in SPEAKS or can_see_registration(user, registration):
        return True
    return isinstance(user, User) and registration.person_id == user.pk


def can_tell(user: Person, registration: Registration, role: str) -> bool:
    """Say whether this person says how the firm's own actions go: its people, or whoever comes."""
    is_comer = isinstance(user, User) and registration.person_id == user.pk
    return role in SPEAKS or is_comer
