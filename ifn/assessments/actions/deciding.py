"""An assessment handed in, sent back, approved; levels are written down at each step."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from ifn.accounts.models import User
from ifn.assessments import scoring
from ifn.assessments.actions import telling
from ifn.assessments.actions.answering import NotOpen, lock
from ifn.assessments.actions.counting import count
from ifn.assessments.models import Assessment, Score, Side
from ifn.assessments.queries.assessments import Sheet, open_conflicts, sheet_of, unanswered
from ifn.assessments.queries.instruments import document_of
from ifn.audit.actions import record
from ifn.directory.models import Business

State = Assessment.State


class Unanswered(Exception):  # noqa: N818
    """Required questions are open; ``codes`` says which."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class NothingScored(Exception):  # noqa: N818
    """No question was answered from which a level could be made."""


class Undecided(Exception):  # noqa: N818
    """Two people answered differently, and nobody has said what counts."""


class ReasonMissing(Exception):  # noqa: N818
    """An assessment is sent back with a reason, or not at all."""


@transaction.atomic
def submit(one: Assessment, *, actor: User | None, at: datetime) -> None:
    """Hand an assessment in; the levels of both sides are written down.

    Raises:
        NotOpen: It was handed in already.
        Unanswered: A required question is open.
        Undecided: Conflicts wait for a decision.
        NothingScored: There is no level to be made of it.

    """
    lock(one)
    if not one.is_open:
        raise NotOpen
    sheet = sheet_of(one, with_photos=True)
    side = Side.OWN if one.mode == Assessment.Mode.SELF else Side.ASSESSOR
    left = unanswered(document_of(one.version), sheet, side)
    if left:
        raise Unanswered(left)
    if open_conflicts(one).exists():
        raise Undecided
    if not _write_scores(one, sheet):
        raise NothingScored
    one.state, one.submitted_at, one.submitted_by = State.SUBMITTED, at, actor
    one.decided_at, one.decided_by, one.reason = None, None, ""
    one.save(
        update_fields=[
            *("state", "submitted_at", "submitted_by", "decided_at", "decided_by", "reason"),
        ]
    )
    record("assessments.assessment.submitted", one, actor=actor, at=at)


@transaction.atomic
def send_back(one: Assessment, *, reason: str, actor: User, at: datetime) -> None:
    """Open an assessment again for whoever filled it in, with the reason, and tell the firm.

    Raises:
        ReasonMissing: No reason was given.
        NotOpen: It does not wait for a decision.

    """
    if not reason.strip():
        raise ReasonMissing
    _decide(one, State.RETURNED, reason=reason.strip()[:1000], actor=actor, at=at)
    telling.tell(one, "returned", at=at)


@transaction.atomic
def approve(one: Assessment, *, actor: User | None, at: datetime) -> None:
    """Let an assessment count: it is the firm's latest unless a later day was approved before.

    Raises:
        NotOpen: It does not wait for a decision.
        Undecided: Conflicts wait for a decision.

    """
    _lock_firm(one)
    _decide(one, State.APPROVED, reason="", actor=actor, at=at)
    if open_conflicts(one).exists():
        raise Undecided
    _write_scores(one, sheet_of(one))
    count(one.business_id, one.instrument_id)
    one.refresh_from_db(fields=["is_latest", "need"])
    telling.tell(one, "approved", at=at)


def _lock_firm(one: Assessment) -> None:
    """Hold the firm, so that two approvals for it wait for each other, and a merge for both."""
    held = None
    while held != (firm := Assessment.objects.values_list("business", flat=True).get(pk=one.pk)):
        Business.objects.select_for_update().get(pk=firm)
        held = firm


def _decide(one: Assessment, state: str, *, reason: str, actor: User | None, at: datetime) -> None:
    lock(one)
    if one.state != State.SUBMITTED:
        raise NotOpen
    one.state, one.reason, one.decided_at, one.decided_by = state, reason, at, actor
    one.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(f"assessments.assessment.{state}", one, actor=actor, at=at, reason=reason)


def _write_scores(one: Assessment, sheet: Sheet) -> list[Score]:
    """Write the levels anew from the answers; an empty list where there is none."""
    document = document_of(one.version)
    made = []
    for side in Side:
        said = {code: value for code, value in sheet.values[side].items() if value is not None}
        # Facts that one side stated say for both what is asked; levels come from a side's own.
        asked = scoring.applies(document, sheet.of(side))
        own = {code: value for code, value in said.items() if code in asked}
        made += [
            Score(
                assessment=one,
                business_id=one.business_id,
                instrument_id=one.instrument_id,
                dimension=level.dimension,
                side=side,
                level=level.level,
                answered=min(level.answered, Decimal(1)),
                weight=level.weight,
                line=one.version.lines.get(level.dimension, one.version.number),
            )
            for level in scoring.levels(document, own, asked=asked)
        ]
    Score.objects.filter(assessment=one).delete()
    return Score.objects.bulk_create(made)
