"""Notes and risks of a project."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions import notes as actions
from ifn.collaboration.actions.notes import Writer
from ifn.collaboration.forms.projects import NoteForm, RiskForm
from ifn.collaboration.models import Risk
from ifn.collaboration.queries.workspace import notes_of, partners_of, risks_of
from ifn.collaboration.views.refusing import REFUSALS, done, sentence
from ifn.collaboration.views.standing import frame, taking_part, written

PAGE: Final = 30
#: How the gravity of a risk looks.
GRAVE: Final = {1: "", 2: "warn", 3: "bad"}


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: SignedInRequest, code: str) -> HttpResponse:
    """Show what was decided and said, and write it down."""
    one = taking_part(request.user, code)
    is_sent = request.method == "POST" and one.writes
    form = NoteForm(request.POST if is_sent else None, localdate())
    if is_sent and form.is_valid():
        given = form.cleaned_data
        try:
            actions.write_note(
                one.project,
                given["kind"],
                given["text"],
                on=given["on"],
                key=form.given_key(),
                writer=Writer(request.user),
                at=now(),
            )
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("It is written down."))
            return redirect("collaboration:project-notes", one.project.code)
    context = {
        **frame(one, "project-notes"),
        "form": form,
        "page": Paginator(notes_of(one.project), PAGE).get_page(request.GET.get("hal")),
    }
    return render(request, "collaboration/notes.html", context)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def risks(request: SignedInRequest, code: str) -> HttpResponse:
    """Show what may go wrong and what waits, and add to it."""
    one = taking_part(request.user, code)
    is_sent = request.method == "POST" and one.writes
    form = RiskForm(request.POST if is_sent else None, partners_of(one.project))
    if is_sent and form.is_valid():
        given = form.cleaned_data
        try:
            actions.raise_risk(
                one.project,
                given["what"],
                gravity=given["gravity"],
                waits_on=int(given["waits_on"]) if given["waits_on"] else None,
                plan=given["plan"],
                key=form.given_key(),
                actor=request.user,
                at=now(),
            )
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("It is written down."))
            return redirect("collaboration:project-risks", one.project.code)
    context = {
        **frame(one, "project-risks"),
        "form": form,
        "rows": [
            {"one": each, "tone": "" if each.ended_at else GRAVE[each.gravity]}
            for each in risks_of(one.project, with_ended=True)
        ],
    }
    return render(request, "collaboration/risks.html", context)


@access.members
@require_POST
def end_risk(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Say that a risk is over."""
    one = written(request.user, code)
    found = get_object_or_404(Risk.objects.select_related("project"), project=one.project, pk=pk)
    done(request, lambda: actions.end_risk(found, actor=request.user, at=now()), _("Noted."))
    return redirect("collaboration:project-risks", one.project.code)
