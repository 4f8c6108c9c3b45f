"""Where each fact of a profile comes from: who stated it and when, and the row of which list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ifn.directory.models import Attribution, Business, Source
from ifn.intake.models import Row


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field comes from; ``row`` is the row of a list that wrote it, if one did."""

    field: str
    source: Source
    stated_on: date
    row: Row | None


def provenance_of(business: Business) -> list[Origin]:
    """Return where each field of a profile comes from; two queries."""
    stated = Attribution.objects.filter(business=business).select_related("source")
    rows = list(
        Row.objects.filter(business=business, state=Row.State.APPLIED)
        .select_related("list__source", "list__actor", "decided_by", "applied_by")
        .order_by("-applied_at", "-pk")
    )
    return [
        Origin(one.field, one.source, one.stated_on, _wrote(one, rows))
        for one in stated.order_by("field")
    ]


def _wrote(stated: Attribution, rows: Iterable[Row]) -> Row | None:
    """Return the last row of the source that wrote the field."""
    for row in rows:
        if row.list.source_id == stated.source_id and (
            row.outcome == Row.Outcome.CREATED or stated.field in row.written.get("fields", ())
        ):
            return row
    return None
