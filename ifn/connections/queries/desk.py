"""What stays unanswered between businesses, so that the office steps in."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from ifn.connections.enquiring.states import MET, UNANSWERED
from ifn.connections.models import DeskNote, Enquiry, Match, Opportunity
from ifn.connections.queries.indexed import as_written
from ifn.connections.queries.opportunities import any_title

#: A request that nobody fits after so many days needs a person.
WITHOUT_MATCH: Final = timedelta(days=14)
#: So many days before an unanswered enquiry ends the office calls.
BEFORE_END: Final = timedelta(days=7)
#: The last question how it went comes after 30 days; a week later its answer is overdue.
WITHOUT_OUTCOME: Final = timedelta(days=37)


def _settled(subject: str) -> Exists:
    found = DeskNote.objects.filter(
        **{subject: OuterRef("pk")}, state=OuterRef("state"), kind=DeskNote.Kind.SETTLED
    )
    return Exists(found)


def unmatched() -> QuerySet[Opportunity]:
    """Return open requests that nobody fits, each with ``any_title``; the desk waits a while."""
    fitting = Match.objects.filter(opportunity=OuterRef("pk"), hindrance__isnull=True)
    return Opportunity.objects.filter(
        ~Exists(fitting),
        ~_settled("opportunity"),
        state=Opportunity.State.OPEN,
        direction=Opportunity.Direction.REQUEST,
    ).annotate(any_title=any_title())


def unanswered() -> QuerySet[Enquiry]:
    """Return enquiries that nobody has answered; the desk calls shortly before they end."""
    return Enquiry.objects.filter(
        ~_settled("enquiry"), state__in=as_written(UNANSWERED), is_unheard=False
    )


def without_outcome() -> QuerySet[Enquiry]:
    """Return enquiries of which nobody said yet what came of them; the desk waits a while."""
    return Enquiry.objects.filter(
        ~_settled("enquiry"), state__in=as_written(MET), met_at__isnull=False
    )


def has_come_to_desk(enquiry: Enquiry, *, at: datetime) -> bool:
    """Say whether an enquiry waits at the desk, or the office has a note about it."""
    if DeskNote.objects.filter(enquiry=enquiry).exists():
        return True
    waiting = (
        unanswered().filter(answer_by__lte=at + BEFORE_END),
        without_outcome().filter(met_at__lte=at - WITHOUT_OUTCOME),
    )
    return any(found.filter(pk=enquiry.pk).exists() for found in waiting)


def notes_about(subject: Opportunity | Enquiry) -> list[DeskNote]:
    """Return what the office did about it, the newest first."""
    name = "opportunity" if isinstance(subject, Opportunity) else "enquiry"
    found = DeskNote.objects.filter(**{name: subject})
    chosen = found.select_related(
        *("author", "introduction__first", "introduction__second"),
        "introduction__letter__person",
    )
    return list(chosen.order_by("-made_at", "-pk"))
