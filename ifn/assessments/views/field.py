"""The page that works without signal, and what the phone takes along for it."""

import hashlib
import json
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.assessments import policies
from ifn.assessments.actions import answering
from ifn.assessments.forms import packages
from ifn.assessments.models import InstrumentVersion
from ifn.assessments.queries import field
from ifn.assessments.views import writing
from ifn.assessments.views.fieldwords import words
from ifn.regions.queries import all_regions

#: Firms that a phone takes along.
MOST_FIRMS: Final = 5_000
#: What the page is made of besides itself; the browser keeps all of it, under hashed names.
FILES: Final = (
    "ui/css/ifn.css",
    "ui/icon.svg",
    "ui/icon-192.png",
    *(
        f"ui/js/field/{name}.js"
        for name in (
            *("answers", "asking", "choosing", "conditions", "dom", "main", "photos"),
            *("sending", "showing", "store", "supplies"),
        )
    ),
)
ICONS: Final = (
    *("alert", "arrow-left", "check", "clock", "download", "edit", "globe", "hide", "info"),
    *("send", "trash", "warning"),
)
#: Stands in an address for the assessment that the page puts there.
_NONE: Final = UUID(int=0)
#: While developing, names are not hashed: what changed is noticed with every start.
_START: Final = get_random_string(8)


@access.everyone
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the page; it holds nothing of anybody, so that the browser may keep it for everybody."""
    response = render(
        request,
        "assessments/field.html",
        {
            "words": words(),
            "language": writing.language(),
            "icons": ICONS,
            "modules": [name for name in FILES if name.endswith(".js")],
            "none": _NONE,
            "limits": {
                "firms": MOST_FIRMS,
                "page": field.FIRMS_A_PAGE,
                "photos": answering.MOST_PHOTOS,
                "photosInAll": answering.MOST_PHOTOS_IN_ALL,
                "bytes": packages.LARGEST_PHOTO,
                "text": answering.LONGEST_WORDS,
            },
        },
    )
    response["Cache-Control"] = "no-cache"
    return response


@access.everyone
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Return the worker that answers without signal; another one as soon as any file changed."""
    own = reverse("assessments:field")
    files = [static(name) for name in FILES]
    text = json.dumps([own, files, words(), _START if settings.DEBUG else ""], default=str)
    edition = hashlib.sha256(text.encode()).hexdigest()[:16]
    told = {
        "edition": edition,
        "page": own,
        "files": [*files, reverse("assessments:field-manifest")],
        "send": reverse("assessments:field-receive"),
        "photo": reverse("assessments:field-photo"),
    }
    body = f'import {{ attend }} from "{static("ui/js/field/worker.js")}";\n'
    body += f"attend({json.dumps(told)});\n"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = own
    response["Cache-Control"] = "no-cache"
    return response


@access.everyone
@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """Return what a phone needs to put the page among its apps."""
    own, said = reverse("assessments:field"), words()
    icons = [
        {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "id": own,
            "name": said["app"],
            "short_name": said["short"],
            "description": said["lead"],
            "lang": writing.language(),
            "start_url": own,
            "scope": own,
            "display": "standalone",
            "background_color": "#fcf9f4",
            "theme_color": "#9e4d20",
            "icons": [
                *icons,
                *(icon | {"purpose": "maskable"} for icon in icons),
                {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            ],
        },
        content_type="application/manifest+json",
    )


@access.members
@require_safe
def supplies(request: SignedInRequest) -> HttpResponse:
    """Return who asks, the questionnaires, and the assessments they may go on with."""
    person = request.user
    asked = [packages.uuid_of(given) for given in request.GET.getlist("penilaian")]
    sheets = field.begun(person, _region(request), [one for one in asked if one])
    told = {
        "person": {"key": str(person.pk), "name": person.name},
        "assesses": policies.can_assess_any(person),
        "choosesRegion": policies.can_build(person),
        "forms": [_form(one) for one in field.versions(sheets)],
        "sheets": [_sheet(one) for one in sheets],
        "regions": _regions(person),
    }
    get_token(request)  # the phone sends with it
    return _kept(request, told, {"at": now().isoformat()})


@access.members
@require_safe
def firms(request: SignedInRequest) -> HttpResponse:
    """Return a page of the firms a person may assess; nothing new where nothing changed."""
    within = field.reach(request.user, _region(request))
    after = request.GET.get("setelah", "")[:8]
    if not after and request.headers.get("If-None-Match") == f'"{within.edition}"':
        return HttpResponseNotModified(headers={"ETag": f'"{within.edition}"'})
    rows = field.firms(within, after)
    regions = all_regions()
    response = JsonResponse(
        {
            "edition": within.edition,
            "count": within.count,
            "firms": [
                [one.number, one.name, regions.full_name(one.region), one.mode] for one in rows
            ],
            "next": rows[-1].number if len(rows) == field.FIRMS_A_PAGE else "",
        }
    )
    response["ETag"] = f'"{within.edition}"'
    response["Cache-Control"] = "no-store"
    return response


def _region(request: HttpRequest) -> str:
    found = all_regions().get(request.GET.get("wilayah", ""))
    return found.code if found else ""


def _regions(person: User) -> list[list[str]]:
    """Return the regions one may choose from: every one for the desk, a Dinas has its own."""
    regions = all_regions()
    codes = (
        set(regions.by_code)
        if policies.can_build(person)
        else {code for one in person.territory for code in regions.within(one)}
    )
    return [[code, regions.full_name(code)] for code in sorted(codes)]


def _form(version: InstrumentVersion) -> dict[str, Any]:
    one = version.instrument
    return {
        "key": f"{one.code}/{version.number}",
        "instrument": one.code,
        "digest": version.digest,
        "number": version.number,
        "inUse": version.state == InstrumentVersion.State.IN_USE,
        "name": {"id": one.name_id, "en": one.name_en},
        "content": version.content,
    }


def _sheet(begun: field.Begun) -> dict[str, Any]:
    one = begun.one
    version = one.version
    return {
        "uuid": str(one.uuid),
        "business": one.firm.number,
        "name": one.firm.name,
        "form": f"{version.instrument.code}/{version.number}",
        "mode": one.mode,
        "state": one.state,
        "reason": one.reason,
        "assessedOn": one.assessed_on.isoformat(),
        "sides": sorted(begun.sides),
        "conflicts": begun.conflicts,
        "stands": field.stands(begun.answers),
        "photos": begun.photos,
    }


def _kept(request: HttpRequest, told: dict[str, Any], more: dict[str, Any]) -> HttpResponse:
    """Return JSON, or that the phone has it already; ``more`` may change without being news."""
    tag = f'"{hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "no-store"})
    response = JsonResponse(told | more)
    response["ETag"], response["Cache-Control"] = tag, "no-store"
    return response
