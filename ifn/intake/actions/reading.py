"""The rows of a list, kept as they stand, and what its columns seem to hold."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ifn.directory.copying import copy_rows
from ifn.directory.models import Source
from ifn.intake.actions.stages import moved
from ifn.intake.mapping import HEADER_WITHIN, Columns, NoHeader, Wanted, columns_of, header_digest
from ifn.intake.models import List, Reading, Row
from ifn.intake.reading import Sheet, Unreadable, sheets_of
from ifn.regions.queries import gazetteer

State = List.State


def read(content: bytes, file_name: str, wanted: str) -> tuple[list[Sheet], Sheet]:
    """Return the sheets of a file, and the one that is meant: by name, else the largest.

    Raises:
        Unreadable: The file cannot be read, or has no such sheet.

    """
    sheets = sheets_of(content, file_name)
    if not wanted:
        return sheets, max(sheets, key=lambda sheet: len(sheet.rows))
    for sheet in sheets:
        if sheet.name.strip().casefold() == wanted.strip().casefold():
            return sheets, sheet
    raise no_such_sheet(wanted, [sheet.name for sheet in sheets])


def no_such_sheet(wanted: str, names: Sequence[str]) -> Unreadable:
    """Return the refusal of a sheet that is not there."""
    return Unreadable(
        "no_sheet",
        _("The file has no sheet “%(sheet)s”. It has: %(sheets)s.")
        % {"sheet": wanted, "sheets": ", ".join(names)},
    )


@transaction.atomic
def keep_rows(received: List, sheets: Sequence[Sheet], sheet: Sheet) -> None:
    """Keep every row of a sheet as it stands, and what its columns seem to hold."""
    now = moved(received, {State.RECEIVED}, State.MAPPING)
    now.sheets = [[one.name[:100], len(one.rows)] for one in sheets]
    now.sheet = sheet.name[:100]
    guessed, remembered = guessed_columns(sheet.rows, now.source)
    now.mapping = guessed.kept() if guessed else {}
    now.stated_types = remembered.stated_types if remembered else {}
    now.region_id = (remembered and remembered.region_id) or now.region_id
    now.save(update_fields=["sheets", "sheet", "mapping", "stated_types", "region"])
    Row.objects.filter(list=now).delete()
    copy_rows(
        Row,
        ROW_COLUMNS,
        (
            (now.pk, position, cells, *EMPTY)
            for position, cells in enumerate(sheet.rows, start=1)
            if any(cells)
        ),
    )


#: Every column of a row but its key, as rows are when they were only read.
ROW_COLUMNS = (
    *("list", "position", "raw", "state", "reason", "column", "details", "facts", "name"),
    *("region", "candidates", "probability", "business", "decision", "decided_by", "decided_at"),
    *("note", "chosen", "outcome", "applied_at", "applied_by", "written", "plant", "stated"),
)
EMPTY: tuple[Any, ...] = (
    *(Row.State.UNREAD, "", "", {}, {}, "", None, [], None, None, "", None, None),
    *("", {}, "", None, None, {}, "", ""),
)


def guessed_columns(
    rows: Sequence[Sequence[str]], source: Source
) -> tuple[Columns | None, Reading | None]:
    """Return what the columns seem to hold: as this source was read before, or guessed."""
    digests = {header_digest(row): place for place, row in enumerate(rows[:HEADER_WITHIN])}
    known = Reading.objects.filter(source=source, header__in=digests).order_by("-saved_at").first()
    if known is not None:
        header_row = digests[known.header] + 1
        return Columns.from_kept({**known.mapping, "header_row": header_row}), known
    try:
        return columns_of(rows, Wanted(), gazetteer()), None
    except NoHeader:
        return None, None


@transaction.atomic
def note_unreadable(received: List, fault: Unreadable) -> None:
    """Note that a file cannot be read, and why."""
    now = moved(received, {State.RECEIVED}, State.UNREADABLE)
    now.fault = str(fault)[:300]
    now.save(update_fields=["fault"])
