from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.collaboration.presenting import cards
from ifn.collaboration.queries.public import first_pictures, results
from ifn.connections.opportunities import presenting as opportunities
from ifn.connections.search import finding
from ifn.directory.presenting import Writer
from ifn.directory.queries import newest, overview
from ifn.directory.search.facets import count_text
from ifn.directory.search.filters import LINK_WORDS
from ifn.regions.queries import all_regions
from ifn.statistics.queries import HeadlineFigure, headline_figures
from ifn.ui import fragments
from ifn.vocabulary.queries import lexicon

#: Newest profiles and opportunities shown.
NEWEST, OPPORTUNITIES = 8, 4
#: Results of collaborations shown.
RESULTS = 3


@access.members
@require_safe
def start(request: access.SignedInRequest) -> HttpResponse:
    """Lead whoever has just signed in to where their work is."""
    return redirect("moderation:work" if request.user.is_staff else "site:mine")


@access.everyone
@require_safe
def compose(_request: HttpRequest) -> HttpResponse:
    """Lead from the short address that people say to where chains are built."""
    return redirect("connections:compose")


@access.everyone
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today, words, regions = localdate(), lexicon(), all_regions()
    writer = Writer(words, regions, today)
    known = overview(today)
    directory = reverse("directory:list")
    faces = {
        "materials": (_("Materials"), _("leather, textile, chemicals"), "hide"),
        "components": (_("Components"), _("soles, lasts, accessories"), "sole"),
        "services": (_("Machines and services"), _("patterns, moulds, testing"), "gear"),
        "production": (_("Production"), _("own and job orders"), "factory"),
        "brands": (_("Brands and design"), _("labels, designers"), "tag"),
        "sales": (_("Sales and export"), _("shops, marketplaces"), "shop"),
    }
    chain = [
        {
            "title": title,
            "note": note,
            "icon": icon,
            "value": count_text(known.links.get(link, 0)),
            "href": f"{directory}?rantai={LINK_WORDS[link]}",
        }
        for link, (title, note, icon) in faces.items()
    ]
    released = list(results()[:RESULTS])
    context = {
        "results": cards(released, first_pictures(released)),
        "total": known.total,
        "total_text": count_text(known.total),
        "provinces": known.provinces,
        "chain": chain,
        "newest": fragments.join([writer.card(row) for row in newest(NEWEST)]),
        "opportunities": fragments.join(
            [
                opportunities.card(row, words, regions, today)
                for row in finding.newest(today, OPPORTUNITIES)
            ]
        ),
        "examples": [
            _("rubber sole maker Mojokerto"),
            _("sneakers job order min 50 pairs"),
            _("wooden shoe last"),
        ],
        "figures": [_figure(figure) for figure in headline_figures()],
        "suggest": reverse("directory:suggest"),
    }
    return render(request, "site/home.html", context)


def _figure(figure: HeadlineFigure) -> dict[str, str]:
    """Return a key figure and, in one line, where it comes from; its label says the period."""
    source = ", ".join(filter(None, (figure.publisher, figure.published)))
    is_said = figure.scope.casefold() in figure.label.casefold()
    return {
        "value": figure.value,
        "label": figure.label,
        "scope": "" if is_said else figure.scope,
        "source": source,
    }
