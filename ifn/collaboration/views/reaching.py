"""Whose project, batch and hand-out it is: what every view of what was made asks first."""

from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ifn.accounts.models import User
from ifn.collaboration import codes
from ifn.collaboration.models import Allocation, ProductionBatch, Project
from ifn.collaboration.policies import circle as policies
from ifn.collaboration.policies.circle import Circle
from ifn.collaboration.queries.batches import allocation_by_code, batch_of
from ifn.collaboration.queries.circle import circle_of, project_of


def read(kind: codes.Kind, text: str) -> str:
    """Return the stored code for what stands in an address.

    Raises:
        Http404: It is none.

    """
    try:
        return codes.read(kind, text)
    except codes.NotACode:
        raise Http404 from None


def seen_project(user: User, code: str) -> tuple[Project, Circle]:
    """Return a project that a person sees from inside, and what they are to it.

    Raises:
        Http404: There is none, or it is not for them.

    """
    project = project_of(read(codes.Kind.PROJECT, code))
    circle = circle_of(project, user) if project else Circle()
    if project is None or not policies.can_see(user, circle):
        raise Http404
    return project, circle


def led_project(user: User, code: str) -> tuple[Project, Circle]:
    """Return a project for who leads it, or for the office.

    Raises:
        Http404: There is none, or they do not lead it.

    """
    project, circle = seen_project(user, code)
    if not policies.can_lead(user, circle):
        raise Http404
    return project, circle


def batch_in(project: Project, code: str) -> ProductionBatch:
    """Return a batch of a project.

    Raises:
        Http404: There is none.

    """
    batch = batch_of(project, read(codes.Kind.BATCH, code))
    if batch is None:
        raise Http404
    batch.project = project
    return batch


def handed_out_by(code: str) -> Allocation:
    """Return what a code of a hand-out stands for.

    Raises:
        Http404: Nothing.

    """
    one = allocation_by_code(read(codes.Kind.HAND_OUT, code))
    if one is None:
        raise Http404
    return one


def frame(project: Project, here: str, *, leads: bool) -> dict[str, Any]:
    """Return what every page around a project's batches, release and impact shows."""
    names = [
        ("own-project", _("Project")),
        ("batches", pgettext("of pairs", "Batches")),
        ("own-release", pgettext("of a project", "Release")),
        ("impact", _("Impact")),
    ]
    tabs = [
        {"href": address, "title": title, "current": name == here}
        for name, title in names
        if (address := address_of(name, project.code))
    ]
    return {"project": project, "tabs": tabs, "leads": leads}


def address_of(name: str, *args: str) -> str:
    """Return the address of a page of this room, nothing where the room has none of that name."""
    try:
        return reverse(f"collaboration:{name}", args=args)
    except NoReverseMatch:
        return ""
