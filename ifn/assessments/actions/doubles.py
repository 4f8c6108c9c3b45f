"""Of two assessments of one firm, one goes on and the other is set aside; both are kept."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.assessments.actions.answering import NotOpen, lock
from ifn.assessments.models import Assessment
from ifn.assessments.queries.assessments import beside
from ifn.audit.actions import record

State = Assessment.State


class NoOther(Exception):  # noqa: N818
    """Only one of two is set aside: without another the firm would have none."""


@transaction.atomic
def set_aside(one: Assessment, *, actor: User, at: datetime) -> None:
    """Close an assessment because another of the firm goes on; all it holds stays, to be read.

    What phones still send for it becomes conflicts, as for whatever is closed.

    Raises:
        NotOpen: It was approved or set aside already.
        NoOther: No other assessment of the firm is under way.

    """
    # Held together, so that not each of two is set aside for the other.
    list(beside(one).select_related(None).select_for_update().values_list("pk"))
    lock(one)
    if one.state not in Assessment.UNDECIDED:
        raise NotOpen
    if not beside(one).exists():
        raise NoOther
    one.state, one.decided_at, one.decided_by = State.ASIDE, at, actor
    one.save(update_fields=["state", "decided_at", "decided_by"])
    record("assessments.assessment.aside", one, actor=actor, at=at)


@transaction.atomic
def take_up(one: Assessment, *, actor: User, at: datetime) -> None:
    """Open an assessment again that was set aside, as a draft.

    Raises:
        NotOpen: It is not set aside.

    """
    lock(one)
    if one.state != State.ASIDE:
        raise NotOpen
    one.state, one.reason = State.DRAFT, ""
    one.submitted_at = one.submitted_by = one.decided_at = one.decided_by = None
    one.save(
        update_fields=[
            *("state", "reason", "submitted_at", "submitted_by", "decided_at", "decided_by"),
        ]
    )
    record("assessments.assessment.taken_up", one, actor=actor, at=at)
