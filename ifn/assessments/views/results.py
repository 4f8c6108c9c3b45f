"""What came of the assessments of one firm: its levels, and how they went over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.instruments.document import Document
from ifn.assessments.models import Assessment, Score
from ifn.assessments.queries.assessments import scores_of
from ifn.assessments.queries.instruments import document_of
from ifn.assessments.views import writing
from ifn.assessments.views.radar import Ring, radar
from ifn.assessments.wording import level_text
from ifn.directory.queries import business_and_role

#: Assessments of one firm that a picture can hold.
MOST_RINGS = 4


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A dimension with both views and the gap between them."""

    number: int
    code: str
    name: str
    own: str
    assessor: str
    gap: str
    answered: str


def levels_of(document: Document, scores: Sequence[Score]) -> list[LevelRow]:
    """Return the levels of one assessment; nothing before it was handed in."""
    by_key = {(one.dimension, one.side): one for one in scores}
    rows = []
    for number, one in enumerate(document.scored_dimensions, start=1):
        own, other = by_key.get((one.code, "own")), by_key.get((one.code, "assessor"))
        if own or other:
            share = max(row.answered for row in (own, other) if row)
            rows.append(
                LevelRow(
                    number,
                    one.code,
                    one.name.said(writing.language()),
                    level_text(own.level) if own else "",
                    level_text(other.level) if other else "",
                    _gap(own, other),
                    f"{share * 100:.0f} %",
                )
            )
    return rows


def _gap(own: Score | None, other: Score | None) -> str:
    """Return by how much a firm sees itself higher, or lower, with its sign."""
    if own is None or other is None:
        return ""
    apart = own.level - other.level
    return f"+{level_text(apart)}" if apart > 0 else level_text(apart)


def axes_of(document: Document) -> list[tuple[str, str]]:
    """Return the axes of a radar: the scored dimensions with their numbers in tables."""
    return [(one.code, str(n)) for n, one in enumerate(document.scored_dimensions, start=1)]


def radar_of(document: Document, scores: Sequence[Score]) -> SafeString:
    """Return the picture of both views of one assessment."""
    rings = []
    for side, label in (("own", _("The firm's own view")), ("assessor", _("The assessor's view"))):
        levels = {one.dimension: float(one.level) for one in scores if one.side == side}
        if levels:
            rings.append(Ring(label, levels))
    return radar(axes_of(document), rings, title=_("Levels by dimension"))


@access.members
@require_safe
def firm(request: SignedInRequest, number: str) -> HttpResponse:
    """Show a firm's approved assessments over time, only to its people and who assesses it."""
    found = business_and_role(number.upper(), request.user)
    if found is None:
        raise Http404
    business, role = found
    access.require(bool(role) or policies.can_assess(request.user, business))
    done = list(
        Assessment.objects.of_firms([business.pk])
        .approved()
        .select_related("version__instrument")
        .order_by("assessed_on", "pk")
    )
    latest = next((one for one in reversed(done)), None)
    context = {"business": business, "done": done, "latest": latest}
    if latest is not None:
        context |= _over_time(
            latest, [one for one in done if one.instrument_id == latest.instrument_id]
        )
    return render(request, "assessments/firm.html", context)


def _over_time(latest: Assessment, done: Sequence[Assessment]) -> dict[str, object]:
    """Return the picture and the table of levels that may be compared with the latest."""
    document, lines = document_of(latest.version), latest.version.lines
    scores = scores_of(done)
    columns = []
    for one in done[-MOST_RINGS:]:
        counted: dict[str, Score] = {}
        for row in scores.get(one.pk, []):
            if lines.get(row.dimension) == row.line and (
                row.side == "assessor" or row.dimension not in counted
            ):
                counted[row.dimension] = row
        columns.append((one, counted))
    rings = [
        Ring(
            date_format(one.assessed_on, "j M Y"),
            {code: float(row.level) for code, row in counted.items()},
        )
        for one, counted in columns
        if counted
    ]
    rows = [
        {
            "number": place,
            "name": dimension.name.said(writing.language()),
            "cells": [
                level_text(counted[dimension.code].level) if dimension.code in counted else ""
                for _one, counted in columns
            ],
        }
        for place, dimension in enumerate(document.scored_dimensions, start=1)
    ]
    return {
        "radar": radar(axes_of(document), rings, title=_("Levels by dimension over time")),
        "columns": [one for one, _counted in columns],
        "rows": rows,
        "document": document,
    }
