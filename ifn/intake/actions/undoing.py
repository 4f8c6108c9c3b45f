"""What a list did is taken back, as far as nobody has built upon it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import actions as directory
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business, Source
from ifn.directory.profile import NAMES, comparable
from ifn.directory.queries import has_people, profile_of
from ifn.directory.serial import from_json
from ifn.intake import tasks
from ifn.intake.actions.stages import NotNow, begin, moved
from ifn.intake.models import List, Row
from ifn.intake.queries import standing_business

State, Outcome = Row.State, Row.Outcome


class LookedAfter(Exception):  # noqa: N818
    """The firm looks after the profile that the row made; it is the firm's now."""


@transaction.atomic
def undo(received: List, *, reason: str, actor: User, at: datetime) -> None:
    """Begin to take back everything a list did.

    Raises:
        NotNow: The list is not applied, or is being worked on.

    """
    now = moved(received, {List.State.APPLIED, List.State.REVIEW}, List.State.UNDOING)
    record("intake.list.undone", now, actor=actor, at=at, reason=reason)
    begin(now, tasks.undo_list, actor.pk, reason)


@transaction.atomic
def undo_row(row: Row, *, reason: str, actor: User, at: datetime) -> Row:
    """Take back what applying a row did: hide the profile it made, or put fields back.

    Fields that somebody changed since stay as they are. The number of a hidden profile stays its
    own: applied again, the same profile is listed again.

    Raises:
        NotNow: The row is not applied.
        LookedAfter: The firm looks after the profile that the row made.

    """
    now = Row.objects.select_for_update(of=("self",)).select_related("list").get(pk=row.pk)
    if now.state != State.APPLIED or now.business_id is None:
        raise NotNow(now.state)
    business = standing_business(now.business_id)
    if business is not None:
        if now.outcome == Outcome.CREATED:
            if has_people(business):
                raise LookedAfter
            directory.hide(business, reason=reason, actor=actor, at=at)
        elif now.outcome == Outcome.REVISED:
            _put_back(now, business, reason, actor, at)
    now.state, now.reason = State.UNDONE, ""
    now.decision, now.decided_by, now.decided_at = "", None, None
    now.note = reason[:300]
    now.save()
    record("intake.row.undone", now, actor=actor, at=at, reason=reason)
    return now


def _put_back(row: Row, business: Business, reason: str, actor: User, at: datetime) -> None:
    """Put back the fields that a row wrote and nobody changed since."""
    lock(business)
    if business.version == row.written.get("version"):
        try:
            directory.undo_last_change(business, actor=row.applied_by or actor, at=at)
        except directory.NothingToUndo:
            pass
        else:
            return
    current, before = profile_of(business), from_json(row.written["before"])
    after = from_json(row.written["after"])
    back = {
        name: getattr(before, name)
        for name in row.written["fields"]
        if name in NAMES and comparable(current, name) == comparable(after, name)
    }
    if back:
        directory.revise(
            business,
            replace(current, **back),
            version=business.version,
            source=directory.source_named(Source.Kind.OFFICER, actor.name),
            stated_on=row.list.stated_on,
            actor=actor,
            at=at,
            reason=reason,
        )


@transaction.atomic
def note_undone(received: List) -> None:
    """Note that a list is taken back as far as it can be."""
    left = Row.objects.filter(list=received, state=State.APPLIED).exists()
    moved(received, {List.State.UNDOING}, List.State.APPLIED if left else List.State.UNDONE)
