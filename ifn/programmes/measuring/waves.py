"""Five times at which a participant is asked, and on which days each is open. Pure.

The times lie one after the other: an answer given on a day belongs to one of them and to no other.
Days follow from those of the batch, so a batch that is moved moves them.
"""

from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Wave(StrEnum):
    """Before the sessions, at their end, and three, six and twelve months after."""

    BEFORE = "before"
    END = "end"
    M3 = "m3"
    M6 = "m6"
    M12 = "m12"


class Stage(StrEnum):
    """How a wave stands on a day."""

    #: It is not open yet.
    COMING = "coming"
    #: An answer is in time.
    OPEN = "open"
    #: An answer is still kept, and marked late.
    LATE = "late"
    #: It is over; what is said now belongs to another wave, or to none.
    OVER = "over"


#: Months after the last day of the batch.
_MONTHS: Final = {Wave.M3: 3, Wave.M6: 6, Wave.M12: 12}
#: Days before the day a wave is about from which it is open, and days after it that are in time.
_AHEAD: Final = {Wave.M3: 14, Wave.M6: 14, Wave.M12: 30}
_IN_TIME: Final = {Wave.END: 30, Wave.M3: 30, Wave.M6: 30, Wave.M12: 60}
#: The first is asked so many days before the first day of the batch, and due so many before it.
_ASKED_BEFORE, _DUE_BEFORE = timedelta(days=30), timedelta(days=7)
#: So long after its day an answer to the last is still kept.
_LAST: Final = timedelta(days=365)
#: Longer after its last day a batch takes no answers at all.
_LONGEST: Final = timedelta(days=3 * 365)
#: Who has not answered is reminded once, so long after being asked.
REMINDED_AFTER: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a wave: the first, the one it is about, the last in time, the last of all."""

    opens_on: date
    due_on: date
    until: date
    ends_on: date

    def stage(self, today: date) -> Stage:
        """Return how the wave stands on a day."""
        if today < self.opens_on:
            return Stage.COMING
        if today <= self.until:
            return Stage.OPEN
        return Stage.LATE if today <= self.ends_on else Stage.OVER

    def is_late(self, on: date) -> bool:
        """Say whether an answer given on a day comes after the time for it."""
        return on > self.until


def months_after(day: date, months: int) -> date:
    """Return the day so many months later; the last of the month where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def window_of(wave: Wave, starts_on: date, ends_on: date) -> Window:
    """Return the days of a wave of a batch with these first and last days.

    What was before can be said until the day before the last: later it would be told from what
    was learned. The last day itself belongs to the end, for then people sit together.
    """
    if wave == Wave.BEFORE:
        last = ends_on - timedelta(days=1)
        until = min(starts_on, last)
        return Window(starts_on - _ASKED_BEFORE, starts_on - _DUE_BEFORE, until, last)
    due = months_after(ends_on, _MONTHS.get(wave, 0))
    opens = _opens(wave, ends_on)
    following = _next(wave)
    last = due + _LAST if following is None else _opens(following, ends_on) - timedelta(days=1)
    return Window(opens, due, min(due + timedelta(days=_IN_TIME[wave]), last), last)


@lru_cache(maxsize=16)
def still_taken(wave: Wave, today: date) -> date:
    """Return the earliest last day of a batch of which this wave still takes answers on a day.

    When a wave is over follows from the last day alone, and the later that is, the later it is.
    """
    ago = range(_LONGEST.days)

    def is_over(days: int) -> bool:
        last = today - timedelta(days=days)
        return window_of(wave, last, last).ends_on < today

    return today - timedelta(days=bisect_left(ago, True, key=is_over) - 1)


def _opens(wave: Wave, ends_on: date) -> date:
    if wave == Wave.END:
        return ends_on
    return months_after(ends_on, _MONTHS[wave]) - timedelta(days=_AHEAD[wave])


def _next(wave: Wave) -> Wave | None:
    waves = list(Wave)
    place = waves.index(wave) + 1
    return waves[place] if place < len(waves) else None


def earlier(wave: Wave) -> list[Wave]:
    """Return the waves before this one, the nearest first."""
    waves = list(Wave)
    return waves[: waves.index(wave)][::-1]


def last_begun(starts_on: date, ends_on: date, today: date) -> Wave:
    """Return the latest wave that is open or was; the first where none is yet."""
    begun = [
        wave
        for wave in Wave
        if window_of(wave, starts_on, ends_on).stage(today) is not Stage.COMING
    ]
    return begun[-1] if begun else Wave.BEFORE
