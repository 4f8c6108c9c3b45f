"""Structured logs: one JSON object a line, without personal data.

A request is logged with its route, never with its address: addresses carry search words, names
and, in links from messages, keys. A fault is logged with its type and place, and with its message
only where that is known to hold no values of ours: databases quote whole rows in theirs. Records of
libraries are logged as the template of their message, never filled in.
"""

import json
import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("ifn.request")

#: What ``logging`` puts on every record by itself; all else was given as ``extra``.
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
#: Of what Django adds to its records, the parts that name no person and no address.
HARMLESS = ("status_code",)

META = "ifn.request"
#: The identifier of the request that is being answered, empty outside one.
request_identifier: ContextVar[str] = ContextVar("request_identifier", default="")


@dataclass(frozen=True, slots=True)
class Fault:
    """What may be told about an exception without telling about a person."""

    type: str
    message: str
    place: str

    @classmethod
    def of(cls, fault: BaseException) -> Self:
        """Describe an exception and what led to it; ``place`` has one frame a line."""
        return cls(
            type=_path_of(type(fault)),
            message=_harmless_message(fault),
            place="\n".join(_places(fault)),
        )


def _path_of(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _harmless_message(fault: BaseException) -> str:
    """Return what the system or the database server said, without the values it said it about."""
    if isinstance(fault, OSError):
        return fault.strerror or ""
    server = getattr(fault.__cause__, "diag", None)
    if server is not None:
        return " ".join(part for part in (server.sqlstate, server.constraint_name) if part)
    return ""


def _places(fault: BaseException) -> Iterator[str]:
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if cause is not None:
        yield from _places(cause)
        yield f"then {_path_of(type(fault))}"
    else:
        yield _path_of(type(fault))
    for frame in traceback.extract_tb(fault.__traceback__):
        yield f"{_short(frame.filename)}:{frame.lineno} {frame.name}"


def _short(path: str) -> str:
    """Return the part of a file's path that says which code it is."""
    parts = Path(path).parts
    for root in ("site-packages", "ifn"):
        if root in parts:
            return "/".join(parts[parts.index(root) + (root != "ifn") :])
    return parts[-1]


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == "ifn" or record.name.startswith("ifn.")
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage() if ours else _template(record),
        }
        if identifier := request_identifier.get() or _identifier_in(record):
            line["request"] = identifier
        line |= {
            name: value
            for name, value in vars(record).items()
            if (ours and name not in STANDARD) or name in HARMLESS
        }
        if not ours:
            line["place"] = f"{_short(record.pathname)}:{record.lineno}"
        if record.exc_info and record.exc_info[1]:
            fault = Fault.of(record.exc_info[1])
            line["fault"] = {
                "type": fault.type,
                "message": fault.message,
                "place": fault.place.split("\n"),
            }
        return json.dumps(line, default=str, ensure_ascii=False)


def _identifier_in(record: logging.LogRecord) -> str:
    """Return the identifier of the request that Django attached to its own late records."""
    meta: dict[str, str] = getattr(getattr(record, "request", None), "META", {})
    return meta.get(META, "")


def _template(record: logging.LogRecord) -> str:
    # Without arguments the text may have been filled in before, as Django's security records are.
    return str(record.msg) if record.args else "withheld"


class RequestLog:
    """Log each request's method, route, status and time, and give it an identifier."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        identifier = secrets.token_hex(8)
        request.META[META] = identifier
        token = request_identifier.set(identifier)
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = identifier
            match = request.resolver_match
            logger.info(
                "request",
                extra={
                    "method": request.method,
                    "route": match.route if match else None,
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )
        finally:
            request_identifier.reset(token)
        return response
