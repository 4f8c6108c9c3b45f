"""Who answered which opportunity, and what came of it: for its business, and for who answered."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q

from ifn.accounts.models import User
from ifn.connections.enquiring.states import UNANSWERED, State
from ifn.connections.models import Enquiry, Opportunity
from ifn.connections.queries.enquiries import going_out, with_brief_letters
from ifn.prepared import Prepared, Several, Slot


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers an opportunity has: all, those that wait, and those that were agreed on."""

    total: int = 0
    waiting: int = 0
    agreed: int = 0


NONE = Answers()
#: So many answers stand on an opportunity's own page; all of them are a list of their own.
SHOWN: Final = 10


def answers_to(opportunity: Opportunity) -> list[Enquiry]:
    """Return the first answers to an opportunity as lists show them, open ones, then newest."""
    return _ANSWERS.objects(opportunity=opportunity.pk)


_ANSWERS: Final = Prepared(
    lambda: with_brief_letters(
        Enquiry.objects.delivered().filter(letter__opportunity=Slot("opportunity"))
    ).order_by(F("ended_at").desc(nulls_first=True), "-sent_at", "-pk")[:SHOWN]
)


def count_answers(opportunities: Collection[int]) -> dict[int, Answers]:
    """Return how many answers each of these has, where it has any; one query."""
    rows = _COUNTED.rows(opportunities=list(opportunities))
    return {opportunity: Answers(*numbers) for opportunity, *numbers in rows}


_COUNTED: Final = Prepared(
    lambda: (
        Enquiry.objects.delivered()
        .filter(letter__opportunity__in=Several("opportunities"))
        .values("letter__opportunity")
        .annotate(
            total=Count("pk"),
            waiting=Count("pk", filter=Q(state__in=UNANSWERED)),
            agreed=Count("pk", filter=Q(state=State.AGREED)),
        )
        .values_list("letter__opportunity", "total", "waiting", "agreed")
    )
)


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
