"""How an opportunity goes on or comes to an end: renewed, filled, withdrawn, expired."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.actions.moving import DeadlineGone, end_of, lock, move
from ifn.connections.actions.posting import open_now
from ifn.connections.actions.telling import let_rest, tell
from ifn.connections.models import Opportunity
from ifn.connections.opportunities.indexing import put_in_list
from ifn.connections.opportunities.stillopen import AskedAbout
from ifn.connections.queries.opportunities import particulars_of
from ifn.directory.models import Business

__all__ = [
    "AskedAbout",
    "DeadlineGone",
    "NotOpen",
    "ask_those_due",
    "expire_due",
    "fill",
    "renew",
    "withdraw",
]
#: Its people are asked so many days before the end.
ASKED_DAYS: Final = 7
#: So many in one piece of work.
BATCH: Final = 50
_RENEWABLE: Final = frozenset({Opportunity.State.OPEN, Opportunity.State.EXPIRED})
_ENDABLE: Final = frozenset({Opportunity.State.REVIEW, Opportunity.State.REFUSED, *_RENEWABLE})


class NotOpen(Exception):  # noqa: N818
    """It is neither open nor just expired, so this cannot happen to it."""

    def __init__(self, opportunity: Opportunity) -> None:
        super().__init__(str(opportunity))
        self.opportunity = opportunity


@transaction.atomic
def renew(
    opportunity: Opportunity,
    *,
    asked: AskedAbout | None = None,
    actor: User | None,
    at: datetime,
    today: date,
) -> bool:
    """Keep it open for another 60 days, or until its deadline; say whether that is news.

    ``asked`` is the link by which somebody says so without signing in; one link renews once.

    Raises:
        NotOpen: It is neither open nor expired, or its business is not shown.
        DeadlineGone: Its deadline has gone by; it needs a new one first.

    """
    opportunity = lock(opportunity)
    is_shown = opportunity.business.status == Business.Status.LISTED
    if asked is not None and asked.is_answered(opportunity):
        return False
    if opportunity.state not in _RENEWABLE or not is_shown:
        raise NotOpen(opportunity)
    particulars = particulars_of(opportunity)
    end = end_of(particulars.deadline, today)
    if opportunity.state == Opportunity.State.EXPIRED:
        open_now(opportunity, particulars, end=end, actor=actor, at=at)
        let_rest(opportunity, at=at)
        return True
    if opportunity.expires_on == end:
        return False
    before = opportunity.expires_on
    opportunity.expires_on, opportunity.asked_for = end, None
    opportunity.save(update_fields=["expires_on", "asked_for"])
    put_in_list(opportunity, particulars)
    record(
        "connections.opportunity.renewed",
        opportunity,
        actor=actor,
        at=at,
        before={"expires_on": before},
        after={"expires_on": end},
        by_link=asked is not None,
    )
    let_rest(opportunity, at=at)
    return True


@transaction.atomic
def fill(
    opportunity: Opportunity,
    *,
    asked: AskedAbout | None = None,
    actor: User | None,
    at: datetime,
) -> bool:
    """Note that somebody was found; say whether that is news.

    Raises:
        NotOpen: It is neither open nor expired.

    """
    opportunity = lock(opportunity)
    is_answered = asked is not None and asked.is_answered(opportunity)
    if is_answered or opportunity.state == Opportunity.State.FILLED:
        return False
    if opportunity.state not in _RENEWABLE:
        raise NotOpen(opportunity)
    move(opportunity, Opportunity.State.FILLED, actor=actor, at=at)
    let_rest(opportunity, at=at)
    return True


@transaction.atomic
def withdraw(
    opportunity: Opportunity, *, reason: str = "", actor: User | None, at: datetime
) -> bool:
    """Take it back; say whether that is news.

    Raises:
        NotOpen: It is a draft, or filled.

    """
    opportunity = lock(opportunity)
    if opportunity.state == Opportunity.State.WITHDRAWN:
        return False
    if opportunity.state not in _ENDABLE:
        raise NotOpen(opportunity)
    move(opportunity, Opportunity.State.WITHDRAWN, actor=actor, at=at, reason=reason)
    let_rest(opportunity, at=at)
    return True


def expire_due(*, on: date, at: datetime) -> int:
    """End the next opportunities whose last day has gone by; return how many there were."""
    due = Opportunity.objects.filter(state=Opportunity.State.OPEN, expires_on__lt=on)
    found = list(due.order_by("expires_on", "pk")[:BATCH])
    for one in found:
        _expire(one, on=on, at=at)
    return len(found)


@transaction.atomic
def _expire(opportunity: Opportunity, *, on: date, at: datetime) -> None:
    opportunity = lock(opportunity)
    is_due = opportunity.expires_on is not None and opportunity.expires_on < on
    if opportunity.state == Opportunity.State.OPEN and is_due:
        let_rest(opportunity, at=at)
        move(opportunity, Opportunity.State.EXPIRED, actor=None, at=at)
        tell(opportunity, "expired", on=on, at=at)


def ask_those_due(*, on: date, at: datetime) -> int:
    """Ask the people of the next opportunities that end soon; return how many there were."""
    asked = Q(asked_for__isnull=False, asked_for=F("expires_on"))
    due = (
        Opportunity.objects.open_on(on)
        .filter(expires_on__lte=on + timedelta(days=ASKED_DAYS))
        .exclude(asked)
    )
    found = list(due.order_by("expires_on", "pk")[:BATCH])
    for one in found:
        _ask(one, on=on, at=at)
    return len(found)


@transaction.atomic
def _ask(opportunity: Opportunity, *, on: date, at: datetime) -> None:
    opportunity = lock(opportunity)
    if opportunity.state != Opportunity.State.OPEN or (
        opportunity.asked_for == opportunity.expires_on
    ):
        return
    opportunity.asked_for = opportunity.expires_on
    opportunity.save(update_fields=["asked_for"])
    messages = tell(opportunity, "ending", on=on, at=at)
    record("connections.opportunity.asked", opportunity, actor=None, at=at, messages=messages)
