"""The order of stages and the states of a project: what comes before what. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol, TypeVar


class Placed(Protocol):
    """A stage, as far as its order goes."""

    place: int
    state: str


Stage = TypeVar("Stage", bound=Placed)


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a whole project: from where, where to, and whether it takes a reason."""

    froms: frozenset[str]
    to: str
    takes_reason: bool = False


#: What may happen to a project, by the name of the step.
MOVES: Final[Mapping[str, Move]] = MappingProxyType(
    {
        "start": Move(frozenset({"planned"}), "running"),
        "pause": Move(frozenset({"running"}), "paused", takes_reason=True),
        "resume": Move(frozenset({"paused"}), "running"),
        "complete": Move(frozenset({"running"}), "done"),
        "stop": Move(frozenset({"planned", "running", "paused"}), "stopped", takes_reason=True),
        "reopen": Move(frozenset({"done", "stopped"}), "running", takes_reason=True),
    }
)


def moves_from(state: str) -> list[str]:
    """Return what may happen to a project that stands there."""
    return [name for name, move in MOVES.items() if state in move.froms]


def before(stages: Iterable[Stage], place: int, state: str) -> list[Stage]:
    """Return the earlier stages that stand in the way of a stage that is to be in this state.

    One begins once the earlier ones were begun or left out, and ends once they are over.
    """
    if state not in {"running", "done"}:
        return []
    blocks = {"planned"} if state == "running" else {"planned", "running"}
    return [one for one in stages if one.place < place and one.state in blocks]


def after(stages: Iterable[Stage], place: int, state: str) -> list[Stage]:
    """Return the later stages that keep a stage from going back to this state."""
    if state == "planned":
        blocks = {"running", "done"}
    elif state == "running":
        blocks = {"done"}
    else:
        return []
    return [one for one in stages if one.place > place and one.state in blocks]
