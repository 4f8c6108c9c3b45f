"""Cards, lists and badges that other sites show: no script, no cookie, nothing of third parties."""

from functools import wraps
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import View
from ifn.directory import numbers
from ifn.directory.models import Business
from ifn.directory.prepared import listing_contents
from ifn.directory.presenting import Writer, address_of
from ifn.directory.search import find, read_filters
from ifn.directory.search.finding import Row
from ifn.regions.queries import all_regions
from ifn.ui import fragments
from ifn.vocabulary.queries import lexicon

#: Profiles of one embedded list.
MOST = 12
#: Any site may frame these and nothing else of ours; they run nothing and ask nobody else.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors *"
)


def embeddable(view: View[...]) -> View[...]:
    """Let any site frame what the view answers, for some minutes without asking again."""

    @wraps(view)
    def framed(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Cache-Control"] = "public, max-age=300"
        response["X-Robots-Tag"] = "noindex"
        return response  # type: ignore[return-value]

    return xframe_options_exempt(framed)


@access.everyone
@embeddable
@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:
    row = _listed(number)
    if row is None:
        return render(request, "api/embeds/gone.html", _frame(), status=404)
    writer = Writer(lexicon(), all_regions(), localdate())
    context = _frame() | {"card": writer.card(row), "name": row.content["name"]}
    return render(request, "api/embeds/card.html", context)


@access.everyone
@embeddable
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the first profiles of a search; the address is the directory's own."""
    words, regions = lexicon(), all_regions()
    filters, _notes = read_filters(request.GET, words, regions)
    found = find(filters, regions, localdate(), size=MOST)
    writer = Writer(words, regions, localdate(), near=filters.near or found.wording.near)
    context = _frame() | {
        "cards": fragments.join([writer.card(row) for row in found.rows]),
        "total": found.total,
        "href": f"{settings.PUBLIC_ADDRESS}{reverse('directory:list')}{filters.query(page=1)}",
    }
    return render(request, "api/embeds/list.html", context)


@access.everyone
@embeddable
@require_safe
def badge(_request: HttpRequest, number: str) -> HttpResponse:
    """Draw a badge with name and number; a picture, so it can stand where no frame can."""
    row = _listed(number)
    name = row.content["name"] if row else _("No longer listed")
    second = numbers.spoken(row.content["number"]) if row else "Indonesia Footwear Network"
    shown = name if len(name) <= 30 else f"{name[:29]}…"  # noqa: PLR2004  # what fits
    width = 64 + max(round(8.6 * len(shown)), round(7 * len(second)), 120)
    drawn = fragments.fill(
        "api/fragments/badge.svg", name=shown, full=name, second=second, width=width
    )
    return HttpResponse(drawn, content_type="image/svg+xml", status=200 if row else 404)


@access.everyone
@csp_update({"frame-src": ["'self'"]})
@require_safe
def make(request: HttpRequest) -> HttpResponse:
    """Hand out the code to embed a card or a badge, with a look at it."""
    typed = request.GET.get("nomor", "").strip()[:20]
    row = _listed(typed) if typed else None
    context: dict[str, object] = {
        "typed": typed,
        "is_missing": bool(typed) and row is None,
        "list_code": _code(
            "frame", src=f"{_site('api:embed-list')}?{urlencode({'provinsi': '35'})}", height=520
        ),
    }
    if row:
        number, name = numbers.spoken(row.content["number"]), row.content["name"]
        page = f"{settings.PUBLIC_ADDRESS}{address_of(row.content)}"
        context |= {
            "name": name,
            "card_address": reverse("api:embed-card", args=[number]),
            "badge_address": reverse("api:embed-badge", args=[number]),
            "card_code": _code("frame", src=_site("api:embed-card", number), height=480),
            "badge_code": _code(
                "badge", href=page, src=_site("api:embed-badge", number), name=name
            ),
        }
    return render(request, "api/embed.html", context)


def _site(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=args)}"


def _code(name: str, /, **values: object) -> str:
    """Return code to copy; the page escapes it once more, so it is no longer marked as safe."""
    return fragments.fill(f"api/fragments/{name}_code.html", **values) + ""


def _frame() -> dict[str, object]:
    return {"site": settings.PUBLIC_ADDRESS}


def _listed(typed: str) -> Row | None:
    """Return the listed profile of a number as people write it, or nothing; two queries."""
    try:
        number = numbers.read(typed)
    except (numbers.NotANumber, numbers.WrongCheck):
        return None
    known = Business.objects.filter(number=number).values_list("pk", "merged_into").first()
    if known is None:
        return None
    pk = known[1] or known[0]
    found = listing_contents([pk])
    return Row(pk, found[pk]) if pk in found else None
