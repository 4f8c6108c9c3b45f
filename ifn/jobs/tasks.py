"""Work the jobs do on themselves."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ifn.jobs import actions


@task(every=timedelta(days=1), offset=timedelta(hours=19), priority=-50)  # 2 o'clock in Jakarta
def remove_old() -> int:
    """Remove what finished long ago."""
    return actions.remove_old(at=timezone.now())


@task(every=timedelta(days=1), offset=timedelta(hours=18, minutes=30), priority=-50)
def gather_statistics() -> bool:
    """Let the planner know how much there is of what; half past one in Jakarta."""
    return actions.gather_statistics()
