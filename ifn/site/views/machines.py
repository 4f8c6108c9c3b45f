import mimetypes

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.directory.models import Business

#: Addresses in one part of the site map; the protocol allows 50,000.
PART = 5_000


@access.everyone
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /kerja",
        "Disallow: /akun",
        "Disallow: /masuk",
        "Disallow: /direktori?",
        "Disallow: /en/direktori?",
        f"Sitemap: {settings.PUBLIC_ADDRESS}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@access.everyone
@require_safe
def sitemap(_request: HttpRequest) -> HttpResponse:
    """List the parts of the site map."""
    parts = -(-Business.objects.listed().count() // PART)
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
        names = ("site:home", "directory:list", "site:about", "site:help", "site:privacy")
        rows = "".join(_address(reverse(name)) for name in names)
    else:
        start = (part - 1) * PART
        found = (
            Business.objects.listed()
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


def _address(path: str, changed: str = "") -> str:
    with override(settings.LANGUAGE_CODE):
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
    """Serve a stored picture; its name is random and never used twice, so it may be kept for ever.

    A front server should do this instead where there is one (docs/operate/production.md).
    """
    kind = mimetypes.guess_type(name)[0] or ""
    if not name.startswith("pictures/") or kind not in {
        "image/webp",
        "image/jpeg",
        "image/svg+xml",
    }:
        raise Http404
    try:
        response = FileResponse(default_storage.open(name), content_type=kind)
    except (FileNotFoundError, SuspiciousFileOperation, IsADirectoryError):
        raise Http404 from None
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Last-Modified"] = http_date(default_storage.get_modified_time(name).timestamp())
    return response
