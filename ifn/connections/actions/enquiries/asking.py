"""How it went: asked of both sides once after 7 and once after 30 days, answered with one tap."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from ifn.audit.actions import record
from ifn.connections import telling
from ifn.connections.actions.enquiries.guarding import complain
from ifn.connections.actions.enquiries.moving import By, add_step, move
from ifn.connections.enquiring import reasons, states
from ifn.connections.enquiring.reasons import Answer
from ifn.connections.enquiring.states import Event, Side
from ifn.connections.models import Enquiry, Question, Step

FIRST, LAST = 7, 30
BATCH: Final = 50
_EVENTS: Final = {
    Answer.AGREED: (Event.AGREE, ""),
    Answer.TALKING: (Event.TALK, ""),
    Answer.SILENCE: (Event.FAIL, reasons.NotAgreed.NO_ANSWER),
    Answer.UNREAL: (Event.FAIL, reasons.NotAgreed.NOT_REAL),
}


@transaction.atomic
def ask_those_due(*, at: datetime) -> int:
    """Ask both sides of the next enquiries whose time has come; return of how many.

    Whose first time was missed is asked the second time only.
    """
    return _ask(LAST, None, at) or _ask(FIRST, LAST, at)


def _ask(days: int, before: int | None, at: datetime) -> int:
    asked = Question.objects.filter(enquiry=OuterRef("pk"), days=days)
    due = Enquiry.objects.filter(state__in=states.MET, met_at__lte=at - timedelta(days=days))
    if before is not None:
        due = due.filter(met_at__gt=at - timedelta(days=before))
    found = due.filter(~Exists(asked)).select_related(
        "letter__person", "letter__business", "business__merged_into"
    )
    batch = list(found.order_by("pk")[:BATCH])
    for enquiry in batch:
        for side in (Side.ASKER, Side.FIRM):
            question = Question.objects.create(enquiry=enquiry, days=days, side=side, asked_at=at)
            telling.ask_how_it_went(question, at=at)
        add_step(enquiry, Step.ASKED, by=By(Side.CLOCK), at=at)
        record("connections.enquiry.asked", enquiry, actor=None, at=at, days=days)
    return len(batch)


@transaction.atomic
def answer(question: Question, said: str, *, by: By, at: datetime) -> bool:
    """Note what a side says and move the enquiry on where that follows; say whether it is news.

    The first answer counts. Silence after a week is noted and no end yet: people travel. What the
    other side has ended meanwhile stays as it is.
    """
    given = Answer(said)
    is_new = Question.objects.filter(pk=question.pk, answer="").update(answer=given, answered_at=at)
    if not is_new:
        return False
    enquiry = question.enquiry
    event, reason = _EVENTS[given]
    enquiry.refresh_from_db()
    is_too_early = given == Answer.SILENCE and question.days == FIRST
    if not is_too_early and enquiry.is_open and states.after(enquiry.state, event):
        move(enquiry, event, by=by, at=at, reason=reason)
    if given == Answer.UNREAL:
        complain(enquiry, reason=reasons.Complaint.NOT_REAL, words="", by=by, at=at)
    add_step(enquiry, Step.ANSWERED, by=by, at=at, reason=given)
    record(
        "connections.enquiry.said",
        enquiry,
        actor=by.person,
        at=at,
        side=by.side.value,
        said=given.value,
        days=question.days,
    )
    question.answer, question.answered_at = given, at
    return True
