"""What a report is made of, whether it becomes a page, a PDF or sheets: plain values. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head. ``numbers`` are the places of columns with numbers."""

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: frozenset[int] = frozenset()
    #: What is said below it.
    note: str = ""
    #: Address of each row's source, for the page; nothing where there is none.
    links: Sequence[str] = ()
    #: Single rows from which other tables are made; on paper they stand at the end.
    is_rows: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the report, and the table in which the rows stand that make it."""

    label: str
    value: str
    table: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars; the numbers stand beside them."""

    title: str
    bars: Sequence[tuple[str, float]]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the report: where it is shown, what it shows, and where it comes from."""

    key: int
    address: str
    caption: str
    source: str


@dataclass(frozen=True, slots=True)
class ShotPair:
    """Before and after; either may have gone with its source."""

    place: int
    before: Shot | None
    after: Shot | None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report, in the order in which it is read."""

    key: str
    title: str
    words: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    charts: Sequence[Bars] = ()
    tables: Sequence[Table] = ()
    lists: Sequence[tuple[str, Sequence[str]]] = ()
    pictures: Sequence[ShotPair] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report."""

    code: str
    title: str
    subtitle: str
    wave: str
    made_on: date
    #: Whom it speaks of, where not of all.
    scope: str
    is_demo: bool
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def tables(self) -> list[Table]:
        """Return every table, in order."""
        return [table for section in self.sections for table in section.tables]
