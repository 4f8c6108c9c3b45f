"""First posts of businesses: accepted or refused, and off everybody's list of work."""

from datetime import date, datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.connections import actions as connections
from ifn.connections.models import Opportunity
from ifn.moderation.actions.taking import let_go
from ifn.moderation.problems import ReasonMissing


@transaction.atomic
def release_opportunity(
    opportunity: Opportunity, *, actor: User, at: datetime, today: date
) -> Opportunity:
    """Open what waits; nobody has it as their work any more.

    Raises:
        DecidedMeanwhile, DeadlineGone: As ``connections.actions.release`` says.

    """
    released = connections.release(opportunity, actor=actor, at=at, today=today)
    let_go("opportunity", [opportunity.pk])
    return released


@transaction.atomic
def refuse_opportunity(
    opportunity: Opportunity, *, reason: str, actor: User, at: datetime, today: date
) -> Opportunity:
    """Send what waits back to its people; nobody has it as their work any more.

    Raises:
        ReasonMissing: It was not said why.
        DecidedMeanwhile: It no longer waits.

    """
    if not reason:
        raise ReasonMissing
    refused = connections.refuse(opportunity, reason=reason, actor=actor, at=at, today=today)
    let_go("opportunity", [opportunity.pk])
    return refused
