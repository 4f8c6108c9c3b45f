"""Who may see and do what with an opportunity: plain questions with yes or no for an answer."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, works_in
from ifn.connections.models import Opportunity
from ifn.directory.models import Business, Membership

#: Who writes in a business's name.
WRITERS = frozenset({Membership.Role.OWNER, Membership.Role.EDITOR})
#: In which states others than its own people may open its page.
SHOWN = frozenset({Opportunity.State.OPEN, Opportunity.State.FILLED, Opportunity.State.EXPIRED})


def can_post_for(user: User | AnonymousUser, business: Business, role: str) -> bool:
    """Say whether this person may offer and ask in a business's name.

    Its owners and editors, the office, and the Dinas of its region may; not for a merged one.
    """
    if business.status == Business.Status.MERGED:
        return False
    return role in WRITERS or can_release(user, business.region_id)


def can_release(user: User | AnonymousUser, region: str | None) -> bool:
    """Say whether this person may accept or refuse what waits of a business of this region.

    The office's verifiers and data officers, and the Dinas of the region: who has the work list.
    """
    return can_manage_directory(user) or works_in(user, region)


def can_see(
    user: User | AnonymousUser, opportunity: Opportunity, role: str, *, fits: bool = False
) -> bool:
    """Say whether this person may open the page of an opportunity.

    ``role`` is what the person is to its business, ``fits`` whether they look after a business that
    fits it. What is not public is for its own people and who may release it.
    """
    business = opportunity.business
    if role or can_release(user, business.region_id):
        return True
    if opportunity.state not in SHOWN or business.status != Business.Status.LISTED:
        return False
    if opportunity.visibility == Opportunity.Visibility.MATCHED:
        return fits
    if opportunity.visibility == Opportunity.Visibility.MEMBERS:
        return user.is_authenticated
    return True


def can_answer(opportunity: Opportunity, role: str, today: date) -> bool:
    """Say whether whoever sees an opportunity may answer it: not its own people, and while open."""
    is_open = (
        opportunity.state == Opportunity.State.OPEN
        and opportunity.expires_on is not None
        and opportunity.expires_on >= today
    )
    return is_open and opportunity.business.status == Business.Status.LISTED and not role


def can_see_price(
    user: User | AnonymousUser, opportunity: Opportunity, role: str, *, is_accepted: bool = False
) -> bool:
    """Say whether this person sees the price of an opportunity that they may open.

    ``is_accepted`` says whether its business said yes to an answer of theirs.
    """
    if opportunity.price_shown == Opportunity.PriceShown.ALL or is_accepted:
        return True
    return bool(role) or can_release(user, opportunity.business.region_id)
