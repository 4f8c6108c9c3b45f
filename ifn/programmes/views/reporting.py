"""The report of a batch as page, PDF and sheets; the pictures in it."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.directory.spreadsheets import KINDS
from ifn.programmes import tasks
from ifn.programmes.actions import reporting as actions
from ifn.programmes.forms.reporting import PairForm
from ifn.programmes.measuring.waves import Stage, Wave, window_of
from ifn.programmes.models import Batch, Outcome, ReportMaking, ReportPicture
from ifn.programmes.printing.report import cell
from ifn.programmes.printing.sheets import workbook
from ifn.programmes.queries.reporting import (
    Material,
    latest_wave,
    material_of,
    offered_pictures,
)
from ifn.programmes.reporting import report_of
from ifn.programmes.reporting.around import pictures as pictures_section
from ifn.programmes.reporting.offering import offers_of
from ifn.programmes.reporting.parts import Section, Table
from ifn.programmes.views.reaching import desk_batch, frame, part_of, planned_batch
from ifn.ui.charts import Bar

#: Rows of a table that the page shows at once; the rest is folded away.
SHOWN: Final = 12


def _wanted(batch: Batch, given: str) -> Wave:
    """Return the wave that is asked for, or the latest that began."""
    return Wave(given) if given in set(Wave) - {Wave.BEFORE} else latest_wave(batch, at=now())


@access.staff
@never_cache
@require_safe
def report(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the report; a Dinas sees that of its own firms, without money and partners."""
    batch = desk_batch(request.user, code)
    wave = _wanted(batch, request.GET.get("gelombang", ""))
    made = report_of(material_of(batch, request.user, at=now(), wave=wave))
    context = {
        **frame(batch, request.user, "report"),
        "report": made,
        "sections": [_section(one) for one in made.sections],
        "wave": wave,
        "waves": _waves(batch, wave),
        "run": _latest(batch),
    }
    return render(request, "programmes/report.html", context)


def _waves(batch: Batch, chosen: Wave) -> list[dict[str, Any]]:
    """Return the waves that can be set beside the first."""
    today = now().astimezone(batch.zone).date()
    return [
        {"href": f"?gelombang={one}", "title": Outcome.When(one).label, "current": one == chosen}
        for one in Wave
        if one != Wave.BEFORE
        and window_of(one, batch.starts_on, batch.ends_on).stage(today) != Stage.COMING
    ]


def _section(one: Section) -> dict[str, Any]:
    return {
        "part": one,
        "charts": [
            {
                "title": each.title,
                "unit": each.unit,
                "bars": [Bar(label, float(value)) for label, value in each.bars],
            }
            for each in one.charts
        ],
        "tables": [_table(each) for each in one.tables],
    }


def _table(one: Table) -> dict[str, Any]:
    rows = [
        {
            "cells": [
                {"text": cell(value), "number": place in one.numbers}
                for place, value in enumerate(row)
            ],
            "href": one.links[number] if one.links else "",
        }
        for number, row in enumerate(one.rows)
    ]
    return {
        "table": one,
        "head": [
            {"text": text, "number": place in one.numbers} for place, text in enumerate(one.head)
        ],
        "rows": rows,
        "is_long": len(rows) > SHOWN,
    }


def _latest(batch: Batch) -> ReportMaking | None:
    return ReportMaking.objects.filter(batch=batch).order_by("-asked_at", "-pk").first()


@access.staff
@never_cache
@require_safe
def report_sheets(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand out the tables of the report as a workbook, every figure with its rows."""
    batch = desk_batch(request.user, code)
    wave = _wanted(batch, request.GET.get("gelombang", ""))
    made = report_of(material_of(batch, request.user, at=now(), wave=wave))
    return as_workbook(workbook(made.tables), f"laporan-{batch.code}")


def as_workbook(content: bytes, name: str) -> HttpResponse:
    """Return a workbook as a file to be kept."""
    response = HttpResponse(content, content_type=KINDS["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


@access.staff
@require_POST
def make_report(request: SignedInRequest, code: str) -> HttpResponse:
    """Let the PDF be made in the background."""
    batch = planned_batch(request.user, code)
    wave = _wanted(batch, request.POST.get("gelombang", ""))
    try:
        one, is_new = actions.ask_for_report(
            batch, wave, get_language() or "id", actor=request.user, at=now()
        )
    except actions.NothingToReport:
        messages.error(request, _("There is a report once the participants are confirmed."))
    else:
        if is_new:
            tasks.make_report.enqueue(one.pk)
        messages.success(request, _("The report is being made. You can leave."))
    return redirect("programmes:report", batch.code)


@access.staff
@never_cache
@require_safe
def report_progress(request: SignedInRequest, code: str) -> HttpResponse:
    """Show how far the making of the report is, for the page that waits."""
    batch = planned_batch(request.user, code)
    context = {"batch": batch, "run": _latest(batch)}
    return render(request, "programmes/report_progress.html", context)


@access.staff
@require_safe
def report_file(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a report that was made."""
    batch = planned_batch(request.user, code)
    one = part_of(batch, ReportMaking.objects.exclude(file=""), pk)
    return private_file(private_files().open(one.file), f"laporan-{batch.code}")


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def report_pictures(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the pictures of the report, and add a pair."""
    batch = planned_batch(request.user, code)
    offers = offers_of(batch, offered_pictures(batch))
    form = PairForm(request.POST if request.method == "POST" else None, offers)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_pair(batch, form.sides(), form.captions(), actor=request.user, at=now())
        except actions.TooMany:
            form.add_error(None, _("A report has eight pairs of pictures at most."))
        except actions.NotOffered:
            form.add_error(None, _("This picture is no longer there."))
        else:
            return redirect("programmes:report-pictures", batch.code)
    material = material_of(batch, request.user, at=now())
    section = _pictures(material)
    context = {
        **frame(batch, request.user, "report"),
        "pairs": section.pictures if section else [],
        "form": form,
        "offers": offers,
    }
    return render(request, "programmes/report_pictures.html", context)


def _pictures(material: Material) -> Section | None:
    return pictures_section(material)


@access.staff
@require_POST
def drop_pictures(request: SignedInRequest, code: str, place: int) -> HttpResponse:
    """Take a pair of pictures out of the report."""
    batch = planned_batch(request.user, code)
    actions.drop_pair(batch, place, actor=request.user, at=now())
    return redirect("programmes:report-pictures", batch.code)


@access.staff
@require_safe
def report_picture(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a chosen picture that is not public."""
    batch = planned_batch(request.user, code)
    rows = ReportPicture.objects.select_related("session_file", "photo").filter(batch=batch)
    one = get_object_or_404(rows, pk=pk)
    source = one.session_file or one.photo
    if source is None or not source.file:
        raise Http404
    return private_file(private_files().open(source.file), f"{batch.code}-{pk}", in_page=True)


@access.staff
@require_safe
def offered_photo(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a photo of an assessment of a participant, to be chosen for the report."""
    batch = planned_batch(request.user, code)
    one = next((each for each in offered_pictures(batch).photos if each.pk == pk), None)
    if one is None:
        raise Http404
    return private_file(private_files().open(one.file), f"{batch.code}-{pk}", in_page=True)
