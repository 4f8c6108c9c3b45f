"""The columns of a list: what each holds, what its words mean, and what the first rows become."""

from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.intake import actions
from ifn.intake.deciding import Decision
from ifn.intake.finding import is_remembered
from ifn.intake.mapping import (
    HEADER_WITHIN,
    NoHeader,
    UnknownColumn,
    UnknownField,
    Wanted,
    columns_of,
)
from ifn.intake.models import List, Row
from ifn.intake.queries import preview
from ifn.intake.types import MappingWrong
from ifn.intake.views import choosing, previewing
from ifn.intake.views.choosing import TYPE, Column, Values
from ifn.intake.views.desk import Desk, for_desk
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

MAPPABLE: Final = frozenset({List.State.MAPPING, List.State.REVIEW})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is said of a list's columns: by a person, else as it was kept or guessed."""

    row: int
    header: list[str]
    columns: list[Column]
    values: list[Values]
    region: str

    @property
    def wanted(self) -> Wanted:
        """Return it as ``intake.mapping`` takes it."""
        return Wanted(
            fields={one.field: one.place for one in self.columns if one.field not in {"", TYPE}},
            types=[one.place for one in self.columns if one.field == TYPE],
            header_row=self.row,
            guesses=False,
        )


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def columns(request: SignedInRequest, desk: Desk, pk: int) -> HttpResponse:
    received = desk.opened(pk)
    access.require(desk.decides(received))
    if received.state not in MAPPABLE:
        messages.info(request, _("The columns of this list are decided."))
        return redirect("intake:list", received.pk)
    if request.POST.get("do") == "sheet":
        return _other_sheet(request, received)
    chosen = _chosen(request, received)
    faults = choosing.faults_in(chosen.columns) if request.method == "POST" else []
    if request.method == "POST" and not faults and request.POST.get("do") == "save":
        saved = _saved(request, received, chosen)
        if isinstance(saved, List):
            return redirect("intake:list", saved.pk)
        faults = saved
    context = _context(received, chosen, faults)
    part = "#preview" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"intake/columns.html{part}", context)


def _chosen(request: SignedInRequest, received: List) -> Chosen:
    given, words = request.POST, lexicon()
    row = _header_row(request, received)
    header = choosing.header_of(received, row)
    bare = choosing.columns_of(received, header, row, {})
    if given:
        fields = choosing.fields_sent(given, bare)
        region = given.get("region", "")
    else:
        fields = choosing.fields_said(_mapping(received, row))
        region = received.region_id or ""
    with_fields = choosing.columns_of(received, header, row, fields)
    said = {name: str(value) for name, value in given.items() if name.startswith("nilai-")}
    values = choosing.values_of(received, with_fields, row, words, said)
    if not given and received.stated_types:
        said = choosing.controls_said(values, received.stated_types)
        values = choosing.values_of(received, with_fields, row, words, said)
    known = region if all_regions().get(region) else ""
    return Chosen(row, header, with_fields, values, known)


def _header_row(request: SignedInRequest, received: List) -> int:
    said = request.POST.get("judul") or request.GET.get("judul") or ""
    if said.isascii() and said.isdigit() and 0 < int(said[:7]) <= 1_000_000:  # noqa: PLR2004
        return int(said[:7])
    return int(received.mapping.get("header_row") or 1)


def _mapping(received: List, row: int) -> dict[str, Any]:
    """Return the mapping kept for a list, or a guess when another row is to be its header."""
    if received.mapping and received.mapping.get("header_row") == row:
        return dict(received.mapping)
    header = choosing.header_of(received, row)
    try:
        return columns_of([header], Wanted(header_row=1)).kept()
    except NoHeader:
        return {}


def _saved(request: SignedInRequest, received: List, chosen: Chosen) -> List | list[str]:
    """Keep the mapping and begin to compare; return the list, or in words what is wrong with it."""
    try:
        return actions.save_mapping(
            received,
            chosen.wanted,
            stated_types=choosing.stated(chosen.values, lexicon()),
            region=chosen.region,
            actor=request.user,
            at=now(),
        )
    except NoHeader:
        return [_("Say which column holds the name of the business.")]
    except UnknownColumn as unknown:
        return [_("There is no column “%s” in this row.") % unknown.wanted]
    except actions.SameList as same:
        messages.info(request, _("This file was read in the same way before; here is that list."))
        return same.other
    except (UnknownField, MappingWrong):
        return [_("The columns have changed meanwhile. Look through them and save again.")]
    except actions.NotNow:
        messages.warning(
            request, _("The list has moved on meanwhile; nothing was changed. See where it stands.")
        )
    return received


def _other_sheet(request: SignedInRequest, received: List) -> HttpResponse:
    sheet = request.POST.get("sheet", "")
    if sheet in {name for name, _rows in received.sheets}:
        try:
            actions.choose_sheet(received, sheet, actor=request.user, at=now())
        except actions.NotNow:
            messages.warning(request, _("The sheet can no longer be changed."))
    return redirect("intake:list", received.pk)


def _context(received: List, chosen: Chosen, faults: list[str]) -> dict[str, Any]:
    regions = all_regions()
    tops = Row.objects.filter(list=received, position__lte=HEADER_WITHIN).order_by("position")
    return {
        "list": received,
        "chosen": chosen,
        "faults": faults,
        "fields": choosing.field_choices(),
        "terms": choosing.term_choices(lexicon()),
        "regions": [
            (
                province.short_name,
                [(one.code, one.short_name) for one in regions.regencies(province.code)],
            )
            for province in regions.provinces
        ],
        "tops": [
            (position, " · ".join(str(cell) for cell in raw if cell)[:90])
            for position, raw in tops.values_list("position", "raw")
        ],
        "preview": previewing.table(_first_rows(received, chosen), chosen.columns),
        "is_remembered": is_remembered(received),
    }


def _first_rows(received: List, chosen: Chosen) -> tuple[Decision, ...]:
    """Return the first rows as they would be read by what is chosen; nothing is written."""
    if choosing.faults_in(chosen.columns):
        return ()
    imagined = copy(received)
    imagined.region_id = chosen.region or None
    imagined.stated_types = choosing.stated(chosen.values, lexicon())
    try:
        return preview(imagined, chosen.wanted).decisions
    except (NoHeader, UnknownColumn, UnknownField, MappingWrong):
        return ()
