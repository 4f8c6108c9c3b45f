"""The link in a message: is it still open? Answered with one tap, without signing in."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.connections import actions
from ifn.connections.models import Opportunity
from ifn.connections.opportunities import presenting, stillopen
from ifn.connections.queries.opportunities import particulars_of
from ifn.regions.queries import all_regions


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_open(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and take the answer; opening the link changes nothing."""
    try:
        asked = stillopen.read(token, localdate())
    except stillopen.Foreign:
        return _said(request, "foreign", None, HTTPStatus.NOT_FOUND)
    except stillopen.Expired as over:
        return _said(request, "expired", _found(over.number), HTTPStatus.GONE)
    one = _found(asked.number)
    if one is None:
        return _said(request, "gone", None, HTTPStatus.GONE)
    if request.method == "POST" and not asked.is_answered(one):
        return _answered(request, one, asked, token)
    if asked.is_answered(one):
        return _said(request, "answered", one)
    return _said(request, "asked", one)


def _answered(
    request: HttpRequest, one: Opportunity, asked: stillopen.AskedAbout, token: str
) -> HttpResponse:
    try:
        if "fill" in request.POST:
            actions.fill(one, asked=asked, actor=None, at=now())
        else:
            actions.renew(one, asked=asked, actor=None, at=now(), today=localdate())
    except (actions.NotOpen, actions.DeadlineGone):
        return _said(request, "over", one, HTTPStatus.CONFLICT)
    one.refresh_from_db()
    if not asked.is_answered(one):  # it is open until its deadline, which a link cannot move
        return _said(request, "deadline", one)
    return redirect("connections:still-open", token)


def _found(number: str) -> Opportunity | None:
    return Opportunity.objects.select_related("business").filter(number=number).first()


def _said(
    request: HttpRequest, state: str, one: Opportunity | None, status: int = HTTPStatus.OK
) -> HttpResponse:
    context: dict[str, object] = {"state": state, "one": one, "days": stillopen.VALID.days}
    if one is not None and state == "asked":
        said = particulars_of(one)
        context["facts"] = presenting.facts(said, all_regions(), sees_price=True)
    return render(request, "connections/still_open.html", context, status=status)
