"""Whose project, batch and hand-out it is: what every view of what was made asks first."""

from typing import Any

from django.http import Http404

from ifn.accounts.models import User
from ifn.collaboration import codes
from ifn.collaboration.models import Allocation, ProductionBatch, Project
from ifn.collaboration.policies.projects import can_take_part
from ifn.collaboration.queries.batches import allocation_by_code, batch_of
from ifn.collaboration.queries.projects import Stands, project_named, stands
from ifn.collaboration.views.standing import TONES, tabs_of


def read(kind: codes.Kind, text: str) -> str:
    """Return the stored code for what stands in an address.

    Raises:
        Http404: It is none.

    """
    try:
        return codes.read(kind, text)
    except codes.NotACode:
        raise Http404 from None


def seen_project(user: User, code: str) -> tuple[Project, Stands]:
    """Return a project that a person sees from inside, and what they are to it.

    Raises:
        Http404: There is none, or it is not for them.

    """
    project = project_named(read(codes.Kind.PROJECT, code))
    if project is None:
        raise Http404
    own = stands(user, project)
    if not can_take_part(own.standing):
        raise Http404
    return project, own


def led_project(user: User, code: str) -> tuple[Project, Stands]:
    """Return a project for who leads it, or for the office.

    Raises:
        Http404: There is none, or they do not lead it.

    """
    project, own = seen_project(user, code)
    if not own.leads:
        raise Http404
    return project, own


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
    tabs = tabs_of(project, here, takes_part=True, leads=leads)
    return {
        "project": project,
        "spoken": codes.spoken(codes.Kind.PROJECT, project.code),
        "tone": TONES[project.state],
        "tabs": tabs,
        "leads": leads,
    }
