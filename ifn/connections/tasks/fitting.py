"""Background work: people are told what newly fits, an hour before the digests go out."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.connections.actions import fitting
from ifn.jobs.steps import Continue, checkpoint_of


@task(every=timedelta(days=1), offset=timedelta(hours=23), takes_context=True, priority=-10)
def tell_of_opportunities(context: TaskContext) -> Continue | None:
    """Tell people what fits their businesses, some at a time; at six in Jakarta."""
    at = now()
    last = fitting.tell_of_opportunities(checkpoint_of(context) or 0, on=localdate(at), at=at)
    return Continue(last) if last is not None else None


@task(every=timedelta(days=1), offset=timedelta(hours=23), takes_context=True, priority=-10)
def tell_of_firms(context: TaskContext) -> Continue | None:
    """Tell people who fits what they posted, some at a time; at six in Jakarta."""
    at = now()
    last = fitting.tell_of_firms(checkpoint_of(context) or 0, on=localdate(at), at=at)
    return Continue(last) if last is not None else None
