"""Work on a list that was given up is begun again where it stopped."""

from datetime import datetime
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.intake import tasks
from ifn.intake.actions.stages import NotNow, begin, locked
from ifn.intake.models import List
from ifn.jobs.models import Job
from ifn.jobs.queries import progress_of

State = List.State
#: Stages in which a list is being worked on.
WORKING: Final = (State.RECEIVED, State.LINKING, State.APPLYING, State.UNDOING)


def is_stuck(received: List) -> bool:
    """Say whether the work on a list was given up, or its job is gone."""
    if received.state not in WORKING:
        return False
    progress = progress_of(received.job) if received.job else None
    return progress is None or progress.state == Job.State.FAILED


@transaction.atomic
def resume(received: List, *, actor: User, at: datetime) -> None:
    """Begin the work on a list again that was given up; what is done stays done.

    Raises:
        NotNow: Nothing was given up.

    """
    now = locked(received)
    if not is_stuck(now):
        raise NotNow(now.state)
    match now.state:
        case State.RECEIVED:
            begin(now, tasks.read_list)
        case State.LINKING:
            begin(now, tasks.link_list)
        case State.APPLYING:
            begin(now, tasks.apply_list, actor.pk)
        case _:
            begin(now, tasks.undo_list, actor.pk, "")
    record("intake.list.resumed", now, actor=actor, at=at)
