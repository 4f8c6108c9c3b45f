"""What came of assessments by region: regions by dimension, topics, firms by need."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.instruments.document import HIGHEST, Document
from ifn.assessments.models import Assessment, InstrumentVersion, Score
from ifn.assessments.queries.assessments import places_of
from ifn.assessments.queries.instruments import document_of, versions_to_show
from ifn.assessments.queries.needs import (
    Cell,
    Topic,
    Where,
    count_assessed,
    firms_by_need,
    matrix_and_topics,
)
from ifn.assessments.scoring import need
from ifn.assessments.views import writing
from ifn.regions.queries import all_regions
from ifn.ui import fragments
from ifn.ui.numbers import readable

PER_PAGE: Final = 50
#: Dimensions named of each firm, those in which most is missing.
LOWEST: Final = 3
#: How far a colour of the matrix goes: below these levels.
BANDS: Final = (Decimal(1), Decimal(2), Decimal(3))
_HERE: Final = "assessments/fragments/"
_CELL: Final = f"{_HERE}gap_cell.html"


@access.staff
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Show regions by dimension, and which topics a region needs most, with the reason.

    A regional officer sees the regions of their territory.
    """
    access.require(policies.can_assess_any(request.user))
    where = Where(_place(request), places_of(request.user))
    return _matrix_page(request, where, firms=reverse("assessments:by-need"))


@access.members
@require_safe
def regions(request: SignedInRequest) -> HttpResponse:
    """Show members the same, without what would tell how a few firms stand."""
    return _matrix_page(request, Where(_place(request), sees_all=False))


def _version(request: SignedInRequest) -> tuple[InstrumentVersion | None, list[InstrumentVersion]]:
    """Return the version whose lines the page shows: the one asked for, else the newest."""
    offered = versions_to_show()
    wanted = request.GET.get("kuesioner", "")
    chosen = next((one for one in offered if one.instrument.code == wanted), None)
    return chosen or next(iter(offered), None), offered


def _place(request: SignedInRequest) -> str:
    """Return the code of the province or regency that is asked for; empty for all."""
    place = all_regions().get(request.GET.get("wilayah"))
    return place.code if place else ""


def _matrix_page(request: SignedInRequest, where: Where, *, firms: str = "") -> HttpResponse:
    """Show the matrix; ``firms`` is the address of a place's firms, for who may see them."""
    version, offered = _version(request)
    context: dict[str, Any] = {
        "version": version,
        "offered": offered,
        "provinces": all_regions().provinces,
        "wanted": where.place,
        "place": all_regions().get(where.place),
        "is_staff": where.sees_all,
    }
    if version is not None:
        document = document_of(version)
        cells, found = matrix_and_topics(version.instrument_id, version.lines, where)
        names = writing.names(document)
        question = f"?kuesioner={version.instrument.code}&wilayah="
        link = f"{firms}{question}" if firms else ""
        context |= {
            "document": document,
            "dimensions": [(one.code, names[one.code]) for one in document.scored_dimensions],
            "rows": _rows(document, cells, link if where.place else f"{request.path}{question}"),
            "has_hidden": any(one.is_hidden for one in cells),
            "topics": [
                {"name": names.get(one.dimension, one.dimension), "why": _why(one)} for one in found
            ],
        }
    return render(request, "assessments/overview.html", context)


def _rows(document: Document, cells: Sequence[Cell], link: str) -> SafeString:
    """Return the rows of the matrix; a region is a link where there is something behind it."""
    places, said = all_regions(), _levels()
    by_region: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        by_region.setdefault(cell.region, {})[cell.dimension] = cell
    rows = []
    for code, found in sorted(by_region.items()):
        place = places.get(code)
        name = place.short_name if place else _("Place not stated")
        shown = [_shown(found.get(one.code), said) for one in document.scored_dimensions]
        rows.append(
            {
                "name": fragments.fill(f"{_HERE}anchor.html", href=f"{link}{code}", text=name)
                if code and link
                else name,
                "firms": max(one.firms for one in found.values()),
                "cells": fragments.fill_each(_CELL, shown),
            }
        )
    return fragments.fill_each(f"{_HERE}gap_row.html", rows)


def _shown(cell: Cell | None, said: Sequence[str]) -> dict[str, object]:
    if cell is None:
        return {"band": "", "text": "–"}
    if cell.level is None:
        return {"band": "few", "text": _("few")}
    return {"band": _band(cell.level), "text": said[_tenths(cell.level)]}


def _levels() -> list[str]:
    """Return every level as it is written in the matrix: one place, always shown."""
    point = readable(0.5)[1]
    return [f"{tenths // 10}{point}{tenths % 10}" for tenths in range(HIGHEST * 10 + 1)]


def _tenths(level: Decimal) -> int:
    return int((level * 10).to_integral_value(ROUND_HALF_UP))


def _band(level: Decimal) -> int:
    return sum(level >= one for one in BANDS)


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
    where = Where(_place(request), places_of(request.user))
    context: dict[str, Any] = {
        "version": version,
        "offered": offered,
        "provinces": all_regions().provinces,
        "wanted": where.place,
        "place": all_regions().get(where.place),
    }
    if version is not None:
        document = document_of(version)
        total = count_assessed(version.instrument_id, where)
        last = max(1, ceil(total / PER_PAGE))
        number = _page(request, last)
        found = firms_by_need(
            version.instrument_id, where, first=(number - 1) * PER_PAGE, last=number * PER_PAGE
        )
        context |= {
            "document": document,
            "total": total,
            "number": number,
            "last": last,
            "rows": _firm_rows(document, found),
        }
    return render(request, "assessments/by_need.html", context)


def _page(request: SignedInRequest, last: int) -> int:
    given = request.GET.get("hal", "")
    wanted = (
        int(given) if given.isascii() and given.isdigit() and len(given) <= len(str(last)) else 1
    )
    return min(max(wanted, 1), last)


def _firm_rows(document: Document, found: Sequence[Assessment]) -> SafeString:
    places, names, lowest = all_regions(), writing.names(document), _lowest(found)
    address = reverse("assessments:firm", args=["-"])
    return fragments.fill_each(
        f"{_HERE}need_row.html",
        [
            {
                "href": f"{address.removesuffix('-')}{one.business.number}",
                "name": one.business.name,
                "place": places.full_name(one.business.region_id) or "–",
                "need": f"{float(one.need or 0) * 100:.0f} %",
                "low": ", ".join(names.get(code, code) for code in lowest.get(one.pk, [])),
                "day": date_format(one.assessed_on, "j M Y"),
            }
            for one in found
        ],
    )


def _lowest(page: Sequence[Assessment]) -> dict[int, list[str]]:
    """Return the dimensions of each assessment in which most is missing; one query."""
    found: dict[int, list[Score]] = {}
    for row in Score.objects.current().filter(assessment__in=page):
        found.setdefault(row.assessment_id, []).append(row)
    return {
        pk: [row.dimension for row in sorted(rows, key=_by_need)][:LOWEST]
        for pk, rows in found.items()
    }


def _by_need(row: Score) -> tuple[Decimal, int]:
    return -need(row.level, row.weight), row.pk
