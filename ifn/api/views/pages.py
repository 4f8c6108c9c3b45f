"""The open data and the API for people: what there is, what it means, how to get it."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.api.endpoints import ROOT, description
from ifn.api.schemas import LIST
from ifn.directory.opendata.archive import LICENCE, LICENCE_ADDRESS, code_list
from ifn.directory.opendata.field import Kind
from ifn.directory.opendata.fields import OPEN_FIELDS
from ifn.directory.opendata.shelf import FOLDER, dumps

#: What one may try at once, by path.
EXAMPLES = {
    "/businesses": {"province": "35", "role": "CO_OUTSOLE"},
    "/regions": {"province": "35"},
    "/vocabulary": {"vocabulary": "material"},
}


@access.everyone
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show the newest dumps, what each field means, and on what terms all of it may be used."""
    made = dumps()
    kinds = {
        Kind.TEXT: _("text"),
        Kind.ADDRESS: _("address"),
        Kind.CODE: _("code"),
        Kind.TEXTS: _("texts"),
        Kind.CODES: _("codes"),
        Kind.CERTIFICATES: _("certificates"),
        Kind.VERIFICATIONS: _("verified topics"),
        Kind.NUMBER: _("whole number"),
        Kind.DECIMAL: _("decimal number"),
        Kind.YES_NO: _("yes or no"),
        Kind.DAY: _("day"),
        Kind.MOMENT: _("moment"),
    }
    fields = [
        {
            "name": field.name,
            "label": field.label,
            "meaning": field.meaning,
            "kind": kinds[field.kind],
            "unit": field.unit,
            "codes": field.vocabulary,
            "choices": field.choices.choices if field.choices else (),
            "list": code_list(field),
        }
        for field in OPEN_FIELDS
    ]
    context = {
        "dumps": [(dump, localtime(dump.made)) for dump in made],
        "newest": made[0] if made else None,
        "fields": fields,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "site": settings.PUBLIC_ADDRESS,
        "root": ROOT,
    }
    return render(request, "api/data.html", context)


@access.everyone
@require_safe
def dump_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a dump, unless whoever asks has it already."""
    dump = next((one for one in dumps() if one.name == name), None)
    if dump is None:
        raise Http404
    tag, made = f'"{dump.sha256}"', int(dump.made.timestamp())
    known = get_conditional_response(request, etag=tag, last_modified=made)
    response: HttpResponseBase
    if known is not None:
        response = known
    else:
        response = FileResponse(
            default_storage.open(f"{FOLDER}/{name}"), as_attachment=True, filename=name
        )
        response["Content-Type"] = "application/zip"
    response["ETag"] = tag
    response["Last-Modified"] = http_date(made)
    response["Cache-Control"] = "public, max-age=86400"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@access.everyone
@never_cache
@require_safe
def newest_dump(_request: HttpRequest) -> HttpResponse:
    """Lead to the newest dump, so that programs need not read the page."""
    made = dumps()
    if not made:
        raise Http404
    return HttpResponseRedirect(reverse("api:dump", args=[made[0].name]))


@access.everyone
@require_safe
def about_api(request: HttpRequest) -> HttpResponse:
    """Explain the API from its own description, without scripts of anybody."""
    schema = description()
    context = {
        "endpoints": [
            _endpoint(path, operations["get"]) for path, operations in schema["paths"].items()
        ],
        "problems": _problems(),
        "site": settings.PUBLIC_ADDRESS,
        "root": f"{settings.PUBLIC_ADDRESS}{ROOT}",
        "rate": settings.API_RATE,
        "key_rate": settings.API_KEY_RATE,
        "version": schema["info"]["version"],
    }
    return render(request, "api/about.html", context)


def _endpoint(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    short = path.removeprefix(ROOT)
    query = urlencode(EXAMPLES.get(short, {}))
    return {
        "path": path,
        "summary": _(operation["summary"]),
        "example": "" if "{" in path else f"{path}?{query}",
        "parameters": [
            _parameter(one["name"], one.get("description", "")) for one in operation["parameters"]
        ],
    }


def _parameter(name: str, described: str) -> dict[str, str]:
    text, _list, vocabulary = described.partition(LIST)
    return {
        "name": name,
        "text": _(text) if text else "",
        "vocabulary": vocabulary.removesuffix("."),
    }


def _problems() -> list[tuple[str, int, str]]:
    """Return what can go wrong, by the last part of a problem's type."""
    return [
        ("parameter", HTTPStatus.UNPROCESSABLE_ENTITY, _("A parameter or its value is not known.")),
        (
            "cursor-of-another-filter",
            HTTPStatus.BAD_REQUEST,
            _("The cursor came with another filter: send that filter, or begin again."),
        ),
        (
            "cursor-unreadable",
            HTTPStatus.BAD_REQUEST,
            _("The cursor was cut off or changed: begin again without it."),
        ),
        (
            "key-in-address",
            HTTPStatus.BAD_REQUEST,
            _("A key stands in the address: revoke it and send another one in the header."),
        ),
        ("unknown-key", HTTPStatus.UNAUTHORIZED, _("The key is not known or was revoked.")),
        ("not-here", HTTPStatus.NOT_FOUND, _("There is nothing at this address.")),
        ("no-such-number", HTTPStatus.NOT_FOUND, _("No listed profile has this number.")),
        (
            "mistyped-number",
            HTTPStatus.NOT_FOUND,
            _("The number is mistyped: a character is wrong, or two are swapped."),
        ),
        ("method", HTTPStatus.METHOD_NOT_ALLOWED, _("The API can only be read.")),
        (
            "rate-limit",
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Too many requests within a minute: “Retry-After” says when to go on."),
        ),
    ]
