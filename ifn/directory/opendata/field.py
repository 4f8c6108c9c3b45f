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
    VERIFICATIONS = "verifications"
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


@dataclass(frozen=True, slots=True)
class Column:
    """Reads a column; an empty text is nothing. ``convert`` makes one type of what databases give.

    Writers that are pressed for time may read the column themselves and do without.
    """

    name: str
    convert: Callable[[Any], Any] | None = None

    def __call__(self, row: OpenRow) -> Any:
        """Return the value, or nothing where it is not known."""
        value = row.columns[self.name]
        if value is None or value == "":
            return None
        return self.convert(value) if self.convert else value


def column(name: str) -> Column:
    """Read a text or a whole number."""
    return Column(name)


def decimal(name: str) -> Column:
    """Read a number with decimals."""
    return Column(name, float)


def yes_no(name: str) -> Column:
    """Read a yes, a no, or nothing where it is not known."""
    return Column(name, bool)


def terms(vocabulary: str) -> Callable[[OpenRow], list[str]]:
    """Read the codes of one vocabulary."""
    return lambda row: row.terms.get(vocabulary, [])


def contacts(kind: str) -> Callable[[OpenRow], list[str]]:
    """Read the public contacts of one kind."""
    return lambda row: row.contacts.get(kind, [])


def public_number(row: OpenRow) -> str:
    """Return the number as people write it."""
    return spoken(row.columns["number"])


def page_path(row: OpenRow) -> str:
    """Return the path of the public page."""
    return f"/usaha/{row.columns['slug']}-{row.columns['number']}"


def page(row: OpenRow) -> str:
    """Return the full address of the public page."""
    return settings.PUBLIC_ADDRESS + page_path(row)


def province(row: OpenRow) -> str | None:
    """Return the code of the province."""
    return (row.columns["region_id"] or "")[:2] or None
