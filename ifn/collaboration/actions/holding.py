"""One project, held until the end of the transaction; and what happened to it, noted."""

from datetime import datetime
from typing import Any

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.models import Project, ProjectPartner, ProjectStep, Stage


class Closed(Exception):  # noqa: N818
    """The project is completed or stopped: nothing of it changes any more."""


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else changed it since it was read."""


class ReasonMissing(ValueError):  # noqa: N818
    """It takes a reason."""


class TooMany(Exception):  # noqa: N818
    """There are as many as there may be."""


def hold(project: Project) -> Project:
    """Return a project as it stands, which nobody else changes until the end.

    Raises:
        Project.DoesNotExist: It was removed meanwhile.

    """
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def hold_living(project: Project) -> Project:
    """Return a project that can still be changed, held.

    Raises:
        Closed: It is completed or stopped.

    """
    one = hold(project)
    if not one.is_living:
        raise Closed
    return one


def noted(  # noqa: PLR0913  # what happened, to which part, who did it, when and why
    project: Project,
    event: str,
    *,
    stage: Stage | None = None,
    partner: ProjectPartner | None = None,
    reason: str = "",
    actor: User | None,
    at: datetime,
    **details: Any,
) -> None:
    """Write a step of a project, and the line of the audit."""
    ProjectStep.objects.create(
        project=project,
        event=event,
        stage=stage,
        partner=partner,
        at=at,
        person=actor,
        reason=reason,
    )
    known = {"stage": stage.kind if stage else None, "partner": partner.pk if partner else None}
    told: dict[str, Any] = {name: one for name, one in known.items() if one is not None}
    record(
        f"collaboration.project.{event}",
        project,
        actor=actor,
        at=at,
        reason=reason,
        **told,
        **details,
    )
