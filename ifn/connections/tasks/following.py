"""Background work on what people follow."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.connections.actions import looking
from ifn.jobs.steps import Continue, checkpoint_of


@task(every=timedelta(days=1), offset=timedelta(hours=22), takes_context=True, priority=-10)
def look_for_news(context: TaskContext) -> Continue | None:
    """Look what is new in followed searches, some at a time; at five in Jakarta."""
    at = now()
    last = looking.look(checkpoint_of(context) or 0, on=localdate(at), at=at)
    return Continue(last) if last is not None else None
