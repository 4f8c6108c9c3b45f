"""Rows of delimited text with any usual delimiter and encoding."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ifn.directory.spreadsheets import unguarded
from ifn.intake.reading.faults import Unreadable
from ifn.intake.reading.kinds import UTF16, looks_like_utf16
from ifn.intake.reading.mending import mended

DELIMITERS = (",", ";", "\t", "|")
MOST_ROWS = 100_000
MOST_COLUMNS = 500
#: Cells with anything in them, of all sheets together.
MOST_FILLED = 3_000_000
#: No row of a list is longer, and a longer one could not be taken apart without filling the memory.
LONGEST_LINE = 1_000_000
#: Rows looked at to choose the delimiter.
SAMPLE_ROWS = 60
#: Share of bytes that may be broken in text that is otherwise UTF-8.
MOST_BROKEN = 0.005


def rows_of(content: bytes) -> list[list[str]]:
    """Return the rows of a delimited text.

    Raises:
        Unreadable: It has too many rows, columns or cells, a line without end, or quotes that
            never close.

    """
    text = decoded(content).replace("\0", "")
    delimiter, text = _delimiter(text)
    rows: list[list[str]] = []
    filled = 0
    try:
        for row in csv.reader(_lines(text), delimiter=delimiter):
            rows.append([_cell(cell) for cell in row])
            filled += sum(map(bool, row))
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise too_many()
            if filled > MOST_FILLED:
                raise too_full()
    except csv.Error as fault:
        raise Unreadable(
            "damaged",
            _("The list breaks off at row %(row)d: a quotation mark is opened and never closed.")
            % {"row": len(rows) + 1},
        ) from fault
    return rows


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                "too_large",
                _(
                    "Line %(line)d has more than %(letters)d letters; the ends of lines are "
                    "missing. Save the list again as .xlsx or .csv."
                )
                % {"line": number, "letters": LONGEST_LINE},
            )
        yield line


def too_many() -> Unreadable:
    """Return the refusal of a list that is too long or too wide."""
    return Unreadable(
        "too_large",
        _(
            "The list has more than %(rows)d rows or %(columns)d columns. "
            "Split it, and leave out empty rows and columns."
        )
        % {"rows": MOST_ROWS, "columns": MOST_COLUMNS},
    )


def too_full() -> Unreadable:
    """Return the refusal of a list with more in it than a list has."""
    return Unreadable(
        "too_large",
        _("The list has more than %(cells)d filled cells. Split it, or leave out columns.")
        % {"cells": MOST_FILLED},
    )


def decoded(content: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 with or without a mark, else Windows-1252.

    A few broken bytes in UTF-8 become the replacement sign; reading the whole as Windows-1252
    would garble every other accent.
    """
    if content.startswith(UTF16):
        return content.decode("utf-16", "replace")
    if order := looks_like_utf16(content):
        return content.decode(order, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    mended = content.decode("utf-8-sig", "replace")
    broken = mended.count("\ufffd")
    letters = sum(character > "\x7f" for character in mended) - broken
    if letters > broken and broken < MOST_BROKEN * len(content):
        return mended
    return content.decode("cp1252", "replace")


def _delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter and the text behind Excel's own hint, "sep=;", if it stands there."""
    first, _newline, rest = text.partition("\n")
    hint = first.strip().lower()
    if hint.startswith("sep=") and len(hint) == 5:  # noqa: PLR2004
        return hint[4], rest
    return max(DELIMITERS, key=lambda one: _regularity(text, one)), text


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many rows share the commonest number of columns above one, and that number."""
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for row in reader:
            widths[len(row)] += len(row) > 1
            if reader.line_num >= SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, 0
    width, rows = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return rows, width


def _cell(text: str) -> str:
    return mended(unguarded(text).strip())
