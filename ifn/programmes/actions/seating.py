"""Seats and the line of those who wait, in a batch that the caller has locked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.programmes.actions.telling import tell_registration
from ifn.programmes.models import Batch, Registration, RegistrationStep

State = Registration.State


class Full(Exception):  # noqa: N818
    """Every seat of the batch is taken."""


def free_seats(batch: Batch) -> list[int]:
    """Return the numbers of the seats that nobody holds."""
    taken = set(
        Registration.objects.filter(batch=batch, seat__isnull=False).values_list("seat", flat=True)
    )
    return [number for number in range(1, batch.quota + 1) if number not in taken]


def put(  # noqa: PLR0913  # which, where to, and everything that is kept of it
    registration: Registration,
    state: str,
    *,
    batch: Batch,
    actor: User | None,
    at: datetime,
    reason: str = "",
    proposal: Mapping[str, Any] | None = None,
    is_deviation: bool = False,
    seat: int | None = None,
) -> Registration:
    """Bring a registration into a state, with a seat or a number in the line where that takes one.

    Raises:
        Full: It was to be accepted, and every seat is taken.

    """
    before = registration.state
    registration.state, registration.since, registration.reason = state, at, reason
    registration.seat = registration.line = None
    if state == State.ACCEPTED:
        registration.seat = seat or next(iter(free_seats(batch)), None)
        if registration.seat is None:
            raise Full
    elif state == State.WAITING:
        last = Registration.objects.filter(batch=batch).aggregate(last=Max("line"))["last"]
        registration.line = (last or 0) + 1
    registration.save()
    RegistrationStep.objects.create(
        registration=registration,
        state=state,
        at=at,
        person=actor,
        reason=reason,
        proposal=dict(proposal or {}),
        is_deviation=is_deviation,
    )
    record(
        f"programmes.registration.{state}",
        registration,
        actor=actor,
        at=at,
        reason=reason,
        before={"state": before},
        after={"state": state},
        batch=batch.code,
        deviates=is_deviation,
    )
    if batch.is_announced:
        tell_registration(registration, batch, at=at)
    return registration


def move_up(batch: Batch, *, at: datetime, most: int | None = None) -> list[Registration]:
    """Give free seats to those who wait, the first in the line first; return who got one."""
    free = free_seats(batch)
    waiting = Registration.objects.filter(batch=batch, state=State.WAITING).order_by("line")
    moved = []
    for seat, one in zip(free[:most], waiting.select_related("business"), strict=False):
        put(one, State.ACCEPTED, batch=batch, actor=None, at=at, seat=seat)
        moved.append(one)
    return moved


def draw_together(batch: Batch, quota: int) -> None:
    """Let those whose seat would be beyond a smaller quota sit on the free ones before it."""
    taken = Registration.objects.filter(batch=batch, seat__isnull=False)
    low = set(taken.filter(seat__lte=quota).values_list("seat", flat=True))
    free = (number for number in range(1, quota + 1) if number not in low)
    for one, seat in zip(taken.filter(seat__gt=quota).order_by("seat"), free, strict=False):
        one.seat = seat
        one.save(update_fields=["seat"])
