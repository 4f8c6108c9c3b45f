"""A batch is planned, changed, and goes from state to state; whom it concerns is told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.programmes.actions.locking import lock
from ifn.programmes.actions.seating import draw_together, move_up
from ifn.programmes.actions.telling import tell_everybody, tell_registration
from ifn.programmes.models import Batch, Registration, Session, StateChange
from ifn.programmes.planning import states
from ifn.programmes.queries.batches import seats_taken

#: What can be changed of a plan.
COLUMNS: Final = frozenset(
    {
        *("title_id", "title_en", "about_id", "about_en", "topic", "instrument_id", "dimensions"),
        *("region_id", "address", "online_address", "mode", "starts_on", "ends_on"),
        *("registers_until", "quota", "admits", "for_roles", "for_processes", "for_regions"),
        *("needs_assessment", "least_completeness", "repeat_years", "weights"),
        "completion_share",
    }
)
#: What was stated to those who registered and cannot change under them.
STATED: Final = frozenset(
    {
        *("admits", "for_roles", "for_processes", "for_regions", "needs_assessment"),
        *("least_completeness", "repeat_years", "weights", "instrument_id", "dimensions"),
    }
)
_TRIES: Final = 5


class DaysReversed(ValueError):  # noqa: N818
    """The last day is before the first, or registration ends after the last day."""


class QuotaBelowSeats(ValueError):  # noqa: N818
    """Fewer seats were asked for than are taken; ``taken`` says how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


class RuleIsStated(Exception):  # noqa: N818
    """Somebody has registered already under the rule and conditions as they stand."""


class SessionsOutside(ValueError):  # noqa: N818
    """Sessions would lie before the first or after the last day; ``number`` says how many."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else changed the batch; nothing was written."""


class CannotMove(Exception):  # noqa: N818
    """A batch does not go from its state to the one that was asked for."""


class ReasonMissing(ValueError):  # noqa: N818
    """This takes a reason."""


class StillUndecided(Exception):  # noqa: N818
    """Participants cannot be confirmed while it is not decided about ``number`` of them."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class NobodyComes(Exception):  # noqa: N818
    """Participants cannot be confirmed: nobody was accepted."""


def plan(facts: Mapping[str, Any], *, actor: User | None, at: datetime) -> Batch:
    """Begin a batch from its title, days, seats and place; its code is made of year and place.

    Raises:
        DaysReversed: The last day is before the first.

    """
    _check_days(facts["starts_on"], facts["ends_on"], facts.get("registers_until"))
    known = {name: value for name, value in facts.items() if name in COLUMNS}
    year, place = facts["starts_on"].year, (facts.get("region_id") or "").replace(".", "")
    stem = f"{year}-{place or 'ID'}-"
    is_demo = bool(facts.get("is_demo"))
    for extra in range(_TRIES):
        number = Batch.objects.filter(code__startswith=stem).count() + 1 + extra
        try:
            with transaction.atomic():
                batch = Batch.objects.create(
                    **known,
                    code=f"{stem}{number}",
                    since=at,
                    created_at=at,
                    created_by=actor,
                    is_demo=is_demo,
                )
                _changed_state(batch, actor=actor, at=at)
                record("programmes.batch.planned", batch, actor=actor, at=at, code=batch.code)
        except IntegrityError:
            if not Batch.objects.filter(code=f"{stem}{number}").exists():
                raise
        else:
            return batch
    raise ChangedMeanwhile  # pragma: no cover  # five people at once in one place


def _check_days(first: date, last: date, until: date | None) -> None:
    if last < first or (until and until > last):
        raise DaysReversed


@transaction.atomic
def revise(
    batch: Batch, changes: Mapping[str, Any], *, version: int, actor: User, at: datetime
) -> Batch:
    """Change what a batch says. Sessions move with its first day, and those in it are told.

    More seats are given to those who wait; with fewer, seats are drawn together.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest.
        DaysReversed: The days are not in order.
        QuotaBelowSeats: More seats are taken than there would be.
        RuleIsStated: Somebody registered under what would change.
        SessionsOutside: Sessions would lie outside of the days.

    """
    batch = lock(batch)
    if batch.version != version:
        raise ChangedMeanwhile
    before = {name: getattr(batch, name) for name in changes if name in COLUMNS}
    after = {name: changes[name] for name in before if changes[name] != before[name]}
    if not after:
        return batch
    if after.keys() & STATED and Registration.objects.filter(batch=batch).exists():
        raise RuleIsStated
    first_day, last_day = batch.starts_on, batch.ends_on
    if "quota" in after:
        _check_quota(batch, after["quota"])
    for name, value in after.items():
        setattr(batch, name, value)
    _check_days(batch.starts_on, batch.ends_on, batch.registers_until)
    batch.version += 1
    batch.save()
    if "quota" in after:
        _fill_if_announced(batch, at=at)
    record(
        "programmes.batch.revised",
        batch,
        actor=actor,
        at=at,
        before={name: before[name] for name in after},
        after=after,
    )
    if (batch.starts_on, batch.ends_on) != (first_day, last_day):
        _move_days(batch, first_day, actor=actor, at=at)
    return batch


def _fill_if_announced(batch: Batch, *, at: datetime) -> None:
    """Give new seats to those who wait where seats are given at once.

    While participants are still being chosen, the officer gives them.
    """
    if batch.is_announced and not batch.is_over:
        move_up(batch, at=at)


def _check_quota(batch: Batch, quota: int) -> None:
    taken = seats_taken(batch)
    if quota < taken:
        raise QuotaBelowSeats(taken)
    draw_together(batch, quota)


def _move_days(batch: Batch, first_day: date, *, actor: User, at: datetime) -> None:
    """Move the sessions with the first day, later ones first where they move on."""
    shift = batch.starts_on - first_day
    rows = Session.objects.filter(batch=batch).order_by(
        "-starts_at" if shift.days > 0 else "starts_at"
    )
    if shift.days:
        for one in rows:
            one.starts_at += shift
            one.ends_at += shift
            one.save(update_fields=["starts_at", "ends_at"])
    outside = sum(not is_within(batch, one) for one in rows.all())
    if outside:
        raise SessionsOutside(outside)
    _changed_state(batch, actor=actor, at=at, starts_on=batch.starts_on)
    if batch.state != Batch.State.PLANNED:
        tell_everybody(batch, "days", reason="", at=at)


def is_within(batch: Batch, session: Session) -> bool:
    """Say whether a session lies on the days of its batch, as clocks at its place show them."""
    first, last = localdate(session.starts_at, batch.zone), localdate(session.ends_at, batch.zone)
    return batch.starts_on <= first and last <= batch.ends_on


@transaction.atomic
def move(batch: Batch, state: str, *, reason: str = "", actor: User | None, at: datetime) -> Batch:
    """Bring a batch into its next state, and tell whom that concerns.

    Confirming the participants gives free seats to those who wait and tells everybody what was
    decided. To postpone and to cancel takes a reason, which they read.

    Raises:
        CannotMove: One does not come from its state to that one.
        NobodyComes: It was to be confirmed without a single participant.
        ReasonMissing: To stop takes a reason.
        StillUndecided: It was to be confirmed, and some are not decided about.

    """
    batch = lock(batch)
    before = batch.state
    if not states.can_move(before, state):
        raise CannotMove
    if state in states.WITH_REASON and not reason.strip():
        raise ReasonMissing
    if state == Batch.State.CONFIRMED:
        _check_decided(batch)
    batch.state, batch.since, batch.reason = state, at, reason
    batch.version += 1
    batch.save()
    _changed_state(batch, actor=actor, at=at, reason=reason)
    record(
        f"programmes.batch.{state}",
        batch,
        actor=actor,
        at=at,
        reason=reason,
        before={"state": before},
        after={"state": state},
    )
    if state == Batch.State.CONFIRMED:
        _announce(batch, at=at)
    elif state in states.WITH_REASON or before == Batch.State.POSTPONED:
        tell_everybody(batch, state, reason=reason, at=at)
    return batch


def _check_decided(batch: Batch) -> None:
    rows = Registration.objects.filter(batch=batch)
    if undecided := rows.filter(state__in=Registration.UNDECIDED).count():
        raise StillUndecided(undecided)
    if not rows.filter(
        state__in=[Registration.State.ACCEPTED, Registration.State.WAITING]
    ).exists():
        raise NobodyComes


def _announce(batch: Batch, *, at: datetime) -> None:
    """Give free seats to those who wait, and tell everybody once what was decided."""
    told = {one.pk for one in move_up(batch, at=at)}
    withdrawn = (Registration.State.WITHDRAWN, Registration.State.REPLACED)
    rows = Registration.objects.filter(batch=batch).exclude(state__in=withdrawn)
    for one in rows.exclude(pk__in=told).select_related("business", "person").order_by("pk"):
        tell_registration(one, batch, at=at)


def _changed_state(
    batch: Batch,
    *,
    actor: User | None,
    at: datetime,
    reason: str = "",
    starts_on: date | None = None,
) -> None:
    StateChange.objects.create(
        batch=batch, state=batch.state, at=at, person=actor, reason=reason, starts_on=starts_on
    )
