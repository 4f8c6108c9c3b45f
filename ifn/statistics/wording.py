"""Amounts and dates as people read them in the language in force. Pure."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ifn.statistics.models import Figure
from ifn.ui.numbers import readable

_FORMS: Final = {
    Figure.Unit.USD_BILLION: _("US$%(number)s billion"),
    Figure.Unit.USD_MILLION: _("US$%(number)s million"),
    Figure.Unit.IDR_TRILLION: _("Rp%(number)s trillion"),
    Figure.Unit.IDR_BILLION: _("Rp%(number)s billion"),
    Figure.Unit.MILLION_PAIRS: _("%(number)s million pairs"),
    Figure.Unit.PAIRS_PER_PERSON: _("%(number)s pairs a person"),
    Figure.Unit.THOUSAND_TONNES: _("%(number)s thousand tonnes"),
    Figure.Unit.PERCENT: _("%(number)s%%"),
    Figure.Unit.RANK: _("No. %(number)s"),
    Figure.Unit.BUSINESSES: _("%(number)s businesses"),
    Figure.Unit.PEOPLE: _("%(number)s people"),
    Figure.Unit.PROFILES: _("%(number)s profiles"),
    Figure.Unit.ENTRIES: _("%(number)s entries"),
}
#: How a date is written that is known to the year, the month or the day.
_DATES: Final = {4: "Y", 7: "F Y", 10: "j F Y"}


def amount(value: Decimal, unit: str) -> str:
    """Return a number with its unit: US$6.4 billion in English, US$6,4 miliar in Indonesian."""
    return _FORMS[Figure.Unit(unit)] % {"number": readable(float(value), 4)}


def partial_date(text: str) -> str:
    """Return an ISO date as exact as it is known: "2024-09" becomes September 2024.

    Raises:
        ValueError: It is neither empty nor a year, a month or a day.

    """
    if not text:
        return ""
    if len(text) not in _DATES:
        raise ValueError(text)
    whole = date.fromisoformat(f"{text}-01-01"[:10])
    return date_format(whole, _DATES[len(text)])
