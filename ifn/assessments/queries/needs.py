"""What firms need, from the latest approved assessment of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Avg, Count, Q, QuerySet

from ifn.assessments.models import Assessment, Instrument, Score
from ifn.assessments.scoring import need as need_of
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


def matrix(
    instrument: Instrument | int,
    lines: dict[str, int],
    *,
    inside: Q | None = None,
    sees_all: bool = False,
) -> list[Cell]:
    """Return region by dimension how firms stand; only levels of comparable versions.

    ``lines`` are those of the version whose levels are asked for. Who does not see all gets no
    level of a cell with fewer than five firms.
    """
    comparable = Q(pk__in=[])
    for dimension, line in lines.items():
        comparable |= Q(dimension=dimension, line=line)
    found = Score.objects.current().filter(comparable, instrument=instrument)
    if inside is not None:
        found = found.filter(inside)
    rows = (
        found.values("business__region", "dimension")
        .annotate(firms=Count("pk"), mean=Avg("level"), share=Avg("weight"))
        .order_by("business__region", "dimension")
        .values_list("business__region", "dimension", "firms", "mean", "share")
    )
    cent, fine = Decimal("0.01"), Decimal("0.0001")
    return [
        Cell(
            region or "",
            dimension,
            firms,
            Decimal(mean).quantize(cent) if sees_all or firms >= SMALLEST_CELL else None,
            Decimal(share).quantize(fine),
        )
        for region, dimension, firms, mean, share in rows
    ]


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


def topics(
    instrument: Instrument | int, lines: dict[str, int], inside: Q, *, sees_all: bool
) -> list[Topic]:
    """Return the dimensions by what the firms of a region need most; one query."""
    comparable = Q(pk__in=[])
    for dimension, line in lines.items():
        comparable |= Q(dimension=dimension, line=line)
    rows = (
        Score.objects.current()
        .filter(comparable, inside, instrument=instrument)
        .values("dimension")
        .annotate(
            firms=Count("pk"),
            mean=Avg("level"),
            share=Avg("weight"),
            low=Count("pk", filter=Q(level__lt=2)),
        )
        .order_by("dimension")
        .values_list("dimension", "firms", "mean", "share", "low")
    )
    found = [
        Topic(
            dimension,
            firms,
            Decimal(mean).quantize(Decimal("0.01")),
            Decimal(share).quantize(Decimal("0.0001")),
            low,
        )
        for dimension, firms, mean, share, low in rows
        if sees_all or firms >= SMALLEST_CELL
    ]
    return sorted(found, key=lambda one: (-one.need, one.dimension))


def firms_by_need(instrument: Instrument | int) -> QuerySet[Assessment]:
    """Return the latest approved assessment of each firm, the greatest need first."""
    return (
        Assessment.objects.filter(instrument=instrument, is_latest=True)
        .select_related("business__region", "version")
        .order_by("-need", "pk")
    )
