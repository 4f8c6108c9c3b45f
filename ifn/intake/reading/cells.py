"""Print the cells of a workbook given on standard input as JSON: run as a program of its own.

A damaged old workbook can make its reader loop, take all memory or end the whole process. Here it
ends this process only, within the bounds set first. Nothing of the platform is imported.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

#: The most a list that the platform accepts can need, with room to spare.
MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 30


def main() -> None:
    """Read, and write ``[[name, rows, merged ranges], …]``; any fault is a non-zero end.

    When more cells are filled than the first argument says, what is written is ``null``.
    """
    _bound()
    left = int(sys.argv[1])
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets = []
    for about in book.sheets_metadata:
        if about.typ is SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(about.name)
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            while rows and not any(rows[-1]):
                rows.pop()
            width = max((_used(row) for row in rows), default=0)
            left -= sum(1 for row in rows for cell in row if cell)
            if left < 0:
                sys.stdout.write("null")
                return
            merged = sheet.merged_cell_ranges or []
            sheets.append([about.name, [row[:width] for row in rows], merged])
    json.dump(sheets, sys.stdout)


def _bound() -> None:
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _used(row: list[str]) -> int:
    return next((place for place in range(len(row), 0, -1) if row[place - 1]), 0)


def _text(cell: Any) -> str:
    """Return a cell as people read it: 392.0 is 392, a day is 2024-05-01, text stays text."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e16:  # noqa: PLR2004
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()


if __name__ == "__main__":
    main()
