"""Who was there: said by the participant, ticked by the office, or read from the signed sheet."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.programmes.models import Attendance, Certificate, Registration, Session
from ifn.programmes.planning import states


class NotAdmitted(Exception):  # noqa: N818
    """The registration has no seat in the batch of this session."""


class NotNow(Exception):  # noqa: N818
    """The session is not going on, with half an hour before and after."""


class NotYet(Exception):  # noqa: N818
    """A session that has not begun cannot be ticked, nor one of a batch that is not confirmed."""


class CertificateStands(Exception):  # noqa: N818
    """A certificate rests on the attendance; it is withdrawn first."""


@transaction.atomic
def be_there(
    session: Session, registration: Registration, *, way: str, actor: User | None, at: datetime
) -> bool:
    """Note that a participant says that they are there; say whether that is news.

    Raises:
        NotAdmitted: They have no seat in this batch.
        NotNow: The session is not going on.

    """
    one = _seated(session, registration)
    if not session.is_open(at) or one.batch.state not in states.ATTENDS:
        raise NotNow
    return _note(session, one, way=way, actor=actor, at=at)


def _seated(session: Session, registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("batch")
    one = rows.filter(pk=registration.pk, batch=session.batch_id, seat__isnull=False).first()
    if one is None:
        raise NotAdmitted
    return one


def _note(
    session: Session, one: Registration, *, way: str, actor: User | None, at: datetime
) -> bool:
    _row, is_new = Attendance.objects.get_or_create(
        session=session, registration=one, defaults={"way": way, "at": at, "person": actor}
    )
    if is_new:
        record("programmes.attendance.noted", one, actor=actor, at=at, session=session.pk, way=way)
    return is_new


@transaction.atomic
def tick(
    session: Session, present: Collection[int], *, way: str, actor: User, at: datetime
) -> tuple[int, int]:
    """Note exactly these registrations as present; return how many came and went.

    Raises:
        CertificateStands: Somebody was to be taken out whose certificate rests on it.
        NotAdmitted: One of them has no seat in this batch.
        NotYet: The session has not begun.

    """
    if at < session.opens_at() or session.batch.state not in states.ATTENDS:
        raise NotYet
    rows = Registration.objects.select_for_update(of=("self",)).filter(batch=session.batch_id)
    seated = {one.pk: one for one in rows.filter(seat__isnull=False).order_by("pk")}
    if set(present) - seated.keys():
        raise NotAdmitted
    there = set(Attendance.objects.filter(session=session).values_list("registration", flat=True))
    came, went = set(present) - there, (there & seated.keys()) - set(present)
    if Certificate.objects.filter(registration__in=went, withdrawn_at=None).exists():
        raise CertificateStands
    for key in sorted(came):
        _note(session, seated[key], way=way, actor=actor, at=at)
    for key in sorted(went):
        Attendance.objects.filter(session=session, registration=key).delete()
        record("programmes.attendance.removed", seated[key], actor=actor, at=at, session=session.pk)
    return len(came), len(went)
