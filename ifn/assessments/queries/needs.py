"""What firms need, from the latest approved assessment of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Substr

from ifn.assessments.models import Assessed, Assessment, Instrument, Score, Standing
from ifn.assessments.models.standings import HUNDREDTHS, TEN_THOUSANDTHS
from ifn.assessments.scoring import need as need_of
from ifn.assessments.scoring.hiding import Shown, province_of, shown
from ifn.assessments.scoring.levels import CENT, FINE
from ifn.directory.models import Business

#: Fewer firms than this in one cell could be told apart by whoever knows the place.
SMALLEST_CELL: Final = 5


@dataclass(frozen=True, slots=True)
class Need:
    """How a firm stands in one dimension, and since when that is known."""

    business_id: int
    dimension: str
    #: 0 to 4.
    level: Decimal
    #: Share of the dimension in the weight of all, 0 to 1.
    weight: Decimal
    assessed_on: date
    version_id: int

    @property
    def need(self) -> Decimal:
        """Return what is missing to the highest level, times the weight."""
        return need_of(self.level, self.weight)


def needs(
    businesses: QuerySet[Business] | Iterable[int], instrument: Instrument | int | None = None
) -> list[Need]:
    """Return what these firms need, one line a dimension; one query.

    Firms of which no assessment was approved have none. ``businesses`` are rows, keys, or a
    question for rows; without an ``instrument`` each that a firm was assessed with speaks.
    """
    found = Score.objects.current().filter(business__in=businesses)
    if instrument is not None:
        found = found.filter(instrument=instrument)
    return [
        Need(*row)
        for row in found.order_by("business_id", "instrument_id", "pk").values_list(
            *("business_id", "dimension", "level", "weight"),
            *("assessment__assessed_on", "assessment__version_id"),
        )
    ]


@dataclass(frozen=True, slots=True)
class Where:
    """Of which places is asked, and who asks.

    ``place`` is a province, whose regencies and cities are rows, or one of these; without it the
    provinces are. ``within`` are the regions of whoever asks, None everywhere. Who does not see
    all gets no level from which that of a few firms could be worked out (``scoring.hiding``).
    """

    place: str = ""
    within: tuple[str, ...] | None = None
    sees_all: bool = True

    def condition(self, path: str = "region") -> Q:
        """Return the condition that a region, whose code is at ``path``, is asked for."""
        found = inside([self.place], path) if self.place else Q()
        return found if self.within is None else found & inside(self.within, path)


def inside(codes: Iterable[str], path: str) -> Q:
    """Return the condition that the code at ``path`` is one of these regions, or lies in one."""
    found = Q(pk__in=[])
    for code in codes:
        found |= Q(**{path: code}) | Q(**{f"{path}__startswith": f"{code}."})
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """How the firms of one region stand in one dimension on average."""

    region: str
    dimension: str
    firms: int
    level: Decimal | None
    weight: Decimal

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


def topics(instrument: Instrument | int, lines: Mapping[str, int], where: Where) -> list[Topic]:
    """Return the dimensions by what the firms of a region need most; one query."""
    return matrix_and_topics(instrument, lines, where)[1]


def topics_by_region(
    instrument: Instrument | int, lines: Mapping[str, int], where: Where
) -> dict[str, Topic]:
    """Return of each region the dimension that its firms need most, for the staff; one query."""
    found: dict[str, list[Topic]] = defaultdict(list)
    for (region, dimension), one in _sums(instrument, lines, where).items():
        found[region].append(_topic(dimension, one))
    return {region: _ranked(several)[0] for region, several in found.items()}


def matrix_and_topics(
    instrument: Instrument | int, lines: Mapping[str, int], where: Where
) -> tuple[list[Cell], list[Topic]]:
    """Return region by dimension how firms stand, and what they need most; one query.

    Regions are provinces, or regencies and cities. Only levels of comparable versions count:
    ``lines`` are those of the version whose levels are asked for.
    """
    if where.sees_all:
        found = _sums(instrument, lines, where)
        return _cells(found), _ranked(
            [_topic(dimension, one) for dimension, one in _whole(found).items()]
        )
    every = _sums(instrument, lines, where, is_whole_country=True)
    can_show = _shown(every)
    # Without a place regions are whole provinces; otherwise single places.
    found = every if where.place else _by_province(every)
    if where.place:
        prefix = f"{where.place}."
        found = {key: one for key, one in every.items() if f"{key[0]}.".startswith(prefix)}
    cells = _cells(found, can_show, is_whole=not where.place)
    # A place that is no province is asked for as such; a province, and the country, as a whole.
    is_whole = province_of(where.place) == where.place
    return cells, _ranked(
        [
            _topic(dimension, one)
            for dimension, one in _whole(found).items()
            if can_show[dimension].of(where.place, is_whole=is_whole)
        ]
    )


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
    if is_whole_country or where.place:
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


def _cells(
    found: Table, can_show: Mapping[str, Shown] | None = None, *, is_whole: bool = True
) -> list[Cell]:
    """Return the cells, without the levels that cannot be shown; all can without ``can_show``."""
    return [
        Cell(
            region,
            dimension,
            one.firms,
            one.level
            if can_show is None or _can_show(can_show[dimension], region, is_whole=is_whole)
            else None,
            one.weight,
        )
        for (region, dimension), one in found.items()
    ]


def _can_show(known: Shown, region: str, *, is_whole: bool) -> bool:
    return known.province(region) if is_whole else known.place(region)


def _topic(dimension: str, one: _Sums) -> Topic:
    return Topic(dimension, one.firms, one.level, one.weight, one.low)


def _ranked(found: Sequence[Topic]) -> list[Topic]:
    return sorted(found, key=lambda one: (-one.need, one.dimension))


@dataclass(frozen=True, slots=True)
class Needing:
    """How many firms of a region were assessed, and what they need on average, 0 to 1."""

    firms: int
    need: Decimal


def needing(instrument: Instrument | int, where: Where) -> dict[str, Needing]:
    """Return what the assessed firms of each region need, for the staff; one query."""
    rows: QuerySet[Assessed, Any] = Assessed.objects.filter(
        where.condition(), instrument=instrument, firms__gt=0
    )
    if where.place:
        rows = rows.values_list("region", "firms", "needs")
    else:
        rows = (
            rows.annotate(place=Substr("region", 1, 2))
            .values("place")
            .annotate(all_firms=Sum("firms"), all_needs=Sum("needs"))
            .values_list("place", "all_firms", "all_needs")
        )
    return {
        region: Needing(firms, (needs / TEN_THOUSANDTHS / firms).quantize(FINE))
        for region, firms, needs in rows
    }


def count_assessed(instrument: Instrument | int, where: Where) -> int:
    """Return how many firms have an assessment that counts; one query, however many."""
    found = Assessed.objects.filter(where.condition(), instrument=instrument)
    return found.aggregate(total=Sum("firms"))["total"] or 0


def firms_by_need(
    instrument: Instrument | int, where: Where, *, first: int = 0, last: int | None = None
) -> list[Assessment]:
    """Return the latest approved assessments with their firms, the greatest need first.

    Two queries; the first one finds the keys of a page in the index.
    """
    rows = Assessment.objects.filter(
        where.condition("business__region__code"), instrument=instrument, is_latest=True
    )
    keys = list(rows.order_by("-need", "pk").values_list("pk", flat=True)[first:last])
    found = Assessment.objects.select_related("business").in_bulk(keys)
    return [found[key] for key in keys]
