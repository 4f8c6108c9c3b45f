"""Background work on claims and reports."""

from datetime import timedelta

from django.utils.timezone import now
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of
from ifn.moderation import actions


@task(every=timedelta(days=1), offset=timedelta(hours=19), takes_context=True, priority=-20)
def close_and_forget(context: TaskContext) -> Continue | None:
    """Close claims nobody goes on with and remove what was kept long enough, some at a time."""
    done = checkpoint_of(context) or 0
    at = now()
    changed = actions.expire_claims(at=at) + actions.forget_what_is_old(at=at)
    if not changed:
        return None
    return Continue(done + changed, done=done + changed)
