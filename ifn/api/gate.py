"""What stands before every address of the API: it answers for itself instead of the sign-in page.

Whoever comes is anonymous or has a key; cookies count for nothing here. Keys in addresses are
refused, requests are counted, browsers of all sites may read, and what is known already is not
sent again.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ifn.accounts import access
from ifn.api import actions
from ifn.api.problems import Refused, language_of, problem
from ifn.api.queries import live_key
from ifn.api.tags import tag_now
from ifn.quotas.counting import Allowance, take
from ifn.quotas.places import place_of

View = Callable[..., HttpResponse]
#: Names under which keys are put into addresses elsewhere.
KEY_NAMES: Final = frozenset({"key", "api_key", "apikey", "api-key", "access_token", "token"})
METHODS: Final = "GET, HEAD, OPTIONS"
_SHOWN: Final = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
#: How long an answer is used without asking whether it still holds.
_FRESH: Final = "public, max-age=60"


def gate(view: View) -> Callable[..., HttpResponseBase]:
    """Return the view as the API's addresses need it."""

    @access.everyone
    @csrf_exempt
    def guarded(request: HttpRequest, /, **parts: str) -> HttpResponse:
        with translation.override(language_of(request)):
            if request.method == "OPTIONS":
                return _readable(_options())
            allowance: list[Allowance] = []
            try:
                _refuse_keys_in_address(request)
                allowance.append(_allowance(request))
                response = _answer(view, request, parts, allowance[0])
            except Refused as refused:
                response = problem(refused)
                _explain(response, refused, allowance)
            if allowance:
                _tell_quota(response, allowance[0])
            response["Content-Language"] = translation.get_language() or "en"
            return _readable(response)

    return guarded


def _answer(
    view: View, request: HttpRequest, parts: dict[str, str], allowance: Allowance
) -> HttpResponse:
    if not allowance.is_allowed:
        raise Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            "rate-limit",
            _("%(limit)d requests a minute are answered here. Go on in %(seconds)d seconds.")
            % {"limit": allowance.limit, "seconds": allowance.seconds},
        )
    if request.method not in {"GET", "HEAD"}:
        raise Refused(
            HTTPStatus.METHOD_NOT_ALLOWED, "method", _("Use one of: %(all)s.") % {"all": METHODS}
        )
    given = request.headers.get("If-None-Match")
    if given and _is_among((tag := tag_now(request)), given):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        response["ETag"] = tag
    else:
        request.method, asked = "GET", request.method
        try:
            response = view(request, **parts)
        except Http404:
            raise not_here() from None
        if asked == "HEAD":
            length = len(response.content)
            response.content = b""
            response["Content-Length"] = str(length)
        if response.status_code != HTTPStatus.OK:
            return response
    response["Cache-Control"] = _FRESH
    return response


def not_here() -> Refused:
    """Return what is said where there is nothing."""
    return Refused(HTTPStatus.NOT_FOUND, "not-here", _("There is nothing at this address."))


def _is_among(tag: str, given: str) -> bool:
    """Say whether the program has this very answer already; tags are compared weakly."""
    known = {one.strip().removeprefix("W/") for one in given.split(",")}
    return tag.removeprefix("W/") in known


def _refuse_keys_in_address(request: HttpRequest) -> None:
    named = sorted(name for name in request.GET if name.lower() in KEY_NAMES)
    if named or any(
        value.startswith("ifn_") for _name, values in request.GET.lists() for value in values
    ):
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            "key-in-address",
            _(
                "A key does not belong into an address, where many machines write it down. Revoke"
                " it on your account page, make another one, and send it as “Authorization:"
                " Bearer …”."
            ),
            [(name[:40], _("Take this out of the address.")) for name in named],
        )


def _allowance(request: HttpRequest) -> Allowance:
    """Count the request for its key, or for the place it comes from."""
    given, at = request.headers.get("Authorization", ""), now()
    if not given:
        return take("api", place_of(request), limit=settings.API_RATE, at=at)
    scheme, _space, secret = given.partition(" ")
    key = live_key(secret.strip()) if scheme.lower() == "bearer" else None
    if key is None:  # guessing counts as asking
        allowance = take("api", place_of(request), limit=settings.API_RATE, at=at)
        if not allowance.is_allowed:
            return allowance
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "unknown-key",
            _("This key is not known or was revoked. Without a key reading works as well."),
        )
    actions.note_use(key, at=at)
    return take("api key", str(key.pk), limit=settings.API_KEY_RATE, at=at)


def _options() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.NO_CONTENT,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "Authorization, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def _readable(response: HttpResponse) -> HttpResponse:
    """Let scripts of every site read the answer; cookies play no part, so nothing leaks."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = _SHOWN
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _explain(response: HttpResponse, refused: Refused, allowance: list[Allowance]) -> None:
    if refused.status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = str(allowance[0].seconds)
    elif refused.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="IFN", error="invalid_token"'
    elif refused.status == HTTPStatus.METHOD_NOT_ALLOWED:
        response["Allow"] = METHODS


def _tell_quota(response: HttpResponse, allowance: Allowance) -> None:
    response["RateLimit-Policy"] = f'"minute";q={allowance.limit};w=60'
    response["RateLimit"] = f'"minute";r={allowance.remaining};t={allowance.seconds}'
