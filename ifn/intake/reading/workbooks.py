"""Rows of Excel workbooks, old and new, guarded against files that are damaged or made to harm."""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ifn.intake.reading.faults import Sheet, Unreadable
from ifn.intake.reading.kinds import Kind
from ifn.intake.reading.mending import mended
from ifn.intake.reading.text import MOST_COLUMNS, MOST_FILLED, MOST_ROWS, too_full, too_many

READER = Path(__file__).with_name("cells.py")
#: Longer than the reader's own bound, for a machine with much else to do.
MOST_SECONDS = 120
#: What the parts of a workbook may hold together when unpacked.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 2_000
#: A sheet is held as a full rectangle from its first to its last cell.
MOST_CELLS = 20_000_000
#: What Python's own reader of archives raises for a broken one.
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError)
_REFERENCE = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is)>")
_CHUNK = 1 << 20
_OVERLAP = 200


def sheets_of(content: bytes, kind: Kind) -> list[Sheet]:
    """Return the sheets with anything in them.

    Raises:
        Unreadable: The workbook is damaged, made to do harm, or empty.

    """
    if kind is Kind.XLSX:
        _inspect(content)
    sheets = []
    for name, cells, merged in _cells(content):
        rows = [[mended(cell) for cell in row] for row in cells]
        if len(rows) > MOST_ROWS or (rows and len(rows[0]) > MOST_COLUMNS):
            raise too_many()
        _fill_merged(rows, merged)
        if rows:
            sheets.append(Sheet(name, rows))
    if not sheets:
        raise Unreadable("empty", _("No sheet of the workbook has anything in it."))
    return sheets


def _cells(content: bytes) -> list[Any]:
    """Let a process of its own read the workbook; see there for why."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the file goes in as data
            [sys.executable, "-I", str(READER), str(MOST_FILLED)],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=True,
        )
        cells: list[Any] | None = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as fault:
        raise _damaged() from fault
    if cells is None:
        raise too_full()
    return cells


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged",
        _("The workbook is damaged. Open it in a spreadsheet, save it again, and load that file."),
    )


def _inspect(content: bytes) -> None:
    """Refuse a workbook that would unpack to more than a list can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _bomb()
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable(
                    "encrypted",
                    _("The workbook is locked with a password. Save it without the password."),
                )
            filled = 0
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    filled += _measure(archive, part)
            if filled > MOST_FILLED:
                raise too_full()
    except (*DAMAGE, ValueError) as fault:
        raise _damaged() from fault


def _bomb() -> Unreadable:
    return Unreadable(
        "too_large",
        _("The workbook unpacks to far more than a list can be. Copy the list into a new one."),
    )


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Refuse a sheet whose outermost cells span more than can be held, before it is held.

    Returns how many cells have something in them.
    """
    last_row = last_column = unpacked = filled = 0
    before = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > MOST_UNPACKED:  # the archive's own index may say less
                raise _bomb()
            for column, row in _REFERENCE.findall(before + chunk):
                last_row = max(last_row, int(row))
                last_column = max(last_column, _number(column))
            filled += len(_FILLED.findall(chunk))
            before = chunk[-_OVERLAP:]
    if last_row * last_column > MOST_CELLS:
        raise too_many()
    return filled


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _fill_merged(rows: list[list[str]], merged: Iterable[Any]) -> None:
    """Say a value merged over several rows in each of them, as a reader understands it."""
    for (top, left), (bottom, _right) in merged:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]
