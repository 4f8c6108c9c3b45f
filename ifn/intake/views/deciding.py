"""One row of a list beside the profiles it may be: decide what becomes of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.models import Business
from ifn.intake import actions, policies
from ifn.intake.finding import RowFilter, beside
from ifn.intake.forms import ReasonForm
from ifn.intake.models import List, Row
from ifn.intake.views import changing, comparing, rowlines, writing
from ifn.intake.views.choosing import header_in
from ifn.intake.views.desk import Desk, for_desk
from ifn.regions.queries import all_regions

_ROWS = Row.objects.select_related(
    "list__source", "list__organisation", "business", "decided_by", "applied_by"
)
OPEN: Final = frozenset(
    {
        *(Row.State.NEW, Row.State.SAME, Row.State.MAYBE, Row.State.TWICE),
        *(Row.State.SKIPPED, Row.State.UNDONE),
    }
)


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody goes from a row: back to the list, to the row in front and behind."""

    back: str
    preceding: str
    following: str

    @property
    def onward(self) -> str:
        """Return where to go when the row is decided, if anywhere."""
        return self.following or self.back


@access.members
@never_cache
@require_safe
@for_desk
def by_key(request: SignedInRequest, desk: Desk, pk: int) -> HttpResponse:  # noqa: ARG001
    """Lead from the work list to a row, from there to the next that waits."""
    row = get_object_or_404(_ROWS, pk=pk)
    access.require(policies.can_decide_row(desk.person, row, desk.organisations))
    wanted = RowFilter(state=Row.State.MAYBE, decided="open")
    return redirect(writing.row_address(row, wanted))


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def row(request: SignedInRequest, desk: Desk, pk: int, position: int) -> HttpResponse:
    found = get_object_or_404(_ROWS, list=pk, position=position)
    access.require(policies.can_decide_row(desk.person, found, desk.organisations))
    wanted = writing.read_filter(request.GET, all_regions())
    way = _way(found, wanted, desk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        onward = _done(request, desk, found, form)
        if onward:
            here = request.get_full_path()
            return redirect((way.onward or here) if onward == "next" else here)
    return render(request, "intake/row.html", _context(desk, found, way, form))


def _way(row: Row, wanted: RowFilter, desk: Desk) -> Way:
    sees_list = desk.sees(row.list)
    if wanted.state in {"", Row.State.MAYBE}:
        wanted = replace(wanted, decided="open")
    if not sees_list:
        wanted = replace(wanted, region=row.region_id or "")
    before, after = beside(row.list, row.position, wanted)
    return Way(
        back=writing.rows_address(row.list, wanted) if sees_list else "",
        preceding=writing.row_address(before, wanted) if before else "",
        following=writing.row_address(after, wanted) if after else "",
    )


def _context(desk: Desk, row: Row, way: Way, form: ReasonForm) -> dict[str, Any]:
    received = row.list
    header = header_in(received)
    width = max(len(header), len(row.raw))
    may_decide = received.state in {List.State.REVIEW, List.State.APPLIED} and row.state in OPEN
    tone, icon = writing.ROW_LOOKS.get(row.state, ("", ""))
    candidates = comparing.candidates(row, desk)
    visible = next((one.business for one in candidates if one.is_visible), None)
    likeliest = row.business or visible
    return {
        "list": received,
        "row": row,
        "look": (tone, icon),
        "title": row.name or _("Row %d") % row.position,
        "place": all_regions().full_name(row.region_id),
        "reason": rowlines.reason_in(row),
        "decision": rowlines.said_decision(row),
        "cells": [
            (header[at] if at < len(header) and header[at] else f"({at + 1})", row.raw[at])
            for at in range(width)
            if at < len(row.raw) and row.raw[at]
        ],
        "facts": comparing.facts_of(row),
        "candidates": candidates,
        "likeliest": likeliest,
        "changes": changing.lines(row, likeliest, desk),
        "seen": row.decided_at.isoformat() if row.decided_at else "",
        "may_decide": may_decide,
        "may_apply": received.state == List.State.APPLIED
        and policies.can_apply(desk.person)
        and row.state in OPEN
        and row.decision in {Row.Decision.CREATE, Row.Decision.JOIN},
        "may_undo": row.state == Row.State.APPLIED and policies.can_apply(desk.person),
        "sees_list": desk.sees(received),
        "way": way,
        "form": form,
    }


def _done(request: SignedInRequest, desk: Desk, row: Row, form: ReasonForm) -> str:
    """Do what was pressed; return where to go ("next" or "here"), nothing to show the faults."""
    does, note = request.POST.get("do", ""), form.cleaned_data["reason"]
    try:
        if does in {"apply", "undo"}:
            return _applied(request, desk, row, does, note)
        return _decided(request, desk, row, note)
    except actions.NoReason:
        form.add_error("reason", _("Write why."))
        return ""
    except actions.DecidedMeanwhile as refused:
        _say_who_was_first(request, refused.row)
    except actions.LookedAfter:
        messages.warning(
            request, _("The firm looks after this profile by now, so that it stays as it is.")
        )
    except actions.NotNow:
        messages.warning(
            request, _("The row has moved on meanwhile; nothing was changed. See where it stands.")
        )
    return "here"


def _applied(request: SignedInRequest, desk: Desk, row: Row, does: str, note: str) -> str:
    access.require(policies.can_apply(desk.person))
    if does == "apply":
        actions.apply_row(row, actor=request.user, at=now())
        messages.success(request, _("Row %d is applied.") % row.position)
    elif not note:
        raise actions.NoReason
    else:
        actions.undo_row(row, reason=note, actor=request.user, at=now())
        messages.success(request, _("Row %d is undone.") % row.position)
    return "here"


def _decided(request: SignedInRequest, desk: Desk, row: Row, note: str) -> str:
    joined = request.POST.get("same", "")
    decision = Row.Decision.JOIN if joined else request.POST.get("do", "")
    if decision not in Row.Decision.values:
        return "here"
    business = None
    if decision == Row.Decision.JOIN:
        business = _candidate(desk, row, joined)
    actions.decide_row(
        row,
        decision,
        business=business,
        chosen=changing.chosen(row, business, request.POST),
        note=note,
        seen=_seen(request),
        actor=request.user,
        at=now(),
    )
    messages.success(request, _("Row %d is decided.") % row.position)
    return "next"


def _candidate(desk: Desk, row: Row, said: str) -> Business:
    """Return the profile that was pressed; only one that was shown beside the row."""
    keys = {one.get("business") for one in row.candidates} | {row.business_id}
    wanted = int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0  # noqa: PLR2004
    access.require(wanted in keys)
    business = get_object_or_404(Business, pk=wanted)
    access.require(policies.can_be_shown(desk.person, business))
    return business


def _seen(request: SignedInRequest) -> datetime | None:
    said = request.POST.get("seen", "")
    try:
        return parse_datetime(said) if said else None
    except ValueError:
        return None


def _say_who_was_first(request: SignedInRequest, row: Row) -> None:
    who = row.decided_by.name if row.decided_by else "?"
    said = _("%(name)s decided this row meanwhile: %(decision)s. Nothing was changed.")
    messages.warning(request, said % {"name": who, "decision": rowlines.said_decision(row)})
