"""What the office says of a first post: accepted, or refused with a reason."""

from datetime import date, datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.connections.actions.moving import end_of, lock, move
from ifn.connections.actions.posting import open_now
from ifn.connections.actions.telling import tell
from ifn.connections.models import Opportunity
from ifn.connections.queries.opportunities import particulars_of


class DecidedMeanwhile(Exception):  # noqa: N818
    """It no longer waits: a colleague was quicker, or it was withdrawn."""

    def __init__(self, opportunity: Opportunity) -> None:
        super().__init__(str(opportunity))
        self.opportunity = opportunity


@transaction.atomic
def release(opportunity: Opportunity, *, actor: User, at: datetime, today: date) -> Opportunity:
    """Open what waits, and tell its people; what the business posts later is open at once.

    Raises:
        DecidedMeanwhile: It no longer waits.
        DeadlineGone: Its deadline has gone by meanwhile.

    """
    opportunity = _waiting(opportunity)
    particulars = particulars_of(opportunity)
    end = end_of(particulars.deadline, today)
    opportunity.released_at = at
    open_now(opportunity, particulars, end=end, actor=actor, at=at)
    tell(opportunity, "opened", on=today, at=at)
    return opportunity


@transaction.atomic
def refuse(
    opportunity: Opportunity, *, reason: str, actor: User, at: datetime, today: date
) -> Opportunity:
    """Send what waits back to its people, who read the reason, may mend it and post it again.

    Raises:
        DecidedMeanwhile: It no longer waits.

    """
    opportunity = _waiting(opportunity)
    move(opportunity, Opportunity.State.REFUSED, actor=actor, at=at, reason=reason)
    tell(opportunity, "refused", on=today, at=at)
    return opportunity


def _waiting(opportunity: Opportunity) -> Opportunity:
    found = lock(opportunity)
    if found.state != Opportunity.State.REVIEW:
        raise DecidedMeanwhile(found)
    return found
