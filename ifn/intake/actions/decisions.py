"""People decide rows: one by one, or many at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.models import Business
from ifn.intake.actions.stages import NotNow, locked
from ifn.intake.models import List, Row, RowQuerySet, Verdict

State, Choice = Row.State, Row.Decision
#: Rows that can be decided, and those that can be applied.
DECIDABLE: Final = (State.NEW, State.SAME, State.MAYBE, State.TWICE, State.SKIPPED, State.UNDONE)
#: Rows decided in one transaction.
BATCH: Final = 500


class DecidedMeanwhile(Exception):  # noqa: N818
    """Somebody else decided the row since this person had opened it; ``row`` is how it is now."""

    def __init__(self, row: Row) -> None:
        super().__init__(str(row))
        self.row = row


class NoReason(Exception):  # noqa: N818
    """A row that says something can be left out only with a reason."""


class NoProfile(Exception):  # noqa: N818
    """Nobody said which profile a row is."""


@transaction.atomic
def decide_row(  # noqa: PLR0913  # what was decided, on what, and by whom
    row: Row,
    decision: str,
    *,
    business: Business | None = None,
    chosen: Mapping[str, bool] | None = None,
    note: str = "",
    seen: datetime | None,
    actor: User,
    at: datetime,
) -> Row:
    """Decide what becomes of a row; ``seen`` is its ``decided_at`` as this person saw it.

    ``chosen`` says for fields of a profile whether the list's word is taken.

    Raises:
        DecidedMeanwhile: Somebody else decided it since.
        NotNow: The list does not wait for decisions, or the row is applied or has an error.
        NoProfile: It is to be a profile, and nobody said which.
        NoReason: It is left out, and nobody said why.

    """
    received = locked(row.list)
    now = Row.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=row.pk)
    if now.decided_at != seen:
        raise DecidedMeanwhile(now)
    if received.state not in {List.State.REVIEW, List.State.APPLIED} or now.state not in DECIDABLE:
        raise NotNow(now.state)
    if decision == Choice.JOIN and business is None:
        raise NoProfile
    if decision == Choice.SKIP and not note.strip() and now.state != State.TWICE:
        raise NoReason
    _decide(now, decision, business.pk if business else None, note, actor, at)
    now.chosen = dict(chosen or {})
    now.save()
    _remember(now, actor, at, looked=True)
    record(
        "intake.row.decided",
        now,
        actor=actor,
        at=at,
        reason=note,
        after={"decision": decision, "business": business.number if business else ""},
    )
    return now


def _decide(
    row: Row, decision: str, business: int | None, note: str, actor: User, at: datetime
) -> None:
    row.decision, row.note = decision, note.strip()[:300]
    row.decided_by, row.decided_at = actor, at
    if decision == Choice.JOIN:
        row.business_id = business
    elif row.outcome != Row.Outcome.CREATED:  # what was undone comes back as the same profile
        row.business_id = None
    if decision == Choice.SKIP:
        row.state, row.reason = State.SKIPPED, "by_person"
    elif row.state in {State.SKIPPED, State.UNDONE}:
        row.state = State.MAYBE if row.candidates else State.NEW
        row.reason = "maybe_profile" if row.candidates else ""


def _remember(row: Row, actor: User, at: datetime, *, looked: bool) -> None:
    """Keep what this decision says of the row's words, so that nobody is asked again.

    What was found of the two is kept with it where a person looked at them one by one.
    """
    if not row.stated:
        return
    shown = {int(one["business"]): one.get("signals", {}) for one in row.candidates}
    if row.decision == Choice.CREATE:
        said = dict.fromkeys(shown, False)
    elif row.decision == Choice.JOIN and row.business_id:
        said = {**dict.fromkeys(shown, False), row.business_id: True}
    else:
        return
    for business, is_same in said.items():
        Verdict.objects.update_or_create(
            stated=row.stated,
            business_id=business,
            defaults={
                "is_same": is_same,
                "person": actor,
                "said_at": at,
                "signals": shown.get(business, {}) if looked else {},
            },
        )


@transaction.atomic
def decide_rows(
    received: List, rows: RowQuerySet, decision: str, *, note: str = "", actor: User, at: datetime
) -> int:
    """Decide all of these rows that nobody has decided; return how many it was.

    To join means: each with its likeliest profile; rows without one stay as they are.

    Raises:
        NotNow: The list does not wait for decisions.
        NoReason: They are to be left out, and nobody said why.

    """
    now = locked(received)
    if now.state not in {List.State.REVIEW, List.State.APPLIED}:
        raise NotNow(now.state)
    if decision == Choice.SKIP and not note.strip():
        raise NoReason
    open_ = rows.filter(list=now, state__in=DECIDABLE, decided_by=None).order_by("pk")
    number = 0
    for row in open_.select_for_update(of=("self",)):
        business = row.business_id
        if decision == Choice.JOIN and business is None and row.candidates:
            business = int(row.candidates[0]["business"])
        if decision == Choice.JOIN and business is None:
            continue
        _decide(row, decision, business, note, actor, at)
        row.save()
        _remember(row, actor, at, looked=False)
        number += 1
    record(
        "intake.rows.decided",
        now,
        actor=actor,
        at=at,
        reason=note,
        after={"decision": decision, "rows": number},
    )
    return number
