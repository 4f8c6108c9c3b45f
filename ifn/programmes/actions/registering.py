"""Firms come to a batch: by themselves, through their Dinas, through the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.models import Business
from ifn.directory.queries import standing_for
from ifn.programmes.actions.locking import lock
from ifn.programmes.actions.seating import Full, free_seats, move_up, put
from ifn.programmes.models import Batch, Registration
from ifn.programmes.planning import states
from ifn.programmes.queries.choosing import unmet_by

State, Way = Registration.State, Registration.Way
_OPEN_TO: Final = {
    Way.SELF: states.SELF_REGISTERS,
    Way.REGIONAL: states.REGION_REGISTERS,
    Way.OFFICER: states.OFFICE_REGISTERS,
}


class NotOpen(Exception):  # noqa: N818
    """Nobody can register in this way now: it is not open, or the day has gone by."""


class DecidedAlready(Exception):  # noqa: N818
    """The firm registered before, and it was decided about it."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(str(registration))
        self.registration = registration


class NoSeat(Exception):  # noqa: N818
    """Nothing can be done with it, for it is withdrawn, refused or replaced."""


@dataclass(frozen=True, slots=True)
class Comer:
    """Who comes for a firm, and what the firm says of itself."""

    name: str
    phone: str = ""
    person: User | None = None
    is_women_owned: bool | None = None
    is_youth_owned: bool | None = None
    motive: str = ""

    def columns(self) -> Mapping[str, Any]:
        """Return the values by the names of the columns."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def register(  # noqa: PLR0913  # whom, for what, by whom, when
    batch: Batch,
    business: Business,
    comer: Comer,
    *,
    way: str,
    actor: User | None,
    at: datetime,
    today: date,
) -> Registration:
    """Register a firm; sent twice, it is registered once. A merged profile means the kept one.

    What a Dinas registers it proposes. Where the first have the seats, whoever meets the conditions
    has one at once, or waits in line; whoever does not is left for the office to decide.

    Raises:
        DecidedAlready: It was refused or replaced before.
        NotOpen: Nobody can register in this way now.

    """
    batch, business = lock(batch), standing_for(business)
    if not is_open(batch, way, today):
        raise NotOpen
    found = Registration.objects.filter(batch=batch, business=business).first()
    if found and found.state in {State.REFUSED, State.REPLACED}:
        raise DecidedAlready(found)
    if found and found.state != State.WITHDRAWN:
        return found
    one = found or Registration(batch=batch, business=business)
    for name, value in comer.columns().items():
        setattr(one, name, value)
    one.way, one.registered_by, one.registered_at = way, actor, at
    state: str = State.PROPOSED if way == Way.REGIONAL else State.REGISTERED
    one.state, one.since, one.reason, one.seat, one.line = state, at, "", None, None
    if batch.admits == Batch.Admits.FIRST:
        one.save()
        state = _first_come(batch, one)
    return put(one, state, batch=batch, actor=actor, at=at)


def is_open(batch: Batch, way: str, today: date) -> bool:
    """Say whether somebody can register in this way on a day; the office also after the last."""
    if batch.state not in _OPEN_TO[Way(way)]:
        return False
    last = batch.registers_until or batch.starts_on
    return way == Way.OFFICER or today <= last


def _first_come(batch: Batch, one: Registration) -> str:
    if unmet_by(batch, one):
        return State.REGISTERED
    is_anybody_waiting = Registration.objects.filter(batch=batch, state=State.WAITING).exists()
    return State.WAITING if is_anybody_waiting or not free_seats(batch) else State.ACCEPTED


@transaction.atomic
def propose(registration: Registration, *, reason: str, actor: User, at: datetime) -> Registration:
    """Stand up for a firm that registered itself, as its Dinas does; once is enough."""
    batch = lock(registration.batch)
    one = _fresh(registration)
    if one.state != State.REGISTERED:
        return one
    return put(one, State.PROPOSED, batch=batch, actor=actor, at=at, reason=reason)


@transaction.atomic
def withdraw(
    registration: Registration, *, reason: str = "", actor: User | None, at: datetime
) -> Registration:
    """Take a registration back; the seat that becomes free goes to the next in line at once."""
    batch = lock(registration.batch)
    one = _fresh(registration)
    if one.is_gone:
        return one
    had_seat = one.seat is not None
    put(one, State.WITHDRAWN, batch=batch, actor=actor, at=at, reason=reason)
    if had_seat and not batch.is_over:
        move_up(batch, at=at, most=1)
    return one


@transaction.atomic
def change_comer(
    registration: Registration, comer: Comer, *, actor: User | None, at: datetime
) -> Registration:
    """Let another person of the firm come, or mend what was said; the seat stays.

    Raises:
        NoSeat: It is withdrawn, refused or replaced.

    """
    lock(registration.batch)
    one = _fresh(registration)
    if one.is_gone:
        raise NoSeat
    after = dict(comer.columns())
    before = {name: getattr(one, name) for name in after}
    for name, value in after.items():
        setattr(one, name, value)
    one.save()
    record("programmes.registration.changed", one, actor=actor, at=at, before=before, after=after)
    return one


def _fresh(registration: Registration) -> Registration:
    rows = Registration.objects.select_related("business", "person")
    return rows.get(pk=registration.pk)


__all__ = [
    "Comer",
    "DecidedAlready",
    "Full",
    "NoSeat",
    "NotOpen",
    "change_comer",
    "is_open",
    "propose",
    "register",
    "withdraw",
]
