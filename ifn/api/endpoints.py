"""The API, version 1: what can be asked and what is answered; ``gate`` stands before all of it."""

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from ifn.api import schemas
from ifn.api.asking import ask, question_of, remarks
from ifn.api.cursors import OfAnotherFilter, Unreadable, cursor_after, key_of
from ifn.api.gate import gate, not_here
from ifn.api.problems import CONTENT_TYPE, Refused, said
from ifn.api.schemas import STABLE, SUMMARIES
from ifn.api.tags import tag_now, tag_of
from ifn.directory import numbers
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Business
from ifn.directory.opendata import kept
from ifn.directory.opendata.archive import LICENCE, LICENCE_ADDRESS
from ifn.directory.opendata.fields import OPEN_FIELDS
from ifn.directory.opendata.rows import open_row_numbered
from ifn.directory.opendata.writing import JsonWriter
from ifn.directory.queries import standing_for
from ifn.regions.queries import all_regions
from ifn.textsearch import queries as textsearch
from ifn.vocabulary.queries import lexicon

ROOT: Final = "/api/v1"
JSON: Final = "application/json"
_ABOUT: Final = """\
Read-only open data of the Indonesia Footwear Network: businesses and partner organisations of the
footwear chain, regions, and the words of the trade. Only what its owner shows to everybody.

Profiles that nobody confirmed for long are left out unless `fresh=all` asks for them.

Pages: follow `next` until it is null. Cursors belong to one filter; while data changes they neither
skip nor repeat what stays. Rankings (`relevance`, `fresh`, `distance`, `capacity`) have one page of
at most 100. Send `If-None-Match` to be told with 304 that nothing changed. Without a key {rate}
requests a minute are answered, with one {key_rate}: `Authorization: Bearer ifn_…`, never in the
address.
"""

api = NinjaAPI(
    title="Indonesia Footwear Network",
    version="1.0.0",
    docs_url=None,
    openapi_url="",
    urls_namespace="api-v1",
    openapi_extra={"info": {"license": {"name": LICENCE, "url": LICENCE_ADDRESS}}},
)
_whole = JsonWriter(OPEN_FIELDS)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@api.exception_handler(ValidationError)
def not_valid(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    raise Refused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "parameter",
        _("Some parameters cannot be used; “errors” names each."),
        [(str(_name_in(error["loc"])), said(error)) for error in fault.errors],
    ) from None


def _name_in(place: tuple[Any, ...]) -> Any:
    """Return the parameter in pydantic's path to a fault: ("query", "wanted", "limit")."""
    return next((part for part in reversed(place) if isinstance(part, str)), "")


@api.get("/businesses", response=schemas.BusinessPage, summary=SUMMARIES["/businesses"])
def businesses(request: HttpRequest, wanted: Query[schemas.BusinessQuery]) -> HttpResponse:
    _refuse_unknown(request, schemas.BusinessQuery)
    after = _after(wanted)
    asked = ask(wanted, after=after)
    found = textsearch.search(COLLECTION, asked.query)
    keys = found.keys[: wanted.limit]
    cursor = None
    if asked.sort == STABLE and len(found.keys) > wanted.limit:
        cursor = cursor_after(keys[-1], question_of(wanted))
    following = _following(request, cursor) if cursor else None
    rest = _encode(
        {
            "total": found.total,
            "sort": asked.sort,
            "next_cursor": cursor,
            "next": following,
            "notes": [*asked.notes, *remarks(found)],
        }
    )
    rows = ",".join(kept.written(keys))
    response = _answer(f'{{"data":[{rows}],{rest[1:]}', tag_of(request, found.state))
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


@api.get(
    "/businesses/{number}",
    response=schemas.BusinessWhole,
    summary=SUMMARIES["/businesses/{number}"],
)
def business(request: HttpRequest, number: str) -> HttpResponse:
    """Return everything public of the profile with this number, such as IFN-7K3M-S.

    The number of a profile that was merged into another leads to that one, for ever.
    """
    _refuse_unknown(request)
    tag = tag_now(request)
    try:
        row = open_row_numbered(numbers.read(number))
    except numbers.NotANumber:
        raise not_here() from None
    except numbers.WrongCheck:
        text = _("The number is mistyped: a character is wrong, or two are swapped.")
        raise Refused(HTTPStatus.NOT_FOUND, "mistyped-number", text) from None
    if row is None and (address := _moved_to(number)):
        return HttpResponsePermanentRedirect(address)
    if row is None:
        text = _("No listed profile has this number.")
        raise Refused(HTTPStatus.NOT_FOUND, "no-such-number", text)
    return _answer(_whole.text(row), tag)


def _moved_to(number: str) -> str:
    """Return the API's address of the listed profile that a number was merged into, or nothing."""
    found = Business.objects.filter(number=numbers.read(number)).first()
    standing = standing_for(found) if found else None
    if standing is None or standing.status != Business.Status.LISTED:
        return ""
    return f"{settings.PUBLIC_ADDRESS}{ROOT}/businesses/{standing.public_number}"


@api.get("/regions", response=schemas.RegionList, summary=SUMMARIES["/regions"])
def regions(request: HttpRequest, province: str = "") -> HttpResponse:
    """Return all regions, or a province with what lies in it."""
    _refuse_unknown(request, names={"province"})
    tag = tag_now(request)
    known = all_regions()
    if province and province not in {place.code for place in known.provinces}:
        raise _unknown("province", province)
    chosen = known.within(province) if province else tuple(known.by_code)
    return _json(
        {
            "data": [
                {
                    "code": place.code,
                    "name": place.name,
                    "kind": place.kind,
                    "province": place.province or None,
                    "latitude": place.latitude,
                    "longitude": place.longitude,
                }
                for place in (known.by_code[code] for code in chosen)
            ]
        },
        tag,
    )


@api.get("/vocabulary", response=schemas.TermList, summary=SUMMARIES["/vocabulary"])
def vocabulary(request: HttpRequest, vocabulary: schemas.VocabularyName = "") -> HttpResponse:
    """Return the words of one list, such as material, or of all."""
    _refuse_unknown(request, names={"vocabulary"})
    tag = tag_now(request)
    return _json(
        {
            "data": [
                {
                    "vocabulary": word.vocabulary,
                    "code": word.code,
                    "parent": word.parent or None,
                    "name_id": word.name_id,
                    "name_en": word.name_en,
                    "synonyms_id": word.synonyms_id,
                    "synonyms_en": word.synonyms_en,
                    "is_active": word.is_active,
                }
                for word in lexicon().words
                if not vocabulary or word.vocabulary == vocabulary
            ]
        },
        tag,
    )


def _json(body: dict[str, Any], tag: str) -> HttpResponse:
    return _answer(_encode(body), tag)


def _answer(text: str, tag: str) -> HttpResponse:
    return HttpResponse(text, content_type=JSON, headers={"ETag": tag})


def _unknown(name: str, value: str) -> Refused:
    return Refused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "parameter",
        _("Some parameters cannot be used; “errors” names each."),
        [(name, _("“%(value)s” is not known.") % {"value": value[:40]})],
    )


def _refuse_unknown(
    request: HttpRequest, model: Any = None, *, names: frozenset[str] | set[str] = frozenset()
) -> None:
    """Refuse parameters nobody reads: a mistyped filter must not look as if it were applied."""
    known = set(model.model_fields) if model else names
    strange = [name for name in request.GET if name not in known]
    if strange:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "parameter",
            _("Some parameters cannot be used; “errors” names each."),
            [(name[:40], _("There is no such parameter.")) for name in strange[:20]],
        )


def _after(wanted: schemas.BusinessQuery) -> int:
    if not wanted.cursor:
        return 0
    try:
        return key_of(wanted.cursor, question_of(wanted))
    except Unreadable:
        text = _("This cursor cannot be read. Begin again without it.")
        raise Refused(HTTPStatus.BAD_REQUEST, "cursor-unreadable", text) from None
    except OfAnotherFilter:
        text = _(
            "This cursor belongs to another filter. Send the filter it came with, or begin again"
            " without it."
        )
        raise Refused(HTTPStatus.BAD_REQUEST, "cursor-of-another-filter", text) from None


def _following(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{settings.PUBLIC_ADDRESS}{request.path}?{query.urlencode()}"


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return the API's description, OpenAPI 3.1, with what the gate answers for all of it."""
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=f"{ROOT}/"))
    schema["info"]["description"] = _ABOUT.format(
        rate=settings.API_RATE, key_rate=settings.API_KEY_RATE
    )
    fault = {
        "description": "Why there is no answer",
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    schema["components"]["schemas"]["ParameterFault"] = schemas.ParameterFault.model_json_schema()
    problem = schemas.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    problem.pop("$defs", None)
    schema["components"]["schemas"]["Problem"] = problem
    schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{}, {"key": []}]
    schema["servers"] = [{"url": settings.PUBLIC_ADDRESS}]
    for path_, operations in schema["paths"].items():
        for operation in operations.values():
            if "{number}" in path_:
                operation["responses"]["301"] = {
                    "description": "Merged into another profile: the address leads to it"
                }
            operation["responses"] |= dict.fromkeys(("400", "401", "404", "422", "429"), fault)
            operation["responses"]["304"] = {"description": "Nothing changed since"}
    return schema


def openapi(request: HttpRequest) -> HttpResponse:
    """Describe the API for programs."""
    _refuse_unknown(request)
    return _json(description(), tag_now(request))


def nothing(_request: HttpRequest, **_parts: str) -> HttpResponse:
    """Answer where nothing is, in the API's own way."""
    raise not_here()


def patterns() -> list[URLPattern]:
    """Return the API's addresses, each behind the gate."""
    found: list[URLPattern] = []
    for one in api.urls[0]:
        if isinstance(one, URLPattern) and str(one.pattern):
            route = str(one.pattern)
            found.append(path(f"api/v1/{route}", gate(one.callback), name=one.name))
    return [
        path("api/v1/openapi.json", gate(openapi), name="openapi"),
        *found,
        path("api/v1/", gate(nothing), name="root"),
        path("api/v1/<path:rest>", gate(nothing), name="nothing"),
    ]
