"""Lists as files: read CSV into records, write pairs as CSV; pure."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ifn.linkage.gazetteer import Gazetteer
from ifn.linkage.records import Record

#: What columns may stand for, and the field of a record it fills. Any other name is text.
FIELDS: Final = {
    "name": "name",
    "legal_form": "legal_form",
    "address": "address",
    "region": "region",
    "city": "city",
    "postcode": "postcode",
    "phone": "phones",
    "email": "emails",
    "site": "sites",
    "instagram": "instagram",
    "nib": "nib",
    "brand": "brands",
}
SEVERAL: Final = {"phones", "emails", "sites", "instagram", "brands"}
HEADER: Final = ("left", "right", "score", "decision", "reasons")
_LONGEST_CELL: Final = 1_000_000


class NotText(Exception):  # noqa: N818
    """The file is not UTF-8; ``row`` is where it stops being so, counted as lines from 1."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


class NoTable(Exception):  # noqa: N818
    """The file has no header, or cannot be a table."""


class ColumnMissing(Exception):  # noqa: N818
    """A column was named that the file does not have."""

    def __init__(self, column: str, columns: list[str]) -> None:
        super().__init__(column)
        self.column, self.columns = column, columns


@dataclass(frozen=True, slots=True)
class Table:
    """The header and the rows of a file."""

    header: list[str]
    rows: list[dict[str, str]]


def read_table(content: bytes) -> Table:
    """Read a CSV file with a header; commas, semicolons or tabs.

    Raises:
        NotText: It is not UTF-8.
        NoTable: There is no header, or a quotation mark is never closed.

    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise NotText(content[: fault.start].count(b"\n") + 1) from None
    first = text.partition("\n")[0]
    if not first.strip() or "\x00" in text:
        raise NoTable
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    try:
        rows = [
            {name: text or "" for name, text in row.items() if name is not None} for row in reader
        ]
    except csv.Error:
        raise NoTable from None
    return Table([name.strip() for name in reader.fieldnames or ()], _stripped(rows))


def _stripped(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name.strip(): text for name, text in row.items()} for row in rows]


def records_of(table: Table, columns: Mapping[str, str]) -> list[Record]:
    """Return the rows as records whose keys are row numbers from 1, without the header.

    Raises:
        ColumnMissing: The table has no such column.

    """
    for column in columns.values():
        if column not in table.header:
            raise ColumnMissing(column, table.header)
    return [_record(number, row, columns) for number, row in enumerate(table.rows, start=1)]


def gazetteer_of(table: Table) -> Gazetteer:
    """Return the gazetteer of a table of codes and official names.

    Raises:
        ColumnMissing: It has no column ``code`` or no column ``name``.

    """
    for column in ("code", "name"):
        if column not in table.header:
            raise ColumnMissing(column, table.header)
    return Gazetteer({row["code"]: row["name"] for row in table.rows if row["code"]})


def _record(number: int, row: Mapping[str, str], columns: Mapping[str, str]) -> Record:
    values: dict[str, Any] = {"name": ""}
    extra: list[tuple[str, str]] = []
    for label, column in columns.items():
        text = row.get(column, "").strip()
        field = FIELDS.get(label)
        if field is None:
            extra.append((label, text))
        else:
            values[field] = (text,) if field in SEVERAL else text
    return Record(key=number, extra=tuple(extra), **values)


def as_csv(rows: Iterable[tuple[object, ...]]) -> str:
    """Return pairs as a table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue()
