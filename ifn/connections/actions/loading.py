"""Opportunities that come as they stand, as those of the demo network do."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ifn.audit.actions import record
from ifn.connections.actions.drafting import insert
from ifn.connections.actions.kinds import kind_going
from ifn.connections.actions.moving import OPEN_DAYS
from ifn.connections.actions.posting import write_facts
from ifn.connections.models import Opportunity, StateChange
from ifn.connections.opportunities.indexing import put_in_list
from ifn.connections.opportunities.particulars import Particulars
from ifn.directory.models import Business

_BEFORE = frozenset({Opportunity.State.REVIEW, Opportunity.State.REFUSED})


@transaction.atomic
def enter_demo(  # noqa: PLR0913  # whose, which way, what, in which state, since when
    business: Business,
    particulars: Particulars,
    *,
    direction: str,
    kind: str,
    state: str,
    since: datetime,
    today: date,
    at: datetime,
) -> Opportunity:
    """Enter an invented opportunity of an invented business in a state, opened some time ago.

    Raises:
        WrongWay: Something of this kind cannot go this way.

    """
    is_opened = state not in _BEFORE
    opportunity = insert(
        Opportunity(
            business=business,
            direction=direction,
            kind=kind_going(direction, kind),
            created_at=since,
            changed_at=since,
            since=since,
            is_demo=True,
        )
    )
    write_facts(opportunity, particulars, at=since)
    opportunity.state = state
    if is_opened:
        ends = since.date() + timedelta(days=OPEN_DAYS)
        opportunity.opened_at = since
        opportunity.expires_on = min(ends, particulars.deadline or ends)
        if state == Opportunity.State.OPEN:
            opportunity.expires_on = max(opportunity.expires_on, today)
    opportunity.save()
    states = [Opportunity.State.OPEN, state] if is_opened else [state]
    for one in dict.fromkeys(states):
        StateChange.objects.create(opportunity=opportunity, state=one, at=since)
    put_in_list(opportunity, particulars)
    record("connections.opportunity.entered", opportunity, actor=None, at=at)
    return opportunity
