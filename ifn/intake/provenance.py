"""Where each fact of a profile comes from: who stated it and when, and the row of which list."""

from collections.abc import Iterable
from dataclasses import dataclass

from ifn.directory.models import Business
from ifn.directory.provenance import Statement
from ifn.directory.whole import whole
from ifn.intake.models import Row


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field comes from; ``row`` is the row of a list that wrote it, if one did."""

    stated: Statement
    row: Row | None


def provenance_of(business: Business) -> list[Origin]:
    """Return where each field of a profile comes from; two queries."""
    rows = list(
        Row.objects.filter(business=business, state=Row.State.APPLIED)
        .select_related("list__source", "list__actor", "decided_by", "applied_by")
        .order_by("-applied_at", "-pk")
    )
    return [Origin(one, _wrote(one, rows)) for one in whole(business).statements]


def _wrote(stated: Statement, rows: Iterable[Row]) -> Row | None:
    """Return the last row of the source that wrote the field."""
    for row in rows:
        if row.list.source_id == stated.source and (
            row.outcome == Row.Outcome.CREATED or stated.field in row.written.get("fields", ())
        ):
            return row
    return None
