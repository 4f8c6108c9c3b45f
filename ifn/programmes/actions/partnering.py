"""Who helps with a batch, what they promise, and what it costs."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.models import Business
from ifn.programmes.models import Batch, BudgetLine, Commitment, Partner


class ThereAlready(Exception):  # noqa: N818
    """The batch has a partner of this name."""


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
    """Take a partner out, with what it promised."""
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
def settle(one: Commitment, state: str, *, actor: User, at: datetime) -> None:
    """Note whether a promise was kept."""
    found = Commitment.objects.select_for_update().get(pk=one.pk)
    before, found.state, found.since = found.state, state, at
    found.save(update_fields=["state", "since"])
    record(
        "programmes.commitment.settled",
        found,
        actor=actor,
        at=at,
        before={"state": before},
        after={"state": state},
    )


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
