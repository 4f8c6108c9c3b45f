"""Background work on lists. Each can be killed at any moment and goes on where it was."""

from datetime import timedelta

from django.utils import translation
from django.utils.timezone import now
from django_tasks import TaskContext, task

from ifn.accounts.models import User
from ifn.intake import actions
from ifn.intake.actions import applying, linking, reading, undoing
from ifn.intake.files import content_of
from ifn.intake.models import List, Row
from ifn.intake.reading import Unreadable
from ifn.intake.writing import update_rows
from ifn.jobs.steps import Continue, checkpoint_of, fenced

#: Rows applied or undone between two notes of progress.
PIECE = 10


@task(takes_context=True, atomic=False)
def read_list(context: TaskContext, pk: int) -> None:
    """Read a list's file into rows; reading takes the longest and holds nobody up."""
    received = List.objects.select_related("actor").get(pk=pk)
    if received.state != List.State.RECEIVED:
        return
    language = received.actor.language if received.actor else "id"
    with translation.override(language):
        try:
            sheets, sheet = reading.read(content_of(received), received.file_name, received.sheet)
        except Unreadable as fault:
            with fenced(context):
                reading.note_unreadable(received, fault)
            return
    with fenced(context):
        reading.keep_rows(received, sheets, sheet)


@task(takes_context=True, atomic=False)
def link_list(context: TaskContext, pk: int) -> Continue | None:
    """Clean the rows of a list some at a time, then compare those that are new."""
    received = List.objects.get(pk=pk)
    if received.state != List.State.LINKING:
        return None
    total = Row.objects.filter(list=received).count()
    after = checkpoint_of(context) or 0
    with fenced(context):
        last = linking.clean_rows(received, after)
    if last is not None:
        done = Row.objects.filter(list=received, position__lte=last).count()
        return Continue(last, done=done // 2, total=total, message="Rows are read")
    with fenced(context):
        linking.compare_anew(received)
    for rows in linking.compare_rows(received):
        with fenced(context):
            update_rows(linking.FOUND, rows)
    with fenced(context):
        linking.note_linked(received, at=now())
    return None


@task(takes_context=True, atomic=False)
def apply_list(context: TaskContext, pk: int, person: int | None) -> Continue | None:
    """Apply what is decided of a list, each row in a transaction of its own."""
    received = List.objects.get(pk=pk)
    if received.state != List.State.APPLYING:
        return None
    actor = None if person is None else User.objects.get(pk=person)
    waiting = Row.objects.filter(list=received).to_apply()
    done = checkpoint_of(context) or 0
    rows = list(waiting.order_by("position")[:PIECE])
    for row in rows:
        with fenced(context):
            actions.apply_row(row, actor=actor, at=now())
    if rows:
        done += len(rows)
        return Continue(done, done=done, total=done + waiting.count(), message="Rows are applied")
    with fenced(context):
        applying.note_applied(received)
    return None


@task(takes_context=True, atomic=False)
def undo_list(context: TaskContext, pk: int, person: int, reason: str) -> Continue | None:
    """Take back what a list did, row by row; what a firm looks after by now stays."""
    received = List.objects.get(pk=pk)
    if received.state != List.State.UNDOING:
        return None
    actor = User.objects.get(pk=person)
    at = checkpoint_of(context) or {"after": 0, "done": 0}
    applied = Row.objects.filter(list=received, state=Row.State.APPLIED)
    rows = list(applied.filter(position__gt=at["after"]).order_by("position")[:PIECE])
    for row in rows:
        with fenced(context):
            try:
                actions.undo_row(row, reason=reason, actor=actor, at=now())
            except actions.LookedAfter:
                continue
    if rows:
        done = at["done"] + len(rows)
        left = applied.filter(position__gt=rows[-1].position).count()
        return Continue(
            {"after": rows[-1].position, "done": done},
            done=done,
            total=done + left,
            message="Rows are taken back",
        )
    with fenced(context):
        undoing.note_undone(received)
    return None


@task(every=timedelta(days=1), offset=timedelta(hours=19), priority=-20)
def relearn() -> str:
    """Learn from what people decided how likely pairs are; at two in the night in Jakarta."""
    learned = actions.relearn_when_due(at=now())
    return str(learned.pk) if learned else ""
