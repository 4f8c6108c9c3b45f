"""What is asked, in which bands and units, and how two answers of a firm are compared. Pure.

Bands of turnover are rupiah a month. Their bounds are those by which Government Regulation 7/2021,
article 35 (5), tells micro firms (sales up to Rp2 billion a year), small ones (up to Rp15 billion)
and larger ones apart, divided by twelve; micro firms are divided further.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """What is compared before and after; products and certificates are counted instead."""

    TURNOVER = "turnover"
    WORKERS = "workers"
    CAPACITY = "capacity"
    CHANNELS = "channels"
    DEFECTS = "defects"
    EXPORTS = "exports"


#: Codes of the bands, the lowest first; lower bounds in rupiah a month, the bound is in the band.
BANDS: Final = {
    "none": 0,
    "under_5": 1,
    "from_5": 5_000_000,
    "from_15": 15_000_000,
    "from_50": 50_000_000,
    "from_167": 167_000_000,
    "from_1250": 1_250_000_000,
}
BAND_CODES: Final = tuple(BANDS)
#: Where things are sold.
CHANNELS: Final = (
    *("workshop", "shop", "reseller", "order", "fair", "chat", "social"),
    *("marketplace", "own_site", "brand", "tourism", "export"),
)
#: Months of the spans of which exports are told.
PERIODS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
UNITS: Final = ("idr", "usd", "pairs")
#: Of these, less is better.
LESS_IS_BETTER: Final = frozenset({Measure.DEFECTS})


@dataclass(frozen=True, slots=True)
class Answers:
    """What one firm said in one wave; nothing where it was not said."""

    turnover: str = ""
    workers: int | None = None
    capacity: int | None = None
    products: int | None = None
    channels: Sequence[str] | None = None
    certificates: Sequence[str] | None = None
    defects: float | None = None
    exports: float | None = None
    exports_unit: str = ""
    exports_period: str = ""

    def value(self, measure: Measure) -> float | None:
        """Return the number by which a measure is compared; nothing where it was not said.

        Turnover is the place of its band, channels are how many, exports are a month's.
        """
        if measure == Measure.TURNOVER:
            return float(BAND_CODES.index(self.turnover)) if self.turnover in BANDS else None
        if measure == Measure.CHANNELS:
            return None if self.channels is None else float(len(set(self.channels)))
        if measure == Measure.EXPORTS:
            return self._exports_a_month()
        given: float | None = getattr(self, measure.value)
        return None if given is None else float(given)

    def _exports_a_month(self) -> float | None:
        if self.exports is None:
            return None
        return self.exports / PERIODS[self.exports_period] if self.exports else 0.0


def both(before: Answers, after: Answers, measure: Measure) -> tuple[float, float] | None:
    """Return a measure before and after, where both were said and mean the same.

    Exports in different units are no pair, unless one of them is nothing at all.
    """
    first, last = before.value(measure), after.value(measure)
    if first is None or last is None:
        return None
    is_export = measure == Measure.EXPORTS and first and last
    if is_export and before.exports_unit != after.exports_unit:
        return None
    return first, last
