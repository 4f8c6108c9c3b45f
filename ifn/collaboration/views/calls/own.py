"""A person's own: the calls of their firms, applications, invitations, seats on panels."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions.calls import applying, inviting, writing
from ifn.collaboration.forms.calls import BeginForm, ReasonForm
from ifn.collaboration.models import Application, Call
from ifn.collaboration.policies import calls as policies
from ifn.collaboration.policies import projects as of_projects
from ifn.collaboration.queries import applications as applied
from ifn.collaboration.queries import calls as queries
from ifn.collaboration.queries.panels import seats_of
from ifn.collaboration.views import tabs
from ifn.collaboration.views.calls import saying
from ifn.collaboration.views.calls.reaching import own_application, own_invitation

_PENDING = (Application.State.SUBMITTED, Application.State.ELIGIBLE)


@access.members
@require_safe
def own_calls(request: SignedInRequest) -> HttpResponse:
    """Show what a person has to do with calls."""
    firms = queries.firms_of(request.user)
    keys = [one.business.pk for one in firms]
    speaks = any(one.role in of_projects.SPEAKS for one in firms)
    rows = [
        {
            "one": one,
            "says": saying.standing_of(one, one.call),
            "look": saying.LOOKS.get(one.state, "") if _is_told(one) else "",
            "has_new_terms": _has_new_terms(one),
        }
        for one in applied.of_firms(keys)
    ]
    context = {
        "tabs": tabs.of_person("own-calls"),
        "invitations": applied.invitations_of_firms(keys),
        "applications": rows,
        "calls": [
            {"one": one, "tone": saying.TONES.get(one.state, "")} for one in queries.led_by(keys)
        ],
        "seats": seats_of(request.user),
        "can_begin": speaks or of_projects.is_office(request.user),
    }
    return render(request, "collaboration/calls/mine.html", context)


def _is_told(one: Application) -> bool:
    """Say whether the firm knows by now what was decided so far."""
    return one.call.state in {Call.State.PANEL, Call.State.DECIDED, Call.State.CANCELLED}


def _has_new_terms(one: Application) -> bool:
    newest: int | None = vars(one).get("newest_terms")
    is_pending = one.state in _PENDING and one.call.state != Call.State.CANCELLED
    return is_pending and newest is not None and newest != one.terms.number


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a call in the name of a firm, or of the office."""
    firms = queries.firms_of(request.user)
    may = [one.business for one in firms if policies.can_call_for(one.business, one.role)]
    is_office = of_projects.is_office(request.user)
    form = BeginForm(request.POST if request.method == "POST" else None, may, is_office=is_office)
    if request.method == "POST" and form.is_valid():
        call = writing.begin(
            form.cleaned_data, business=form.business_chosen(), actor=request.user, at=now()
        )
        return redirect("collaboration:call-step", call.code, "isi")
    context = {"form": form, "may": bool(may) or is_office}
    return render(request, "collaboration/calls/begin.html", context)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an application to the firm that made it; accept new terms, or take it back."""
    one, speaks = own_application(request.user, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        access.require(speaks or not {"accept", "withdraw"} & request.POST.keys())
        if "accept" in request.POST:
            _accept(request, one)
        elif "withdraw" in request.POST:
            _withdraw(request, one, form.cleaned_data["reason"])
        return redirect("collaboration:own-application", one.pk)
    terms = queries.terms_of(one.call)
    is_pending = one.state in _PENDING and one.call.state != Call.State.CANCELLED
    context: dict[str, Any] = {
        "one": one,
        "call": one.call,
        "says": saying.standing_of(one, one.call),
        "look": saying.LOOKS.get(one.state, "") if _is_told(one) else "",
        "reason": one.reason if _is_told(one) or one.state == one.State.WITHDRAWN else "",
        "terms": terms,
        "has_new_terms": is_pending and terms != one.terms,
        "speaks": speaks,
        "is_pending": is_pending,
        "form": form,
    }
    return render(request, "collaboration/calls/application.html", context)


def _accept(request: SignedInRequest, one: Application) -> None:
    terms = queries.terms_of(one.call)
    if terms is None or request.POST["accept"] != str(terms.pk):
        messages.error(request, _("The terms were changed again. Read them first."))
        return
    try:
        applying.accept_terms(one, terms, actor=request.user, at=now())
    except applying.TermsChanged:
        messages.error(request, _("The terms were changed again. Read them first."))
    except applying.NothingToAccept:
        messages.error(request, _("There is nothing to accept any more."))
    else:
        messages.success(request, _("You accepted the terms as they read now."))


def _withdraw(request: SignedInRequest, one: Application, reason: str) -> None:
    try:
        applying.withdraw(one, reason=reason, actor=request.user, at=now())
    except applying.CannotWithdraw:
        messages.error(request, _("It was decided about this application already."))
    else:
        messages.success(request, _("Your application is taken back."))


@access.members
@require_POST
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a firm does not follow an invitation."""
    one = own_invitation(request.user, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        inviting.decline(one, reason=reason, actor=request.user, at=now())
    except inviting.AnsweredAlready:
        messages.error(request, _("This firm has applied already."))
    else:
        messages.success(request, _("Thank you for the answer."))
    return redirect("collaboration:own-calls")
