"""Projects as visitors see them, one's own list, the office's list."""

from typing import Final

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration import codes
from ifn.collaboration.models import Project
from ifn.collaboration.policies.projects import can_see, is_office
from ifn.collaboration.queries.origins import agreed_of, speaks_for_any
from ifn.collaboration.queries.projects import (
    ANSWERS,
    OVERDUE,
    Asked,
    briefly,
    figures_of,
    for_office,
    is_asked,
    named_partners,
    projects_of,
    stands,
    unnamed_number,
)
from ifn.collaboration.queries.workspace import stages_of
from ifn.collaboration.views import tabs
from ifn.collaboration.views.projectrows import desk_rows, own_rows
from ifn.collaboration.views.stagerows import stage_rows
from ifn.collaboration.views.standing import TONES, found
from ifn.connections.telling import asker_name
from ifn.connections.wording import firm_name

PAGE: Final = 30


@access.everyone
@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """Show of a project what its partners let visitors see."""
    one = found(code)
    known = stands(request.user, one)
    if not can_see(request.user, one, known.standing):
        raise Http404
    partners = named_partners(one)
    context = {
        "project": one,
        "spoken": codes.spoken(codes.Kind.PROJECT, one.code),
        "tone": TONES[one.state],
        "partners": partners,
        "others": unnamed_number(one),
        "stages": stage_rows(stages_of(one)),
        "is_shown": one.is_shown,
        "is_own": known.standing > 0,
    }
    return render(request, "collaboration/project.html", context)


@access.members
@require_safe
def own_projects(request: SignedInRequest) -> HttpResponse:
    """Show the projects of one's firms, those that wait for an answer marked."""
    page = Paginator(projects_of(request.user), PAGE).get_page(request.GET.get("hal"))
    rows = briefly(page.object_list)
    figures = figures_of([one.pk for one in rows], localdate())
    asked = is_asked(request.user) if any(one.silent for one in figures.values()) else ()
    speaks = speaks_for_any(request.user)
    context = {
        "tabs": tabs.of_person("own-projects"),
        "page": page,
        "rows": own_rows(rows, figures, asked),
        "may_begin": speaks or is_office(request.user),
        "agreed": [
            {"one": each, "with": f"{asker_name(each.letter)} – {firm_name(each)}"}
            for each in (agreed_of(request.user) if speaks else ())
        ],
    }
    return render(request, "collaboration/own_projects.html", context)


class AskedForm(forms.Form):
    """What the office asks its list for."""

    q = forms.CharField(label=gettext_lazy("Title or code"), required=False, max_length=80)
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All")), *Project.State.choices],
    )
    tunggu = forms.ChoiceField(
        label=gettext_lazy("Waits for"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            (OVERDUE, gettext_lazy("Overdue milestones")),
            (ANSWERS, gettext_lazy("Answers of partners")),
        ],
    )

    def asked(self) -> Asked:
        """Return what is asked for; nothing where it is no question."""
        if not self.is_valid():
            return Asked()
        given = self.cleaned_data
        return Asked(given["keadaan"], given["tunggu"], _as_code(given["q"]))


def _as_code(words: str) -> str:
    try:
        return codes.read(codes.Kind.PROJECT, words)
    except codes.NotACode:
        return words.strip()


@access.staff
@require_safe
def desk_projects(request: SignedInRequest) -> HttpResponse:
    """Show the office all projects, by what they wait for."""
    access.require(is_office(request.user))
    form, today = AskedForm(request.GET), localdate()
    asked = form.asked()
    page = Paginator(for_office(asked, today), PAGE).get_page(request.GET.get("hal"))
    rows = list(page.object_list)
    figures = figures_of([one.pk for one in rows], today)
    context = {
        "tabs": tabs.of_office("desk-projects"),
        "form": form,
        "page": page,
        "is_filtered": asked != Asked(),
        "rows": desk_rows(rows, figures),
    }
    return render(request, "collaboration/desk_projects.html", context)
