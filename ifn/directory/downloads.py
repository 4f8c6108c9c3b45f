"""Tables as files for spreadsheets: no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ifn.directory.opendata.writing import harmless

#: The kinds of files, by the ending of the address.
KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cell = str | int | float | None


def as_file(
    kind: str, name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """Return a table as a file of that kind to be kept under a name."""
    body = (_workbook if kind == "xlsx" else _text)(heading, rows)
    response = HttpResponse(body, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _text(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows(
        [harmless(cell) if isinstance(cell, str) else cell for cell in row]
        for row in [heading, *rows]
    )
    # The mark lets Excel see that this is UTF-8.
    return file.getvalue().encode("utf-8-sig")


def _workbook(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("IFN")
    for row in [heading, *rows]:
        sheet.append([_cell(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: object, value: Cell) -> object:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value="".join(filter(str.isprintable, value)))
    cell.data_type = "s"  # text, also when it begins like a formula
    return cell
