"""Load the figures that ship with the platform."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from ifn.audit.actions import record
from ifn.regions.editions import renew
from ifn.regions.shipped import Loaded
from ifn.statistics.models import Figure
from ifn.statistics.wording import partial_date

SHIPPED = Path(__file__).parent / "data" / "figures.csv"
KEY: Final = ("indicator", "scope", "measure", "period", "url")
TEXTS: Final = (
    "name_id",
    "name_en",
    "unit",
    "status",
    "source_title",
    "publisher",
    "source_date",
    "note",
)
FIELDS: Final = (*TEXTS, "year", "value")

_MOMENT = r"[0-9]{4}(?:-(?:Q[1-4]|H[12]|[01][0-9](?:-[0-3][0-9])?))?"
_PERIOD = re.compile(rf"(?:(?:{_MOMENT}|\.\.)/)?(?P<last>{_MOMENT})")


class BadFigure(ValueError):  # noqa: N818
    """A row of the file that cannot be a figure; nothing of the file is loaded."""


@transaction.atomic
def load_shipped(*, at: datetime, path: Path = SHIPPED) -> Loaded:
    """Make the figures those of the shipped file; a second load of the same file writes nothing.

    Figures are not edited in the platform, so one that is gone from the file goes.

    Raises:
        BadFigure: A row has a period, date, value or choice that is none.

    """
    known = {_key_of(figure): figure for figure in Figure.objects.all()}
    created, updated = [], []
    for key, values in _rows(path):
        figure = known.pop(key, None)
        if figure is None:
            created.append(Figure(**dict(zip(KEY, key, strict=True)), **values))
        elif any(getattr(figure, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(figure, name, value)
            updated.append(figure)
    gone = [figure.pk for figure in known.values()]
    loaded = Loaded(created=len(created), updated=len(updated), retired=len(gone))
    if loaded.wrote:
        Figure.objects.filter(pk__in=gone).delete()
        Figure.objects.bulk_create(created)
        Figure.objects.bulk_update(updated, FIELDS)
        record(
            "statistics.figures.loaded",
            renew("statistics", at=at),
            actor=None,
            at=at,
            created=loaded.created,
            updated=loaded.updated,
            removed=loaded.retired,
        )
    return loaded


def year_of(period: str) -> int:
    """Return the year in which a period ends.

    Raises:
        BadFigure: It is not written as periods are.

    """
    match = _PERIOD.fullmatch(period)
    if not match:
        raise BadFigure(f"no period: {period!r}")
    return int(match["last"][:4])


def _key_of(figure: Figure) -> tuple[str, ...]:
    return tuple(getattr(figure, name) for name in KEY)


def _rows(path: Path) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(row[name] for name in KEY), _values(row)


def _values(row: dict[str, str]) -> dict[str, Any]:
    _check_choices(row)
    try:
        partial_date(row["source_date"])
        value = Decimal(row["value"])
    except (ValueError, ArithmeticError) as fault:
        raise BadFigure(f"{row['indicator']} {row['period']}: {fault}") from fault
    return {
        **{name: row[name] for name in TEXTS},
        "year": year_of(row["period"]),
        "value": value,
    }


def _check_choices(row: dict[str, str]) -> None:
    choices = {
        "scope": Figure.Scope,
        "measure": Figure.Measure,
        "unit": Figure.Unit,
        "status": Figure.Status,
    }
    for name, known in choices.items():
        if row[name] not in known.values:
            raise BadFigure(f"{row['indicator']} {row['period']}: {name} {row[name]!r}")
