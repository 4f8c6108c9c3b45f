"""A list to be filled in: our own headings, one row as an example, and what each column is for."""

import io
from collections.abc import Iterator
from typing import IO, Final

import openpyxl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ifn.directory.spreadsheets import text_lines
from ifn.intake.labels import FIELD_LABELS, TYPE_LABEL

#: Columns in the order people fill them in: the field, an example, and what belongs there.
COLUMNS: Final = (
    (
        "name",
        "CV Sol Jaya Abadi",
        gettext_lazy("Needed. With its legal form (CV, PT, UD), if any. The example is left out."),
    ),
    ("type", "Outsole", gettext_lazy("What the business makes or does, in your own words.")),
    ("address", "Jl. Melati No. 45", gettext_lazy("Street and number, RT/RW, village, district.")),
    ("city", "Kab. Mojokerto", gettext_lazy("Needed. With “Kab.” or “Kota”: 26 names are both.")),
    ("province", "Jawa Timur", gettext_lazy("Helps where names are alike.")),
    ("postcode", "61361", gettext_lazy("Five digits.")),
    ("whatsapp", "0812 3456 7890", gettext_lazy("Shown to nobody until the business agrees.")),
    ("phone", "0321 555 123", gettext_lazy("Shown to nobody until the business agrees.")),
    ("email", "halo@contoh.example", gettext_lazy("Shown to nobody until the business agrees.")),
    ("website", "https://contoh.example", gettext_lazy("The address on the web.")),
    ("instagram", "soljaya.contoh", gettext_lazy("The name on Instagram, with or without @.")),
    ("nib", "", gettext_lazy("13 digits, as in the licence.")),
    ("workers", "12", gettext_lazy("A whole number. Shown to nobody.")),
    ("founded_year", "2009", gettext_lazy("Four digits.")),
    ("brands", "Langkah, Jejak", gettext_lazy("Own brands, with commas between them.")),
)


def _headings() -> list[str]:
    labels = {**FIELD_LABELS, "type": TYPE_LABEL}
    return [str(labels[name]) for name, _example, _about in COLUMNS]


def _example() -> list[str]:
    first, *others = (example for _name, example, _about in COLUMNS)
    return [f"{_('EXAMPLE:')} {first}", *others]


def as_text() -> Iterator[str]:
    """Return the template as delimited text."""
    return text_lines(_headings(), [_example()])


def as_workbook() -> IO[bytes]:
    """Return the template as a workbook with a second sheet that explains the columns.

    That sheet has as few rows as the first: which of a file's sheets is the list is told by length.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    filled = book.create_sheet(_("List"))
    about = book.create_sheet(_("Explanation"))
    filled.append(_headings())
    filled.append(_example())
    about.append([f"{heading}:" for heading in _headings()])
    about.append([str(words) for _name, _example, words in COLUMNS])
    for sheet in (filled, about):
        sheet.freeze_panes = "B2"
        for place, column in enumerate(sheet.columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = 24
            for cell in column:
                cell.number_format = "@"  # numbers stay as they are typed
                cell.font = Font(bold=cell.row == 1)
                cell.alignment = Alignment(wrap_text=sheet is about, vertical="top")
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file
