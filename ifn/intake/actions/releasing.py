"""An officer lets a list of others be applied; or it is withdrawn before it did anything."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.intake.actions.decisions import NoReason
from ifn.intake.actions.stages import NotNow, locked, moved
from ifn.intake.models import List, Row

State = List.State


@transaction.atomic
def release(received: List, *, actor: User, at: datetime) -> None:
    """Let a list of an organisation or a region be applied; released twice, released once.

    Raises:
        NotNow: Its rows do not wait for decisions.

    """
    now = locked(received)
    if now.state != State.REVIEW:
        raise NotNow(now.state)
    if now.released_at is None:
        now.released_at, now.released_by = at, actor
        now.save(update_fields=["released_at", "released_by"])
        record("intake.list.released", now, actor=actor, at=at)
    received.released_at = now.released_at


@transaction.atomic
def withdraw(received: List, *, reason: str, actor: User, at: datetime) -> None:
    """Take a list back that has done nothing yet; its file and rows are kept.

    Raises:
        NotNow: It is being worked on, or some of it is applied.
        NoReason: Nobody said why.

    """
    if not reason.strip():
        raise NoReason
    before = {State.RECEIVED, State.UNREADABLE, State.MAPPING, State.LINKING, State.REVIEW}
    now = moved(received, before, State.WITHDRAWN)
    if Row.objects.filter(list=now, state=Row.State.APPLIED).exists():
        raise NotNow(State.APPLIED)
    record("intake.list.withdrawn", now, actor=actor, at=at, reason=reason)
