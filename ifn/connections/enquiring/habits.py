"""How a firm usually answers, from what it answered lately. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from ifn.connections.matching.facts import ENOUGH_ANSWERS, Answering

#: Upper ends of the bands, in days.
BANDS: Final = (1, 2, 4, 7, 14)
#: Below this share it cannot be said that the firm usually answers.
USUALLY: Final = 0.5
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Asked:
    """One enquiry that a firm got, and when it answered; nothing if it let the time pass."""

    sent_at: datetime
    answered_at: datetime | None

    @property
    def days(self) -> float | None:
        """Return the days until the answer."""
        if self.answered_at is None:
            return None
        return max(0.0, (self.answered_at - self.sent_at).total_seconds() / _DAY)


def answering(asked: Iterable[Asked]) -> Answering | None:
    """Return how a firm answers; nothing where fewer than five answers are known."""
    days = [one.days for one in asked]
    answered = [one for one in days if one is not None]
    if len(answered) < ENOUGH_ANSWERS:
        return None
    return Answering(len(answered) / len(days), float(median(answered)), len(days))


def band(known: Answering | None) -> int | None:
    """Return within how many days a firm usually answers; nothing where that cannot be said."""
    if known is None or known.share < USUALLY:
        return None
    return next((end for end in BANDS if known.days <= end), None)
