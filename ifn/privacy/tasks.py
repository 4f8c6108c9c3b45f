"""Background work on copies of people's data and on what is kept too long."""

from datetime import timedelta

from django.utils.timezone import now
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of
from ifn.privacy.actions import breaches, exporting, retaining


@task(priority=5)
def make_export(pk: int) -> bool:
    """Make a copy that somebody asked for; return whether there was one to make."""
    return exporting.make_export(pk, at=now()) is not None


@task(every=timedelta(days=1), offset=timedelta(hours=19, minutes=30), takes_context=True)
def forget(context: TaskContext) -> Continue | None:
    """Delete or empty what is kept longer than its rule says, some at a time; 2.30 in Jakarta."""
    done = checkpoint_of(context) or 0
    removed = retaining.forget_next(at=now())
    return Continue(done + removed, done=done + removed) if removed else None


@task(every=timedelta(hours=1), unique=True)
def remind_of_breaches() -> int:
    """Remind data officers of breaches whose clock runs out within a day."""
    return breaches.remind(at=now())
