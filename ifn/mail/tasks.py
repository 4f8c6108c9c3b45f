"""Background work of the outbox.

Not atomic: a transaction must not stay open while a mail server thinks.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of
from ifn.mail import delivery
from ifn.mail.models import Message


@task(atomic=False, priority=10)
def deliver(message: int) -> None:
    """Try a message for the first time; later attempts are those of ``deliver_due``."""
    delivery.deliver(message, at=timezone.now())


@task(takes_context=True, atomic=False, every=timedelta(minutes=1))
def deliver_due(context: TaskContext) -> Continue | None:
    """Try the messages whose next attempt is due, one a call."""
    at = timezone.now()
    tried = checkpoint_of(context) or 0
    message = Message.objects.due(at).order_by("next_at", "pk").values_list("pk", flat=True).first()
    if message is None:
        return None
    delivery.deliver(message, at=at)
    return Continue(tried + 1, done=tried + 1)


@task(every=timedelta(days=1), offset=timedelta(hours=19), priority=-50)  # 2 o'clock in Jakarta
def remove_old() -> int:
    """Remove messages sent long ago."""
    return delivery.remove_old(at=timezone.now())
