"""The record of a project as its partners may keep it: nothing that only others may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.collaboration.models import Project
from ifn.collaboration.policies.projects import Standing
from ifn.collaboration.queries.workspace import (
    files_of,
    milestones_of,
    notes_of,
    partners_of,
    results_of,
    risks_of,
    specification_of,
    stages_of,
)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything by part, for programs; and the same as rows of one table."""

    content: dict[str, Any]
    heading: Sequence[str]
    rows: Sequence[Sequence[Any]]


def record_of(project: Project, standing: Standing) -> Record:
    """Return the record of a project for somebody of this standing; addresses of nobody."""
    content: dict[str, Any] = {
        "project": {
            "code": project.code,
            "title_id": project.title_id,
            "title_en": project.title_en,
            "state": project.state,
            "since": project.since,
            "origin": project.origin,
            "origin_title": project.origin_title,
        },
        "partners": [
            {"name": one.name, "role": one.role, "does": one.does, "state": one.state}
            for one in partners_of(project)
        ],
        "stages": [
            {
                "stage": one.kind,
                "state": one.state,
                "begun_on": one.begun_on,
                "ended_on": one.ended_on,
                "result": one.result,
            }
            for one in stages_of(project)
        ],
        "milestones": [
            {
                "what": one.what,
                "owner": one.owner.name if one.owner else "",
                "due_on": one.due_on,
                "state": one.state,
                "evidence": one.evidence,
                "reason": one.reason,
            }
            for one in milestones_of(project)
        ],
        "notes": [
            {
                "kind": one.kind,
                "on": one.on,
                "by": one.person.name if one.person else one.by,
                "text": one.text,
            }
            for one in notes_of(project)
        ],
        "risks": [
            {
                "what": one.what,
                "gravity": one.gravity,
                "waits_on": one.waits_on.name if one.waits_on else "",
                "plan": one.plan,
                "ended_at": one.ended_at,
            }
            for one in risks_of(project, with_ended=True)
        ],
        "files": [
            {"name": one.name, "visible": one.visible, "versions": len(one.versions.all())}
            for one in files_of(project, standing)
        ],
        **_made(project),
    }
    return Record(content, [_("Part"), _("What"), _("Day"), _("State"), _("Who")], _rows(project))


def _made(project: Project) -> dict[str, Any]:
    sheet = specification_of(project)
    names = ("product", "material", "construction", "hardness", "size_from", "size_to", "weight")
    return {
        "specification": {name: getattr(sheet, name) for name in names} if sheet else {},
        "results": [
            {
                "standard": one.standard,
                "measured": one.measured,
                "value": one.value,
                "unit": one.unit,
                "least": one.least,
                "most": one.most,
                "passes": one.passes,
                "laboratory": one.laboratory,
                "on": one.on,
            }
            for one in results_of(project)
        ],
    }


def _rows(project: Project) -> list[list[object]]:
    partners: list[list[object]] = [
        [
            _("Partner"),
            str(one.get_role_display()),
            localdate(one.since),
            str(one.get_state_display()),
            one.name,
        ]
        for one in partners_of(project)
    ]
    stages: list[list[object]] = [
        [
            _("Stage"),
            f"{one.get_kind_display()}. {one.result}".strip(". "),
            one.ended_on or one.begun_on,
            str(one.get_state_display()),
            "",
        ]
        for one in stages_of(project)
    ]
    milestones: list[list[object]] = [
        [
            _("Milestone"),
            one.what,
            one.due_on,
            str(one.get_state_display()),
            one.owner.name if one.owner else "",
        ]
        for one in milestones_of(project)
    ]
    notes: list[list[object]] = [
        [
            _("Note"),
            one.text,
            one.on,
            str(one.get_kind_display()),
            one.person.name if one.person else one.by,
        ]
        for one in notes_of(project)
    ]
    return [*partners, *stages, *milestones, *notes]
