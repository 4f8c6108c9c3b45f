"""Load a list from its first byte to its last profile in one go, as the command line does."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.intake.actions.applying import apply_row
from ifn.intake.actions.columns import SameList, map_columns
from ifn.intake.actions.linking import FOUND, clean_rows, compare_rows, note_linked
from ifn.intake.actions.reading import keep_rows, read
from ifn.intake.actions.receiving import Upload, enter_list
from ifn.intake.files import keep
from ifn.intake.mapping import Columns, Wanted
from ifn.intake.models import List, Row
from ifn.intake.reading import Sheet
from ifn.intake.writing import update_rows

#: Two loads that meet on one row: the second starts again and finds what the first has written.
TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file and what a person said about it; all but content and name may be left to guessing."""

    content: bytes
    file_name: str
    stated_on: date
    sheet: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    stated_types: Mapping[str, Any] | None = None
    region: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list; ``already`` when this very list was loaded before."""

    columns: Columns
    sheet: str
    rows: tuple[Row, ...]
    received: List | None = None
    already: bool = False

    def counts(self) -> Counter[str]:
        """Return how many rows there are of each outcome, or state where nothing came of them."""
        return Counter(row.outcome or row.state for row in self.rows)


def load(incoming: Incoming, *, actor: User | None, at: datetime) -> Outcome:
    """Load a list: keep file and rows, enter what is new, bring what is known up to date.

    Rows that only a person can decide wait. Everything is one transaction. The same list read in
    the same way changes nothing the second time, also when two people load it at the same moment.

    Raises:
        Unreadable: The file cannot be read, or has no such sheet.
        NoHeader, UnknownColumn, UnknownField, MappingWrong: The columns are not as was said.

    """
    # Reading takes the longest and needs no lock, so it comes before the transaction.
    found = read(incoming.content, incoming.file_name, incoming.sheet)
    name = keep(incoming.content)
    for attempt in range(1, TRIES + 1):
        try:
            return _load(incoming, found, name, actor=actor, at=at)
        except SameList as same:
            return _outcome(same.other, already=True)
        except IntegrityError:
            if attempt == TRIES:
                raise
    raise AssertionError  # the loop returns or raises


def propose(incoming: Incoming, *, at: datetime) -> Outcome:
    """Return what loading a list would do, and write nothing; raises as ``load``."""
    found = read(incoming.content, incoming.file_name, incoming.sheet)
    with transaction.atomic():
        try:
            outcome = _load(incoming, found, "", actor=None, at=at)
        except SameList as same:
            outcome = _outcome(same.other, already=True)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def _load(
    incoming: Incoming,
    found: tuple[list[Sheet], Sheet],
    name: str,
    *,
    actor: User | None,
    at: datetime,
) -> Outcome:
    upload = Upload(
        content=incoming.content,
        file_name=incoming.file_name,
        stated_on=incoming.stated_on,
        source=incoming.source,
    )
    received = enter_list(upload, name, actor=actor, at=at)
    keep_rows(received, *found)
    received = map_columns(
        received,
        incoming.wanted,
        stated_types=incoming.stated_types,
        region=incoming.region,
        actor=actor,
        at=at,
    )
    last: int | None = 0
    while last is not None:
        last = clean_rows(received, last)
    for rows in compare_rows(received):
        update_rows(FOUND, rows)
    note_linked(received, at=at)
    for row in Row.objects.filter(list=received).to_apply().order_by("position"):
        apply_row(row, actor=actor, at=at)
    List.objects.filter(pk=received.pk).update(state=List.State.APPLIED)
    outcome = _outcome(List.objects.get(pk=received.pk))
    record(
        "intake.list.loaded",
        received,
        actor=actor,
        at=at,
        file=received.file_name,
        rows=dict(outcome.counts()),
    )
    return outcome


def _outcome(received: List, *, already: bool = False) -> Outcome:
    rows = Row.objects.filter(list=received).exclude(state=Row.State.ABOVE)
    return Outcome(
        Columns.from_kept(received.mapping),
        received.sheet,
        tuple(rows.select_related("business").order_by("position")),
        received,
        already,
    )
