"""What the pages of one project show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Prefetch, Value, When
from django.utils.timezone import localdate

from ifn.collaboration import waiting
from ifn.collaboration.models import (
    FileVersion,
    Guest,
    Milestone,
    Note,
    Project,
    ProjectFile,
    ProjectPartner,
    ProjectStep,
    Risk,
    Specification,
    Stage,
    TestResult,
)
from ifn.collaboration.policies.projects import Standing, files_seen

State = ProjectPartner.State
_ORDER = {State.ACCEPTED: 0, State.INVITED: 1, State.LEFT: 2, State.DECLINED: 3}


def partners_of(project: Project) -> list[ProjectPartner]:
    """Return everybody who was asked; who takes part comes first."""
    order = Case(
        *(When(state=state, then=Value(place)) for state, place in _ORDER.items()),
        output_field=IntegerField(),
    )
    rows = ProjectPartner.objects.filter(project=project).select_related("business")
    return list(rows.order_by(order, "added_at", "pk"))


def stages_of(project: Project) -> list[Stage]:
    """Return the stages in their order."""
    return list(Stage.objects.filter(project=project).order_by("place"))


def milestones_of(project: Project) -> list[Milestone]:
    """Return the milestones: open ones first, by their day."""
    is_over = Case(
        When(state=Milestone.State.OPEN, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Milestone.objects.filter(project=project).select_related("owner", "stage")
    return list(rows.order_by(is_over, "due_on", "pk"))


def notes_of(project: Project) -> list[Note]:
    """Return the newest notes first; the page is cut by the view."""
    rows = Note.objects.filter(project=project).select_related("person")
    return list(rows.order_by("-on", "-at", "-pk"))


def risks_of(project: Project, *, with_ended: bool = False) -> list[Risk]:
    """Return the risks, the gravest first."""
    rows = Risk.objects.filter(project=project).select_related("waits_on")
    if not with_ended:
        rows = rows.filter(ended_at=None)
    return list(rows.order_by("ended_at", "-gravity", "raised_at", "pk"))


def guests_of(project: Project) -> list[Guest]:
    """Return the guests by name."""
    return list(Guest.objects.filter(project=project).order_by("name", "pk"))


def files_of(project: Project, standing: Standing) -> list[ProjectFile]:
    """Return the files that this standing may see, each with its versions, the newest first."""
    versions = FileVersion.objects.select_related("added_by").order_by("-number")
    rows = ProjectFile.objects.filter(project=project, visible__in=files_seen(standing))
    return list(rows.order_by("name", "pk").prefetch_related(Prefetch("versions", versions)))


def version_of(project: Project, pk: int, standing: Standing) -> FileVersion | None:
    """Return a version of a file that somebody of this standing may see."""
    rows = FileVersion.objects.filter(
        pk=pk, of__project=project, of__visible__in=files_seen(standing)
    )
    return rows.select_related("of").first()


def specification_of(project: Project) -> Specification | None:
    """Return the specification, if there is one."""
    return Specification.objects.filter(project=project).first()


def results_of(project: Project) -> list[TestResult]:
    """Return what was measured, the newest first."""
    rows = TestResult.objects.filter(specification__project=project)
    return list(rows.order_by("-on", "standard", "pk"))


def steps_of(project: Project, most: int) -> list[ProjectStep]:
    """Return what happened, the newest first."""
    rows = ProjectStep.objects.filter(project=project).select_related("stage", "partner", "person")
    return list(rows.order_by("-at", "-pk")[:most])


@dataclass(frozen=True, slots=True)
class Held:
    """On whom a project waits, and for what."""

    partner: ProjectPartner | None
    waits: Sequence[waiting.Waits]


def waits_of(
    partners: Sequence[ProjectPartner],
    milestones: Sequence[Milestone],
    risks: Sequence[Risk],
    today: date,
) -> list[Held]:
    """Return on whom a project waits and for what, who holds it up most first."""
    by_key = {one.pk: one for one in partners}
    found = waiting.awaited(
        [
            waiting.Due(one.what, one.owner_id, one.due_on)
            for one in milestones
            if one.state == Milestone.State.OPEN
        ],
        [
            waiting.Asked(one.pk, localdate(one.since))
            for one in partners
            if one.state == State.INVITED
        ],
        [
            waiting.Feared(one.what, one.waits_on_id, one.gravity, localdate(one.raised_at))
            for one in risks
            if one.ended_at is None
        ],
        today,
    )
    return [Held(by_key.get(one.key) if one.key else None, one.waits) for one in found]
