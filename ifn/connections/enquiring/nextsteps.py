"""What comes next for an enquiry, who does it, and by when: for each side and state. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ifn.connections.enquiring.states import Side, State


@dataclass(frozen=True, slots=True)
class Next:
    """The next step: in words, whose it is, and until when; nothing is due without a day."""

    words: Promise | str
    is_mine: bool = False
    by: datetime | None = None


_BOTH: Final[dict[State, Promise]] = {
    State.CONTACTED: _("You have each other's contact. Say here how it goes."),
    State.NEGOTIATING: _("You are talking. Say here when you agree, or if nothing comes of it."),
    State.AGREED: _("You agreed. Note what was ordered and what was delivered."),
    State.NOT_AGREED: _("Nothing came of it. There is nothing else to do."),
    State.SPAM: _("The office took it back as spam."),
}
_ASKER: Final[dict[State, Promise]] = {
    State.WAITING: _("It is not sent yet."),
    State.SENT: _("Wait for the answer of the business."),
    State.SEEN: _("The business has read it; wait for its answer."),
    State.ACCEPTED: _("Write to the business by WhatsApp."),
    State.DECLINED: _("Ask another business; your words come along."),
    State.EXPIRED: _("Ask another business, or write again."),
    State.CLOSED: _("Ask another business; your words come along."),
    State.WITHDRAWN: _("You took it back. There is nothing else to do."),
}
_FIRM: Final[dict[State, Promise]] = {
    State.SENT: _("Say yes or no."),
    State.SEEN: _("Say yes or no."),
    State.ACCEPTED: _("Write to the sender, or wait for a message."),
    State.DECLINED: _("You declined. There is nothing else to do."),
    State.EXPIRED: _("The time is over. You can still answer."),
    State.CLOSED: _("It was closed."),
    State.WITHDRAWN: _("The sender took it back. There is nothing else to do."),
}
_MINE: Final = {
    Side.ASKER: {
        State.ACCEPTED,
        State.CONTACTED,
        State.NEGOTIATING,
        State.DECLINED,
        State.EXPIRED,
        State.CLOSED,
    },
    Side.FIRM: {State.SENT, State.SEEN, State.ACCEPTED, State.CONTACTED, State.NEGOTIATING},
}


def next_for(side: Side, state: str, answer_by: datetime | None) -> Next:
    """Return the next step as this side reads it."""
    known = State(state)
    own = _ASKER if side == Side.ASKER else _FIRM
    words: Promise | str = own.get(known) or _BOTH.get(known) or ""
    is_due = known in {State.SENT, State.SEEN}
    return Next(words, known in _MINE.get(side, set()), answer_by if is_due else None)
