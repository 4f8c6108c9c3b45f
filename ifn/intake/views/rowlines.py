"""A row of a list as one line: what it is, why, and what is decided."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ifn.intake.finding import RowFilter
from ifn.intake.models import Row
from ifn.intake.views.writing import ROW_LOOKS, row_address
from ifn.intake.wording import notes_of, reason_of
from ifn.regions.queries import Regions


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the rows."""

    pk: int
    position: int
    href: str
    title: str
    place: str
    label: str
    tone: str
    icon: str
    reason: str
    #: In whole percent; nothing where nothing was compared.
    percent: int | None
    decision: str
    person: str


def line(row: Row, wanted: RowFilter, regions: Regions) -> Line:
    """Return a row as a line; its profile and person are read already."""
    tone, icon = ROW_LOOKS.get(row.state, ("", ""))
    return Line(
        pk=row.pk,
        position=row.position,
        href=row_address(row, wanted),
        title=row.name or _without_name(row),
        place=regions.full_name(row.region_id),
        label=str(row.get_state_display()),
        tone=tone,
        icon=icon,
        reason=reason_in(row),
        percent=percent_of(row.probability),
        decision=said_decision(row),
        person=row.decided_by.name if row.decided_by else "",
    )


def reason_in(row: Row) -> str:
    """Return why a row is where it is, and what to look at; its evidence stands elsewhere."""
    return " ".join([*reason_of(row.reason, row.details), *notes_of(row.details)])


def _without_name(row: Row) -> str:
    cells = " · ".join(str(cell) for cell in row.raw if cell)[:80]
    return cells or _("Row %d") % row.position


def percent_of(probability: float | None) -> int | None:
    """Return a likeliness in whole percent that never says it is certain."""
    if probability is None:
        return None
    return min(99, max(1, round(100 * probability)))


def said_decision(row: Row) -> str:
    """Return what is decided for a row, in words; nothing while it is open."""
    if row.decision == Row.Decision.JOIN and row.business is not None:
        return _("Is %(name)s (%(number)s)") % {
            "name": row.business.name,
            "number": row.business.public_number,
        }
    return str(row.get_decision_display()) if row.decision else ""
