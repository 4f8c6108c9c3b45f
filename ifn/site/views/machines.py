import re

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.collaboration.queries.public import indexed_releases
from ifn.directory.models import Business, BusinessQuerySet

#: Pages for people who work here, and answers without number.
NOT_FOR_ROBOTS = (
    "/kerja",
    "/akun",
    "/masuk",
    "/direktori?",
    "/direktori/saran",
    "/direktori/unduh",
    "/rantai?",
    "/rantai/kesenjangan",
    "/rantai/susun/",
    "/rantai/susun?",
    "/masih-benar",
    "/daftar",
    "/saya",
    "/undangan",
    "/klaim",
    "/tautan-klaim",
    "/laporan",
    "/lapangan",
    "/usaha/*/lapor",
    "/terima/",
    "/kolaborasi/persetujuan/",
)
#: Names of stored pictures are our own: random, with few signs.
STORED = re.compile(r"pictures/[A-Za-z0-9_/-]+\.(webp|jpg|svg)")
#: The table of the machine knows WebP only sometimes.
KINDS = {"webp": "image/webp", "jpg": "image/jpeg", "svg": "image/svg+xml"}
#: Addresses in one part of the site map; the protocol allows 50,000.
PART = 5_000
#: So many parts one list of parts may name; a larger number is nobody's.
MOST_PARTS = 50_000
#: Results of collaborations in the first part, the newest.
MOST_RELEASES = 5_000


@access.everyone
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in NOT_FOR_ROBOTS),
        f"Sitemap: {settings.PUBLIC_ADDRESS}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@access.everyone
@require_safe
def sitemap(_request: HttpRequest) -> HttpResponse:
    """List the parts of the site map."""
    parts = -(-_indexed().count() // PART)
    rows = "".join(
        f"<sitemap><loc>{settings.PUBLIC_ADDRESS}{reverse('sitemap-part', args=[part])}</loc>"
        "</sitemap>"
        for part in range(parts + 1)
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}')


@access.everyone
@require_safe
def sitemap_part(_request: HttpRequest, part: int) -> HttpResponse:
    """List one part: 0 holds the pages that are no profile."""
    if part == 0:
        names = (
            "site:home",
            "directory:list",
            "directory:chain",
            "connections:opportunities",
            "connections:compose",
            "collaboration:list",
            "api:data",
            "api:about",
            "site:about",
            "site:verification",
            "site:help",
            "site:privacy",
            "site:accessibility",
        )
        rows = "".join(_address(reverse(name)) for name in names)
        rows += "".join(
            _address(reverse("collaboration:release", args=[slug]), f"{on:%Y-%m-%d}")
            for slug, on in indexed_releases(MOST_RELEASES)
        )
    elif part > MOST_PARTS:
        raise Http404
    else:
        start = (part - 1) * PART
        found = (
            _indexed()
            .order_by("pk")
            .values_list("slug", "number", "updated_at")[start : start + PART]
        )
        rows = "".join(
            _address(reverse("site:business", args=[slug, number]), f"{updated_at:%Y-%m-%d}")
            for slug, number, updated_at in found
        )
        if not rows:
            raise Http404
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">{rows}'
    )


def _indexed() -> BusinessQuerySet:
    """Return the profiles that search engines shall know; what is invented is not for them."""
    return Business.objects.listed().filter(is_demo=False)


def _address(path: str, changed: str = "") -> str:
    here = f"{settings.PUBLIC_ADDRESS}{path}"
    english = f"{settings.PUBLIC_ADDRESS}/en{path}"
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in (("id", here), ("en", english))
    )
    dated = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{here}</loc>{dated}{alternates}</url>"


def _xml(body: str) -> HttpResponse:
    closing = body[1 : body.index(" ")]
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>{body}</{closing}>', content_type="application/xml"
    )


@access.everyone
@require_safe
def media(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a stored picture; its name is random and used once, so it may be kept for ever."""
    known = STORED.fullmatch(name)
    if not known:
        raise Http404
    try:
        stored = default_storage.open(name)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    response: HttpResponseBase
    if known[1] == "svg":  # drawings are small texts: they travel compressed, as pages do
        with stored:
            response = HttpResponse(stored.read(), content_type=KINDS["svg"])
    else:
        response = FileResponse(stored, content_type=KINDS[known[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Last-Modified"] = http_date(default_storage.get_modified_time(name).timestamp())
    return response
