"""Background work on projects: reminders, and what is kept too long."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.collaboration.actions import erasing, reminding
from ifn.jobs.steps import Continue, checkpoint_of


@task(every=timedelta(days=1), offset=timedelta(hours=2, minutes=15), takes_context=True)
def remind_of_milestones(context: TaskContext) -> Continue | None:
    """Remind partners who were not within the week, some at a time; 9.15 in Jakarta."""
    at = now()
    last = reminding.remind_next(checkpoint_of(context) or 0, today=localdate(at), at=at)
    return Continue(last) if last is not None else None


@task(every=timedelta(days=1), offset=timedelta(hours=19, minutes=50), takes_context=True)
def forget_guests(context: TaskContext) -> Continue | None:
    """Remove guests and names that are kept longer than their rule says; 2.50 in Jakarta."""
    done = checkpoint_of(context) or 0
    gone = erasing.forget_old(at=now())
    return Continue(done + gone, done=done + gone) if gone else None
