"""Registrations of two profiles that turn out to be one firm, and the way back."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from ifn.accounts.models import User
from ifn.directory.models import Business
from ifn.programmes.actions.locking import lock
from ifn.programmes.actions.seating import Full, move_up, put
from ifn.programmes.models import Attendance, Batch, Registration

State = Registration.State
#: The firm keeps the registration that is furthest.
_ORDER: Final = (State.ACCEPTED, State.WAITING, State.PROPOSED, State.REGISTERED)
_WHY: Final = gettext_noop("The firm was registered twice, under two profiles that are one now.")


def hold_batches(*businesses: Business) -> None:
    """Hold the batches for which profiles registered, in order, before the profiles are held.

    Whoever registers holds the batch first and needs the profile then.
    """
    of_them = Registration.objects.filter(business__in=businesses).values("batch")
    held = Batch.objects.select_for_update().filter(pk__in=of_them).order_by("pk")
    list(held.values_list("pk", flat=True))


@transaction.atomic
def carry_registrations(
    kept: Business, gone: Business, *, actor: User | None, at: datetime
) -> dict[str, Any]:
    """Put what a profile registered under the kept one; return what moved, for the way back.

    Where both registered for one batch, the firm keeps the better of the two. The other is taken
    back, and its seat goes to the next in line, unless the batch is over or it was there already:
    then both stay what they are, each with its profile. The caller holds both profiles.
    """
    moved: list[int] = []
    ended: list[dict[str, Any]] = []
    for one in _registrations_of(gone):
        batch = lock(one.batch)
        other = Registration.objects.filter(batch=batch, business=kept).first()
        if other is None:
            Registration.objects.filter(pk=one.pk).update(business=kept)
            moved.append(one.pk)
        elif not batch.is_over and not (one.is_gone or other.is_gone):
            ended += _end_second(batch, one, other, actor=actor, at=at)
    return {"registrations": moved, "registered_twice": ended}


@transaction.atomic
def give_registrations_back(
    carried: dict[str, Any],
    holder: Business,
    gone: Business,
    *,
    merged_at: datetime,
    actor: User | None,
    at: datetime,
) -> None:
    """Give a profile back what was registered for it, where it is still with the other one.

    What was taken back then is taken up again where the batch is not over: with a seat if one is
    free, else in the line.
    """
    moved = Registration.objects.filter(pk__in=carried.get("registrations", ()), business=holder)
    for one in moved.order_by("batch", "pk").select_related("batch"):
        batch = lock(one.batch)
        if not Registration.objects.filter(batch=batch, business=gone).exists():
            Registration.objects.filter(pk=one.pk).update(business=gone)
    for known in carried.get("registered_twice", ()):
        ended = Registration.objects.filter(
            pk=known["pk"], state=State.WITHDRAWN, since=merged_at
        ).first()
        if ended and not (batch := lock(ended.batch)).is_over:
            _take_up(batch, ended, known["state"], actor=actor, at=at)


def _registrations_of(business: Business) -> list[Registration]:
    """Return them in the order in which their batches are locked everywhere."""
    found = Registration.objects.filter(business=business).select_related("batch", "business")
    return list(found.order_by("batch", "pk"))


def _end_second(
    batch: Batch, one: Registration, other: Registration, *, actor: User | None, at: datetime
) -> list[dict[str, Any]]:
    """Take the one back that is less far; return how it stood, nothing where it was there."""
    second = max((other, one), key=lambda each: (_ORDER.index(State(each.state)), each.pk))
    if Attendance.objects.filter(registration=second).exists():
        return []
    stood = {"pk": second.pk, "state": second.state}
    had_seat = second.seat is not None
    put(second, State.WITHDRAWN, batch=batch, actor=actor, at=at, reason=_why(second))
    if had_seat:
        move_up(batch, at=at, most=1)
    return [stood]


def _why(one: Registration) -> str:
    language = one.person.language if one.person else "id"
    with translation.override(language):
        return gettext(_WHY)


def _take_up(
    batch: Batch, one: Registration, state: str, *, actor: User | None, at: datetime
) -> None:
    try:
        with transaction.atomic():
            put(one, state, batch=batch, actor=actor, at=at)
    except Full:
        put(one, State.WAITING, batch=batch, actor=actor, at=at)
