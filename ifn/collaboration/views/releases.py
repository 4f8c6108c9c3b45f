"""What everybody sees: collaborations, and one release with its press kit and share picture."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.collaboration import drawing, presskit, sharecard
from ifn.collaboration.models import Release
from ifn.collaboration.presenting import Told, cards, json_ld, rupiah, told, when, when_short
from ifn.collaboration.queries.impact import Figures, figures_in_sum, figures_with
from ifn.collaboration.queries.public import (
    first_pictures,
    open_calls,
    results,
    running_projects,
)
from ifn.collaboration.queries.releases import Whole, release_at, whole_of
from ifn.ui.numbers import readable

#: Results on one page; calls and projects shown above them.
PAGE: Final = 12
MOST: Final = 6


@access.everyone
@require_safe
def collaborations(request: HttpRequest) -> HttpResponse:
    """List open calls, running projects and results, with what came of all in sum."""
    today = localdate()
    page = Paginator(results(), PAGE).get_page(request.GET.get("hal"))
    shown = list(page)
    context = {
        "calls": [{"one": one, "href": one.get_absolute_url()} for one in open_calls(today, MOST)],
        "all_calls": reverse("collaboration:calls"),
        "projects": [
            {"one": one, "href": one.get_absolute_url()} for one in running_projects(MOST)
        ],
        "page": page,
        "results": cards(shown, first_pictures(shown)),
        "figures": public_figures(figures_in_sum()),
    }
    return render(request, "collaboration/list.html", context)


def public_figures(of: Figures) -> list[dict[str, str]]:
    """Return the figures that are something, each with its words."""
    rows = [
        (of.made, _("pairs made")),
        (of.receipts, _("hand-outs received")),
        (of.handed, _("pairs handed out")),
        (of.reorders, _("orders of more")),
        (of.pairs, _("pairs made with it")),
        (of.jobs, _("jobs")),
    ]
    values = [(of.realised, _("value, realised")), (of.committed, _("value, committed"))]
    return [
        *({"value": readable(amount), "label": label} for amount, label in rows if amount),
        *({"value": rupiah(amount), "label": label} for amount, label in values if amount),
    ]


def shown_parts(whole: Whole, of: Told) -> dict[str, Any]:
    """Return what the body of a release needs, on its page and in a preview."""
    project = whole.release.project
    return {
        "told": of,
        "rows": [
            {
                "node": node,
                "when": when(node.fact.on),
                "by": node.fact.by,
                "href": node.fact.href,
            }
            for node in of.line.nodes
        ],
        "drawing": mark_safe(  # noqa: S308  # every text in it is escaped where it is drawn
            drawing.draw(
                of.line, _("From origin to product: %(title)s") % {"title": of.title}, when_short
            )
        ),
        "project_href": project.get_absolute_url() if project.is_shown else "",
        "figures": public_figures(figures_with(project, [one.tally for one in whole.batches])),
    }


def _public(slug: str) -> Release:
    release = release_at(slug)
    if release is None or release.state != Release.State.PUBLISHED:
        raise Http404
    return release


@access.everyone
@require_safe
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what came of a project, who made it, and its line from origin to product."""
    found = _public(slug)
    whole = whole_of(found)
    of = told(whole)
    context = {**shown_parts(whole, of), "release": found, "json_ld": json_ld(whole, of)}
    return render(request, "collaboration/release.html", context)


@access.everyone
@require_safe
def share_picture(_request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the picture of a shared link."""
    found = _public(slug)
    of = told(whole_of(found))
    partners = ", ".join(one["name"] for one in of.credits if one["href"])
    response = HttpResponse(sharecard.draw(of.title, partners), content_type="image/png")
    response["Cache-Control"] = "public, max-age=300"
    return response


@access.everyone
@require_safe
def press_kit(_request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand out texts, pictures, credits, line and facts as one file."""
    whole = whole_of(_public(slug))
    tallies = [one.tally for one in whole.batches]
    file = presskit.made(whole, figures_with(whole.release.project, tallies))
    response = FileResponse(
        file, as_attachment=True, filename=f"{slug}.zip", content_type="application/zip"
    )
    response["X-Robots-Tag"] = "noindex"
    return response
