"""What a public field is, and how its value is read from a row."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.functional import Promise

from ifn.directory.numbers import spoken
from ifn.directory.opendata.rows import OpenRow


class Kind(StrEnum):
    """What a value is; lists are never null, everything else may be where nothing is known."""

    TEXT = "text"
    ADDRESS = "address"
    CODE = "code"
    TEXTS = "texts"
    CODES = "codes"
    CERTIFICATES = "certificates"
    NUMBER = "number"
    DECIMAL = "decimal"
    YES_NO = "yes-no"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class OpenField:
    """One public field: its name for machines, its label and meaning for people, how it is read.

    ``choices`` or ``vocabulary`` say which codes there are; ``is_long`` keeps a field out of lists.
    """

    name: str
    label: Promise
    meaning: Promise
    kind: Kind
    read: Callable[[OpenRow], Any]
    unit: Promise | str = ""
    choices: type[TextChoices] | None = None
    vocabulary: str = ""
    is_long: bool = False
    is_always_known: bool = False


def column(name: str) -> Callable[[OpenRow], Any]:
    """Read a column; an empty text is nothing."""
    return lambda row: row.columns[name] or None


def number(name: str) -> Callable[[OpenRow], int | None]:
    """Read a whole number; none at all differs from zero."""
    return lambda row: row.columns[name]


def decimal(name: str) -> Callable[[OpenRow], float | None]:
    """Read a number with decimals, whatever the database makes of it."""

    def read(row: OpenRow) -> float | None:
        value = row.columns[name]
        return None if value is None else float(value)

    return read


def yes_no(name: str) -> Callable[[OpenRow], bool | None]:
    """Read a yes, a no, or nothing where it is not known."""

    def read(row: OpenRow) -> bool | None:
        value = row.columns[name]
        return None if value is None else bool(value)

    return read


def terms(vocabulary: str) -> Callable[[OpenRow], list[str]]:
    """Read the codes of one vocabulary."""
    return lambda row: row.terms.get(vocabulary, [])


def contacts(kind: str) -> Callable[[OpenRow], list[str]]:
    """Read the public contacts of one kind."""
    return lambda row: row.contacts.get(kind, [])


def public_number(row: OpenRow) -> str:
    """Return the number as people write it."""
    return spoken(row.columns["number"])


def page(row: OpenRow) -> str:
    """Return the full address of the public page."""
    columns = row.columns
    return f"{settings.PUBLIC_ADDRESS}/usaha/{columns['slug']}-{columns['number']}"


def province(row: OpenRow) -> str | None:
    """Return the code of the province."""
    return (row.columns["region_id"] or "")[:2] or None
