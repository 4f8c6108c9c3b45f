"""From one state of an opportunity to the next: the row, its history, the record, the index."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.models import Opportunity, StateChange
from ifn.connections.opportunities.indexing import put_in_list
from ifn.connections.opportunities.particulars import Particulars
from ifn.connections.queries.opportunities import particulars_of

#: What is open stays so for so many days, or until its deadline.
OPEN_DAYS: Final = 60


class DeadlineGone(Exception):  # noqa: N818
    """The deadline has gone by, so there is nothing to be open for."""


def lock(opportunity: Opportunity) -> Opportunity:
    """Return an opportunity as it stands, which nobody else changes until the end.

    Raises:
        Opportunity.DoesNotExist: It was removed meanwhile.

    """
    rows = Opportunity.objects.select_for_update(of=("self",)).select_related("business")
    return rows.get(pk=opportunity.pk)


def end_of(deadline: date | None, today: date) -> date:
    """Return the last day of what opens today.

    Raises:
        DeadlineGone: The deadline was before today.

    """
    latest = today + timedelta(days=OPEN_DAYS)
    if deadline is None:
        return latest
    if deadline < today:
        raise DeadlineGone
    return min(latest, deadline)


def move(  # noqa: PLR0913  # from where, to where, why, who, when, and what is known already
    opportunity: Opportunity,
    state: str,
    *,
    actor: User | None,
    at: datetime,
    reason: str = "",
    particulars: Particulars | None = None,
    event: str = "",
    **details: Any,
) -> None:
    """Bring a locked opportunity into a state and save all its columns."""
    before = opportunity.state
    opportunity.state, opportunity.since, opportunity.reason = state, at, reason
    opportunity.save()
    StateChange.objects.create(
        opportunity=opportunity, state=state, at=at, person=actor, reason=reason
    )
    put_in_list(opportunity, particulars or particulars_of(opportunity))
    record(
        event or f"connections.opportunity.{state}",
        opportunity,
        actor=actor,
        at=at,
        reason=reason,
        before={"state": before},
        after={"state": state},
        **details,
    )
