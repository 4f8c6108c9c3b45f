"""When digests go out: at seven in the network's own time zone, every day or on Mondays. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.timezone import get_default_timezone

from ifn.notices.models import Often

HOUR: Final = 7


@dataclass(frozen=True, slots=True)
class Rounds:
    """The last moments, up to now, at which the daily and the weekly digest were due."""

    daily: datetime
    weekly: datetime

    @property
    def on(self) -> date:
        """Return the day whose digest is due."""
        return self.daily.date()

    def have_come_for(self, often: Often, made_at: datetime) -> bool:
        """Say whether a notice made then is due for whoever wants messages this often.

        What should have gone out at once and could not is due every day.
        """
        if often == Often.OFF:
            return False
        return made_at < (self.weekly if often == Often.WEEKLY else self.daily)


def rounds(at: datetime) -> Rounds:
    """Return the rounds of a moment; one that was missed stays due until it was made up for."""
    local = at.astimezone(get_default_timezone())
    daily = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if daily > local:
        daily -= timedelta(days=1)
    return Rounds(daily, daily - timedelta(days=daily.weekday()))
