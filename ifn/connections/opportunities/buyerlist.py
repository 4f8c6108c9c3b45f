"""A buyer's list, as it came by mail or chat, taken apart into lines. Pure.

Each line is read for an amount with its unit and for the terms of the vocabulary; what is not
understood stays as it was written, for a person to read.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ifn.connections.matching.facts import PAIRS
from ifn.connections.models.opportunities import MOST_AMOUNT
from ifn.connections.opportunities.amounts import AMOUNT, unit_named
from ifn.connections.opportunities.particulars import GROUP_OF, ordered
from ifn.directory import clean
from ifn.vocabulary.queries import Key, Lexicon, phrase

#: More lines are a catalogue, no list.
MOST_LINES: Final = 60
_TITLE: Final = 120
_BULLET: Final = re.compile(r"^\s*(?:[-–•*·]|\(?\d{1,2}[.)])\s+")
#: Numbers that are sizes, prices or codes, no amounts.
_NO_AMOUNT: Final = re.compile(
    r"(?:sizes?|eu|uk|us|ukuran|no\.?|art\.?|style|model|price|usd|rp\.?|\$|@)\s*[:#]?\s*"
    r"\d[\d.,]*(?:\s*(?:-|–|to|s/d)\s*\d[\d.,]*)?|\d{2}\s*[-–]\s*\d{2}\b|\d[\d.,]*\s*(?:%|mm|cm|days?|hari)\b",
    re.IGNORECASE,
)
#: "Shoes" beside a trade word says nothing.
_GENERAL: Final = frozenset({("product_type", "SHOE")})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: as written, how much of what unit, and the terms it names."""

    written: str
    amount: int | None
    unit: str
    terms: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class BuyerList:
    """What was understood of a list."""

    lines: tuple[Line, ...]
    terms: tuple[Key, ...]
    amount: int | None
    unit: str
    #: Whether lines were left out because there are too many.
    is_cut: bool = False

    def answers(self, words: Lexicon) -> dict[str, list[str]]:
        """Return what the steps show at the beginning, as a form would send it."""
        found: dict[str, list[str]] = {}
        for vocabulary, code in self.terms:
            found.setdefault(f"has_{GROUP_OF[vocabulary]}", []).append(code)
        if self.amount:
            found |= {"amount": [str(self.amount)], "unit": [self.unit]}
        products = [
            word.name_en
            for vocabulary, code in self.terms
            if vocabulary == "product_type" and (word := words.get(vocabulary, code))
        ]
        if products:
            found["title_en"] = [", ".join(products)[:_TITLE]]
        found["text_en"] = ["\n".join(line.written for line in self.lines)[:4000]]
        return found


def understand(text: str, words: Lexicon) -> BuyerList:
    """Return a list taken apart.

    Amounts that are all in pairs are added up in pairs; others only where all have one unit.
    """
    written = [
        cleaned
        for line in text.splitlines()
        if (cleaned := clean.plain_line(_BULLET.sub("", line)))
    ]
    lines = tuple(_line(one, words) for one in written[:MOST_LINES])
    amount, unit = _total(lines)
    named = [term for line in lines for term in line.terms]
    return BuyerList(lines, ordered(named), amount, unit, len(written) > MOST_LINES)


def _line(written: str, words: Lexicon) -> Line:
    amount, unit = _amount(written)
    return Line(written[:400], amount, unit, ordered(_terms(written, words)))


def _amount(written: str) -> tuple[int | None, str]:
    """Return the amount of a line: one with a unit, else the largest number that is no size."""
    bare: list[int] = []
    for found in AMOUNT.finditer(_NO_AMOUNT.sub(" ", written)):
        number = _whole(found["number"], found["factor"])
        if number is None:
            continue
        if unit := unit_named(found["unit"] or ""):
            return number, unit
        bare.append(number)
    return (max(bare), "PASANG") if bare else (None, "")


def _whole(number: str, factor: str | None) -> int | None:
    digits = re.sub(r"[.,](?=\d{3}\b)", "", number.rstrip(".,"))
    if not digits.isdigit() or not 0 < len(digits) < 10:  # noqa: PLR2004
        return None
    times = {"k": 1000, "rb": 1000, "ribu": 1000, "thousand": 1000}.get((factor or "").lower(), 1)
    whole = int(Decimal(digits) * times)
    return whole if 0 < whole <= MOST_AMOUNT else None


def _terms(written: str, words: Lexicon) -> Iterable[Key]:
    """Yield the terms that a line names, longer names before the words in them."""
    spoken = phrase(written).split()
    found: dict[Key, None] = {}
    place = 0
    while place < len(spoken):
        for length in range(min(words.longest_phrase, len(spoken) - place), 0, -1):
            known = _known(spoken[place : place + length], words)
            if known:
                found |= dict.fromkeys(known)
                place += length
                break
        else:
            place += 1
    special = [key for key in found if key not in _GENERAL]
    return special or list(found)


def _known(spoken: list[str], words: Lexicon) -> list[Key]:
    """Return what a phrase means among the terms asked for, also in the plural."""
    text = " ".join(spoken)
    for form in (text, text.removesuffix("s"), text.removesuffix("es")):
        keys = [key for key in words.phrases.get(form, ()) if key[0] in GROUP_OF]
        if keys:
            return [key for key in keys if GROUP_OF[key[0]] != "role"] or keys
    return []


def _total(lines: Iterable[Line]) -> tuple[int | None, str]:
    said = [(line.amount, line.unit) for line in lines if line.amount]
    units = Counter(unit for _amount_, unit in said)
    if not said or len(units) == 1:
        total = sum(amount or 0 for amount, _unit in said)
        unit = next(iter(units), "")
    elif all(unit in PAIRS for unit in units):
        total, unit = sum((amount or 0) * PAIRS[unit] for amount, unit in said), "PASANG"
    else:
        return None, ""
    return (total, unit) if 0 < total <= MOST_AMOUNT else (None, "")
