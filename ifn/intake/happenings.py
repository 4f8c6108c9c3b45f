"""What a firm's timeline tells of the lists that its facts came with."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ifn.directory.timeline import Kind, Moment, Place, Window, actor_name
from ifn.intake.models import Row

APPLIED: Final = "intake.row"
_TITLES: Final[Mapping[str, Promise]] = {
    Row.Outcome.CREATED: _("Came in with a list"),
    Row.Outcome.REVISED: _("Brought up to date by a list"),
    Row.Outcome.UNCHANGED: _("Found again in a list, nothing new"),
}


def rows_applied(window: Window) -> list[Moment]:
    """Return by which lists the profile was entered or changed; the staff reads row and file."""
    found = Row.objects.filter(business__in=window.keys, state=Row.State.APPLIED)
    rows = window.cut(
        found.select_related("list__source", "applied_by").defer("raw", "facts", "candidates"),
        APPLIED,
        "applied_at",
    )
    return [
        Moment(
            Place(one.applied_at, APPLIED, one.pk),
            Kind.LIST,
            str(_TITLES[one.outcome]),
            actor_name(one.applied_by, window),
            _about(one, window),
            thing=one if window.is_staff else None,
            via=window.via(one.business_id or 0),
        )
        for one in rows
        if one.applied_at
    ]


def _about(one: Row, window: Window) -> tuple[str, ...]:
    if not window.is_staff:
        return (one.list.source.label,)
    return one.list.source.label, f"{one.list.file_name}, {one.position}"
