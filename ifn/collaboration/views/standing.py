"""Whose project it is, what somebody may do there, what every page of it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ifn.accounts.models import User
from ifn.collaboration import codes, tokens
from ifn.collaboration.models import Guest, Milestone, Project, ProjectPartner, Stage
from ifn.collaboration.policies.projects import Standing, can_open, can_take_part, is_office
from ifn.collaboration.queries.projects import Stands, project_with, stands
from ifn.ui.addresses import address_with

Given = ParamSpec("Given")
#: How the states look.
TONES: Final[Mapping[str, str]] = {
    Project.State.PLANNED: "",
    Project.State.RUNNING: "good",
    Project.State.PAUSED: "warn",
    Project.State.DONE: "good",
    Project.State.STOPPED: "bad",
}
PARTNER_TONES: Final[Mapping[str, str]] = {
    ProjectPartner.State.INVITED: "warn",
    ProjectPartner.State.ACCEPTED: "good",
    ProjectPartner.State.DECLINED: "bad",
    ProjectPartner.State.LEFT: "",
}
STAGE_TONES: Final[Mapping[str, str]] = {
    Stage.State.PLANNED: "",
    Stage.State.RUNNING: "action",
    Stage.State.DONE: "good",
    Stage.State.LEFT_OUT: "",
}
MILESTONE_TONES: Final[Mapping[str, str]] = {
    Milestone.State.OPEN: "action",
    Milestone.State.DONE: "good",
    Milestone.State.DROPPED: "",
}


@dataclass(frozen=True, slots=True)
class Own:
    """A project as somebody opened it, and what they are to it."""

    project: Project
    stands: Stands
    user: User

    @property
    def leads(self) -> bool:
        """Say whether they lead it."""
        return self.stands.leads

    @property
    def writes(self) -> bool:
        """Say whether they write notes, risks, files and figures in it."""
        return self.stands.writes

    @property
    def takes_part(self) -> bool:
        """Say whether they take part in it."""
        return can_take_part(self.stands.standing)


def found(code: str) -> Project:
    """Return the project of a code in any case, or answer that there is none."""
    try:
        one = project_with(codes.read(codes.Kind.PROJECT, code))
    except codes.NotACode:
        raise Http404 from None
    if one is None:
        raise Http404
    return one


def own(user: User, code: str) -> Own:
    """Return a project whose workspace is open to somebody; others learn nothing of it.

    Raises:
        Http404: There is none, or they have no part in it.

    """
    project = found(code)
    known = stands(user, project)
    if not can_open(known.standing):
        raise Http404
    return Own(project, known, user)


def taking_part(user: User, code: str) -> Own:
    """Return a project for who takes part in it.

    Raises:
        Http404: There is none, or they have not said yes.

    """
    one = own(user, code)
    if not one.takes_part:
        raise Http404
    return one


def written(user: User, code: str) -> Own:
    """Return a project for who writes in it.

    Raises:
        Http404: There is none, or they only read.

    """
    one = own(user, code)
    if not one.writes:
        raise Http404
    return one


def led(user: User, code: str) -> Own:
    """Return a project for who leads it.

    Raises:
        Http404: There is none, or they do not lead it.

    """
    one = own(user, code)
    if not one.leads:
        raise Http404
    return one


def frame(one: Own, here: str) -> dict[str, Any]:
    """Return what every page of a workspace shows: the project, its parts, what they may do."""
    project = one.project
    return {
        "project": project,
        "spoken": codes.spoken(codes.Kind.PROJECT, project.code),
        "tabs": tabs_of(project, here, takes_part=one.takes_part, leads=one.leads),
        "tone": TONES[project.state],
        "leads": one.leads,
        "takes_part": one.takes_part,
        "writes": one.writes,
        "is_office": is_office(one.user),
        "is_invited": one.stands.standing == Standing.INVITED,
        "is_open": project.is_living,
    }


def partner_by_link(token: str) -> ProjectPartner:
    """Return the partner whose link this is.

    Raises:
        Foreign: It is none of ours, or the partner has gone.
        Expired: It is too old, or was withdrawn or replaced by a newer one.

    """
    link = tokens.partner_of(token, localdate())
    rows = ProjectPartner.objects.select_related("project").filter(pk=link.key, business=None)
    one = next(iter(rows), None)
    if one is None:
        raise tokens.Foreign
    if (one.link, one.link_on) != (link.number, link.on):
        raise tokens.Expired
    return one


def guest_by_link(token: str) -> Guest:
    """Return the guest whose link this is.

    Raises:
        Foreign: It is none of ours, or the guest was taken out.
        Expired: It is too old, or was withdrawn or replaced by a newer one.

    """
    link = tokens.guest_of(token, localdate())
    one = next(iter(Guest.objects.select_related("project").filter(pk=link.key)), None)
    if one is None:
        raise tokens.Foreign
    if (one.link, one.link_on) != (link.number, link.on):
        raise tokens.Expired
    return one


def opened_by_link(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
    """Answer a link that opens nothing with a page that says so and what to do."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Given.args, **options: Given.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, *args, **options)
        except tokens.Foreign:
            is_old = False
        except tokens.Expired:
            is_old = True
        context = {"is_old": is_old, "contact": settings.CONTACT_EMAIL}
        return render(request, "collaboration/link_over.html", context, status=HTTPStatus.NOT_FOUND)

    return answer


def tabs_of(project: Project, here: str, *, takes_part: bool, leads: bool) -> list[dict[str, Any]]:
    """Return the parts of a project that somebody may open, ``here`` being the one they are in."""
    names = [("own-project", _("Overview"))]
    if takes_part:
        names += [
            ("project-stages", _("Stages")),
            ("project-milestones", _("Milestones")),
            ("project-partners", _("Partners")),
            ("project-notes", _("Notes")),
            ("project-risks", _("Risks")),
            ("project-files", _("Files")),
            ("project-specification", _("Specification")),
            ("batches", pgettext("of pairs", "Batches")),
            ("own-release", pgettext("of a project", "Release")),
            ("impact", _("Impact")),
        ]
    if leads:
        names.append(("project-guests", _("Guests")))
    return [
        {
            "href": address_with(f"collaboration:{name}", project.code),
            "title": title,
            "current": name == here,
        }
        for name, title in names
    ]
