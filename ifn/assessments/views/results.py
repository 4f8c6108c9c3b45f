"""What came of assessments: levels of a firm over time, regions by dimension, firms by need."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.instruments.document import Document
from ifn.assessments.models import Assessment, InstrumentVersion, Score
from ifn.assessments.queries.assessments import in_territory, scores_of, territory_of
from ifn.assessments.queries.instruments import document_of
from ifn.assessments.queries.needs import Cell, Topic, firms_by_need, matrix_and_topics
from ifn.assessments.scoring import need
from ifn.assessments.views import writing
from ifn.assessments.views.radar import Ring, radar
from ifn.directory.queries import business_and_role
from ifn.regions.queries import all_regions
from ifn.ui.numbers import readable

PER_PAGE = 50
#: Assessments of one firm that a picture can hold.
MOST_RINGS = 4
#: How far a colour of the matrix goes: below these levels.
BANDS = (Decimal(1), Decimal(2), Decimal(3))


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
                    readable(float(own.level)) if own else "",
                    readable(float(other.level)) if other else "",
                    _gap(own, other),
                    f"{share * 100:.0f} %",
                )
            )
    return rows


def _gap(own: Score | None, other: Score | None) -> str:
    """Return by how much a firm sees itself higher, or lower, with its sign."""
    if own is None or other is None:
        return ""
    apart = float(own.level - other.level)
    return f"+{readable(apart)}" if apart > 0 else readable(apart)


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
                readable(float(counted[dimension.code].level)) if dimension.code in counted else ""
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


def _version(request: SignedInRequest) -> tuple[InstrumentVersion | None, list[InstrumentVersion]]:
    """Return the version whose lines the page shows: the one asked for, else the newest."""
    every = list(
        InstrumentVersion.objects.exclude(state=InstrumentVersion.State.DRAFT)
        .select_related("instrument")
        .order_by("-used_at", "-pk")
    )
    newest: dict[int, InstrumentVersion] = {}
    for one in every:
        newest.setdefault(one.instrument_id, one)
    offered = list(newest.values())
    wanted = request.GET.get("kuesioner", "")
    chosen = next((one for one in offered if one.instrument.code == wanted), None)
    return chosen or next(iter(offered), None), offered


def _inside(request: SignedInRequest) -> tuple[Q, str]:
    """Return the condition that rows lie in the wanted province or regency, and its code."""
    place = all_regions().get(request.GET.get("wilayah"))
    if place is None:
        return Q(), ""
    return Q(business__region=place.code) | Q(
        business__region__code__startswith=f"{place.code}."
    ), place.code


@access.staff
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Show regions by dimension, and which topics a region needs most, with the reason.

    A regional officer sees the regions of their territory.
    """
    access.require(policies.can_assess_any(request.user))
    return _matrix_page(request, territory_of(request.user), sees_all=True)


@access.members
@require_safe
def regions(request: SignedInRequest) -> HttpResponse:
    """Show members the same, without cells of fewer than five firms."""
    return _matrix_page(request, Q(), sees_all=False)


def _matrix_page(request: SignedInRequest, within: Q, *, sees_all: bool) -> HttpResponse:
    version, offered = _version(request)
    wanted, code = _inside(request)
    inside = wanted & within
    context: dict[str, object] = {
        "version": version,
        "offered": offered,
        "provinces": all_regions().provinces,
        "wanted": code,
        "place": all_regions().get(code),
        "is_staff": sees_all,
    }
    if version is not None:
        document = document_of(version)
        cells, found = matrix_and_topics(
            version.instrument_id,
            version.lines,
            inside,
            by_province=not code,
            sees_all=sees_all,
        )
        names = writing.names(document)
        context |= {
            "document": document,
            "dimensions": [(one.code, names[one.code]) for one in document.scored_dimensions],
            "table": _table(document, cells),
            "topics": [
                {"name": names.get(one.dimension, one.dimension), "why": _why(one), "one": one}
                for one in found
            ],
        }
    return render(request, "assessments/overview.html", context)


def _table(document: Document, cells: Sequence[Cell]) -> list[dict[str, object]]:
    places = all_regions()
    rows: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.region, {})[cell.dimension] = cell
    return [
        {
            "code": code,
            "name": place.short_name if (place := places.get(code)) else _("Place not stated"),
            "firms": max(one.firms for one in found.values()),
            "cells": [_shown(found.get(one.code)) for one in document.scored_dimensions],
        }
        for code, found in sorted(rows.items())
    ]


def _shown(cell: Cell | None) -> dict[str, object]:
    if cell is None:
        return {"text": "–", "band": ""}
    if cell.level is None:
        return {"text": _("few"), "band": "few"}
    band = sum(cell.level >= one for one in BANDS)
    return {"text": readable(float(cell.level)), "band": str(band), "firms": cell.firms}


def _why(one: Topic) -> str:
    said = {
        "level": readable(float(one.level)),
        "firms": one.firms,
        "low": one.low,
        "share": readable(round(float(one.weight) * 100, 1)),
    }
    return (
        ngettext(
            "%(firms)d firm, on average at level %(level)s; %(low)d below level 2. "
            "The topic is %(share)s %% of the whole weight.",
            "%(firms)d firms, on average at level %(level)s; %(low)d below level 2. "
            "The topic is %(share)s %% of the whole weight.",
            one.firms,
        )
        % said
    )


@access.staff
@require_safe
def by_need(request: SignedInRequest) -> HttpResponse:
    """Show the firms of this person's regions, the greatest need first."""
    access.require(policies.can_assess_any(request.user))
    version, offered = _version(request)
    inside, code = _inside(request)
    context: dict[str, object] = {
        "version": version,
        "offered": offered,
        "provinces": all_regions().provinces,
        "wanted": code,
    }
    if version is not None:
        found = in_territory(firms_by_need(version.instrument_id).filter(inside), request.user)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
        places = all_regions()
        names = writing.names(document_of(version))
        lowest = _lowest(list(page))
        context |= {
            "document": document_of(version),
            "page": page,
            "rows": [
                {
                    "one": one,
                    "place": place.short_name
                    if (place := places.get(one.business.region_id))
                    else "",
                    "need": f"{float(one.need or 0) * 100:.0f} %",
                    "low": [
                        names.get(dimension, dimension) for dimension in lowest.get(one.pk, [])
                    ],
                }
                for one in page
            ],
        }
    return render(request, "assessments/by_need.html", context)


def _lowest(page: Sequence[Assessment]) -> dict[int, list[str]]:
    """Return the three dimensions of each assessment in which most is missing; one query."""
    found: dict[int, list[Score]] = {}
    for row in Score.objects.current().filter(assessment__in=page):
        found.setdefault(row.assessment_id, []).append(row)
    return {
        pk: [row.dimension for row in sorted(rows, key=_by_need)][:3] for pk, rows in found.items()
    }


def _by_need(row: Score) -> tuple[Decimal, int]:
    return -need(row.level, row.weight), row.pk
