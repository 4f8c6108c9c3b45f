"""Who answered which opportunity, and what came of it: for its business, and for who answered."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q

from ifn.accounts.models import User
from ifn.connections.enquiring.states import UNANSWERED, State
from ifn.connections.models import Enquiry, EnquiryQuerySet, Opportunity
from ifn.connections.queries.enquiries import going_out, with_letters


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers an opportunity has: all, those that wait, and those that were agreed on."""

    total: int = 0
    waiting: int = 0
    agreed: int = 0


NONE = Answers()


def answers_to(opportunity: Opportunity) -> EnquiryQuerySet:
    """Return the answers that the business of an opportunity has, open ones first, then newest."""
    found = with_letters().delivered().filter(letter__opportunity=opportunity)
    return found.order_by(F("ended_at").desc(nulls_first=True), "-sent_at", "-pk")


def count_answers(opportunities: Collection[int]) -> dict[int, Answers]:
    """Return how many answers each of these has, where it has any; one query."""
    rows = (
        Enquiry.objects.delivered()
        .filter(letter__opportunity__in=opportunities)
        .values("letter__opportunity")
        .annotate(
            total=Count("pk"),
            waiting=Count("pk", filter=Q(state__in=UNANSWERED)),
            agreed=Count("pk", filter=Q(state=State.AGREED)),
        )
    )
    return {
        row["letter__opportunity"]: Answers(row["total"], row["waiting"], row["agreed"])
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The last answer of somebody to an opportunity, and whether any was accepted."""

    enquiry: Enquiry
    is_accepted: bool


def own_answer(opportunity: Opportunity, user: User | AnonymousUser) -> OwnAnswer | None:
    """Return what a person, or a business of theirs, answered; one query, none for a visitor."""
    if not isinstance(user, User):
        return None
    found = list(going_out(user).filter(letter__opportunity=opportunity))
    return OwnAnswer(found[0], any(one.is_accepted for one in found)) if found else None


def unfilled_of(enquiry: Enquiry) -> Opportunity | None:
    """Return the opportunity that an agreed enquiry answers, where it does not say so yet."""
    one = enquiry.letter.opportunity
    is_agreed = one is not None and enquiry.state == State.AGREED
    may_end = {Opportunity.State.OPEN, Opportunity.State.EXPIRED}
    return one if one is not None and is_agreed and one.state in may_end else None
