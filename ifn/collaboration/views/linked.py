"""What partners by name and guests do by their signed link, without an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.collaboration.actions import milestones, notes
from ifn.collaboration.actions import partners as actions
from ifn.collaboration.actions.notes import Writer
from ifn.collaboration.forms.projects import CommentForm, ReasonForm, SettleForm
from ifn.collaboration.models import Milestone, Note, Project, ProjectPartner
from ifn.collaboration.policies.projects import Standing
from ifn.collaboration.queries.workspace import (
    files_of,
    milestones_of,
    notes_of,
    partners_of,
    specification_of,
    stages_of,
)
from ifn.collaboration.views.filing import handed_out
from ifn.collaboration.views.planning import is_late
from ifn.collaboration.views.refusing import REFUSALS, done, sentence
from ifn.collaboration.views.stagerows import stage_rows
from ifn.collaboration.views.standing import (
    MILESTONE_TONES,
    TONES,
    guest_by_link,
    opened_by_link,
    partner_by_link,
)

State = ProjectPartner.State
#: So many notes stand on a page that is opened by a link.
MOST_NOTES = 20


def _context(project: Project, standing: Standing) -> dict[str, Any]:
    """Return what of a project is open by a link."""
    is_in = standing >= Standing.PARTNER or standing == Standing.GUEST
    return {
        "project": project,
        "tone": TONES[project.state],
        "is_open": project.is_living,
        "stages": stage_rows(stages_of(project)),
        "partners": [each for each in partners_of(project) if each.takes_part],
        "files": files_of(project, standing),
        "notes": notes_of(project)[:MOST_NOTES] if is_in else [],
        "specification": specification_of(project) if is_in else None,
    }


def _standing(one: ProjectPartner) -> Standing:
    """Return what a partner by name is; who declined or left sees only that."""
    known = {State.ACCEPTED: Standing.PARTNER, State.INVITED: Standing.INVITED}
    return known.get(State(one.state), Standing.NONE)


@access.everyone
@opened_by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: HttpRequest, token: str) -> HttpResponse:
    """Show somebody who takes part by name their project, and let them comment."""
    one, today = partner_by_link(token), localdate()
    standing = _standing(one)
    is_sent = request.method == "POST" and standing == Standing.PARTNER
    form = CommentForm(request.POST if is_sent else None)
    if is_sent and form.is_valid() and _commented(form, one.project, one.name):
        messages.success(request, _("It is written down."))
        return redirect("collaboration:partner-link", token)
    own = [each for each in milestones_of(one.project) if each.owner_id == one.pk]
    context = {
        **_context(one.project, standing),
        "one": one,
        "token": token,
        "is_invited": standing == Standing.INVITED,
        "is_in": standing == Standing.PARTNER,
        "milestones": [
            {
                "one": each,
                "is_overdue": is_late(each, today),
                "tone": "bad" if is_late(each, today) else MILESTONE_TONES[each.state],
            }
            for each in own
        ]
        if standing == Standing.PARTNER
        else [],
        "reason_form": ReasonForm(),
        "form": form,
    }
    return render(request, "collaboration/partner_link.html", context)


def _commented(form: CommentForm, project: Project, name: str) -> bool:
    try:
        notes.write_note(
            project,
            Note.Kind.COMMENT,
            form.cleaned_data["text"],
            on=localdate(),
            key=form.given_key(),
            writer=Writer(name=name),
            at=now(),
        )
    except REFUSALS as refusal:
        form.add_error(None, sentence(refusal))
        return False
    return True


@access.everyone
@opened_by_link
@require_POST
def partner_acts(request: HttpRequest, token: str) -> HttpResponse:
    """Accept, decline, leave, be named to visitors or not: as the partner itself says."""
    one, form = partner_by_link(token), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    by: dict[str, Any] = {"actor": None, "at": now()}
    acts = {
        "accept": lambda: actions.answer(one, State.ACCEPTED, **by),
        "decline": lambda: actions.answer(one, State.DECLINED, reason=reason, **by),
        "leave": lambda: actions.answer(one, State.LEFT, reason=reason, **by),
        "name": lambda: actions.name_to_visitors(one, is_named=True, **by),
        "unname": lambda: actions.name_to_visitors(one, is_named=False, **by),
    }
    act = acts.get(request.POST.get("way", ""))
    if act is None:
        messages.error(request, _("Choose what is to happen."))
    else:
        done(request, act, _("Noted. Thank you."))
    return redirect("collaboration:partner-link", token)


@access.everyone
@opened_by_link
@require_POST
def partner_settles(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Say that an own milestone is done, given up, or open after all."""
    one, form = partner_by_link(token), SettleForm(request.POST)
    rows = Milestone.objects.select_related("project")
    found = get_object_or_404(rows, project=one.project, owner=one, pk=pk)
    if not one.takes_part:
        raise Http404
    if not form.is_valid() or form.cleaned_data["state"] not in Milestone.State.values:
        messages.error(request, _("Choose what is to happen."))
        return redirect("collaboration:partner-link", token)
    given = form.cleaned_data
    done(
        request,
        lambda: milestones.settle(found, **given, actor=None, at=now()),
        _("Noted. Thank you."),
    )
    return redirect("collaboration:partner-link", token)


@access.everyone
@opened_by_link
@require_safe
def partner_file(_request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    """Hand out a file of the project to who takes part by name."""
    one = partner_by_link(token)
    return handed_out(one.project, pk, _standing(one))


@access.everyone
@opened_by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """Show a guest one project, and let them comment if they may."""
    one = guest_by_link(token)
    is_sent = request.method == "POST" and one.may_write
    form = CommentForm(request.POST if is_sent else None)
    if is_sent and form.is_valid() and _commented(form, one.project, one.name):
        messages.success(request, _("It is written down."))
        return redirect("collaboration:guest-link", token)
    context = {**_context(one.project, Standing.GUEST), "one": one, "token": token, "form": form}
    return render(request, "collaboration/guest.html", context)


@access.everyone
@opened_by_link
@require_safe
def guest_file(_request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    """Hand out a file of the project that is open to guests."""
    return handed_out(guest_by_link(token).project, pk, Standing.GUEST)
