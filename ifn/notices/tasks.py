"""Background work on notices."""

from datetime import timedelta

from django.utils.timezone import now
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of
from ifn.notices import mailing, tidying


@task(every=timedelta(days=1), takes_context=True, priority=-10)  # 7 o'clock in Jakarta
def send_digests(context: TaskContext) -> Continue | None:
    """Send the digests that are due, those of some people at a time."""
    last = mailing.send_due_digests(checkpoint_of(context) or 0, at=now())
    return Continue(last) if last is not None else None


@task(takes_context=True, unique=True, priority=5)
def send_urgent(context: TaskContext) -> Continue | None:
    """Send what is urgent, some notices at a time."""
    done = checkpoint_of(context) or 0
    sent = mailing.send_urgent(at=now())
    return Continue(done + sent, done=done + sent) if sent else None


@task(every=timedelta(days=1), offset=timedelta(hours=19), takes_context=True, priority=-50)
def remove_old(context: TaskContext) -> Continue | None:
    """Remove what was told long ago, some at a time; at two in Jakarta."""
    done = checkpoint_of(context) or 0
    gone = tidying.remove_old(at=now())
    return Continue(done + gone, done=done + gone) if gone else None
