"""The workbook itself: sheets as text from bytes, and bytes from sheets."""

import io
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook as Book
from openpyxl.styles import Font
from python_calamine import CalamineError, CalamineWorkbook

from ifn.assessments.xlsform.columns import CHOICES, SETTINGS, SURVEY, Workbook

LARGEST_FILE: Final = 5 * 1024 * 1024
#: A small file can unfold to a large one.
LARGEST_UNFOLDED: Final = 60 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100


class NotAWorkbook(ValueError):  # noqa: N818
    """The bytes are no .xlsx file, or one too large."""


def read(content: bytes) -> Workbook:
    """Return the sheets of a form that are read, each cell as text.

    Raises:
        NotAWorkbook: It cannot be opened, or is too large.

    """
    if len(content) > LARGEST_FILE:
        raise NotAWorkbook("large")
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNFOLDED:
                raise NotAWorkbook("large")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = {}
        for name in book.sheet_names:
            if name.strip().lower() in {SURVEY, CHOICES, SETTINGS}:
                sheet = book.get_sheet_by_name(name)
                if sheet.total_height > MOST_ROWS:
                    raise NotAWorkbook("large")
                rows = sheet.to_python(skip_empty_area=False)
                found[name] = [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    except (BadZipFile, CalamineError):
        raise NotAWorkbook("damaged") from None
    return found


def _text(cell: Any) -> str:
    """Return a cell as it reads; a whole number has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def written(workbook: Workbook) -> bytes:
    """Return sheets as an .xlsx file; what looks like a formula stays text."""
    book = Book()
    book.remove(book.active)
    for name, rows in workbook.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                if value:
                    cell = sheet.cell(number, place)
                    cell.value, cell.data_type = value, "s"
                    if number == 1:
                        cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
