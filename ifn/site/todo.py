"""What a person has to do, from every room: at most seven things, the most pressing first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

#: More than this is no list of things to do.
MOST: Final = 7
#: A day further away than this presses no more than one that is not known.
SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what it is about, the next step, where, who acts, and by when."""

    #: About what it is, such as the name of a business.
    about: str
    #: The next step, as a sentence.
    step: str
    address: str
    icon: str
    #: Who acts next when it is somebody else; empty where it is the person.
    other: str = ""
    due_on: date | None = None
    #: Among things without a near day the greater comes first.
    weight: int = 0
    is_overdue: bool = False


def most_pressing(found: Iterable[Todo], *, today: date, most: int = MOST) -> Sequence[Todo]:
    """Return what presses most.

    First what the person does and is due within 30 days or overdue, the nearest day first; then
    what has no near day, by weight; last what others do. Equals keep their order.
    """

    def pressing(one: Todo) -> tuple[bool, bool, date, int]:
        is_near = one.due_on is not None and one.due_on <= today + SOON
        return bool(one.other), not is_near, (one.due_on if is_near else None) or today, -one.weight

    return [
        replace(one, is_overdue=one.due_on is not None and one.due_on < today)
        for one in sorted(found, key=pressing)[:most]
    ]
