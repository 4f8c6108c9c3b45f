"""What came of assessments by region: regions by dimension, topics, firms by need."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.instruments.document import HIGHEST
from ifn.assessments.models import InstrumentVersion
from ifn.assessments.queries.assessments import places_of
from ifn.assessments.queries.instruments import document_of, versions_to_show
from ifn.assessments.queries.needs import Ranked, firms_by_need
from ifn.assessments.queries.standings import Cell, Matrix, Topic, Where, matrix
from ifn.assessments.views import writing
from ifn.assessments.wording import topic_reason
from ifn.regions.queries import Place, all_regions
from ifn.ui import fragments
from ifn.ui.numbers import readable

#: Digits of a page's number; more are none.
LONGEST: Final = 6
#: How far a colour of the matrix goes: below these levels.
BANDS: Final = (Decimal(1), Decimal(2), Decimal(3))
SELECTED: Final = SafeString(" selected")
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


@lru_cache(maxsize=64)
def _provinces(wanted: str, _edition: str) -> SafeString:
    """Return the options of the choice of a province."""
    return fragments.fill_each(
        f"{_HERE}option.html",
        [
            {"value": one.code, "label": one.name, "chosen": SELECTED if one.code == wanted else ""}
            for one in all_regions().provinces
        ],
    )


def _matrix_page(request: SignedInRequest, where: Where, *, firms: str = "") -> HttpResponse:
    """Show the matrix; ``firms`` is the address of a place's firms, for who may see them."""
    version, offered = _version(request)
    context: dict[str, Any] = {
        "version": version,
        "offered": offered,
        "provinces": _provinces(where.place, all_regions.edition()),
        "wanted": where.place,
        "place": all_regions().get(where.place),
        "is_staff": where.sees_all,
    }
    if version is not None:
        document = document_of(version)
        known = matrix(version.instrument, version.lines, where)
        names = writing.names(document)
        codes = tuple(one.code for one in document.scored_dimensions)
        question = f"?kuesioner={version.instrument.code}&wilayah="
        link = f"{firms}{question}" if firms else ""
        context |= {
            "document": document,
            "columns": _columns(tuple(names[code] for code in codes)),
            "rows": _rows(
                known,
                codes,
                link if where.place else f"{request.path}{question}",
                _words(),
            ),
            "has_hidden": known.has_hidden,
            "topics": _topics(known.topics, tuple(names.items()), writing.language()),
        }
    return render(request, "assessments/overview.html", context)


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...]) -> SafeString:
    """Return the heads of the columns of dimensions."""
    return fragments.fill_each(f"{_HERE}gap_head.html", [{"name": name} for name in names])


@lru_cache(maxsize=64)
def _topics(
    found: tuple[Topic, ...], names: tuple[tuple[str, str], ...], _language: str
) -> SafeString:
    """Return the topics with their reasons, written once."""
    called = dict(names)
    rows = [
        {"name": called.get(one.dimension, one.dimension), "why": topic_reason(one)}
        for one in found
    ]
    return fragments.fill_each(f"{_HERE}topic.html", rows)


@lru_cache(maxsize=64)
def _rows(known: Matrix, codes: tuple[str, ...], link: str, _said_in: str) -> SafeString:
    """Return the rows of the matrix; a region is a link where there is something behind it.

    Written once for what stands there, in a language and with the names of regions as they are.
    """
    places, said = all_regions(), _levels()
    by_region: dict[str, dict[str, Cell]] = {}
    for cell in known.cells:
        by_region.setdefault(cell.region, {})[cell.dimension] = cell
    rows = []
    for code, found in sorted(by_region.items()):
        place = places.get(code)
        name = place.short_name if place else _("Place not stated")
        shown = [_shown(found.get(one), said) for one in codes]
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
        "provinces": _provinces(where.place, all_regions.edition()),
        "wanted": where.place,
        "place": all_regions().get(where.place),
    }
    if version is not None:
        document = document_of(version)
        found = firms_by_need(version.instrument, where, number=_page(request))
        context |= {
            "document": document,
            "found": found,
            "rows": _firm_rows(
                found.firms,
                tuple(writing.names(document).items()),
                _words(),
                is_far=not where.place,
            ),
        }
    return render(request, "assessments/by_need.html", context)


def _page(request: SignedInRequest) -> int:
    given = request.GET.get("hal", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= LONGEST else 1


def _words() -> str:
    """Return what tells apart in which words a page is written: language, names of regions."""
    return f"{writing.language()}:{all_regions.edition()}"


@lru_cache(maxsize=64)
def _firm_rows(
    found: tuple[Ranked, ...], names: tuple[tuple[str, str], ...], _said_in: str, *, is_far: bool
) -> SafeString:
    """Return the rows; places are named with their province where they lie far apart."""
    places, called = all_regions(), dict(names)
    address = reverse("assessments:firm", args=["-"]).removesuffix("-")
    rows = []
    for one in found:
        place, far = places.get(one.region), places.full_name(one.region) if is_far else ""
        rows.append(
            {
                "href": f"{address}{one.number}",
                "name": one.name,
                "mark": ""
                if one.is_counted
                else fragments.fill(f"{_HERE}mark.html", text=_("not counted")),
                "place": _place_name(place, far),
                "need": f"{one.need * 100:.0f} %",
                "low": "; ".join(called.get(code, code) for code in one.lowest),
                "day": date_format(one.assessed_on, "j M Y"),
            }
        )
    return fragments.fill_each(f"{_HERE}need_row.html", rows)


def _place_name(place: Place | None, full: str) -> str:
    return full or (place.short_name if place else "–")
