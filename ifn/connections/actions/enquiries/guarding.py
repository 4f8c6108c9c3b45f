"""Blocks, complaints, and what an officer decides about what was written."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.actions.enquiries.moving import By, move
from ifn.connections.enquiring import reasons, states
from ifn.connections.enquiring.states import Event, Side
from ifn.connections.models import Block, Complaint, Enquiry, Letter


@transaction.atomic
def block(enquiry: Enquiry, *, by: By, at: datetime) -> bool:
    """Let no more enquiries of this asker reach the firm; say whether that is news."""
    _block, is_new = Block.objects.get_or_create(
        business=enquiry.firm,
        asker=enquiry.asker,
        defaults={"made_at": at, "made_by": by.person},
    )
    if is_new:
        record("connections.asker.blocked", enquiry, actor=by.person, at=at)
    return is_new


@transaction.atomic
def unblock(enquiry: Enquiry, *, by: By, at: datetime) -> bool:
    """Let enquiries of this asker reach the firm again; say whether that is news."""
    found = Block.objects.filter(
        business__in={enquiry.business_id, enquiry.firm.pk}, asker=enquiry.asker
    )
    gone, _rows = found.delete()
    if gone:
        record("connections.asker.unblocked", enquiry, actor=by.person, at=at)
    return bool(gone)


@transaction.atomic
def complain(enquiry: Enquiry, *, reason: str, words: str, by: By, at: datetime) -> bool:
    """Report an enquiry to the office; each side does so once. Say whether that is news."""
    _made, is_new = Complaint.objects.get_or_create(
        enquiry=enquiry,
        side=by.side,
        defaults={
            "reason": reasons.Complaint(reason),
            "words": words,
            "person": by.person,
            "made_at": at,
        },
    )
    if is_new:
        record("connections.enquiry.reported", enquiry, actor=by.person, at=at, kind=reason)
    return is_new


@transaction.atomic
def mark_spam(letter: Letter, *, actor: User, at: datetime) -> bool:
    """Take a letter back from every firm as spam; say whether that is news.

    What firms and asker agreed on already stays: it was none.
    """
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.state == Letter.State.SPAM:
        return False
    found.state, found.judged_at, found.judged_by = Letter.State.SPAM, at, actor
    found.save(update_fields=["state", "judged_at", "judged_by"])
    by = By(Side.OFFICE, actor)
    for enquiry in Enquiry.objects.filter(letter=found).order_by("place"):
        if states.after(enquiry.state, Event.MARK_SPAM):
            move(enquiry, Event.MARK_SPAM, by=by, at=at)
    _answer_complaints(found, actor=actor, at=at)
    record("connections.letter.spam", found, actor=actor, at=at)
    return True


@transaction.atomic
def find_harmless(letter: Letter, *, actor: User, at: datetime) -> int:
    """Answer the complaints about a letter: nothing is wrong with it; return how many waited."""
    answered = _answer_complaints(letter, actor=actor, at=at)
    if answered:
        record("connections.letter.harmless", letter, actor=actor, at=at)
    return answered


def _answer_complaints(letter: Letter, *, actor: User, at: datetime) -> int:
    waiting = Complaint.objects.filter(enquiry__letter=letter, answered_at=None)
    return waiting.update(answered_at=at, answered_by=actor)
