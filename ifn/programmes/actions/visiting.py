"""Who looks after a participant, and what was seen at each visit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.programmes.actions.following import NotFollowed, TooMany, is_followed
from ifn.programmes.models import Mentor, Mentorship, Registration, Visit

#: More visits to one participant are a slip.
MOST_VISITS: Final = 200


class InTheFuture(ValueError):  # noqa: N818
    """A visit is noted once it was made."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at a visit, and what comes next."""

    on: date
    way: str
    notes: str
    next_step: str = ""
    is_internal: bool = False


@transaction.atomic
def note_visit(  # noqa: PLR0913  # to whom, what was seen, by whom, and who says so
    registration: Registration,
    seen: Seen,
    *,
    mentor: Mentor | None,
    key: UUID,
    actor: User | None,
    at: datetime,
    today: date,
) -> Visit:
    """Note a visit; sent twice under one key, it is there once.

    Raises:
        InTheFuture: Its day is still to come.
        NotFollowed: The firm has no seat, or the batch has not begun.
        TooMany: There are two hundred.

    """
    rows = Registration.objects.select_for_update(of=("self",)).select_related("batch")
    one = rows.get(pk=registration.pk)
    if not is_followed(one):
        raise NotFollowed
    if seen.on > today:
        raise InTheFuture
    if found := Visit.objects.filter(key=key, registration=one).first():
        return found
    if Visit.objects.filter(registration=one).count() >= MOST_VISITS:
        raise TooMany
    visit = Visit.objects.create(
        registration=one,
        mentor=mentor,
        person=actor,
        on=seen.on,
        way=seen.way,
        notes=seen.notes,
        next_step=seen.next_step,
        is_internal=seen.is_internal,
        key=key,
        made_at=at,
    )
    record("programmes.visit.noted", visit, actor=actor, at=at, registration=one.pk)
    return visit


@transaction.atomic
def remove_visit(visit: Visit, *, actor: User, at: datetime) -> None:
    """Take out a visit that was noted by mistake."""
    record("programmes.visit.removed", visit, actor=actor, at=at, on=visit.on)
    visit.delete()


@transaction.atomic
def look_after(
    mentor: Mentor, chosen: Collection[int], *, actor: User, at: datetime
) -> tuple[int, int]:
    """Let a mentor look after exactly these participants; return how many came and went.

    Who is not in the mentor's batch, or has no seat, is passed over.
    """
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    seated = Registration.objects.filter(batch=mentor.batch_id, seat__isnull=False, pk__in=chosen)
    wanted = set(seated.values_list("pk", flat=True))
    known = set(Mentorship.objects.filter(mentor=mentor).values_list("registration", flat=True))
    came, went = wanted - known, known - wanted
    Mentorship.objects.filter(mentor=mentor, registration__in=went).delete()
    Mentorship.objects.bulk_create(
        [Mentorship(mentor=mentor, registration_id=key, since=at) for key in sorted(came)],
        ignore_conflicts=True,
    )
    if came or went:
        record(
            "programmes.mentor.looks_after",
            mentor,
            actor=actor,
            at=at,
            came=sorted(came),
            went=sorted(went),
        )
    return len(came), len(went)
