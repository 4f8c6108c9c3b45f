"""What becomes of a letter: its sender is known, it is held, or it reaches its firms."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.audit.actions import Happening, record, record_many
from ifn.connections import tasks
from ifn.connections.enquiring import reasons
from ifn.connections.enquiring.states import Event, Side, State
from ifn.connections.enquiring.suspicion import doubts
from ifn.connections.models import Enquiry, Letter, Opportunity, Step
from ifn.connections.queries.askers import firms_that_block, keys_of, spread_of
from ifn.directory.models import Business

#: A firm has so long to answer.
ANSWER_WITHIN: Final = timedelta(days=14)
#: What changes with a proof.
_PROOF: Final = ("proven_at", "judged_at", "judged_by")


@transaction.atomic
def prove(letter: Letter, *, at: datetime, actor: User | None = None) -> Letter:
    """Note that the sender's address is theirs, and let the letter go on its way; once."""
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.state != Letter.State.UNPROVEN:
        return found
    found.proven_at, found.judged_at, found.judged_by = at, None, None
    record("connections.letter.proven", found, actor=actor, at=at)
    let_go(found, at=at)
    return found


@transaction.atomic
def deny_number(letter: Letter, *, actor: User, at: datetime) -> bool:
    """Note that the code came from another number than the letter names; say whether that is news.

    The letter stays unproven and goes with all that nobody confirms; the office may still find that
    the number is right.
    """
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.state != Letter.State.UNPROVEN or found.judged_at is not None:
        return False
    found.judged_at, found.judged_by = at, actor
    found.save(update_fields=["judged_at", "judged_by"])
    record("connections.letter.number_denied", found, actor=actor, at=at)
    return True


@transaction.atomic
def release(letter: Letter, *, actor: User, at: datetime) -> bool:
    """Send what was held back after an officer looked at it; say whether it was held."""
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.state != Letter.State.HELD:
        return False
    found.judged_at, found.judged_by = at, actor
    found.save(update_fields=["judged_at", "judged_by"])
    record("connections.letter.released", found, actor=actor, at=at)
    _deliver(found, at=at, side=Side.OFFICE, person=actor)
    return True


def is_open(opportunity: int, at: datetime) -> bool:
    """Say whether an opportunity can be answered."""
    return Opportunity.objects.open_on(localdate(at)).filter(pk=opportunity).exists()


def let_go(letter: Letter, *, at: datetime) -> None:
    """Deliver a letter whose sender is known, or hold it for a person to look at."""
    waiting = Enquiry.objects.filter(letter=letter, state=State.WAITING)
    firms = [one.firm for one in waiting.select_related("business__merged_into")]
    found = doubts(letter.text, spread_of(letter, firms, at=at))
    if not found:
        _deliver(letter, at=at, side=Side.CLOCK, person=None)
        return
    letter.state, letter.held_for = Letter.State.HELD, [one.value for one in found]
    letter.save(update_fields=["state", "held_for", *_PROOF])
    record("connections.letter.held", letter, actor=None, at=at, reasons=letter.held_for)


def _deliver(letter: Letter, *, at: datetime, side: Side, person: User | None) -> None:
    """Put a letter before its firms, where they are shown and take it; the others are closed.

    Constant in the number of firms: messages are written by a job in the same transaction.
    """
    found = Enquiry.objects.filter(letter=letter, state=State.WAITING)
    waiting = list(found.select_related("business__merged_into").order_by("place"))
    profiles = {one.business_id for one in waiting} | {one.firm.pk for one in waiting}
    blocking = firms_that_block(keys_of(letter), profiles)
    is_over = letter.opportunity_id is not None and not is_open(letter.opportunity_id, at)
    for one in waiting:
        one.since = at
        is_blocked = bool({one.business_id, one.firm.pk} & blocking)
        if one.firm.status != Business.Status.LISTED:
            _shut(one, reasons.Closed.HIDDEN, at)
        elif is_over:
            _shut(one, reasons.Closed.OVER, at)
        elif is_blocked and not one.is_unnamed:
            _shut(one, reasons.Closed.NOT_TAKING, at)
        else:
            one.state, one.sent_at, one.answer_by = State.SENT, at, at + ANSWER_WITHIN
            one.is_unheard = is_blocked
    fields = ["state", "since", "reason", "sent_at", "answer_by", "ended_at", "is_unheard"]
    Enquiry.objects.bulk_update(waiting, fields)
    events = {one.pk: Event.DELIVER if one.sent_at else Event.CLOSE for one in waiting}
    Step.objects.bulk_create(
        Step(
            enquiry=one,
            event=events[one.pk],
            state=one.state,
            side=side,
            person=person,
            reason=one.reason,
            at=at,
        )
        for one in waiting
    )
    letter.state, letter.sent_at = Letter.State.SENT, at
    letter.save(update_fields=["state", "sent_at", *_PROOF])
    record_many(
        [
            Happening(
                event=f"connections.enquiry.{events[one.pk]}",
                subject=one,
                reason=one.reason,
                before={"state": State.WAITING},
                after={"state": one.state},
            )
            for one in waiting
        ],
        actor=person,
        at=at,
    )
    tasks.tell_of_letter.enqueue(letter.pk)


def _shut(enquiry: Enquiry, reason: reasons.Closed, at: datetime) -> None:
    enquiry.state, enquiry.reason, enquiry.ended_at = State.CLOSED, reason, at
