"""Smaller pages on the way: HTML travels compressed, static files are compressed already.

Where a page holds a secret beside words that somebody else may have put into its address, its
compressed length could give the secret away letter by letter (the BREACH attack). Pages of people
who are signed in and pages with a form's token therefore get a random length.
"""

from collections.abc import Callable
from typing import Final

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

#: Below this many bytes nothing is won.
WORTH_IT: Final = 500
#: Quality 3 of 11: a page of 74 kB becomes 12 kB in a quarter of a millisecond.
QUALITY: Final = 3
#: Bytes at most that make a length random, as Django's own middleware does it.
RANDOM_BYTES: Final = 100
KINDS: Final = ("text/", "application/xml", "application/json", "image/svg+xml")


class Compression:
    """Compress what the application writes, as the browser understands it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _is_fit(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        understood = _understood(request)
        if _has_secret(request):
            if "gzip" in understood:
                _replace(
                    response,
                    compress_string(response.content, max_random_bytes=RANDOM_BYTES),
                    "gzip",
                )
        elif "br" in understood:
            _replace(response, brotli.compress(response.content, quality=QUALITY), "br")
        elif "gzip" in understood:
            _replace(response, compress_string(response.content), "gzip")
        return response


def _is_fit(response: HttpResponse) -> bool:
    return (
        len(response.content) >= WORTH_IT
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").startswith(KINDS)
    )


def _understood(request: HttpRequest) -> set[str]:
    """Return the encodings that the browser takes."""
    offered = (part.split(";") for part in request.headers.get("Accept-Encoding", "").split(","))
    return {
        name.strip().lower()
        for name, *weight in offered
        if "".join(weight).replace(" ", "") not in {"q=0", "q=0.0"}
    }


def _has_secret(request: HttpRequest) -> bool:
    """Say whether the page may be about one person, or holds the token of a form."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "CSRF_COOKIE" in request.META


def _replace(response: HttpResponse, content: bytes, encoding: str) -> None:
    response.content = content
    response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(content))
