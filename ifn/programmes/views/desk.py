"""The desk: all batches, a new one, its plan in steps, and its way from state to state."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.programmes import policies
from ifn.programmes.actions import planning
from ifn.programmes.choosing.wording import rule_of
from ifn.programmes.forms.planning import STEPS, BeginForm, FilterForm, ReasonForm, StepForm
from ifn.programmes.models import Batch
from ifn.programmes.planning import states
from ifn.programmes.queries.batches import (
    Wanted,
    budget_of,
    changes_of,
    counted,
    listed,
    partners_of,
    years,
)
from ifn.programmes.views.reaching import TONES, desk_batch, frame, planned_batch
from ifn.programmes.views.writing import conditions_of, move_word, where_of

PAGE = 24


@access.staff
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """List the batches a person may open, as they ask."""
    access.require(policies.has_desk(request.user))
    form = FilterForm(request.GET, years())
    form.is_valid()
    given = form.cleaned_data
    wanted = Wanted(
        state=given.get("keadaan", ""),
        region=given.get("daerah", ""),
        year=given.get("tahun"),
        text=given.get("q", "").strip(),
    )
    page = Paginator(listed(request.user, wanted), PAGE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "page": page,
        "rows": [{"one": one, "tone": TONES[one.state]} for one in page],
        "plans": policies.can_plan(request.user),
        "is_filtered": wanted != Wanted(),
    }
    return render(request, "programmes/desk.html", context)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a batch, here or as a region's need proposes it; the steps of its plan follow."""
    access.require(policies.can_plan(request.user))
    form = BeginForm(request.POST if request.method == "POST" else None)
    form.propose(*(request.GET.get(name, "") for name in ("daerah", "topik", "kebutuhan")))
    if request.method == "POST" and form.is_valid():
        batch = planning.plan(form.changes(), actor=request.user, at=now())
        return redirect("programmes:step", batch.code, "isi")
    return render(request, "programmes/begin.html", {"form": form})


@access.staff
@require_safe
def overview(request: SignedInRequest, code: str) -> HttpResponse:
    """Show where a batch stands, what comes next, and what happened to it."""
    batch = counted(Batch.objects.select_related("region")).get(
        pk=desk_batch(request.user, code).pk
    )
    plans = policies.can_plan(request.user)
    lines = budget_of(batch) if plans else []
    context = {
        **frame(batch, request.user, "desk-batch"),
        "facts": where_of(batch),
        "conditions": conditions_of(batch),
        "rule": rule_of(batch.rule),
        "changes": changes_of(batch),
        "partners": partners_of(batch),
        "planned": sum(one.planned for one in lines),
        "spent": sum(one.spent for one in lines),
        "steps": [(key, title) for key, (title, _form) in STEPS.items()],
        "moves": _moves(batch) if plans else [],
        "form": ReasonForm(),
    }
    return render(request, "programmes/overview.html", context)


def _moves(batch: Batch) -> list[dict[str, Any]]:
    """Return into which states a batch can go: the usual one stands out."""
    names = states.MOVES[batch.state]
    return [
        {
            "state": state,
            "word": move_word(state, batch.state),
            "kind": "" if place == 0 and state not in states.WITH_REASON else "quiet",
        }
        for place, state in enumerate(names)
    ]


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """Show one step of the plan and save what is sent."""
    batch = planned_batch(request.user, code)
    if key not in STEPS:
        raise Http404
    title, kind = STEPS[key]
    form = kind(request.POST if request.method == "POST" else None, batch=batch)
    if request.method == "POST" and form.is_valid() and _save(request, batch, form):
        names = list(STEPS)
        place = names.index(key) + 1
        if "next" in request.POST and place < len(names):
            return redirect("programmes:step", batch.code, names[place])
        messages.success(request, _("The plan is saved."))
        return redirect("programmes:desk-batch", batch.code)
    context = {
        **frame(batch, request.user, ""),
        "form": form,
        "title": title,
        "place": list(STEPS).index(key) + 1,
        "count": len(STEPS),
        "is_last": key == list(STEPS)[-1],
        "version": request.POST.get("version", batch.version),
    }
    return render(request, "programmes/step.html", context)


def _save(request: SignedInRequest, batch: Batch, form: StepForm) -> bool:
    given = request.POST.get("version", "")
    seen = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004
    try:
        planning.revise(batch, form.changes(), version=seen, actor=request.user, at=now())
    except planning.ChangedMeanwhile:
        form.add_error(None, _("Somebody else changed this batch meanwhile. Load the page anew."))
    except planning.RuleIsStated:
        form.add_error(
            None,
            _("Somebody has registered already, so conditions and points stay as they were said."),
        )
    except planning.QuotaBelowSeats as refused:
        form.add_error("quota", _("%(taken)d seats are taken already.") % {"taken": refused.taken})
    except planning.SessionsOutside as refused:
        form.add_error(
            "ends_on",
            _("%(number)d sessions would lie outside of these days. Move them first.")
            % {"number": refused.number},
        )
    except planning.DaysReversed:
        form.add_error("ends_on", _("The last day is before the first."))
    else:
        return True
    return False


@access.staff
@require_POST
def move(request: SignedInRequest, code: str) -> HttpResponse:
    """Bring a batch into its next state."""
    batch = planned_batch(request.user, code)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        planning.move(
            batch, request.POST.get("state", ""), reason=reason, actor=request.user, at=now()
        )
    except planning.CannotMove:
        messages.error(request, _("This is not possible from its present state."))
    except planning.ReasonMissing:
        messages.error(request, _("Write the reason: everybody in the batch reads it."))
    except planning.StillUndecided as refused:
        messages.error(
            request,
            _("It is not decided yet about %(number)d registrations.") % {"number": refused.number},
        )
    except planning.NobodyComes:
        messages.error(request, _("Nobody is accepted yet."))
    else:
        messages.success(request, _("Saved. Those whom it concerns are told."))
    return redirect("programmes:desk-batch", batch.code)
