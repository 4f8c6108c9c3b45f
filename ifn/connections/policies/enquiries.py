"""Who may read an enquiry, answer it, and look after all of them."""

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import has_duty
from ifn.connections.enquiring.askers import key_of_person
from ifn.connections.enquiring.states import Side
from ifn.connections.models import Enquiry
from ifn.directory.models import Membership

#: Who answers for a firm; a viewer only reads.
ANSWERS = (Membership.Role.OWNER, Membership.Role.EDITOR)


def can_look_after(user: User | AnonymousUser) -> bool:
    """Say whether this person looks after enquiries of all: who brokers, and who keeps the data."""
    return has_duty(user, Duty.Kind.BROKER, Duty.Kind.DATA)


def side_of(
    user: User | AnonymousUser, enquiry: Enquiry, *, of_firm: str, of_asker: str
) -> Side | None:
    """Return which side of an enquiry a person is on, or nothing.

    ``of_firm`` and ``of_asker`` are what the person is to the firm and to the business that asks,
    as ``directory.queries.role_in`` says. The firm does not see what it was not sent.
    """
    if not isinstance(user, User) or not user.is_active:
        return None
    if enquiry.asker == key_of_person(user.pk) or of_asker:
        return Side.ASKER
    if of_firm and enquiry.is_before_firm:
        return Side.FIRM
    return None


def can_answer(side: Side, *, of_firm: str, of_asker: str, is_author: bool) -> bool:
    """Say whether a person of this side may do something, not only read."""
    if side == Side.ASKER:
        return is_author or of_asker in ANSWERS
    return of_firm in ANSWERS
