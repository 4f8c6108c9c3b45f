"""What a project waits for, and on whom: from its milestones, partners and risks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

#: A milestone is told of so many days before it is due.
SOON_DAYS: Final = 7


class Why(Enum):
    """Why something waits."""

    OVERDUE = "overdue"
    SOON = "soon"
    ANSWER = "answer"
    RISK = "risk"


#: What presses most comes first.
_ORDER: Final = (Why.OVERDUE, Why.RISK, Why.ANSWER, Why.SOON)


@dataclass(frozen=True, slots=True)
class Due:
    """An open milestone: who is to have it done, nobody where the whole project is, and when."""

    what: str
    owner: int | None
    due_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A partner that has not answered, and since when."""

    key: int
    since: date


@dataclass(frozen=True, slots=True)
class Feared:
    """A risk that is not over: how grave, 1 to 3, and on whom it waits."""

    what: str
    waits_on: int | None
    gravity: int
    since: date


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits: for what, why, since or until when, and how many days it is late."""

    why: Why
    what: str
    on: date
    days: int
    gravity: int = 0


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody on whom a project waits (a partner's key, or nobody in particular) and for what."""

    key: int | None
    waits: Sequence[Waits]


def awaited(
    due: Iterable[Due], asked: Iterable[Asked], feared: Iterable[Feared], today: date
) -> list[Awaited]:
    """Return on whom a project waits and for what; who holds it up most comes first."""
    found: dict[int | None, list[Waits]] = {}
    for one in due:
        days = (today - one.due_on).days
        if days >= -SOON_DAYS:
            why = Why.OVERDUE if days > 0 else Why.SOON
            found.setdefault(one.owner, []).append(Waits(why, one.what, one.due_on, max(days, 0)))
    for each in asked:
        late = (today - each.since).days
        found.setdefault(each.key, []).append(Waits(Why.ANSWER, "", each.since, max(late, 0)))
    for risk in feared:
        days = max((today - risk.since).days, 0)
        found.setdefault(risk.waits_on, []).append(
            Waits(Why.RISK, risk.what, risk.since, days, risk.gravity)
        )
    rows = [Awaited(key, sorted(waits, key=_pressing)) for key, waits in found.items()]
    return sorted(rows, key=lambda row: (_pressing(row.waits[0]), row.key or 0))


def _pressing(one: Waits) -> tuple[int, int, int, date]:
    return _ORDER.index(one.why), -one.gravity, -one.days, one.on
