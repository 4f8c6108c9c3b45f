"""Which sessions stand in each other's way: the same mentor or place at the same time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Shared(StrEnum):
    """What two sessions want at the same time."""

    MENTOR = "mentor"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a session is, and whose it is; ``mentor`` is a key, ``place`` is as typed."""

    key: int | None
    title: str
    starts_at: datetime
    ends_at: datetime
    mentor: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A session that stands in the way, and why."""

    slot: Slot
    shared: Shared


def clash_of(one: Slot, others: Iterable[Slot]) -> Clash | None:
    """Return the first session that overlaps and has the same mentor or place, if any.

    Sessions that touch do not overlap. Places are the same in any case of letters.
    """
    for other in sorted(others, key=lambda slot: slot.starts_at):
        if one.key is not None and one.key == other.key:
            continue
        if not (other.starts_at < one.ends_at and one.starts_at < other.ends_at):
            continue
        if one.mentor is not None and one.mentor == other.mentor:
            return Clash(other, Shared.MENTOR)
        if one.place and one.place.casefold() == other.place.casefold():
            return Clash(other, Shared.PLACE)
    return None
