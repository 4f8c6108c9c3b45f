"""The report of a batch: who, why, what was taught, what changed, what was promised and paid."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.programmes.models import Outcome
from ifn.programmes.queries.reporting import Material
from ifn.programmes.reporting import around, change, people, teaching
from ifn.programmes.reporting.parts import Report
from ifn.programmes.reporting.words import days_of, place_of

__all__ = ["Report", "report_of"]


def report_of(material: Material) -> Report:
    """Return the report in the language in force, the same for page, PDF and sheets."""
    batch = material.batch
    parts = [
        people.who(material),
        people.why(material),
        teaching.taught(material),
        teaching.attendance(material),
        teaching.tests(material),
        around.pictures(material),
        change.answered(material),
        change.changed(material),
        change.compared(material),
        around.promises(material),
        around.money(material),
    ]
    return Report(
        code=batch.code,
        title=batch.title,
        subtitle=f"{days_of(batch.starts_on, batch.ends_on)} · {place_of(batch)}",
        wave=str(Outcome.When(material.wave).label),
        made_on=localdate(material.at, batch.zone),
        scope="" if material.is_whole else _("Only the firms of your region."),
        is_demo=batch.is_demo,
        sections=[one for one in parts if one is not None],
    )
