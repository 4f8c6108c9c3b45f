"""The panel: the office names it, evaluators declare conflicts and give points, it is decided."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.collaboration.actions.calls import deciding, judging
from ifn.collaboration.actions.calls.moving import ReasonMissing
from ifn.collaboration.calling import states
from ifn.collaboration.forms.applications import DecideForm, DeclareForm, EvaluatorForm, ScoreForm
from ifn.collaboration.models import Application, Call, Evaluator, Project
from ifn.collaboration.policies import calls as policies
from ifn.collaboration.queries import calls as queries
from ifn.collaboration.queries import panels
from ifn.collaboration.queries.applications import of_call
from ifn.collaboration.views.calls import saying
from ifn.collaboration.views.calls.reaching import decided_call, frame, led_call, own_seat


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the panel of a call to the office, and put somebody on it."""
    call = decided_call(request.user, code)
    form = EvaluatorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _added(request, call, form):
        return redirect("collaboration:call-panel", call.code)
    context = {
        **frame(call, request.user, "call-panel"),
        "rows": panels.evaluators_of(call),
        "form": form,
        "can_add": call.state in states.EMPANELS,
    }
    return render(request, "collaboration/calls/members.html", context)


def _added(request: SignedInRequest, call: Call, form: EvaluatorForm) -> bool:
    person = User.objects.filter(email__iexact=form.cleaned_data["email"]).first()
    if person is None:
        form.add_error("email", _no_account())
        return False
    try:
        judging.add_evaluator(call, person, actor=request.user, at=now())
    except judging.NoAccount:
        form.add_error("email", _no_account())
    except judging.NotNow:
        form.add_error(None, _("Nobody can be put on the panel of this call now."))
    else:
        messages.success(request, _("%(name)s is on the panel.") % {"name": person.name})
        return True
    return False


def _no_account() -> str:
    return _("Nobody signs in with this address. Ask them to register first.")


@access.members
@require_POST
def remove_member(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take somebody off the panel."""
    call = decided_call(request.user, code)
    one = get_object_or_404(Evaluator.objects.select_related("call"), call=call, pk=pk)
    try:
        judging.remove_evaluator(one, actor=request.user, at=now())
    except judging.HasJudged:
        messages.error(request, _("Somebody who gave points stays on the panel."))
    return redirect("collaboration:call-panel", call.code)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: SignedInRequest, code: str) -> HttpResponse:
    """Let an evaluator declare conflicts, and show what is to be judged."""
    call, seat = own_seat(request.user, code)
    applications = list(panels.judged_by_panel(call)) if call.state == Call.State.PANEL else []
    seen = panels.conflicts_seen(request.user.pk, applications)
    kept = panels.conflicts_of(seat)
    asked = [one for one in applications if one.pk not in kept]
    form = DeclareForm(request.POST if request.method == "POST" else None, asked, seen)
    if request.method == "POST" and form.is_valid():
        try:
            judging.declare(seat, form.declared(), actor=request.user, at=now())
        except judging.NotNow:
            messages.error(request, _("The panel does not judge now."))
        except judging.WordsMissing:
            messages.error(request, _("Say in a few words what it is."))
        else:
            messages.success(request, _("Thank you. Now give points to the others."))
        return redirect("collaboration:panel", call.code)
    given, count = panels.points_of(seat), len(panels.weights_of(call))
    context = {
        "call": call,
        "seat": seat,
        "form": form,
        "is_judging": call.state == Call.State.PANEL,
        "asked": [_asked(form, one, seen) for one in asked],
        "rows": [
            {
                "one": one,
                "conflict": kept.get(one.pk),
                "is_done": len(given.get(one.pk, {})) == count,
            }
            for one in applications
        ],
    }
    return render(request, "collaboration/calls/panel.html", context)


def _asked(form: DeclareForm, one: Application, seen: Any) -> dict[str, Any]:
    found = seen.get(one.pk)
    return {
        "one": one,
        "tick": form[f"in_{one.pk}"],
        "why": form[f"why_{one.pk}"],
        "seen": saying.seen(found) if found else "",
    }


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show an application to an evaluator, who gives points and says why."""
    call, seat = own_seat(request.user, code)
    one = panels.judged_by_panel(call).filter(pk=pk).first()
    if one is None or call.state != Call.State.PANEL:
        raise Http404
    found = panels.conflicts_seen(request.user.pk, [one]).get(one.pk)
    if one.pk in panels.conflicts_of(seat) or (found and found.is_certain):
        raise PermissionDenied
    if seat.declared_at is None:
        messages.error(request, _("First say where you have a conflict of interest."))
        return redirect("collaboration:panel", call.code)
    known = panels.points_of(seat).get(one.pk, {})
    form = ScoreForm(
        request.POST if request.method == "POST" else None, queries.criteria_of(call), known
    )
    if request.method == "POST" and form.is_valid():
        judging.score(seat, one, form.given(), actor=request.user, at=now())
        messages.success(request, _("Your points are saved; you can change them until it ends."))
        return redirect("collaboration:panel", call.code)
    return render(
        request, "collaboration/calls/judge.html", {"call": call, "one": one, "form": form}
    )


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the order of the panel to who leads the call; the office decides."""
    call = led_call(request.user, code)
    may = policies.can_decide(request.user) and call.state == Call.State.PANEL
    applications = [one for one in of_call(call) if one.state in _JUDGED]
    form = DecideForm(request.POST if request.method == "POST" else None, applications)
    if request.method == "POST":
        access.require(policies.can_decide(request.user))
        if form.is_valid() and _decided(request, call, form):
            return redirect("collaboration:call-decision", call.code)
    by_key = {one.pk: one for one in applications}
    criteria = queries.criteria_of(call)
    rows = []
    for ranked in panels.ranking(call, applications):
        one = by_key[ranked.key]
        means = [(each.name, each.weight, ranked.means.get(each.pk)) for each in criteria]
        fields = (form[f"verdict_{one.pk}"], form[f"reason_{one.pk}"]) if may else ()
        rows.append({"one": one, "ranked": ranked, "means": means, "fields": fields})
    context = {
        **frame(call, request.user, "call-decision"),
        "rows": rows,
        "form": form,
        "may": may,
        "project": Project.objects.filter(call=call).first(),
    }
    return render(request, "collaboration/calls/decision.html", context)


_JUDGED = (Application.State.ELIGIBLE, Application.State.CHOSEN, Application.State.NOT_CHOSEN)


def _decided(request: SignedInRequest, call: Call, form: DecideForm) -> bool:
    try:
        deciding.decide(call, form.verdicts(), actor=request.user, at=now())
    except deciding.NotDeciding:
        form.add_error(None, _("It is not decided about this call now."))
    except deciding.AboutEach:
        form.add_error(None, _("The applications have changed. Load the page anew."))
    except ReasonMissing:
        form.add_error(None, _("Every decision takes a reason."))
    except deciding.NobodyJudged as refused:
        form.add_error(
            None, _("Nobody gave points to: %(firms)s.") % {"firms": ", ".join(refused.firms)}
        )
    except deciding.OldTerms as refused:
        form.add_error(
            None,
            _("These have not accepted the new terms and cannot be chosen: %(firms)s.")
            % {"firms": ", ".join(refused.firms)},
        )
    except deciding.MoreThanWanted as refused:
        form.add_error(
            None,
            _("%(role)s: the call wants %(number)d only.")
            % {"role": refused.wanted.get_role_display(), "number": refused.wanted.wanted},
        )
    else:
        messages.success(request, _("It is decided, and everybody is told."))
        return True
    return False
