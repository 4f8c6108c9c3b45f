"""What firms need, from the latest approved assessment of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import Substr

from ifn.assessments.models import Assessment, Instrument, Score
from ifn.assessments.scoring import need as need_of
from ifn.assessments.scoring.levels import CENT, FINE
from ifn.directory.models import Business

#: Fewer firms than this in one cell could be told apart by whoever knows the place.
SMALLEST_CELL: Final = 5
#: Below this level things are not done regularly yet.
LOW: Final = 2


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
class Cell:
    """How the firms of one region stand in one dimension on average."""

    region: str
    dimension: str
    firms: int
    level: Decimal | None
    weight: Decimal

    @property
    def is_hidden(self) -> bool:
        """Say whether there are too few firms to show it."""
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


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the database counts of one region and dimension."""

    region: str
    dimension: str
    firms: int
    level: Decimal
    weight: Decimal
    low: int


def _standings(
    instrument: Instrument | int, lines: dict[str, int], inside: Q, *, by_province: bool
) -> list[_Standing]:
    """Return how firms stand, region by dimension, in comparable versions; one query."""
    comparable = Q(pk__in=[])
    for dimension, line in lines.items():
        comparable |= Q(dimension=dimension, line=line)
    region: Any = F("business__region")
    if by_province:
        region = Substr("business__region", 1, 2)
    rows = (
        Score.objects.current()
        .filter(comparable, inside, instrument=instrument)
        .annotate(place=region)
        .values("place", "dimension")
        .annotate(
            firms=Count("pk"),
            mean=Avg("level"),
            share=Avg("weight"),
            low=Count("pk", filter=Q(level__lt=LOW)),
        )
        .order_by("place", "dimension")
        .values_list("place", "dimension", "firms", "mean", "share", "low")
    )
    return [
        _Standing(place or "", dimension, firms, Decimal(mean), Decimal(share), low)
        for place, dimension, firms, mean, share, low in rows
    ]


def topics(
    instrument: Instrument | int, lines: dict[str, int], inside: Q, *, sees_all: bool
) -> list[Topic]:
    """Return the dimensions by what the firms of a region need most; one query."""
    return _topics(_standings(instrument, lines, inside, by_province=True), sees_all=sees_all)


def matrix_and_topics(
    instrument: Instrument | int,
    lines: dict[str, int],
    inside: Q,
    *,
    by_province: bool,
    sees_all: bool,
) -> tuple[list[Cell], list[Topic]]:
    """Return region by dimension how firms stand, and what they need most; one query.

    Regions are provinces, or regencies and cities. Only levels of comparable versions count:
    ``lines`` are those of the version whose levels are asked for. Who does not see all gets no
    level of a cell with fewer than five firms.
    """
    found = _standings(instrument, lines, inside, by_province=by_province)
    return _cells(found, sees_all=sees_all), _topics(found, sees_all=sees_all)


def _cells(found: Sequence[_Standing], *, sees_all: bool) -> list[Cell]:
    return [
        Cell(
            one.region,
            one.dimension,
            one.firms,
            one.level.quantize(CENT) if sees_all or one.firms >= SMALLEST_CELL else None,
            one.weight.quantize(FINE),
        )
        for one in found
    ]


def _topics(found: Sequence[_Standing], *, sees_all: bool) -> list[Topic]:
    by_dimension: dict[str, list[_Standing]] = {}
    for one in found:
        by_dimension.setdefault(one.dimension, []).append(one)
    made = []
    for dimension, rows in by_dimension.items():
        firms = sum(row.firms for row in rows)
        if sees_all or firms >= SMALLEST_CELL:
            level = sum((row.level * row.firms for row in rows), Decimal(0)) / firms
            weight = sum((row.weight * row.firms for row in rows), Decimal(0)) / firms
            low = sum(row.low for row in rows)
            made.append(Topic(dimension, firms, level.quantize(CENT), weight.quantize(FINE), low))
    return sorted(made, key=lambda one: (-one.need, one.dimension))


def firms_by_need(instrument: Instrument | int) -> QuerySet[Assessment]:
    """Return the latest approved assessment of each firm, the greatest need first."""
    return (
        Assessment.objects.filter(instrument=instrument, is_latest=True)
        .select_related("business__region", "version")
        .order_by("-need", "pk")
    )
