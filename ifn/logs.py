"""Structured logs: one JSON object a line, without personal data.

A request is logged with its route, never with its address: addresses carry search words,
names and, in links from messages, keys.
"""

import json
import logging
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("ifn.request")

#: What ``logging`` puts on every record by itself; all else was given as ``extra``.
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage() if record.name.startswith("ifn") else record.msg,
        }
        line |= {
            name: value
            for name, value in vars(record).items()
            if name not in STANDARD and record.name.startswith("ifn")
        }
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


class RequestLog:
    """Log each request's method, route, status and time, and give it an identifier."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        identifier = secrets.token_hex(8)
        response = self.get_response(request)
        response["X-Request-Id"] = identifier
        match = request.resolver_match
        logger.info(
            "request",
            extra={
                "request": identifier,
                "method": request.method,
                "route": match.route if match else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        return response
