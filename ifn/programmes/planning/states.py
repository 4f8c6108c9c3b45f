"""From which state of a batch one comes to which, and what may happen in each."""

from collections.abc import Mapping
from typing import Final

PLANNED, OPEN, SELECTING, CONFIRMED = "planned", "open", "selecting", "confirmed"
RUNNING, COMPLETED, POSTPONED, CANCELLED = "running", "completed", "postponed", "cancelled"
_STOPS: Final = (POSTPONED, CANCELLED)
#: The usual next step comes first.
MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    PLANNED: (OPEN, *_STOPS),
    OPEN: (SELECTING, *_STOPS),
    SELECTING: (CONFIRMED, OPEN, *_STOPS),
    CONFIRMED: (RUNNING, SELECTING, *_STOPS),
    RUNNING: (COMPLETED, *_STOPS),
    POSTPONED: (PLANNED, OPEN, SELECTING, CONFIRMED, CANCELLED),
    COMPLETED: (),
    CANCELLED: (),
}
#: States into which one comes only with a reason.
WITH_REASON: Final = frozenset(_STOPS)
#: States in which firms register themselves, a regional office registers, an officer registers.
SELF_REGISTERS: Final = frozenset({OPEN})
REGION_REGISTERS: Final = frozenset({OPEN, SELECTING})
OFFICE_REGISTERS: Final = frozenset({OPEN, SELECTING, CONFIRMED, RUNNING})
#: States in which it is decided about registrations.
DECIDES: Final = OFFICE_REGISTERS
#: States in which people are noted as present.
ATTENDS: Final = frozenset({CONFIRMED, RUNNING, COMPLETED})
#: States in which participants have a plan that is followed up.
FOLLOWS: Final = frozenset({CONFIRMED, RUNNING, COMPLETED})
#: States in which participants are asked what changed.
ASKS: Final = frozenset({CONFIRMED, RUNNING, COMPLETED})


def can_move(before: str, after: str) -> bool:
    """Say whether a batch may go from one state to the other."""
    return after in MOVES.get(before, ())
