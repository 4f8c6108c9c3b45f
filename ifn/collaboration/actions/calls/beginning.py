"""A decided call begins a project: whoever was chosen takes part in it under the terms accepted."""

from collections.abc import Sequence
from datetime import datetime

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration import codes
from ifn.collaboration.models import (
    PLACES,
    Application,
    Call,
    Project,
    ProjectPartner,
    ProjectStep,
    Role,
    Stage,
)
from ifn.directory.models import Business
from ifn.directory.queries import standing_for


def begin_project(
    call: Call, chosen: Sequence[Application], *, actor: User, at: datetime
) -> Project:
    """Begin the project of a call, inside the transaction of the decision.

    The firm that called leads it, or the office. Of a profile that was merged meanwhile the kept
    one takes part.
    """
    leader = standing_for(call.business) if call.business else None
    project = Project.objects.create(
        code=codes.new(codes.Kind.PROJECT),
        title_id=call.title_id,
        title_en=call.title_en,
        summary_id=call.aim_id,
        summary_en=call.aim_en,
        led_by=leader,
        origin=Project.Origin.CALL,
        origin_title=call.title[:200],
        origin_by=leader.name[:160] if leader else "",
        origin_on=call.opens_on,
        call=call,
        since=at,
        created_by=actor,
        created_at=at,
        is_demo=call.is_demo,
    )
    Stage.objects.bulk_create(
        Stage(project=project, kind=kind, place=place) for kind, place in PLACES.items()
    )
    record("collaboration.project.begun", project, actor=actor, at=at, call=call.code)
    ProjectStep.objects.create(project=project, event="begun", at=at, person=actor)
    if leader:
        _take_part(project, leader, Role.INITIATOR, actor=actor, at=at)
    for one in chosen:
        _take_part(project, standing_for(one.business), one.wanted.role, actor=actor, at=at)
    return project


def _take_part(
    project: Project, business: Business, role: str, *, actor: User, at: datetime
) -> None:
    partner, is_new = ProjectPartner.objects.get_or_create(
        project=project,
        business=business,
        role=role,
        defaults={
            "name": business.name[:160],
            "state": ProjectPartner.State.ACCEPTED,
            "since": at,
            "added_at": at,
            "added_by": actor,
        },
    )
    if is_new:
        ProjectStep.objects.create(
            project=project, event="partner.accepted", partner=partner, at=at, person=actor
        )
        record("collaboration.partner.accepted", partner, actor=actor, at=at, project=project.code)
