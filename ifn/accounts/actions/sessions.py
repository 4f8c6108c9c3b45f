"""Sessions end."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import Session, User
from ifn.audit.actions import record


def end_sessions(person: User, *, but: str | None = None) -> int:
    """End what a person has open, but for the session of this key; return how many ended."""
    ended, _ = Session.objects.filter(account=person).exclude(pk=but or "").delete()
    return ended


@transaction.atomic
def end_session(person: User, *, handle: str, actor: User | None, at: datetime) -> bool:
    """End the session of a person that a page calls by this name; say whether there was one."""
    for session in Session.objects.filter(account=person):
        if session.handle == handle:
            session.delete()
            record("accounts.session.ended", person, actor=actor, at=at)
            return True
    return False


@transaction.atomic
def end_other_sessions(person: User, *, session: str, actor: User | None, at: datetime) -> int:
    """End all sessions of a person but the one of this key; return how many ended."""
    ended = end_sessions(person, but=session)
    if ended:
        record("accounts.sessions.ended", person, actor=actor, at=at, number=ended)
    return ended


def forget_old_sessions(*, at: datetime) -> int:
    """Remove the sessions that nobody can use any more; return how many."""
    removed, _ = Session.objects.filter(expire_date__lt=at).delete()
    return removed
