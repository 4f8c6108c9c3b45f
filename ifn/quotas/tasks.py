"""Background work on quotas."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ifn.quotas import actions
from ifn.quotas.counting import minute_of


@task(every=timedelta(hours=1), priority=-50)
def forget_old() -> int:
    """Remove what was drawn long ago."""
    return actions.forget_old(minute=minute_of(timezone.now()))
