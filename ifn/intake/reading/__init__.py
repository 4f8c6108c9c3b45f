"""From a file to rows of text: workbooks and delimited text, whatever their age and encoding."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from ifn.intake.reading import text, workbooks
from ifn.intake.reading.faults import Sheet, Unreadable
from ifn.intake.reading.kinds import Kind, kind_of

__all__ = ["MOST_BYTES", "Sheet", "Unreadable", "refuse_at_sight", "sheets_of"]

MOST_BYTES = 25 * 1024 * 1024
WORKBOOKS = {".xls": Kind.XLS, ".xlsx": Kind.XLSX, ".xlsm": Kind.XLSX}
TEXTS = {".csv", ".tsv", ".txt"}


def sheets_of(content: bytes, file_name: str) -> list[Sheet]:
    """Return the sheets of a file as rows of text; delimited text is one sheet.

    Raises:
        Unreadable: The file is empty, too large, damaged, encrypted, or not what its name says.

    """
    refuse_at_sight(content, file_name)
    ending = PurePath(file_name).suffix.lower()
    kind = kind_of(content)
    if kind is Kind.ENCRYPTED:
        raise Unreadable(
            "encrypted",
            _("The workbook is locked with a password. Save it without the password."),
        )
    if WORKBOOKS.get(ending, Kind.TEXT) is not kind:
        raise Unreadable("not_as_named", _not_as_named(file_name, kind))
    if kind is Kind.TEXT:
        return [Sheet(PurePath(file_name).stem, text.rows_of(content))]
    return workbooks.sheets_of(content, kind)


def refuse_at_sight(content: bytes, file_name: str) -> None:
    """Refuse what need not be opened to see that it is no list.

    Raises:
        Unreadable: The file is empty, too large, or its name is that of no list.

    """
    if len(content) > MOST_BYTES:
        raise Unreadable(
            "too_large",
            _("The file has more than %(megabytes)d MB. Split the list into smaller files.")
            % {"megabytes": MOST_BYTES // 1024 // 1024},
        )
    if not content.strip():
        raise Unreadable("empty", _("The file is empty. Save the list again and load that file."))
    ending = PurePath(file_name).suffix.lower()
    if ending not in WORKBOOKS and ending not in TEXTS:
        raise Unreadable(
            "ending",
            _("“%(name)s” is not a list this platform reads. Save it as .xlsx, .xls or .csv.")
            % {"name": file_name},
        )


def _not_as_named(file_name: str, kind: Kind) -> str:
    names = {
        Kind.TEXT: _("plain text; name it .csv"),
        Kind.XLS: _("an old Excel workbook; name it .xls"),
        Kind.XLSX: _("an Excel workbook; name it .xlsx"),
        Kind.WEB_PAGE: _("a web page; open it in a spreadsheet and save it as .xlsx"),
        Kind.OTHER: _("something else; open it in a spreadsheet and save it as .xlsx"),
    }
    return _("“%(name)s” is not what its name says: the content is %(content)s.") % {
        "name": file_name,
        "content": names[kind],
    }
