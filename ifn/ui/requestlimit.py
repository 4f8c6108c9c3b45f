"""Refuse a request that is too large, before any of it is read.

Django bounds the fields of a form but not its files, and reads them all to find the form's token,
also those of somebody who may not send any: without a bound a stranger could fill the disk.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

#: Bytes: the largest photo, 25 MB, and what the rest of its form needs.
LARGEST: Final = 26 * 1024 * 1024


class RequestLimit:
    """Answer 413 to a request that says to be larger than 26 MB; one that says nothing has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _length(request) > LARGEST:
            return render(request, "413.html", status=413)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # as Django takes it: nothing is read
