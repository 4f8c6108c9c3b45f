"""Background work of the outbox.

Not atomic: a transaction must not stay open while a mail server thinks.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of
from ifn.mail import bounces, delivery
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


@task(every=timedelta(minutes=10), unique=True, atomic=False)
def read_bounces() -> int:
    """Read what came back, where this server is to look for it; return how many messages."""
    if not settings.BOUNCE_BOX:
        return 0
    return bounces.read_box(Path(settings.BOUNCE_BOX), at=timezone.now()).total()
