"""Tables as files for spreadsheets, no cell of which is ever run as a formula.

Spreadsheets read text files by the country of their computer: in Indonesia columns are set apart by
semicolons and decimals by a comma, in English by commas and a point. The language in force decides.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from html import escape
from tempfile import TemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import get_language

#: The mark at the beginning says that a text is UTF-8.
BYTE_ORDER_MARK: Final = "\ufeff"
#: Lines sent together.
CHUNK: Final = 200
#: The formats, by the ending of the address, with what they are sent as.
KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Value = str | int | float | date | datetime | None
#: Workbooks count days from here, and a moment is a part of a day.
_DAY_NOUGHT: Final = date(1899, 12, 30).toordinal()
_SECONDS_A_DAY: Final = 86_400
#: What makes a spreadsheet read a text as a formula; the wide ones are typed in East Asia.
_STARTS_FORMULA: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_APOSTROPHE: Final = "'"
#: Letters that a cell of a workbook may have; more and the file counts as damaged.
LONGEST_CELL: Final = 32_767


def is_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet may take the text for a formula, spaces in front or not."""
    first = text[:1]
    if first and first in _STARTS_FORMULA:
        return True
    return first.isspace() and text.lstrip()[:1] in _STARTS_FORMULA


def harmless(text: str) -> str:
    """Return the text as a spreadsheet can be given it in a text file.

    An apostrophe in front is how spreadsheets themselves mark a text. A text that has one already
    gets another, so that taking one away is always right.
    """
    return _APOSTROPHE + text if text[:1] == _APOSTROPHE or is_like_a_formula(text) else text


def unguarded(cell: str) -> str:
    """Take away the apostrophe that ``harmless`` put in front, and no other."""
    text = cell[1:]
    return text if cell[:1] == _APOSTROPHE and harmless(text) != text else cell


def text_lines(
    headings: Sequence[str], rows: Iterable[Sequence[Value]], *, note: str = ""
) -> Iterator[str]:
    """Return a text file in pieces; a note, if any, is its last line."""
    # Asked now: the pieces may be made when the request is over and its language forgotten.
    return _lines(headings, rows, note, is_english=get_language() == "en")


def _lines(
    headings: Sequence[str], rows: Iterable[Sequence[Value]], note: str, *, is_english: bool
) -> Iterator[str]:
    buffer = io.StringIO()
    out = csv.writer(buffer, delimiter="," if is_english else ";")
    buffer.write(BYTE_ORDER_MARK)
    out.writerow([harmless(heading) for heading in headings])
    for count, row in enumerate(rows, start=1):
        out.writerow([_in_text(value, is_english=is_english) for value in row])
        if not count % CHUNK:
            yield _taken(buffer)
    if note:
        out.writerow([note])
    yield _taken(buffer)


def _in_text(value: Value, *, is_english: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if is_english else str(value).replace(".", ",")


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def workbook(  # a table and how it looks
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str,
    note: str = "",
    wide: Collection[int] = (),
    fixed: int = 1,
) -> IO[bytes]:
    """Return an open file with a workbook of one sheet; a note, if any, is its last line.

    The columns named ``wide`` are twice as wide, and so many as ``fixed`` stay where they are.

    Written as text, which takes a third of the time of a library that builds every cell: each text
    is an inline string, so nothing in it can become a formula, and what looks like one is marked as
    text for whoever edits the cell.
    """
    file = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part.format(title=escape(title)))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_sheet_head(len(headings), wide, fixed).encode())
            pieces = [_row(headings, bold=True)]
            for count, row in enumerate(rows, start=1):
                pieces.append(_row(row))
                if not count % CHUNK:
                    sheet.write("".join(pieces).encode())
                    pieces.clear()
            if note:
                pieces.append(_row([note]))
            sheet.write("".join((*pieces, "</sheetData></worksheet>")).encode())
    file.seek(0)
    return file


_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: Everything of the workbook but its one sheet. Style 1 is bold, style 2 marks a text as text,
#: style 3 is a day and style 4 a moment, the month in letters so that nobody takes it for the day.
_PARTS: Final = {
    "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'{_DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
    '<sheet name="{title}" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/styles.xml": f'{_DECLARATION}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="d\\ mmm\\ yyyy"/>'
    '<numFmt numFmtId="165" formatCode="d\\ mmm\\ yyyy\\ hh:mm"/></numFmts><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
    ' applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
#: What XML 1.0 cannot hold.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _sheet_head(columns: int, wide: Collection[int], fixed: int) -> str:
    """Return the beginning of the sheet: head and first columns stay, columns have widths."""
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{32 if place - 1 in wide else 16}"'
        ' customWidth="1"/>'
        for place in range(1, columns + 1)
    )
    corner = f"{chr(ord('A') + fixed)}2"
    return (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane xSplit="{fixed}" ySplit="1" topLeftCell="{corner}" activePane="bottomRight"'
        f' state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>'
    )


def _row(values: Iterable[Value], *, bold: bool = False) -> str:
    return f"<row>{''.join([_cell(value, bold=bold) for value in values])}</row>"


def _cell(value: Value, *, bold: bool) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, date):
        return _day_or_moment(value)
    if not isinstance(value, str):
        return f"<c><v>{value}</v></c>"
    style = ' s="1"' if bold else ' s="2"' if is_like_a_formula(value) else ""
    text = escape(_NO_XML.sub("", value)[:LONGEST_CELL], quote=False)
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'


def _day_or_moment(value: date | datetime) -> str:
    """Return a cell that a spreadsheet sorts and counts by; a moment in UTC."""
    if not isinstance(value, datetime):
        return f'<c s="3"><v>{value.toordinal() - _DAY_NOUGHT}</v></c>'
    there = value.astimezone(UTC)
    seconds = there.hour * 3600 + there.minute * 60 + there.second
    days = there.toordinal() - _DAY_NOUGHT + seconds / _SECONDS_A_DAY
    return f'<c s="4"><v>{days:.6f}</v></c>'
