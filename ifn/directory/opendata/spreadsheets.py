"""What a search found, as files for spreadsheets: CSV line by line, XLSX as one file.

Spreadsheets read text files by the country of their computer: in Indonesia columns are set apart by
semicolons and decimals by a comma, in English by commas and a point. The language of the page
decides. The mark at the beginning says UTF-8.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from html import escape
from tempfile import TemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from ifn.directory.opendata.rows import OpenRow
from ifn.directory.opendata.writing import PeopleWriter, harmless, is_like_a_formula

BYTE_ORDER_MARK: Final = "\ufeff"
#: Most profiles of one file; whoever wants all takes the nightly dump.
MOST_ROWS: Final = 10_000
#: Lines sent together.
CHUNK: Final = 200
#: The formats with what they are sent as.
KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Value = str | int | float | None


def csv_lines(rows: Iterable[OpenRow], writer: PeopleWriter, note: str) -> Iterator[str]:
    """Return a text file in pieces; a note, if any, is its last line."""
    is_english = writer.language == "en"
    buffer = io.StringIO()
    out = csv.writer(buffer, delimiter="," if is_english else ";")
    buffer.write(BYTE_ORDER_MARK)
    out.writerow(writer.headings)
    for count, row in enumerate(rows, start=1):
        out.writerow([_in_text(value, is_english=is_english) for value in writer.values(row)])
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
    return str(value) if is_english else str(value).replace(".", ",")


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def xlsx_file(rows: Iterable[OpenRow], writer: PeopleWriter, *, title: str, note: str) -> IO[bytes]:
    """Return an open file with a workbook of one sheet; a note, if any, is its last line.

    Written as text, which takes a third of the time of a library that builds every cell: each text
    is an inline string, so nothing in it can become a formula, and what looks like one is marked as
    text for whoever edits the cell.
    """
    file = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part.format(title=escape(title)))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_sheet_head(writer).encode())
            pieces = [_row(writer.headings, bold=True)]
            for count, row in enumerate(rows, start=1):
                pieces.append(_row(writer.values(row)))
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
#: Everything of the workbook but its one sheet; style 1 is bold, style 2 marks a text as text.
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
    "xl/styles.xml": f'{_DECLARATION}<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
    ' applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_WIDE: Final = frozenset({"name", "summary_id", "summary_en", "page", "region_name"})
#: What XML 1.0 cannot hold.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _sheet_head(writer: PeopleWriter) -> str:
    """Return the beginning of the sheet: head and first two columns stay, columns have widths."""
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{32 if field.name in _WIDE else 16}"'
        ' customWidth="1"/>'
        for place, field in enumerate(writer.fields, start=1)
    )
    return (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
    )


def _row(values: Iterable[Value], *, bold: bool = False) -> str:
    return f"<row>{''.join([_cell(value, bold=bold) for value in values])}</row>"


def _cell(value: Value, *, bold: bool) -> str:
    if value is None:
        return "<c/>"
    if not isinstance(value, str):
        return f"<c><v>{value}</v></c>"
    style = ' s="1"' if bold else ' s="2"' if is_like_a_formula(value) else ""
    text = escape(_NO_XML.sub("", value), quote=False)
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
