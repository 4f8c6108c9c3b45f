"""Tables as a workbook, one sheet each, no cell of which is ever run as a formula."""

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ifn.directory.spreadsheets import LONGEST_CELL, is_like_a_formula
from ifn.programmes.reporting.parts import Cell, Table

#: What the name of a sheet may not hold, and how long it may be.
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_WIDEST: Final = 48
_NARROWEST: Final = 10


def workbook(tables: Sequence[Table]) -> bytes:
    """Return the tables as an .xlsx file: head in bold, notes below, numbers and days as such."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(_name(table.title, book.sheetnames))
        _line(sheet, 1, table.head)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for number, row in enumerate(table.rows, start=2):
            _line(sheet, number, row)
        if table.note:
            _line(sheet, len(table.rows) + 3, [table.note])
        sheet.freeze_panes = "B2"
        _widen(sheet, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _name(title: str, taken: Sequence[str]) -> str:
    """Return a name that no other sheet has, in any case of letters."""
    base = _NOT_IN_NAMES.sub(" ", ILLEGAL_CHARACTERS_RE.sub("", title)).strip("' ")
    base = base[:_LONGEST_NAME] or "IFN"
    known, name, number = {one.casefold() for one in taken}, base, 2
    while name.casefold() in known:
        ending = f" {number}"
        name, number = base[: _LONGEST_NAME - len(ending)] + ending, number + 1
    return name


def _line(sheet: Worksheet, number: int, values: Sequence[Cell]) -> None:
    for place, value in enumerate(values, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(number, place)
        if isinstance(value, str):
            # Set as text, so that nothing in it becomes a formula; marked where it looks like one.
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
            cell.data_type = "s"
            if is_like_a_formula(value):
                cell.style = "Normal"
                cell.quotePrefix = True
                cell.number_format = "@"
        else:
            cell.value = value
            if isinstance(value, date):
                cell.number_format = "d mmm yyyy"


def _widen(sheet: Worksheet, table: Table) -> None:
    for place, title in enumerate(table.head, start=1):
        texts = [str(row[place - 1]) for row in table.rows if row[place - 1] is not None]
        longest = max((len(text) for text in [title[:24], *texts]), default=0)
        width = max(_NARROWEST, min(_WIDEST, longest + 2))
        sheet.column_dimensions[get_column_letter(place)].width = width
