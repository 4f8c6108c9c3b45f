"""What an opportunity says, as plain values: what, how much, where and when, in which words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

#: Groups of terms that can be asked for, each with its vocabulary.
VOCABULARY_OF: Final = {
    "role": "value_chain_role",
    "product": "product_type",
    "material": "material",
    "construction": "construction",
    "process": "process",
    "machine": "machine",
    "certificate": "certification",
}
GROUP_OF: Final = {vocabulary: group for group, vocabulary in VOCABULARY_OF.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What somebody offers or asks for; what is empty is not said.

    ``amount`` is in ``unit``, a code of the vocabulary of units; prices are for one ``price_unit``.
    ``within_km`` counts from the middle of ``region``.
    """

    title_id: str = ""
    title_en: str = ""
    text_id: str = ""
    text_en: str = ""
    #: Pairs of vocabulary and code, in the order of the form.
    terms: tuple[tuple[str, str], ...] = ()
    amount: int | None = None
    unit: str = ""
    is_monthly: bool = False
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    currency: str = ""
    price_unit: str = ""
    price_shown: str = "all"
    region: str = ""
    reach: str = "anywhere"
    within_km: int | None = None
    deadline: date | None = None
    visibility: str = "everyone"

    def codes(self, group: str) -> tuple[str, ...]:
        """Return the terms of one group, such as ``product``, by their codes."""
        wanted = VOCABULARY_OF[group]
        return tuple(code for vocabulary, code in self.terms if vocabulary == wanted)

    def has_price(self) -> bool:
        """Say whether any price is stated."""
        return self.price_from is not None or self.price_to is not None


#: Facts that are columns of an opportunity by the same name.
COLUMNS: Final = (
    *("title_id", "title_en", "text_id", "text_en", "amount", "is_monthly"),
    *("price_from", "price_to", "currency", "price_shown", "reach", "within_km"),
    *("deadline", "visibility"),
)


def ordered(terms: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return terms by group in the order of the form, each once."""
    place = {vocabulary: number for number, vocabulary in enumerate(GROUP_OF)}
    return tuple(sorted(dict.fromkeys(terms), key=lambda term: place[term[0]]))


def changed(before: Particulars, after: Particulars) -> list[str]:
    """Return the names of the facts that differ."""
    names = (one.name for one in fields(Particulars))
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def to_json(particulars: Particulars) -> dict[str, Any]:
    """Return the facts as JSON has them, without what is not said."""
    found = {one.name: getattr(particulars, one.name) for one in fields(Particulars)}
    return {name: _plain(value) for name, value in found.items() if value not in (None, "", ())}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return [list(one) for one in value] if isinstance(value, tuple) else value


def from_json(kept: Mapping[str, Any]) -> Particulars:
    """Return the facts that ``to_json`` kept."""
    values = dict(kept)
    for name in ("price_from", "price_to"):
        if name in values:
            values[name] = Decimal(values[name])
    if "deadline" in values:
        values["deadline"] = date.fromisoformat(values["deadline"])
    values["terms"] = tuple((one[0], one[1]) for one in values.get("terms", ()))
    return Particulars(**values)
