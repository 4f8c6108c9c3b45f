"""Who helps with a batch, what they promise, and what it costs."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.models import Business
from ifn.programmes.actions.planning import ReasonMissing
from ifn.programmes.models import (
    Action,
    Batch,
    BudgetLine,
    Commitment,
    CommitmentStep,
    Partner,
    Side,
)


class ThereAlready(Exception):  # noqa: N818
    """The batch has a partner of this name."""


class StillHasActions(Exception):  # noqa: N818
    """A partner has something to do in a participant's plan, so it stays."""


class DayMissing(ValueError):  # noqa: N818
    """What is not kept yet takes a new day."""


@transaction.atomic
def add_partner(  # noqa: PLR0913  # what it is, and who says so
    batch: Batch,
    name: str,
    *,
    kind: str,
    role: str = "",
    business: Business | None = None,
    actor: User | None,
    at: datetime,
) -> Partner:
    """Name an organisation that takes part.

    Raises:
        ThereAlready: One of this name takes part already.

    """
    try:
        with transaction.atomic():
            one = Partner.objects.create(
                batch=batch, name=name, kind=kind, role=role, business=business
            )
    except IntegrityError:
        raise ThereAlready from None
    record("programmes.partner.added", one, actor=actor, at=at, batch=batch.code)
    return one


@transaction.atomic
def remove_partner(one: Partner, *, actor: User, at: datetime) -> None:
    """Take a partner out, with what it promised.

    Raises:
        StillHasActions: It has something to do in a plan.

    """
    if Action.objects.filter(partner=one).exists():
        raise StillHasActions
    record("programmes.partner.removed", one, actor=actor, at=at, name=one.name)
    one.delete()


@transaction.atomic
def promise(
    partner: Partner, what: str, *, due_on: date | None, actor: User | None, at: datetime
) -> Commitment:
    """Note what a partner promises, and by when."""
    one = Commitment.objects.create(partner=partner, what=what, due_on=due_on, since=at)
    record("programmes.commitment.promised", one, actor=actor, at=at, partner=partner.pk)
    return one


@transaction.atomic
def settle(  # noqa: PLR0913  # what came of it, until when, why, and who says so
    one: Commitment,
    state: str,
    *,
    due_on: date | None = None,
    reason: str = "",
    side: str = Side.OFFICE,
    actor: User | None,
    at: datetime,
) -> Commitment:
    """Note what came of a promise: kept, not yet and when, or not possible and why.

    Said twice, it is said once. Without ``due_on`` the day stays as it was.

    Raises:
        DayMissing: A partner says "not yet" without a new day.
        ReasonMissing: What is not kept takes a reason.

    """
    found = Commitment.objects.select_for_update().get(pk=one.pk)
    is_not_yet = state == Commitment.State.PROMISED
    if state == Commitment.State.DROPPED and not reason.strip():
        raise ReasonMissing
    if is_not_yet and side == Side.PARTNER and due_on is None:
        raise DayMissing
    day = (due_on or found.due_on) if is_not_yet else found.due_on
    if (found.state, found.due_on, found.reason) == (state, day, reason):
        return found
    before = {"state": found.state, "due_on": found.due_on}
    found.state, found.due_on, found.reason, found.since = state, day, reason, at
    found.save(update_fields=["state", "due_on", "reason", "since"])
    CommitmentStep.objects.create(
        commitment=found,
        state=state,
        due_on=day,
        reason=reason,
        at=at,
        side=side,
        person=actor,
    )
    record(
        "programmes.commitment.settled",
        found,
        actor=actor,
        at=at,
        before=before,
        after={"state": state, "due_on": day},
        side=side,
    )
    return found


@transaction.atomic
def write_line(  # noqa: PLR0913  # for what, who pays, how much
    batch: Batch,
    line: BudgetLine | None,
    label: str,
    *,
    source: str,
    planned: Decimal,
    spent: Decimal,
    actor: User | None,
    at: datetime,
) -> BudgetLine:
    """Enter a line of the budget, or change one; rupiah."""
    one = line or BudgetLine(batch=batch)
    before = {"planned": one.planned, "spent": one.spent} if line else {}
    one.label, one.source, one.planned, one.spent = label, source, planned, spent
    one.save()
    record(
        "programmes.budget.written",
        one,
        actor=actor,
        at=at,
        before=before,
        after={"planned": planned, "spent": spent},
        batch=batch.code,
    )
    return one


@transaction.atomic
def remove_line(one: BudgetLine, *, actor: User, at: datetime) -> None:
    """Remove a line of the budget."""
    record("programmes.budget.removed", one, actor=actor, at=at, label=one.label)
    one.delete()
