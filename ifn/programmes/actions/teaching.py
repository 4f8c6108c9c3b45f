"""The curriculum of a batch: mentors, sessions, and what is kept of each session."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import handing
from ifn.directory.handing import Handed, kept
from ifn.programmes.actions.locking import lock
from ifn.programmes.actions.planning import is_within
from ifn.programmes.models import (
    Action,
    Attendance,
    Batch,
    Mentor,
    Session,
    SessionFile,
    Visit,
)
from ifn.programmes.planning.overlaps import Clash, Slot, clash_of

COLUMNS: Final = frozenset(
    {
        *("title", "about", "starts_at", "ends_at", "place", "online_address", "recording"),
        *("mentor_id", "notes"),
    }
)
#: More files of one session are a slip or a joke.
MOST_FILES: Final = 40
MOST_SESSIONS: Final = 100


class TimesReversed(ValueError):  # noqa: N818
    """A session ends before it begins."""


class OutsideDays(ValueError):  # noqa: N818
    """A session is not on the days of its batch."""


class Overlaps(ValueError):  # noqa: N818
    """Another session has the same mentor or place at that time; ``clash`` says which."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash.slot.title)
        self.clash = clash


class TooMany(Exception):  # noqa: N818
    """There are as many as there may be."""


class WasHeld(Exception):  # noqa: N818
    """Somebody was at the session, so it stays."""


class StillTeaches(Exception):  # noqa: N818
    """A mentor still has sessions, actions or visits."""


@transaction.atomic
def write_session(
    batch: Batch, session: Session | None, facts: Mapping[str, Any], *, actor: User, at: datetime
) -> Session:
    """Enter a session, or change one.

    Raises:
        OutsideDays: It is not on the days of its batch.
        Overlaps: Another has the same mentor or place at that time.
        TimesReversed: It ends before it begins.
        TooMany: The batch has a hundred sessions.

    """
    batch = lock(batch)
    one = session or Session(batch=batch)
    before = {name: getattr(one, name) for name in COLUMNS} if session else {}
    for name, value in facts.items():
        if name in COLUMNS:
            setattr(one, name, value)
    _check(batch, one, is_new=session is None)
    one.save()
    after = {name: getattr(one, name) for name in COLUMNS}
    event = "programmes.session.changed" if session else "programmes.session.entered"
    record(event, one, actor=actor, at=at, before=before, after=after, batch=batch.code)
    return one


def _check(batch: Batch, one: Session, *, is_new: bool) -> None:
    if one.ends_at <= one.starts_at:
        raise TimesReversed
    if not is_within(batch, one):
        raise OutsideDays
    others = list(Session.objects.filter(batch=batch))
    if is_new and len(others) >= MOST_SESSIONS:
        raise TooMany
    clash = clash_of(slot_of(one), map(slot_of, others))
    if clash:
        raise Overlaps(clash)


def slot_of(one: Session) -> Slot:
    """Return when and where a session is, and whose."""
    return Slot(one.pk, one.title, one.starts_at, one.ends_at, one.mentor_id, one.place)


@transaction.atomic
def remove_session(session: Session, *, actor: User, at: datetime) -> None:
    """Remove a session that nobody was at, with its files.

    Raises:
        WasHeld: Somebody was at it.

    """
    lock(session.batch)
    if Attendance.objects.filter(session=session).exists():
        raise WasHeld
    names = SessionFile.objects.filter(session=session).exclude(file="")
    handing.remove_files(list(names.values_list("file", flat=True)))
    record("programmes.session.removed", session, actor=actor, at=at, title=session.title)
    session.delete()


def add_file(  # noqa: PLR0913  # to what, what it is, and how it came
    session: Session,
    kind: str,
    label: str,
    *,
    given: Handed | None = None,
    address: str = "",
    actor: User,
    at: datetime,
) -> SessionFile:
    """Keep a file or a link with a session; files lie where no address leads.

    Raises:
        TooMany: The session has forty already.

    """
    with kept(given, "programmes") as file, transaction.atomic():
        lock(session.batch)
        if SessionFile.objects.filter(session=session).count() >= MOST_FILES:
            raise TooMany
        one = SessionFile.objects.create(
            session=session,
            kind=kind,
            label=label,
            address="" if file else address,
            file=file,
            added_at=at,
            added_by=actor,
        )
        record("programmes.file.added", one, actor=actor, at=at, session=session.pk, kind=kind)
        return one


@transaction.atomic
def remove_file(one: SessionFile, *, actor: User, at: datetime) -> None:
    """Remove a file or link of a session."""
    record("programmes.file.removed", one, actor=actor, at=at, label=one.label)
    if one.file:
        handing.remove_files([one.file])
    one.delete()


@transaction.atomic
def add_mentor(
    batch: Batch, name: str, *, organisation: str, subject: str, actor: User, at: datetime
) -> Mentor:
    """Name somebody who teaches in a batch; named twice, they are there once."""
    try:
        with transaction.atomic():
            one = Mentor.objects.create(
                batch=batch, name=name, organisation=organisation, subject=subject
            )
    except IntegrityError:
        return Mentor.objects.get(batch=batch, name=name)
    record("programmes.mentor.named", one, actor=actor, at=at, batch=batch.code)
    return one


@transaction.atomic
def remove_mentor(mentor: Mentor, *, actor: User, at: datetime) -> None:
    """Take somebody out who has no session, action or visit.

    Raises:
        StillTeaches: They have some.

    """
    if any(kind.objects.filter(mentor=mentor).exists() for kind in (Session, Action, Visit)):
        raise StillTeaches
    record("programmes.mentor.removed", mentor, actor=actor, at=at)
    mentor.delete()
