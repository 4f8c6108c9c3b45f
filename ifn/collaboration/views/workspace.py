"""The workspace of a project: what waits, the whole changed and moved, its record as a file."""

import json
from typing import Any, Final

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions import projects as actions
from ifn.collaboration.actions.holding import ChangedMeanwhile
from ifn.collaboration.forms.projects import MoveForm, ProjectForm
from ifn.collaboration.models import Project, ProjectPartner
from ifn.collaboration.ordering import MOVES, moves_from
from ifn.collaboration.queries.record import record_of
from ifn.collaboration.queries.workspace import (
    milestones_of,
    partners_of,
    risks_of,
    stages_of,
    steps_of,
    waits_of,
)
from ifn.collaboration.views.beginning import ORIGINS
from ifn.collaboration.views.refusing import done
from ifn.collaboration.views.stagerows import stage_rows, step_rows
from ifn.collaboration.views.standing import (
    frame,
    led,
    own,
    taking_part,
)
from ifn.collaboration.views.wording import awaited
from ifn.directory.downloads import as_file

_WORDS: Final[dict[str, tuple[Promise, str]]] = {
    "start": (gettext_lazy("Start it"), ""),
    "resume": (gettext_lazy("Go on"), ""),
    "complete": (gettext_lazy("Complete it"), ""),
    "reopen": (gettext_lazy("Take it up again"), "quiet"),
    "pause": (gettext_lazy("Pause"), "quiet"),
    "stop": (gettext_lazy("Stop"), "plain"),
}


@access.members
@require_safe
def overview(request: SignedInRequest, code: str) -> HttpResponse:
    """Show what a project is for, how far it is, and what waits on whom."""
    one = own(request.user, code)
    project, today = one.project, localdate()
    partners = partners_of(project)
    context: dict[str, Any] = {
        **frame(one, "own-project"),
        "mine": [
            each
            for each in partners
            if each.pk in one.stands.speaks_for
            and each.state in {ProjectPartner.State.INVITED, ProjectPartner.State.ACCEPTED}
        ],
        "partners": [each for each in partners if each.state == ProjectPartner.State.ACCEPTED],
        "stages": stage_rows(stages_of(project)),
    }
    if one.takes_part:
        waits = waits_of(partners, milestones_of(project), risks_of(project), today)
        context |= {
            "waits": [
                {
                    "who": held.partner.name if held.partner else _("The whole project"),
                    "words": [awaited(each) for each in held.waits],
                }
                for held in waits
            ],
            "steps": step_rows(steps_of(project)),
        }
    if one.leads:
        context["moves"] = [
            {"way": way, "word": word, "kind": kind, "takes_reason": MOVES[way].takes_reason}
            for way, (word, kind) in _WORDS.items()
            if way in moves_from(project.state)
        ]
        context["move_form"] = MoveForm(initial={"version": project.version})
    return render(request, "collaboration/workspace.html", context)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the words of a project, and whether visitors see that it runs."""
    one = led(request.user, code)
    project = one.project
    fixed = project.origin not in ORIGINS
    form = ProjectForm(
        request.POST if request.method == "POST" else None,
        origins=[project.origin] if fixed else list(ORIGINS),
        initial=_initial(project),
    )
    version = request.POST.get("version", str(project.version))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                project,
                form.cleaned_data,
                version=int(version) if version.isdecimal() and len(version) < 10 else 0,  # noqa: PLR2004
                actor=request.user,
                at=now(),
            )
        except ChangedMeanwhile:
            form.add_error(None, _("Somebody else changed this meanwhile. Load the page anew."))
        else:
            messages.success(request, _("Saved."))
            return redirect("collaboration:own-project", project.code)
    context = {**frame(one, ""), "form": form, "version": version}
    return render(request, "collaboration/change.html", context)


def _initial(project: Project) -> dict[str, Any]:
    names = actions.COLUMNS - {"follows_id"}
    return {name: getattr(project, name) for name in names}


@access.members
@require_POST
def move(request: SignedInRequest, code: str) -> HttpResponse:
    """Start, pause, resume, complete, stop or reopen a project."""
    one, form = led(request.user, code), MoveForm(request.POST)
    if not form.is_valid() or form.cleaned_data["way"] not in MOVES:
        messages.error(request, _("Choose what is to happen."))
        return redirect("collaboration:own-project", one.project.code)
    given = form.cleaned_data
    done(
        request,
        lambda: actions.move(one.project, **given, actor=request.user, at=now()),
        _("Noted. Everybody in the project is told."),
    )
    return redirect("collaboration:own-project", one.project.code)


@access.members
@never_cache
@require_safe
def record(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand out the record of a project, as far as a partner has it: JSON, CSV or a workbook."""
    one = taking_part(request.user, code)
    kept = record_of(one.project, one.stands.standing)
    name, kind = f"proyek-{one.project.code}", request.GET.get("jenis", "json")
    if kind in {"csv", "xlsx"}:
        return as_file(kind, name, kept.heading, kept.rows)
    response = HttpResponse(
        json.dumps(kept.content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
