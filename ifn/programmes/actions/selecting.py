"""Who comes: decided row by row, or as the rule proposes; each with its reason and its points."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from ifn.accounts.models import User
from ifn.programmes.actions.locking import lock
from ifn.programmes.actions.planning import ReasonMissing
from ifn.programmes.actions.seating import Full, free_seats, move_up, put
from ifn.programmes.choosing import Verdict
from ifn.programmes.choosing.wording import unmet_sentence
from ifn.programmes.models import Batch, Registration
from ifn.programmes.planning import states
from ifn.programmes.queries.choosing import as_json, proposal

State = Registration.State
STATE_OF = {
    Verdict.ACCEPT: State.ACCEPTED,
    Verdict.WAIT: State.WAITING,
    Verdict.REFUSE: State.REFUSED,
}


class NotDeciding(Exception):  # noqa: N818
    """It is not decided about registrations of this batch now, or not about this one any more."""


class DeviationNeedsReason(ReasonMissing):
    """The decision is not what the rule proposes, so it takes a reason."""


@transaction.atomic
def decide(
    registration: Registration, verdict: Verdict, *, reason: str = "", actor: User, at: datetime
) -> Registration:
    """Accept, let wait or refuse one registration; decided so already, nothing happens.

    What differs from the proposal takes a reason, and so does every refusal. A seat that becomes
    free goes to the next in line at once.

    Raises:
        DeviationNeedsReason: The rule proposes something else.
        Full: Every seat is taken.
        NotDeciding: The batch or the registration is not to be decided about.
        ReasonMissing: A refusal takes a reason.

    """
    batch = _deciding(registration.batch)
    rows = Registration.objects.select_related("business", "person")
    one = rows.get(pk=registration.pk)
    if one.state in {State.WITHDRAWN, State.REPLACED}:
        raise NotDeciding
    if one.state == STATE_OF[verdict]:
        return one
    proposed = None if batch.admits == Batch.Admits.FIRST else proposal(batch).get(one.pk)
    deviates = proposed is not None and proposed.verdict != verdict
    if not reason.strip():
        if deviates:
            raise DeviationNeedsReason
        if verdict == Verdict.REFUSE:
            raise ReasonMissing
    had_seat = one.seat is not None
    put(
        one,
        STATE_OF[verdict],
        batch=batch,
        actor=actor,
        at=at,
        reason=reason,
        proposal=as_json(proposed),
        is_deviation=deviates,
    )
    if had_seat:
        _next_in_line(batch, one, at=at)
    return one


def _next_in_line(batch: Batch, left: Registration, *, at: datetime) -> None:
    """Give the seat that somebody left to the first in line, but not back to whoever left it."""
    ahead = Registration.objects.filter(batch=batch, line__lt=left.line or 0)
    if left.state != State.WAITING or ahead.exists():
        move_up(batch, at=at, most=1)


@transaction.atomic
def take_proposal(batch: Batch, *, actor: User, at: datetime) -> dict[str, int]:
    """Decide about everybody undecided as the rule proposes; return how many of each.

    Whoever misses a condition is refused with that as the reason. Where an officer gave a seat to
    somebody else, the last of those proposed wait.

    Raises:
        NotDeciding: It is not decided about registrations of this batch now.

    """
    batch = _deciding(batch)
    counts = {verdict.value: 0 for verdict in Verdict}
    seats = len(free_seats(batch))
    rows = Registration.objects.filter(batch=batch, state__in=Registration.UNDECIDED)
    undecided = {one.pk: one for one in rows.select_related("business", "person")}
    for key, ranked in proposal(batch).items():
        one = undecided.get(key)
        if one is None:
            continue
        verdict, reason = ranked.verdict, ""
        if verdict == Verdict.ACCEPT and not seats:
            verdict = Verdict.WAIT
        if verdict == Verdict.REFUSE:
            with translation.override(settings.LANGUAGE_CODE):
                reason = " ".join(unmet_sentence(unmet) for unmet in ranked.candidate.unmet)
        seats -= verdict == Verdict.ACCEPT
        put(
            one,
            STATE_OF[verdict],
            batch=batch,
            actor=actor,
            at=at,
            reason=reason[:400],
            proposal=as_json(ranked),
        )
        counts[verdict.value] += 1
    return counts


@transaction.atomic
def replace(
    registration: Registration, by: Registration, *, reason: str, actor: User, at: datetime
) -> Registration:
    """Give one participant's seat to another firm of the same batch; return the new participant.

    Raises:
        NotDeciding: The one has no seat, or the other is not there to take it.
        ReasonMissing: A replacement takes a reason.

    """
    batch = _deciding(registration.batch)
    if not reason.strip():
        raise ReasonMissing
    rows = Registration.objects.filter(batch=batch).select_related("business", "person")
    found = {one.pk: one for one in rows.filter(pk__in=[registration.pk, by.pk])}
    old, new = found.get(registration.pk), found.get(by.pk)
    if old is None or new is None or old.seat is None:
        raise NotDeciding
    if not (new.is_undecided or new.state == State.WAITING):
        raise NotDeciding
    seat = old.seat
    old.replaced_by = new
    put(old, State.REPLACED, batch=batch, actor=actor, at=at, reason=reason)
    return put(new, State.ACCEPTED, batch=batch, actor=actor, at=at, reason=reason, seat=seat)


def _deciding(batch: Batch) -> Batch:
    batch = lock(batch)
    if batch.state not in states.DECIDES:
        raise NotDeciding
    return batch


__all__ = [
    "DeviationNeedsReason",
    "Full",
    "NotDeciding",
    "ReasonMissing",
    "decide",
    "replace",
    "take_proposal",
]
