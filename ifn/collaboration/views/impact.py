"""What projects changed: one project with the records behind each figure, and all in sum."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions import reporting
from ifn.collaboration.codes import Kind, spoken
from ifn.collaboration.forms.releases import ImpactForm
from ifn.collaboration.models import Impact, Project
from ifn.collaboration.policies.projects import is_office
from ifn.collaboration.queries.batches import batches_of, makers_of
from ifn.collaboration.queries.impact import (
    Figures,
    figures_in_sum,
    figures_of,
    figures_of_all,
    keys_by_time,
    projects_by_time,
    said_of,
)
from ifn.collaboration.queries.projects import briefly
from ifn.collaboration.views import tabs
from ifn.collaboration.views.reaching import frame, seen_project
from ifn.directory.downloads import as_file
from ifn.ui import fragments
from ifn.ui.addresses import address_with
from ifn.ui.numbers import readable

PAGE: Final = 20
#: Projects of which figures are asked at once while a file is written.
_PIECE: Final = 500


def _figures(of: Figures) -> SafeString:
    """Return a row for every figure with what it is counted from."""
    counted = (_("batches of the project"), _("receipts that were signed"))
    reported = _("figures reported with a source")
    rows = [
        (_("Pairs made"), readable(of.made), counted[0]),
        (_("Pairs handed out"), readable(of.handed), counted[1]),
        (_("Recipients"), readable(of.receipts), counted[1]),
        (_("Orders of more"), readable(of.reorders), _("enquiries to the maker")),
        (_("Pairs made with it"), readable(of.pairs), reported),
        (_("Jobs"), readable(of.jobs), reported),
        (_("Value, potential"), f"Rp{readable(of.potential)}", reported),
        (_("Value, committed"), f"Rp{readable(of.committed)}", reported),
        (_("Value, realised"), f"Rp{readable(of.realised)}", reported),
    ]
    return fragments.fill_each(
        "collaboration/fragments/figure_row.html",
        ({"label": label, "value": value, "source": source} for label, value, source in rows),
    )


def _project_row(one: Project, of: Figures) -> SafeString:
    led_by = f" · {one.led_by.name}" if one.led_by else ""
    names = ("made", "receipts", "handed", "reorders", "jobs")
    return fragments.fill(
        "collaboration/fragments/impact_row.html",
        href=address_with("collaboration:impact", one.code),
        title=one.title,
        state=f"{one.get_state_display()}{led_by}",
        realised=f"Rp{readable(of.realised)}",
        **{name: readable(getattr(of, name)) for name in names},
    )


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def impact(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a project's figures with the records behind them, and take one with its source."""
    project, own = seen_project(request.user, code)
    may_report = own.writes
    is_sent = request.method == "POST" and may_report
    form = ImpactForm(request.POST if is_sent else None, makers_of(project), localdate())
    if is_sent and form.is_valid():
        given = form.cleaned_data
        reporting.report(
            project,
            given["kind"],
            given["amount"],
            on=given["on"],
            source=given["source"],
            partner=given["partner"],
            actor=request.user,
            at=now(),
        )
        messages.success(request, _("Noted."))
        return redirect("collaboration:impact", project.code)
    leads = own.leads
    context = {
        **frame(project, "impact", leads=leads),
        "figures": _figures(figures_of(project)),
        "batches": [
            {"one": one, "code": spoken(Kind.BATCH, one.code), "tally": getattr(one, "tally", None)}
            for one in batches_of(project)
        ],
        "said": said_of(project),
        "form": form if may_report else None,
        "is_office": is_office(request.user),
    }
    return render(request, "collaboration/impact.html", context)


@access.members
@require_POST
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a figure out: whoever leads the project, or who entered it."""
    project, own = seen_project(request.user, code)
    one = get_object_or_404(Impact, project=project, pk=pk)
    if not own.leads and one.said_by_id != request.user.pk:
        raise Http404
    reporting.take_out(one, actor=request.user, at=now())
    messages.success(request, _("Taken out."))
    return redirect("collaboration:impact", project.code)


@access.staff
@require_safe
def in_sum(request: SignedInRequest) -> HttpResponse:
    """Show the figures of all projects, in sum and one by one."""
    access.require(is_office(request.user))
    page = Paginator(keys_by_time(), PAGE).get_page(request.GET.get("hal"))
    shown = briefly(page.object_list)
    figures = figures_of_all([one.pk for one in shown])
    context = {
        "tabs": tabs.of_office("impact-in-sum"),
        "figures": _figures(figures_in_sum()),
        "page": page,
        "rows": fragments.join(_project_row(one, figures[one.pk]) for one in shown),
    }
    return render(request, "collaboration/impact_in_sum.html", context)


@access.staff
@require_safe
def in_sum_file(request: HttpRequest) -> HttpResponse:
    """Return the figures of all projects as a table."""
    access.require(is_office(request.user))
    heading = [
        _("Code"),
        _("Project"),
        _("State"),
        _("Pairs made"),
        _("Pairs handed out"),
        _("Recipients"),
        _("Orders of more"),
        _("Pairs made with it"),
        _("Jobs"),
        _("Value, potential"),
        _("Value, committed"),
        _("Value, realised"),
    ]
    return as_file("csv", f"dampak-{localdate():%Y-%m-%d}", heading, _lines())


def _lines() -> Iterator[list[Any]]:
    projects = list(projects_by_time())
    for start in range(0, len(projects), _PIECE):
        piece = projects[start : start + _PIECE]
        figures = figures_of_all([one.pk for one in piece])
        for one in piece:
            yield _line(one, figures[one.pk])


def _line(one: Project, of: Figures) -> list[Any]:
    return [
        spoken(Kind.PROJECT, one.code),
        one.title,
        one.get_state_display(),
        *(of.made, of.handed, of.receipts, of.reorders, of.pairs, of.jobs),
        *(of.potential, of.committed, of.realised),
    ]
