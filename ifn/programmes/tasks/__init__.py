"""Background work on certificates and on what is kept too long."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of
from ifn.programmes.actions import asking, certifying, erasing, reminding, reporting
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
    emptied = erasing.forget_old(at=now()) + reporting.forget_reports(at=now())
    return Continue(done + emptied, done=done + emptied) if emptied else None


@task(every=timedelta(days=1), offset=timedelta(hours=2), takes_context=True, priority=-20)
def remind_of_overdue(context: TaskContext) -> Continue | None:
    """Remind whoever was not within a week of what is overdue, some at a time; 9 in Jakarta."""
    at = now()
    last = reminding.remind_next(checkpoint_of(context) or "", today=localdate(at), at=at)
    if last is None:
        reminding.forget_reminders(today=localdate(at))
        return None
    return Continue(last)


@task(every=timedelta(days=1), offset=timedelta(hours=1), takes_context=True)
def ask_what_changed(context: TaskContext) -> Continue | None:
    """Ask participants whose wave is due, and remind who is silent; 8 in the morning in Jakarta."""
    done = checkpoint_of(context) or 0
    at = now()
    written = asking.ask_those_due(at=at, today=localdate(at))
    written += asking.remind_those_silent(at=at, today=localdate(at))
    return Continue(done + written, done=done + written) if written else None


@task(takes_context=True)
def make_report(context: TaskContext, pk: int) -> Continue | None:
    """Make the report of a batch as PDF: begun in one piece of work, set and kept in the next."""
    if checkpoint_of(context) is None:
        return Continue(1, done=1, total=reporting.STEPS) if reporting.begin_report(pk) else None
    reporting.finish_report(pk, at=now())
    return None
