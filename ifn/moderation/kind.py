"""What a kind of work is: what waits, since when, whose it is, where it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from ifn.accounts.models import User


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: what waits, since when, and until when it should be done."""

    name: str
    label: Promise
    #: Days within which whoever waits may expect an answer.
    days: int
    waiting: Callable[[], QuerySet[Any]]
    #: The address of a piece of work, by its key.
    address: str
    #: Paths from a row to its profile's name, number and region, to what it says, and its date.
    title: str
    number: str
    region: str
    detail: str
    since: str
    #: It began to wait so long before that date, which is a column of its own for an index's sake.
    lead: timedelta = timedelta(0)
    #: It waits for the staff only once it has waited so long; nothing where it always does.
    rests: timedelta | None = None
    #: Whose work it is, where regions do not say so.
    may: Callable[[User], bool] | None = None
    #: Who does it in every region, beside those of the region.
    everywhere: Callable[[User], bool] | None = None
    #: Paths to the regions of more profiles that a row is about.
    others: tuple[str, ...] = ()
    #: Leaves out what lies in a person's region and is yet not theirs to do.
    fit_for: Callable[[QuerySet[Any], User], QuerySet[Any]] | None = None

    def began(self, at: datetime) -> datetime:
        """Return what the column of dates holds of work that waits since a moment."""
        return at + self.lead

    @property
    def within(self) -> timedelta:
        """Return how long a piece of this work may wait."""
        return timedelta(days=self.days)
