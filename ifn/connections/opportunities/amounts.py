"""Amounts and prices as people write them, and as people read them."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ifn.connections.matching.facts import PAIRS
from ifn.connections.models.opportunities import MOST_AMOUNT
from ifn.directory import clean

#: Words for units, in both languages and as they are shortened.
UNIT_WORDS: Final = {
    "PASANG": ("pasang", "psg", "psng", "pair", "pairs", "prs", "pr"),
    "KODI": ("kodi", "kd", "score"),
    "LUSIN": ("lusin", "lsn", "dozen", "dozens", "doz", "dz"),
    "SQFT": ("sqft", "sq ft", "sf", "square feet", "square foot", "kaki persegi", "feet"),
    "METER": ("meter", "metre", "meters", "metres", "mtr", "m"),
    "KG": ("kg", "kgs", "kilo", "kilogram", "kilograms"),
    "LEMBAR": ("lembar", "lbr", "sheet", "sheets", "hide", "hides"),
}
_UNIT_OF: Final = {word: code for code, words in UNIT_WORDS.items() for word in words}
#: Longest first, so that "square feet" is not read as "feet".
_UNIT: Final = "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))
AMOUNT: Final = re.compile(
    rf"(?P<number>\d[\d.,]*)\s*(?P<factor>rb|ribu|k|thousand|jt|juta)?\b\.?\s*(?P<unit>{_UNIT})?\b",
    re.IGNORECASE,
)
_FACTORS: Final = {
    **dict.fromkeys(("rb", "ribu", "k", "thousand"), 1_000),
    **dict.fromkeys(("jt", "juta"), 1_000_000),
}
_MONEY: Final = re.compile(
    r"^(?:rp\.?|idr|usd|us\$|\$|eur|€)?\s*(?P<number>\d[\d.,]*)\s*(?P<factor>rb|ribu|k|jt|juta)?"
    r"(?:,-|\.-)?$",
    re.IGNORECASE,
)
_COUNTED: Final[Mapping[str, Callable[[int], str]]] = {
    "PASANG": lambda number: ngettext("%(number)s pair", "%(number)s pairs", number),
    "KODI": lambda number: ngettext("%(number)s kodi", "%(number)s kodi", number),
    "LUSIN": lambda number: ngettext("%(number)s dozen", "%(number)s dozen", number),
    "SQFT": lambda number: ngettext("%(number)s square foot", "%(number)s square feet", number),
    "METER": lambda number: ngettext("%(number)s metre", "%(number)s metres", number),
    "KG": lambda number: ngettext("%(number)s kg", "%(number)s kg", number),
    "LEMBAR": lambda number: ngettext("%(number)s sheet", "%(number)s sheets", number),
}
_UNITS: Final = {
    "PASANG": gettext_lazy("pair"),
    "KODI": gettext_lazy("kodi"),
    "LUSIN": gettext_lazy("dozen"),
    "SQFT": gettext_lazy("square foot"),
    "METER": gettext_lazy("metre"),
    "KG": gettext_lazy("kg"),
    "LEMBAR": gettext_lazy("sheet"),
}
_LARGEST_PRICE: Final = Decimal(10) ** 11
_THOUSANDS: Final = 3


def unit_named(word: str) -> str:
    """Return the code of the unit that a word stands for, or nothing."""
    return _UNIT_OF.get(" ".join(word.lower().split()), "")


def amount(text: str) -> tuple[int, str]:
    """Return an amount and, where it is written beside it, the code of its unit.

    "25 kodi" is 25 in KODI; "1.200" is 1200 without a unit.

    Raises:
        Refused: It is not one whole number, is zero, or more than ten million.

    """
    given = clean.plain_line(text)
    found = AMOUNT.fullmatch(given)
    number = _number(found["number"], found["factor"]) if found else None
    if number is None or number != number.to_integral_value():
        raise clean.Refused(
            "amount",
            _("“%(given)s” is not an amount. Write a whole number, such as 500 or 25 kodi.")
            % {"given": given[:40]},
        )
    if number < 1:
        raise clean.Refused("amount_zero", _("Write how much, at least 1, or leave it empty."))
    if number > MOST_AMOUNT:
        raise clean.Refused(
            "amount_too_large",
            _("%(given)s is more than can be right here. Check the number of digits.")
            % {"given": given[:40]},
        )
    return int(number), unit_named(found["unit"] or "") if found else ""


def money(text: str) -> Decimal:
    """Return a price: "Rp85.000", "85 rb", "1,5 juta", "4.50" are understood.

    A single point or comma before three digits sets thousands apart.

    Raises:
        Refused: It is no price, or more than can be right.

    """
    given = clean.plain_line(text)
    found = _MONEY.match(given)
    number = _number(found["number"], found["factor"]) if found else None
    if number is None or number <= 0:
        raise clean.Refused(
            "price",
            _("“%(given)s” is not a price. Write a number, such as 85.000 or 4.50.")
            % {"given": given[:40]},
        )
    if number > _LARGEST_PRICE:
        raise clean.Refused(
            "price_too_large",
            _("%(given)s is more than can be right here. Check the number of digits.")
            % {"given": given[:40]},
        )
    return number.quantize(Decimal("0.01"))


def _number(written: str, factor: str | None) -> Decimal | None:
    written = written.rstrip(".,")
    marks = [sign for sign in written if sign in ".,"]
    if not marks:
        plain = written
    elif len(set(marks)) > 1 or (
        len(marks) == 1 and len(written) - written.index(marks[0]) - 1 != _THOUSANDS
    ):
        whole, _mark, part = written.rpartition(marks[-1])
        plain = f"{re.sub('[.,]', '', whole)}.{part}"
    else:
        plain = re.sub("[.,]", "", written)
    if not re.fullmatch(r"\d{1,14}(?:\.\d{1,6})?", plain):
        return None
    return Decimal(plain) * _FACTORS.get((factor or "").lower(), 1)


def in_words(number: int, unit: str, *, is_monthly: bool = False) -> str:
    """Return an amount as people read it: "25 kodi (500 pasang) per bulan"."""
    text = counted(number, unit)
    if unit in PAIRS and unit != "PASANG":
        text = f"{text} ({counted(number * PAIRS[unit], 'PASANG')})"
    return _("%(amount)s a month") % {"amount": text} if is_monthly else text


def counted(number: int, unit: str) -> str:
    """Return a number of a unit as people count it; the number alone of an unknown one."""
    text = _COUNTED[unit](number) if unit in _COUNTED else "%(number)s"
    return text % {"number": number_format(number, force_grouping=True)}


def unit_name(unit: str) -> str:
    """Return one unit, as it stands after a price."""
    return str(_UNITS.get(unit, ""))


def price_in_words(low: Decimal | None, high: Decimal | None, currency: str, unit: str) -> str:
    """Return a price or a range of prices: "Rp85.000–95.000 per pasang"."""
    sign = {"IDR": "Rp", "USD": "US$", "EUR": "€"}.get(currency, currency)
    first, last = (_plain(one, currency) if one is not None else "" for one in (low, high))
    if low is not None and high is not None and low != high:
        text = f"{sign}{first}–{last}"
    elif low is None:
        text = _("up to %(price)s") % {"price": f"{sign}{last}"}
    elif high is None:
        text = _("from %(price)s") % {"price": f"{sign}{first}"}
    else:
        text = f"{sign}{first}"
    return _("%(price)s per %(unit)s") % {"price": text, "unit": unit_name(unit)}


def _plain(number: Decimal, currency: str) -> str:
    is_whole = currency == "IDR" or number == number.to_integral_value()
    return number_format(number, decimal_pos=0 if is_whole else 2, force_grouping=True)
