"""Background work on accounts."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ifn.accounts import actions


@task(every=timedelta(days=1), offset=timedelta(hours=19), priority=-50)  # 2 o'clock in Jakarta
def forget_old_sessions() -> int:
    """Remove sessions that ended long ago."""
    return actions.forget_old_sessions(at=timezone.now())
