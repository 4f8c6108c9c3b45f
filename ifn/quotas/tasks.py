"""Background work on quotas."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ifn.quotas import actions


@task(every=timedelta(hours=1), priority=-50)
def forget_old() -> int:
    """Remove what counts no longer."""
    return actions.forget_old(at=int(timezone.now().timestamp()))
