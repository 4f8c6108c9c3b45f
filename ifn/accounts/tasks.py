"""Background work on accounts."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from ifn.accounts import actions


@task(every=timedelta(days=1), offset=timedelta(hours=19), priority=-50)  # 2 o'clock in Jakarta
def forget_old_sessions() -> int:
    """Remove sessions that ended long ago."""
    return actions.forget_old_sessions(at=timezone.now())


@task(every=timedelta(days=1), offset=timedelta(hours=19), priority=-50)
def forget_old_links() -> int:
    """Remove links whose time is over."""
    return actions.forget_old_links(at=timezone.now())


@task(priority=10)
def send_sign_in_link(identifier: str, language: str) -> None:
    """Send a link for signing in, where there is somebody to send it to."""
    actions.send_sign_in_link(identifier, language=language, at=timezone.now())


@task(priority=10)
def answer_registration(email: str, browser: str) -> None:
    """Answer somebody who wants to open an account with this e-mail address."""
    actions.answer_registration(email, browser, at=timezone.now())
