from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import time_format
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.privacy import tokens
from ifn.privacy.actions import requests as actions
from ifn.privacy.clock import clock
from ifn.privacy.forms import AskInWritingForm
from ifn.privacy.models import DataRequest
from ifn.privacy.retention import RULES
from ifn.privacy.steps import BY_KIND, PLANS
from ifn.quotas.places import place_of
from ifn.quotas.tries import Bound, count

#: Requests that anybody may send from one place in a while.
REQUESTS: Final = 20


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request from anybody; whoever is signed in is better served on a page of their own."""
    given = {"kind": request.GET.get("soal", ""), "profile": request.GET.get("profil", "")[:20]}
    form = AskInWritingForm(request.POST or None, initial=given)
    status = HTTPStatus.OK
    if form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("privacy:ask")
        if again_at := count(Bound("data request", place_of(request), REQUESTS), at=now()):
            time = time_format(localtime(again_at), "H:i")
            form.add_error(None, _("Too many requests. Try again after %s.") % time)
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            made = _received(form)
            return redirect("privacy:followed", tokens.to_follow(made.pk))
    return render(request, "privacy/ask.html", {"form": form}, status=status)


def _received(form: AskInWritingForm) -> DataRequest:
    data = form.cleaned_data
    asked = actions.Asked(
        kind=data["kind"],
        way=DataRequest.Way.FORM,
        business=data["profile"],
        name=data["name"],
        email=data["email"],
        phone=data["phone"],
        text=data["text"],
        language="en" if get_language() == "en" else "id",
    )
    return actions.receive(asked, actor=None, at=now())


def _followed(token: str) -> DataRequest:
    try:
        pk = tokens.followed(token)
    except tokens.Foreign:
        raise Http404 from None
    return get_object_or_404(DataRequest, pk=pk)


@access.everyone
@never_cache
@require_safe
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """Show whoever has its link how a request stands; nothing of the data themselves."""
    asked = _followed(token)
    context = {
        "asked": asked,
        "token": token,
        "clock": clock(asked.due_at, now(), asked.ended_at),
        "messages_sent": asked.notes.filter(is_message=True).order_by("written_at"),
    }
    return render(request, "privacy/followed.html", context)


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by a button that a request is one's own; opening the link alone does nothing."""
    try:
        pk = tokens.proven(token)
    except tokens.Foreign:
        raise Http404 from None
    asked = get_object_or_404(DataRequest, pk=pk)
    if request.method == "POST":
        actions.prove_by_link(pk, at=now())
        return redirect("privacy:followed", tokens.to_follow(pk))
    return render(request, "privacy/prove.html", {"asked": asked})


@access.everyone
@never_cache
@require_safe
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """Show the proof of a finished request, to print and keep."""
    asked = _followed(token)
    if asked.state != DataRequest.State.DONE:
        raise Http404
    steps = list(asked.steps.select_related("done_by").order_by("position"))
    done = {one.key for one in steps}
    context = {
        "asked": asked,
        "steps": [{"title": PLANS[one.key].title, "step": one} for one in steps],
        "kept": [plan.keeps for plan in BY_KIND[asked.kind] if plan.keeps and plan.key in done],
        "is_whole": actions.digest_of(asked.proof) == asked.digest,
        "clock": clock(asked.due_at, now(), asked.ended_at),
    }
    return render(request, "privacy/proof.html", context)


@access.everyone
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Show how long what is kept."""
    return render(request, "privacy/retention.html", {"rules": RULES})
