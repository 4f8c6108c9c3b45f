"""The report of a list: a table for the terminal, or the list again with the reason behind it."""

from collections.abc import Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _

from ifn.directory.numbers import spoken
from ifn.directory.spreadsheets import text_lines, workbook
from ifn.intake.actions import Outcome
from ifn.intake.models import Row
from ifn.intake.wording import explained, place_of, state_of

ENDINGS = (".csv", ".xlsx")
NAME_WIDTH, PLACE_WIDTH, STATE_WIDTH = 34, 34, 26


def table(outcome: Outcome) -> Iterator[str]:
    """Yield one line for each row of the list."""
    for row in outcome.rows:
        yield (
            f"{row.position:>6}  {state_of(row):<{STATE_WIDTH}}"
            f"{_number(row):<12}"
            f"{_cut(row.name, NAME_WIDTH)}"
            f"{_cut(place_of(row), PLACE_WIDTH)}"
            f"{explained(row)}"
        ).rstrip()


def _number(row: Row) -> str:
    return spoken(row.business.number) if row.business else ""


def _cut(text: str, width: int) -> str:
    return f"{text if len(text) < width else text[: width - 2] + '…':<{width}}"


def as_file(outcome: Outcome, file_name: str) -> bytes:
    """Return the list as it came with state, number, region and, last, the reason of each row.

    The name's ending says whether it is a workbook or delimited text.
    """
    # Named so that the file can be corrected and loaded again without being taken for its own.
    added = [_("IFN: state"), _("IFN: number"), _("IFN: region"), _("IFN: reason")]
    header = [*outcome.columns.header, *added]
    rows = (_row(row, len(outcome.columns.header)) for row in outcome.rows)
    if PurePath(file_name).suffix.lower() == ".xlsx":
        with workbook(header, rows, title="IFN") as file:
            return file.read()
    return "".join(text_lines(header, rows)).encode()


def _row(row: Row, width: int) -> list[str]:
    cells = [*row.raw, *[""] * width][:width]
    return [*cells, state_of(row), _number(row), place_of(row), explained(row)]
