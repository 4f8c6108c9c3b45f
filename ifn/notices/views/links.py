"""What links in messages open, without signing in."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.models import User
from ifn.mail.models import Refusal
from ifn.notices import actions, tokens
from ifn.notices.kinds import KINDS


@access.everyone
@never_cache
@csrf_exempt  # mail programs post here by themselves (RFC 8058); the link itself is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether messages shall end, and end them; opening the link alone changes nothing."""
    try:
        key, kind = tokens.stopped(token)
    except tokens.Foreign:
        return _said(request, "foreign", HTTPStatus.NOT_FOUND)
    person = User.objects.filter(pk=key, is_active=True).first()
    if person is None:
        return _said(request, "foreign", HTTPStatus.NOT_FOUND)
    name = KINDS[kind].name if kind != tokens.ALL else ""
    if request.method != "POST":
        return _said(request, "ask", name=name)
    actions.stop(person, kind, at=now())
    return _said(request, "stopped", name=name)


@access.everyone
@never_cache
@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def stop_address(request: HttpRequest, token: str) -> HttpResponse:
    """Do the same for an address without an account."""
    try:
        digest, kind = tokens.stopped_address(token)
    except tokens.Foreign:
        return _said(request, "foreign", HTTPStatus.NOT_FOUND, is_outside=True)
    name = KINDS[kind].name
    if request.method != "POST":
        return _said(request, "ask", name=name, is_outside=True)
    actions.stop_address(digest, kind, at=now())
    return _said(request, "stopped", name=name, is_outside=True)


def _said(
    request: HttpRequest, state: str, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    return render(request, "notices/stop.html", {"state": state, **context}, status=status)


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reached(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever opens a link sent to a refused address say that it arrived."""
    try:
        refusal = Refusal.objects.filter(pk=tokens.reached(token)).first()
    except tokens.Foreign:
        return render(
            request, "notices/reached.html", {"state": "foreign"}, status=HTTPStatus.NOT_FOUND
        )
    state = "ask" if refusal else "reached"
    if refusal and request.method == "POST":
        actions.note_reached(refusal, at=now())
        state = "reached"
    return render(request, "notices/reached.html", {"state": state, "refusal": refusal})
