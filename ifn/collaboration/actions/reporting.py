"""Figures of what a project changed: reported with a source, taken out again."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.batching import ForeignPartner
from ifn.collaboration.models import Impact, Project, ProjectPartner


class SourceMissing(ValueError):  # noqa: N818
    """A figure without a source says nothing."""


@transaction.atomic
def report(  # noqa: PLR0913  # what is counted, how much of it, when, and who says so
    project: Project,
    kind: str,
    amount: Decimal,
    *,
    on: date,
    source: str,
    partner: ProjectPartner | None = None,
    actor: User | None,
    at: datetime,
) -> Impact:
    """Enter a figure with its source.

    Raises:
        ForeignPartner: The partner is of another project.
        SourceMissing: There is no source.

    """
    if not source.strip():
        raise SourceMissing
    if partner and partner.project_id != project.pk:
        raise ForeignPartner
    one = Impact.objects.create(
        project=project,
        partner=partner,
        kind=kind,
        amount=amount,
        on=on,
        source=source,
        said_at=at,
        said_by=actor,
    )
    record("collaboration.impact.reported", one, actor=actor, at=at, kind=kind, amount=str(amount))
    return one


@transaction.atomic
def take_out(one: Impact, *, actor: User | None, at: datetime) -> None:
    """Take a figure out that was wrong; the record keeps what it was."""
    record(
        "collaboration.impact.removed",
        one,
        actor=actor,
        at=at,
        kind=one.kind,
        amount=str(one.amount),
        source=one.source,
    )
    one.delete()
