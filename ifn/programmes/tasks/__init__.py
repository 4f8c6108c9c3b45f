"""Background work on certificates and on what is kept too long."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of
from ifn.programmes.actions import certifying, erasing
from ifn.programmes.models import Issuing


@task(takes_context=True)
def issue_certificates(context: TaskContext, pk: int) -> Continue | None:
    """Make the certificates of a batch, some participants at a time."""
    start = checkpoint_of(context) or 0
    at = now()
    following = certifying.issue_next(pk, start, at=at, on=localdate(at))
    if following is None:
        return None
    total = Issuing.objects.filter(pk=pk).values_list("total", flat=True).first()
    return Continue(following, done=following, total=total)


@task(every=timedelta(days=1), offset=timedelta(hours=19, minutes=45), takes_context=True)
def forget_participants(context: TaskContext) -> Continue | None:
    """Empty what is kept of participants longer than its rule says; 2.45 in Jakarta."""
    done = checkpoint_of(context) or 0
    emptied = erasing.forget_old(at=now())
    return Continue(done + emptied, done=done + emptied) if emptied else None
