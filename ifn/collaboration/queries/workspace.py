"""What the pages of one project show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
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
from ifn.prepared import Prepared, Slot

State = ProjectPartner.State
_ORDER = {State.ACCEPTED: 0, State.INVITED: 1, State.LEFT: 2, State.DECLINED: 3}


def partners_of(project: Project) -> list[ProjectPartner]:
    """Return everybody who was asked; who takes part comes first."""
    return _PARTNERS.objects(project=project.pk)


def _partners() -> QuerySet[ProjectPartner]:
    order = Case(
        *(When(state=state, then=Value(place)) for state, place in _ORDER.items()),
        output_field=IntegerField(),
    )
    rows = ProjectPartner.objects.filter(project=Slot("project")).select_related("business")
    return rows.order_by(order, "added_at", "pk")


_PARTNERS: Final = Prepared(_partners)


def stages_of(project: Project) -> list[Stage]:
    """Return the stages in their order."""
    return _STAGES.objects(project=project.pk)


_STAGES: Final = Prepared(lambda: Stage.objects.filter(project=Slot("project")).order_by("place"))


def milestones_of(project: Project) -> list[Milestone]:
    """Return the milestones: open ones first, by their day."""
    return _MILESTONES.objects(project=project.pk)


def _milestones() -> QuerySet[Milestone]:
    is_over = Case(
        When(state=Milestone.State.OPEN, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Milestone.objects.filter(project=Slot("project")).select_related("owner", "stage")
    return rows.order_by(is_over, "due_on", "pk")


_MILESTONES: Final = Prepared(_milestones)


def notes_of(project: Project) -> QuerySet[Note]:
    """Return the newest notes first; the page is cut by the view."""
    rows = Note.objects.filter(project=project).select_related("person")
    chosen = rows.only("project", "kind", "text", "on", "at", "by", "person__name")
    return chosen.order_by("-on", "-at", "-pk")


def risks_of(project: Project, *, with_ended: bool = False) -> list[Risk]:
    """Return the risks, the gravest first."""
    found = _RISKS.objects(project=project.pk)
    return found if with_ended else [one for one in found if one.ended_at is None]


def _risks() -> QuerySet[Risk]:
    rows = Risk.objects.filter(project=Slot("project")).select_related("waits_on")
    return rows.order_by("ended_at", "-gravity", "raised_at", "pk")


_RISKS: Final = Prepared(_risks)


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


#: So much of what happened is shown.
MOST_STEPS: Final = 20


def steps_of(project: Project) -> list[ProjectStep]:
    """Return what happened, the newest first."""
    return _STEPS.objects(project=project.pk)


def _steps() -> QuerySet[ProjectStep]:
    rows = ProjectStep.objects.filter(project=Slot("project"))
    told = rows.select_related("stage", "partner", "person").order_by("-at", "-pk")
    return told[:MOST_STEPS]


_STEPS: Final = Prepared(_steps)


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
