"""What firms need, from the latest approved assessment of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Substr

from ifn.assessments.models import Assessed, Assessment, Instrument, Score
from ifn.assessments.models.assessments import HIGHEST
from ifn.assessments.models.standings import TEN_THOUSANDTHS
from ifn.assessments.queries.standings import Where, key_of
from ifn.assessments.scoring import need as need_of
from ifn.assessments.scoring.levels import FINE
from ifn.directory.models import Business

#: Dimensions named of each firm, those in which most is missing.
LOWEST: Final = 3


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
class Needing:
    """How many firms of a region were assessed, and what they need on average, 0 to 1."""

    firms: int
    need: Decimal


def needing(instrument: Instrument | int, where: Where) -> dict[str, Needing]:
    """Return what the assessed firms of each region need, for the staff; one query.

    Of the firms that the office counts only, as are all sums by region.
    """
    rows: QuerySet[Assessed, Any] = Assessed.objects.filter(
        where.condition(), instrument=instrument, firms__gt=0
    )
    if not where.is_whole:
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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A firm's assessment that counts, and the dimensions in which most is missing."""

    assessment_id: int
    number: str
    name: str
    region: str | None
    #: Whether the office counts the firm; hidden ones stand in the list and are in no sum.
    is_counted: bool
    need: Decimal
    assessed_on: date
    lowest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of firms from the greatest need on, which page of how many it is."""

    number: int
    last: int
    total: int
    firms: tuple[Ranked, ...]


def firms_by_need(
    instrument: Instrument | int, where: Where, *, number: int = 1, size: int = 50
) -> Page:
    """Return a page of firms by the need of their latest approved assessment, the greatest first.

    A page beyond the last is the last. Three queries when something changed, else none.
    """
    key, stamp = key_of(instrument)
    total = _kept_total(key, stamp, where)
    last = max(1, -(-total // size))
    number = min(max(number, 1), last)
    firms = _kept_firms(key, stamp, where, (number - 1) * size, size)
    return Page(number, last, total, firms)


@lru_cache(maxsize=256)
def _kept_total(instrument: int, _stamp: int | None, where: Where) -> int:
    return _latest(instrument, where).count()


def _latest(instrument: int, where: Where) -> QuerySet[Assessment]:
    return Assessment.objects.filter(
        where.condition("business__region__code"), instrument=instrument, is_latest=True
    )


@lru_cache(maxsize=256)
def _kept_firms(
    instrument: int, _stamp: int | None, where: Where, first: int, size: int
) -> tuple[Ranked, ...]:
    firm = [f"business__{name}" for name in ("number", "name", "region", "kind", "status")]
    latest = _latest(instrument, where).order_by("-need", "pk")
    rows = list(latest.values_list("pk", "need", "assessed_on", *firm)[first : first + size])
    missing = (HIGHEST - F("level")) * F("weight")
    lowest: dict[int, list[str]] = defaultdict(list)
    for pk, dimension in (
        Score.objects.current()
        .filter(assessment__in=[row[0] for row in rows])
        .order_by(missing.desc(), "pk")
        .values_list("assessment", "dimension")
    ):
        lowest[pk].append(dimension)
    return tuple(
        Ranked(
            pk,
            number,
            name,
            region,
            kind == Business.Kind.BUSINESS and status in Business.COUNTED,
            need or Decimal(0),
            day,
            tuple(lowest[pk][:LOWEST]),
        )
        for pk, need, day, number, name, region, kind, status in rows
    )
