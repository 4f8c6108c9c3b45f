"""Where an enquiry can stand, what can happen to it, and who may do that: one table. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where an enquiry stands."""

    WAITING = "waiting", _("Not sent yet")
    SENT = "sent", _("Sent")
    SEEN = "seen", _("Read")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered in time")
    CONTACTED = "contacted", _("In contact")
    NEGOTIATING = "negotiating", _("Talking")
    AGREED = "agreed", _("Agreed")
    NOT_AGREED = "not_agreed", _("No agreement")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SPAM = "spam", _("Spam")
    CLOSED = "closed", _("Closed")


class Event(TextChoices):
    """What can happen to an enquiry."""

    DELIVER = "deliver", _("Sent to the business")
    SEE = "see", _("Read by the business")
    ACCEPT = "accept", _("Accepted")
    DECLINE = "decline", _("Declined")
    EXPIRE = "expire", _("Not answered in time")
    MEET = "meet", _("Contact made")
    TALK = "talk", _("Still talking")
    AGREE = "agree", _("Agreed")
    FAIL = "fail", _("No agreement")
    WITHDRAW = "withdraw", _("Withdrawn by the sender")
    MARK_SPAM = "mark_spam", _("Marked as spam")
    CLOSE = "close", _("Closed")


class Side(TextChoices):
    """Who does something: whoever asked, the firm, the network's office, or the clock."""

    ASKER = "asker", _("Sender")
    FIRM = "firm", _("Business")
    OFFICE = "office", _("Office")
    CLOCK = "clock", _("Platform")


#: Somebody still has to do something.
OPEN: Final = (
    State.WAITING,
    State.SENT,
    State.SEEN,
    State.ACCEPTED,
    State.CONTACTED,
    State.NEGOTIATING,
)
OVER: Final = tuple(state for state in State if state not in OPEN)
#: The firm has not answered yet.
UNANSWERED: Final = (State.SENT, State.SEEN)
#: Both sides have, or may have, each other's contact.
MET: Final = (State.ACCEPTED, State.CONTACTED, State.NEGOTIATING)
#: Seen from here each side may say how it went.
TOLD_HOW_IT_WENT: Final = (*MET, State.AGREED, State.NOT_AGREED)

#: From which states each thing can happen, and where it leads. A late answer of the firm is better
#: than none, so what expired can still be answered. An outcome can be corrected, not undone.
_FROM: Final[Mapping[Event, tuple[tuple[State, ...], State]]] = {
    Event.DELIVER: ((State.WAITING,), State.SENT),
    Event.SEE: ((State.SENT,), State.SEEN),
    Event.ACCEPT: ((*UNANSWERED, State.EXPIRED), State.ACCEPTED),
    Event.DECLINE: ((*UNANSWERED, State.EXPIRED), State.DECLINED),
    Event.EXPIRE: (UNANSWERED, State.EXPIRED),
    Event.MEET: ((*UNANSWERED, State.ACCEPTED), State.CONTACTED),
    Event.TALK: ((State.ACCEPTED, State.CONTACTED), State.NEGOTIATING),
    Event.AGREE: ((*MET, State.NOT_AGREED), State.AGREED),
    Event.FAIL: ((*MET, State.AGREED), State.NOT_AGREED),
    Event.WITHDRAW: (OPEN, State.WITHDRAWN),
    Event.MARK_SPAM: ((*OPEN, State.EXPIRED, State.DECLINED), State.SPAM),
    Event.CLOSE: (OPEN, State.CLOSED),
}
TABLE: Final[Mapping[tuple[State, Event], State]] = MappingProxyType(
    {(state, event): to for event, (states, to) in _FROM.items() for state in states}
)
#: Where an event has been overtaken by what came after it: doing it again does nothing.
_PASSED: Final[Mapping[Event, tuple[State, ...]]] = {
    Event.DELIVER: tuple(state for state in State if state != State.WAITING),
    Event.SEE: tuple(state for state in State if state not in {State.WAITING, State.SENT}),
    Event.ACCEPT: (State.ACCEPTED, State.CONTACTED, State.NEGOTIATING, State.AGREED),
    Event.DECLINE: (State.DECLINED,),
    Event.EXPIRE: tuple(state for state in State if state not in UNANSWERED),
    Event.MEET: (State.CONTACTED, State.NEGOTIATING, State.AGREED, State.NOT_AGREED),
    Event.TALK: (State.NEGOTIATING,),
    Event.AGREE: (State.AGREED,),
    Event.FAIL: (State.NOT_AGREED,),
    Event.WITHDRAW: (State.WITHDRAWN,),
    Event.MARK_SPAM: (State.SPAM,),
    Event.CLOSE: OVER,
}
_BOTH: Final = frozenset({Side.ASKER, Side.FIRM})
_WHO: Final[Mapping[Event, frozenset[Side]]] = {
    Event.DELIVER: frozenset({Side.CLOCK, Side.OFFICE}),
    Event.SEE: frozenset({Side.FIRM}),
    Event.ACCEPT: frozenset({Side.FIRM}),
    Event.DECLINE: frozenset({Side.FIRM}),
    Event.EXPIRE: frozenset({Side.CLOCK}),
    Event.MEET: _BOTH,
    Event.TALK: _BOTH,
    Event.AGREE: _BOTH,
    Event.FAIL: _BOTH,
    Event.WITHDRAW: frozenset({Side.ASKER}),
    Event.MARK_SPAM: frozenset({Side.OFFICE}),
    Event.CLOSE: frozenset({Side.CLOCK, Side.OFFICE}),
}


def after(state: str, event: Event) -> State | None:
    """Return where an event leads from a state; nothing where it cannot happen or changes none."""
    return TABLE.get((State(state), event))


def is_done(state: str, event: Event) -> bool:
    """Say whether an event lies behind an enquiry of this state, so that again is not an error."""
    return State(state) in _PASSED[event]


def may(side: Side, event: Event) -> bool:
    """Say whether this side may let an event happen."""
    return side in _WHO[event]
