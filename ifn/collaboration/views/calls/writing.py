"""Who leads a call writes it, states its terms, and takes it from state to state."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration import codes
from ifn.collaboration.actions.calls import moving, writing
from ifn.collaboration.calling import states
from ifn.collaboration.forms.calls import (
    STEPS,
    CriterionForm,
    PhaseForm,
    ReasonForm,
    RoleForm,
    StepForm,
    TermsForm,
)
from ifn.collaboration.models import Call, CallPhase, CallRole, Criterion
from ifn.collaboration.policies import projects as of_projects
from ifn.collaboration.queries import calls as queries
from ifn.collaboration.views.calls import saying
from ifn.collaboration.views.calls.public import call_context
from ifn.collaboration.views.calls.reaching import frame, led_call

#: The parts of a call: word in the address, title, model, form.
PARTS: Final[dict[str, tuple[Any, Any, Any]]] = {
    "peran": (gettext_lazy("Who is wanted"), CallRole, RoleForm),
    "kriteria": (gettext_lazy("Criteria"), Criterion, CriterionForm),
    "fase": (gettext_lazy("Phases"), CallPhase, PhaseForm),
}


@access.members
@require_safe
def own_call(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a call to who leads it: what it says, what it lacks, where it can go."""
    call = led_call(request.user, code)
    is_office = of_projects.is_office(request.user)
    names = states.moves(call.state, is_office=is_office, is_offices=call.business_id is None)
    if call.state == Call.State.OPEN and localdate() <= call.closes_on:
        names.remove(Call.State.SCREENING)
    is_writable = call.state in Call.WRITABLE
    context = {
        **call_context(call),
        **frame(call, request.user, "own-call"),
        "spoken": codes.spoken(codes.Kind.CALL, call.code),
        "steps": queries.steps_of(call),
        "parts": [(key, title) for key, (title, _form) in STEPS.items()] if is_writable else [],
        "lists": [(key, part[0]) for key, part in PARTS.items()] if is_writable else [],
        "lacking": saying.lacking(queries.missing(call, localdate()))
        if call.state in {*Call.WRITABLE, Call.State.REVIEW}
        else [],
        "moves": [_move(call, state) for state in names],
        "form": ReasonForm(),
        "can_state_terms": call.state in {*Call.WRITABLE, *states.ACCEPTED_BEFORE},
    }
    return render(request, "collaboration/calls/own.html", context)


def _move(call: Call, state: str) -> dict[str, str]:
    kind = "danger" if state in states.WITH_REASON else ""
    return {"state": state, "word": saying.move_word(state, call.state), "kind": kind}


@access.members
@require_POST
def move(request: SignedInRequest, code: str) -> HttpResponse:
    """Bring a call into its next state."""
    call, state = led_call(request.user, code), request.POST.get("state", "")
    is_office, is_offices = of_projects.is_office(request.user), call.business_id is None
    if state in states.MOVES[call.state] and state not in states.moves(
        call.state, is_office=is_office, is_offices=is_offices
    ):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        moving.move(call, state, reason=reason, actor=request.user, at=now(), today=localdate())
    except moving.CannotMove:
        messages.error(request, _("This is not possible from its present state."))
    except moving.NotReady as refused:
        messages.error(request, " ".join(saying.lacking(refused.missing)))
    except moving.ReasonMissing:
        messages.error(request, _("Write the reason: those whom it concerns read it."))
    except moving.StillOpen:
        messages.error(request, _("Firms may apply until the last day that was announced."))
    except moving.StillToScreen as refused:
        messages.error(
            request,
            _("%(number)d applications were not looked at yet.") % {"number": refused.number},
        )
    else:
        messages.success(request, _("Saved. Those whom it concerns are told."))
    return redirect("collaboration:own-call", call.code)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """Show one step and save what is sent."""
    call = led_call(request.user, code)
    if key not in STEPS:
        raise Http404
    title, kind = STEPS[key]
    form = kind.of(request.POST if request.method == "POST" else None, call)
    if request.method == "POST" and form.is_valid() and _saved(request, call, form):
        messages.success(request, _("The call is saved."))
        names = list(STEPS)
        after = names[names.index(key) + 1 :]
        if "next" in request.POST and after:
            return redirect("collaboration:call-step", call.code, after[0])
        return redirect("collaboration:own-call", call.code)
    context = {
        **frame(call, request.user, ""),
        "form": form,
        "title": title,
        "is_last": key == list(STEPS)[-1],
        "is_writable": call.state in Call.WRITABLE,
        "version": request.POST.get("version", call.version),
    }
    return render(request, "collaboration/calls/step.html", context)


def _saved(request: SignedInRequest, call: Call, form: StepForm) -> bool:
    given = request.POST.get("version", "")
    seen = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004
    try:
        writing.revise(call, form.cleaned_data, version=seen, actor=request.user, at=now())
    except writing.ChangedMeanwhile:
        form.add_error(None, _("Somebody else changed this call meanwhile. Load the page anew."))
    except writing.StandsStill:
        form.add_error(None, _stands_still())
    except writing.DaysReversed:
        form.add_error(None, _("The days are not in order."))
    else:
        return True
    return False


def _stands_still() -> str:
    return _("What a call states stands still once it was handed in or opened.")


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def parts(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """Show the roles, criteria or phases of a call; add one, or change one."""
    call = led_call(request.user, code)
    title, model, kind = _part_of(key)
    row = request.GET.get("baris", "")
    one = get_object_or_404(model, call=call, pk=row) if row.isdecimal() else None
    names = list(kind.base_fields)
    initial = {name: getattr(one, name) for name in names} if one else {"wanted": 1}
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        part = one or model(call=call)
        if _part_written(request, part, form):
            return redirect("collaboration:call-parts", call.code, key)
    rows = list(model.objects.filter(call=call).order_by("pk"))
    context = {
        **frame(call, request.user, ""),
        "key": key,
        "title": title,
        "rows": [{"one": each, "says": _say(each)} for each in rows],
        "total": sum(each.weight for each in rows) if model is Criterion else None,
        "chosen": one,
        "form": form,
        "is_writable": call.state in Call.WRITABLE,
    }
    return render(request, "collaboration/calls/parts.html", context)


def _part_of(key: str) -> tuple[Any, Any, Any]:
    if key not in PARTS:
        raise Http404
    return PARTS[key]


def _say(part: CallRole | Criterion | CallPhase) -> tuple[str, list[str]]:
    """Return how a part is called, and what else is to be read of it."""
    if isinstance(part, CallRole):
        label = f"{part.get_role_display()} × {part.wanted}"
        return label, [*filter(None, [part.conditions]), *saying.conditions_of(part)]
    if isinstance(part, Criterion):
        return part.name, [_("%(weight)d percent") % {"weight": part.weight}]
    return part.label, []


def _part_written(request: SignedInRequest, part: Any, form: Any) -> bool:
    try:
        writing.write_part(part, form.cleaned_data, actor=request.user, at=now())
    except writing.StandsStill:
        form.add_error(None, _stands_still())
    except writing.ThereAlready:
        form.add_error("role", _("The call wants this role already: change that line."))
    else:
        messages.success(request, _("The call is saved."))
        return True
    return False


@access.members
@require_POST
def remove_part(request: SignedInRequest, code: str, key: str, pk: int) -> HttpResponse:
    """Take a role, a criterion or a phase out of a call."""
    call = led_call(request.user, code)
    _title, model, _form = _part_of(key)
    try:
        writing.remove_part(
            get_object_or_404(model, call=call, pk=pk), actor=request.user, at=now()
        )
    except writing.StandsStill:
        messages.error(request, _stands_still())
    return redirect("collaboration:call-parts", call.code, key)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: SignedInRequest, code: str) -> HttpResponse:
    """Show every version of the terms, and state them anew."""
    call = led_call(request.user, code)
    versions = queries.versions_of(call)
    known = {"text_id": versions[0].text_id, "text_en": versions[0].text_en} if versions else {}
    form = TermsForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            writing.write_terms(
                call, given["text_id"], given["text_en"], actor=request.user, at=now()
            )
        except writing.NoNewTerms:
            form.add_error(None, _("The terms cannot be changed now."))
        else:
            messages.success(request, _("The terms are stated as version of today."))
            return redirect("collaboration:call-terms", call.code)
    context = {
        **frame(call, request.user, ""),
        "versions": versions,
        "form": form,
        "is_told": call.state in states.ACCEPTED_BEFORE,
        "can_state": call.state in {*Call.WRITABLE, *states.ACCEPTED_BEFORE},
    }
    return render(request, "collaboration/calls/terms.html", context)
