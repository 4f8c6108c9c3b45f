"""Every region with its firms, what they need, who was served, and what is planned for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ifn.assessments.models import InstrumentVersion
from ifn.assessments.queries.needs import Needing, needing
from ifn.assessments.queries.standings import Topic, Where, topics_by_region
from ifn.directory.queries import firms_by_region
from ifn.programmes.queries.regions import Batches, Served, batches_by_region, served_by_region
from ifn.regions.containing import lies_in
from ifn.regions.queries import Place, Regions

#: Batches and firms served within so many years may be asked for; the first unless said.
YEARS: Final = (3, 1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which regions is asked, since when, in which order."""

    where: Where
    since: date
    order: str
    is_reversed: bool = False


@dataclass(slots=True)
class Row:
    """One region: numbers of firms, batches and seats, and what its firms need."""

    code: str
    name: str
    firms: int = 0
    #: Of these, who ever took part in a batch, and who did since the day asked for.
    served: int = 0
    recently: int = 0
    batches: Batches = field(default_factory=Batches)
    needing: Needing | None = None
    topic: Topic | None = None

    @property
    def assessed(self) -> int:
        """Return how many firms have an assessment that counts."""
        return self.needing.firms if self.needing else 0

    @property
    def need(self) -> Decimal | None:
        """Return what its assessed firms need on average, 0 to 1."""
        return self.needing.need if self.needing else None

    @property
    def never(self) -> int:
        """Return how many firms never took part in a batch."""
        return max(0, self.firms - self.served)


Key = Callable[[Row], Any]
#: The orders that may be asked for, each the greatest first but for names.
ORDERS: Final[dict[str, Key]] = {
    "belum": lambda one: -one.never,
    "kebutuhan": lambda one: -(one.need or 0),
    "usaha": lambda one: -one.firms,
    "dinilai": lambda one: -one.assessed,
    "dilayani": lambda one: -one.served,
    "angkatan": lambda one: -one.batches.total,
    "kursi": lambda one: -one.batches.taken,
    "nama": lambda one: one.name,
}


def rows(asked: Asked, version: InstrumentVersion | None, regions: Regions) -> list[Row]:
    """Return the regions in the order asked for; a fixed number of queries.

    Every region of those asked for has a row, so that none is forgotten in which nothing happened;
    what names no region has one where it counts something.
    """
    found = {one.code: Row(one.code, one.short_name) for one in _places(asked.where, regions)}
    known = _Known(asked.where, regions, found)
    for code, firms in firms_by_region().items():
        known.row(code).firms += firms
    for code, served in served_by_region(asked.since).items():
        _serve(known.row(code), served)
    for code, batches in batches_by_region(asked.since).items():
        known.row(code).batches.add(batches)
    if version is not None:
        topics = topics_by_region(version.instrument, version.lines, asked.where)
        for code, one in needing(version.instrument, asked.where).items():
            row = known.row(code)
            row.needing, row.topic = one, topics.get(code)
    return in_order(known.rows.values(), asked)


def in_order(found: Iterable[Row], asked: Asked) -> list[Row]:
    """Return rows in an order; equal ones by code."""
    by_code = sorted(found, key=lambda one: one.code)
    return sorted(by_code, key=ORDERS[asked.order], reverse=asked.is_reversed)


def _serve(row: Row, served: Served) -> None:
    row.served += served.ever
    row.recently += served.recently


def _places(where: Where, regions: Regions) -> Sequence[Place]:
    """Return the regions that have a row whatever is known of them."""
    if where.place:
        inside = regions.regencies(where.place)
    elif where.has_places:
        inside = tuple(one for one in regions.by_code.values() if not one.is_province)
    else:
        inside = regions.provinces
    return [one for one in inside if reaches(where, one.code)]


def reaches(where: Where, code: str) -> bool:
    """Say whether a row is of whoever asks: their region, one in it, or the province around it."""
    if where.within is None:
        return True
    is_around = where.is_whole and any(lies_in(own, [code]) for own in where.within)
    return is_around or lies_in(code, where.within)


@dataclass(slots=True)
class _Known:
    """The rows by code, to which the numbers of regions are added."""

    where: Where
    regions: Regions
    rows: dict[str, Row]

    def row(self, code: str) -> Row:
        """Return the row to which a region's numbers belong; one nobody sees if it has none."""
        if not self._is_asked_for(code):
            return Row(code, "")
        key = code[:2] if self.where.is_whole else code
        if key not in self.rows:
            place = self.regions.get(key)
            self.rows[key] = Row(key, place.short_name if place else "")
        return self.rows[key]

    def _is_asked_for(self, code: str) -> bool:
        if self.where.place and not lies_in(code, [self.where.place]):
            return False
        return self.where.within is None or lies_in(code, self.where.within)
