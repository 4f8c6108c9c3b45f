"""How old what is known of a profile is, and what that means for it. The day is given: no clock.

A profile counts from the day it was last confirmed; one that nobody confirmed yet, from the day its
facts were stated. It grows stale, then dormant; it is never deleted.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings

#: "Confirmed within a year" means so many months, whatever the settings say.
A_YEAR = 12


class Age(StrEnum):
    """What the age of a profile means: in order, said to be old and last, off the usual list."""

    FRESH = "fresh"
    STALE = "stale"
    DORMANT = "dormant"


@dataclass(frozen=True, slots=True)
class Limits:
    """The first days of one day's spans: what is older is stale, dormant, not of this year."""

    stale: date
    dormant: date
    year: date

    def age(self, since: date | None) -> Age:
        """Return what it means to be known since a day; a day not known means nothing."""
        if since is None:
            return Age.FRESH
        if since < self.dormant:
            return Age.DORMANT
        return Age.STALE if since < self.stale else Age.FRESH


def limits(today: date, *, stale: int, dormant: int) -> Limits:
    """Return the first days of spans of so many months that end today."""
    return Limits(
        months_before(today, stale), months_before(today, dormant), months_before(today, A_YEAR)
    )


def limits_on(today: date) -> Limits:
    """Return the first days of the spans that this installation has set."""
    return limits(today, stale=settings.STALE_MONTHS, dormant=settings.DORMANT_MONTHS)


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last; never before the year 1."""
    count = day.year * 12 + day.month - 1 - months
    if count < date.min.year * 12:
        return date.min
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last."""
    return months_before(day, -months)


def months_between(earlier: date, later: date) -> int:
    """Return how many whole months have passed."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (months_before(later, months) < earlier))
