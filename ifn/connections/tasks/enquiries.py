"""Background work on enquiries.

What is told to firms is written in the job's own transaction: a worker that dies in between leaves
nothing half said, and a second run writes no message twice.
"""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.connections import telling
from ifn.connections.actions.enquiries import asking, clock
from ifn.connections.models import Letter
from ifn.jobs.steps import Continue, checkpoint_of


@task(priority=10)
def tell_of_letter(letter: int) -> int:
    """Tell the firms of a letter that they have it."""
    found = Letter.objects.filter(pk=letter, state=Letter.State.SENT).first()
    return telling.tell_firms(found, at=now()) if found else 0


@task(priority=10)
def ask_for_proof(letter: int, *, again: bool = False) -> bool:
    """Send a visitor the link that confirms their address; again, at most once a day."""
    found = Letter.objects.filter(pk=letter, state=Letter.State.UNPROVEN).first()
    if found is None:
        return False
    telling.ask_for_proof(found, at=now(), again=again)
    return True


@task(every=timedelta(minutes=10), unique=True)
def close_for_hidden() -> int:
    """Close enquiries to firms that are no longer shown."""
    return clock.close_for_hidden(at=now())


@task(every=timedelta(hours=1), takes_context=True)
def expire(context: TaskContext) -> Continue | None:
    """Let enquiries expire that nobody answered in time, some at a time."""
    done = checkpoint_of(context) or 0
    ended = clock.expire(at=now())
    return Continue(done + ended, done=done + ended) if ended else None


@task(every=timedelta(days=1), offset=timedelta(hours=2), takes_context=True, priority=-20)
def ask_how_it_went(context: TaskContext) -> Continue | None:
    """Ask both sides how it went, some enquiries at a time; at nine in Jakarta."""
    done = checkpoint_of(context) or 0
    asked = asking.ask_those_due(at=now())
    return Continue(done + asked, done=done + asked) if asked else None


@task(every=timedelta(days=1), offset=timedelta(hours=18), unique=True, priority=-20)
def count_habits() -> int:
    """Count how firms answer; at one in Jakarta."""
    at = now()
    return clock.count_habits(on=localdate(at), at=at)


@task(every=timedelta(days=1), offset=timedelta(hours=19), takes_context=True, priority=-50)
def forget_what_is_old(context: TaskContext) -> Continue | None:
    """Remove what nobody confirmed and empty what ended long ago; at two in Jakarta."""
    done = checkpoint_of(context) or 0
    gone = clock.forget_what_is_old(at=now())
    return Continue(done + gone, done=done + gone) if gone else None
