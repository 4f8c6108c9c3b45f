"""How the firms of regions stand in each dimension, from the sums that the database keeps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Substr

from ifn.assessments.models import Instrument, Standing
from ifn.assessments.models.standings import HUNDREDTHS, TEN_THOUSANDTHS
from ifn.assessments.scoring import need as need_of
from ifn.assessments.scoring.hiding import Shown, province_of, shown
from ifn.assessments.scoring.levels import CENT, FINE
from ifn.regions.containing import inside, lies_in

#: Fewer firms than this in one cell could be told apart by whoever knows the place.
SMALLEST_CELL: Final = 5


@dataclass(frozen=True, slots=True)
class Where:
    """Of which places is asked, and who asks.

    ``place`` is a province, whose regencies and cities are rows, or one of these; without it the
    provinces are, or with ``has_places`` all their regencies and cities. ``within`` are the regions
    of whoever asks, None everywhere. Who does not see all gets no level from which that of a few
    firms could be worked out (``scoring.hiding``).
    """

    place: str = ""
    within: tuple[str, ...] | None = None
    sees_all: bool = True
    has_places: bool = False

    @property
    def is_whole(self) -> bool:
        """Say whether a row is a whole province."""
        return not (self.place or self.has_places)

    def condition(self, path: str = "region") -> Q:
        """Return the condition that a region, whose code is at ``path``, is asked for."""
        found = inside([self.place], path) if self.place else Q()
        return found if self.within is None else found & inside(self.within, path)


@dataclass(frozen=True, slots=True)
class Cell:
    """How the firms of one region stand in one dimension on average."""

    region: str
    dimension: str
    firms: int
    level: Decimal | None
    weight: Decimal
    #: Firms below level 2; nothing where that is hidden.
    low: int

    @property
    def is_hidden(self) -> bool:
        """Say whether too few firms could be told apart if it were shown."""
        return self.level is None

    @property
    def need(self) -> Decimal:
        """Return what is missing on average, weighted; nothing where that is hidden."""
        return need_of(self.level, self.weight) if self.level is not None else Decimal(0)


@dataclass(frozen=True, slots=True)
class Topic:
    """A dimension as a topic for a region: how far its firms are, and how many are low."""

    dimension: str
    firms: int
    level: Decimal
    weight: Decimal
    #: Firms below level 2, the first at which things are done though not written down.
    low: int

    @property
    def need(self) -> Decimal:
        """Return what is missing on average, weighted."""
        return need_of(self.level, self.weight)


@dataclass(slots=True)
class _Sums:
    """What is added up of a region and dimension."""

    firms: int = 0
    levels: int = 0
    weights: int = 0
    low: int = 0

    def add(self, other: "_Sums") -> None:
        self.firms += other.firms
        self.levels += other.levels
        self.weights += other.weights
        self.low += other.low

    @property
    def level(self) -> Decimal:
        return (self.levels / HUNDREDTHS / self.firms).quantize(CENT)

    @property
    def weight(self) -> Decimal:
        return (self.weights / TEN_THOUSANDTHS / self.firms).quantize(FINE)


#: By region and dimension, in order of the regions.
Table = dict[tuple[str, str], _Sums]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Region by dimension how firms stand, and what they need most; the same one until it changes.

    Regions are provinces, or regencies and cities, in the order of their codes.
    """

    cells: tuple[Cell, ...]
    topics: tuple[Topic, ...]
    has_hidden: bool


def matrix(instrument: Instrument | int, lines: Mapping[str, int], where: Where) -> Matrix:
    """Return how the firms of regions stand; one query when something changed, else none.

    Only levels of comparable versions count: ``lines`` are those of the version whose levels are
    asked for.
    """
    return _kept_matrix(*key_of(instrument), tuple(sorted(lines.items())), where)


def key_of(instrument: Instrument | int) -> tuple[int, int | None]:
    """Return a questionnaire's key and stamp, which together stand for all that counts of it.

    A row is taken as it was read, so it should be of this request; a key costs a query.
    """
    if isinstance(instrument, Instrument):
        return instrument.pk, instrument.stamp
    return instrument, Instrument.objects.values_list("stamp", flat=True).get(pk=instrument)


@lru_cache(maxsize=128)
def _kept_matrix(
    instrument: int, _stamp: int | None, lines: tuple[tuple[str, int], ...], where: Where
) -> Matrix:
    if where.sees_all:
        found = _sums(instrument, dict(lines), where)
        whole = _whole(found)
        can_show = None
    else:
        every = _sums(instrument, dict(lines), where, is_whole_country=True)
        can_show = _shown(every)
        found = _by_province(every) if where.is_whole else _inside_of(every, where.place)
        # A province is asked for as a whole, and so is the country; a regency as one place.
        is_whole = province_of(where.place) == where.place
        whole = {
            dimension: one
            for dimension, one in _whole(found).items()
            if can_show[dimension].of(where.place, is_whole=is_whole)
        }
    cells = tuple(_cells(found, can_show, is_whole=where.is_whole))
    topics = _ranked([_topic(dimension, one) for dimension, one in whole.items()])
    return Matrix(cells, tuple(topics), any(one.is_hidden for one in cells))


def topics_by_region(
    instrument: Instrument | int, lines: Mapping[str, int], where: Where
) -> dict[str, Topic]:
    """Return of each region the dimension that its firms need most, for the staff; as ``matrix``.

    Who does not see all has no such question.
    """
    found: dict[str, list[Topic]] = defaultdict(list)
    for one in matrix(instrument, lines, where).cells:
        if one.level is not None:
            topic = Topic(one.dimension, one.firms, one.level, one.weight, one.low)
            found[one.region].append(topic)
    return {region: _ranked(several)[0] for region, several in found.items()}


def _inside_of(every: Table, place: str) -> Table:
    if not place:
        return every
    return {key: one for key, one in every.items() if lies_in(key[0], [place])}


def _sums(
    instrument: Instrument | int,
    lines: Mapping[str, int],
    where: Where,
    *,
    is_whole_country: bool = False,
) -> Table:
    """Return how firms stand, region by dimension, in comparable versions; one query.

    For the staff provinces are added up by the database; ``is_whole_country`` returns every place.
    """
    rows: QuerySet[Standing, Any] = Standing.objects.filter(instrument=instrument, firms__gt=0)
    sums = ("firms", "levels", "weights", "low")
    if is_whole_country or not where.is_whole:
        condition = Q() if is_whole_country else where.condition()
        rows = rows.filter(condition).values_list("region", "dimension", "line", *sums)
    else:
        rows = (
            rows.filter(where.condition())
            .annotate(place=Substr("region", 1, 2))
            .values("place", "dimension", "line")
            .annotate(**{f"all_{name}": Sum(name) for name in sums})
            .values_list("place", "dimension", "line", *(f"all_{name}" for name in sums))
        )
    return {
        (region, dimension): _Sums(*found)
        for region, dimension, line, *found in sorted(rows)
        if lines.get(dimension) == line
    }


def _by_province(every: Table) -> Table:
    found: Table = defaultdict(_Sums)
    for (region, dimension), one in every.items():
        found[province_of(region), dimension].add(one)
    return found


def _whole(found: Table) -> dict[str, _Sums]:
    """Return the sums of all these regions by dimension."""
    made: dict[str, _Sums] = defaultdict(_Sums)
    for (_region, dimension), one in found.items():
        made[dimension].add(one)
    return made


def _shown(every: Table) -> dict[str, Shown]:
    """Return of each dimension what can be shown to whoever does not see all."""
    firms: dict[str, dict[str, int]] = defaultdict(dict)
    for (region, dimension), one in every.items():
        firms[dimension][region] = one.firms
    return {dimension: shown(several, least=SMALLEST_CELL) for dimension, several in firms.items()}


def _cells(found: Table, can_show: Mapping[str, Shown] | None, *, is_whole: bool) -> Iterator[Cell]:
    """Yield the cells, without the levels that cannot be shown; all can without ``can_show``."""
    for (region, dimension), one in found.items():
        is_shown = can_show is None or _can_show(can_show[dimension], region, is_whole=is_whole)
        level, low = (one.level, one.low) if is_shown else (None, 0)
        yield Cell(region, dimension, one.firms, level, one.weight, low)


def _can_show(known: Shown, region: str, *, is_whole: bool) -> bool:
    return known.province(region) if is_whole else known.place(region)


def _topic(dimension: str, one: _Sums) -> Topic:
    return Topic(dimension, one.firms, one.level, one.weight, one.low)


def _ranked(found: Sequence[Topic]) -> list[Topic]:
    return sorted(found, key=lambda one: (-one.need, one.dimension))
