"""How a call goes from state to state, who takes it there, and what that takes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ifn.collaboration.models import Call

State = Call.State


class Hand(StrEnum):
    """Who takes a call from one state to the next."""

    LEADER = "leader"
    OFFICE = "office"


#: From where to where, and by whom; the office may whatever a leader may.
MOVES: Final[Mapping[str, Mapping[str, Hand]]] = {
    State.DRAFT: {
        State.REVIEW: Hand.LEADER,
        State.OPEN: Hand.OFFICE,
        State.CANCELLED: Hand.LEADER,
    },
    State.REVIEW: {
        State.OPEN: Hand.OFFICE,
        State.REFUSED: Hand.OFFICE,
        State.CANCELLED: Hand.LEADER,
    },
    State.REFUSED: {State.REVIEW: Hand.LEADER, State.CANCELLED: Hand.LEADER},
    State.OPEN: {State.SCREENING: Hand.LEADER, State.CANCELLED: Hand.LEADER},
    State.SCREENING: {State.PANEL: Hand.LEADER, State.CANCELLED: Hand.LEADER},
    #: The panel's decision is an action of its own.
    State.PANEL: {State.CANCELLED: Hand.LEADER},
    State.DECIDED: {},
    State.CANCELLED: {},
}
#: What the applicants, or whoever wrote it, read the reason of.
WITH_REASON: Final = frozenset({State.CANCELLED, State.REFUSED})
#: What must be complete before.
COMPLETE: Final = frozenset({State.REVIEW, State.OPEN})
#: Where new terms concern people who accepted others.
ACCEPTED_BEFORE: Final = frozenset({State.OPEN, State.SCREENING, State.PANEL})
#: Until when somebody may be added to the panel.
EMPANELS: Final = ACCEPTED_BEFORE


def moves(state: str, *, is_office: bool, is_offices: bool) -> list[str]:
    """Return where a person may take a call; what the office itself calls for needs no review."""
    return [
        to
        for to, hand in MOVES[state].items()
        if (is_office or hand == Hand.LEADER) and not (is_offices and to == State.REVIEW)
    ]
