"""The report of a list: a table for the terminal, or the list again with the reason behind it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError

from ifn.directory.numbers import spoken
from ifn.directory.opendata.writing import harmless
from ifn.intake.actions import Proposal
from ifn.intake.deciding import Decision
from ifn.intake.wording import explained, place_of, state_of

ENDINGS = (".csv", ".xlsx")
NAME_WIDTH, PLACE_WIDTH, STATE_WIDTH = 34, 34, 14


def table(proposal: Proposal) -> Iterator[str]:
    """Yield one line for each row of the list."""
    for decision in proposal.decisions:
        number = spoken(decision.number) if decision.number else ""
        yield (
            f"{decision.position:>6}  {state_of(decision):<{STATE_WIDTH}}"
            f"{number:<12}"
            f"{_cut(str(decision.details.get('name', '')), NAME_WIDTH)}"
            f"{_cut(place_of(decision), PLACE_WIDTH)}"
            f"{explained(decision)}"
        ).rstrip()


def _cut(text: str, width: int) -> str:
    return f"{text if len(text) < width else text[: width - 2] + '…':<{width}}"


def as_file(proposal: Proposal, file_name: str) -> bytes:
    """Return the list as it came with state, number, region and, last, the reason of each row.

    The name's ending says whether it is a workbook or delimited text.
    """
    # Named so that the file can be corrected and loaded again without being taken for its own.
    added = [_("IFN: state"), _("IFN: number"), _("IFN: region"), _("IFN: reason")]
    header = [*proposal.columns.header, *added]
    rows = (_row(decision, len(proposal.columns.header)) for decision in proposal.decisions)
    if PurePath(file_name).suffix.lower() == ".xlsx":
        return _workbook(header, rows)
    return _text(header, rows)


def _row(decision: Decision, width: int) -> list[str]:
    cells = [*decision.raw, *[""] * width][:width]
    number = spoken(decision.number) if decision.number else ""
    return [*cells, state_of(decision), number, place_of(decision), explained(decision)]


def _text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in [header, *rows]:
        writer.writerow([harmless(cell) for cell in row])
    # The mark lets Excel see that this is UTF-8.
    return file.getvalue().encode("utf-8-sig")


def _workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("IFN")
    for row in [header, *rows]:
        sheet.append([_cell(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: object, text: str) -> object:
    try:
        cell = WriteOnlyCell(sheet, value=text)
    except IllegalCharacterError:
        cell = WriteOnlyCell(sheet, value="".join(filter(str.isprintable, text)))
    cell.data_type = "s"  # text, also when it begins like a formula
    return cell
