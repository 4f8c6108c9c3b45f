"""Answers that say why there is no answer: problem details (RFC 9457) in the reader's language."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

#: A parameter and what is wrong with it.
Fault = tuple[str, str]
CONTENT_TYPE: Final = "application/problem+json"


class Refused(Exception):  # noqa: N818
    """A request cannot be answered; the gate turns it into a problem."""

    def __init__(
        self, status: HTTPStatus, code: str, detail: str, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.faults = status, code, detail, list(faults)


def problem(refused: Refused) -> HttpResponse:
    """Return the answer; it is not to be kept."""
    titles = {
        HTTPStatus.BAD_REQUEST: _("The request cannot be used"),
        HTTPStatus.UNAUTHORIZED: _("The key opens nothing"),
        HTTPStatus.NOT_FOUND: _("Not here"),
        HTTPStatus.METHOD_NOT_ALLOWED: _("Only reading is possible"),
        HTTPStatus.UNPROCESSABLE_ENTITY: _("A parameter cannot be used"),
        HTTPStatus.TOO_MANY_REQUESTS: _("Too many requests"),
    }
    body: dict[str, Any] = {
        "type": f"{settings.PUBLIC_ADDRESS}/api#{refused.code}",
        "title": titles[refused.status],
        "status": refused.status.value,
        "detail": refused.detail,
    }
    if refused.faults:
        body["errors"] = [
            {"parameter": name, "message": message} for name, message in refused.faults
        ]
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=refused.status, content_type=CONTENT_TYPE
    )
    response["Cache-Control"] = "no-store"
    return response


def language_of(request: HttpRequest) -> str:
    """Return the language for messages: what the program asks for, else English."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code[:2] in {"id", "en"}:
            return code[:2]
    return "en"


def said(error: dict[str, Any]) -> str:
    """Return what is wrong with a parameter, in words; ``error`` is pydantic's."""
    limits = error.get("ctx", {})
    kinds = {
        "int_parsing": _("This is not a whole number."),
        "bool_parsing": _("Write true or false."),
        "greater_than_equal": _("At least %(ge)s.") % {"ge": limits.get("ge")},
        "less_than_equal": _("At most %(le)s.") % {"le": limits.get("le")},
        "string_too_long": _("At most %(length)s characters.")
        % {"length": limits.get("max_length")},
        "too_long": _("At most %(length)s values.") % {"length": limits.get("max_length")},
        "literal_error": _("One of: %(expected)s.") % {"expected": limits.get("expected")},
    }
    if error["type"].startswith("date"):
        return _("Write a day as 2026-01-31.")
    return kinds.get(error["type"]) or str(error["msg"])
