"""The report of a list: a table for the terminal, or the list again with the reason behind it."""

from collections.abc import Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _

from ifn.directory.numbers import spoken
from ifn.directory.spreadsheets import text_lines, workbook
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
        with workbook(header, rows, title="IFN") as file:
            return file.read()
    return "".join(text_lines(header, rows)).encode()


def _row(decision: Decision, width: int) -> list[str]:
    cells = [*decision.raw, *[""] * width][:width]
    number = spoken(decision.number) if decision.number else ""
    return [*cells, state_of(decision), number, place_of(decision), explained(decision)]
