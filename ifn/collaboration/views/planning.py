"""The way of a project: its stages and milestones."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions import milestones as marks
from ifn.collaboration.actions import stages as actions
from ifn.collaboration.forms.projects import MilestoneForm, SettleForm, StageForm
from ifn.collaboration.models import Milestone, Project, Stage
from ifn.collaboration.ordering import after, before
from ifn.collaboration.queries.workspace import milestones_of, partners_of, stages_of
from ifn.collaboration.views.refusing import REFUSALS, done, sentence
from ifn.collaboration.views.standing import (
    MILESTONE_TONES,
    STAGE_TONES,
    Own,
    frame,
    led,
    taking_part,
)

_SAID: Final = ("plan", "begin", "end", "leave_out", "put_back")


@access.members
@require_safe
def stages(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the stages, and what can be done with each."""
    one = taking_part(request.user, code)
    rows = stages_of(one.project)
    context = {
        **frame(one, "project-stages"),
        "rows": [_row(each, rows, one) for each in rows],
        "form": StageForm(initial={"on": localdate()}),
    }
    return render(request, "collaboration/stages.html", context)


def _row(each: Stage, rows: list[Stage], one: Own) -> dict[str, Any]:
    """Return a stage with the steps that are open to whoever leads; others only read."""
    runs = one.leads and one.project.state == Project.State.RUNNING
    changes = one.leads and one.project.is_living
    is_planned = each.state == Stage.State.PLANNED
    is_running = each.state == Stage.State.RUNNING
    back = Stage.State.RUNNING if each.state == Stage.State.DONE else Stage.State.PLANNED
    may_put_back = not is_planned and not after(rows, each.place, back)
    return {
        "one": each,
        "tone": STAGE_TONES[each.state],
        "begins": runs and is_planned and not before(rows, each.place, "running"),
        "ends": runs and is_running and not before(rows, each.place, "done"),
        "plans": changes and (is_planned or is_running),
        "leaves_out": changes and (is_planned or is_running),
        "puts_back": changes and may_put_back,
        "waits_for": [
            str(other.get_kind_display())
            for other in before(rows, each.place, "running" if is_planned else "done")
        ]
        if one.leads and (is_planned or is_running)
        else [],
    }


@access.members
@require_POST
def step(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """Plan, begin, end, leave out or put back a stage."""
    one, form = led(request.user, code), StageForm(request.POST)
    rows = Stage.objects.select_related("project")
    stage = get_object_or_404(rows, project=one.project, kind=kind)
    if not form.is_valid() or form.cleaned_data["way"] not in _SAID:
        messages.error(request, _("Write the day as a date."))
        return redirect("collaboration:project-stages", one.project.code)
    done(request, _act(stage, form.cleaned_data, request), _("Noted."))
    return redirect("collaboration:project-stages", one.project.code)


def _act(stage: Stage, given: dict[str, Any], request: SignedInRequest) -> Callable[[], Stage]:
    by: dict[str, Any] = {"actor": request.user, "at": now()}
    today = localdate()
    on: date = given["on"] or today
    ways: dict[str, Callable[[], Stage]] = {
        "plan": lambda: actions.plan(stage, given["until"], **by),
        "begin": lambda: actions.begin(stage, on=on, today=today, **by),
        "end": lambda: actions.end(stage, given["result"], on=on, today=today, **by),
        "leave_out": lambda: actions.leave_out(stage, **by),
        "put_back": lambda: actions.put_back(stage, **by),
    }
    return ways[given["way"]]


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def milestones(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the milestones, and write one as whoever leads."""
    one = taking_part(request.user, code)
    project, today = one.project, localdate()
    is_sent = request.method == "POST" and one.leads
    form = MilestoneForm(
        request.POST if is_sent else None, partners_of(project), stages_of(project)
    )
    if is_sent and form.is_valid():
        try:
            marks.write(project, form.facts(), key=form.given_key(), actor=request.user, at=now())
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("It is in the plan."))
            return redirect("collaboration:project-milestones", project.code)
    context = {
        **frame(one, "project-milestones"),
        "rows": milestone_rows(milestones_of(project), one, today),
        "form": form,
    }
    return render(request, "collaboration/milestones.html", context)


def milestone_rows(rows: list[Milestone], one: Own, today: date) -> list[dict[str, Any]]:
    """Return milestones as they are shown, each with whether this person answers for it."""
    is_open = one.project.is_living
    return [
        {
            "one": each,
            "is_overdue": is_late(each, today),
            "tone": "bad" if is_late(each, today) else MILESTONE_TONES[each.state],
            "settles": is_open and (one.leads or each.owner_id in one.stands.speaks_for),
            "changes": is_open and one.leads,
        }
        for each in rows
    ]


def is_late(each: Milestone, today: date) -> bool:
    """Say whether a milestone should have been done."""
    return each.state == Milestone.State.OPEN and each.due_on < today


def _milestone(one: Own, pk: int) -> Milestone:
    rows = Milestone.objects.select_related("project", "owner")
    return get_object_or_404(rows, project=one.project, pk=pk)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Change a milestone."""
    one = led(request.user, code)
    found, project = _milestone(one, pk), one.project
    initial = {
        "what": found.what,
        "owner": str(found.owner_id or ""),
        "stage": str(found.stage_id or ""),
        "due_on": found.due_on,
        "version": found.version,
    }
    form = MilestoneForm(
        request.POST if request.method == "POST" else None,
        partners_of(project),
        stages_of(project),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            marks.change(found, form.facts(), version=version, actor=request.user, at=now())
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("collaboration:project-milestones", project.code)
    context = {**frame(one, "project-milestones"), "form": form, "milestone": found}
    return render(request, "collaboration/milestone.html", context)


@access.members
@require_POST
def settle(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Say that a milestone is done, given up, or open after all: who leads, or whose it is."""
    one = taking_part(request.user, code)
    found, form = _milestone(one, pk), SettleForm(request.POST)
    if not (one.leads or found.owner_id in one.stands.speaks_for):
        raise Http404
    if not form.is_valid() or form.cleaned_data["state"] not in Milestone.State.values:
        messages.error(request, _("Choose what is to happen."))
        return redirect("collaboration:project-milestones", one.project.code)
    given = form.cleaned_data
    done(
        request,
        lambda: marks.settle(found, **given, actor=request.user, at=now()),
        _("Noted. Thank you."),
    )
    return redirect("collaboration:project-milestones", one.project.code)
