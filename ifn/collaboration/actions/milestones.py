"""Milestones: who is to have what done by when, and what shows that it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.holding import (
    ChangedMeanwhile,
    ReasonMissing,
    TooMany,
    hold_living,
)
from ifn.collaboration.models import Milestone, Project, ProjectPartner, Stage

State = Milestone.State
COLUMNS: Final = frozenset({"what", "owner_id", "stage_id", "due_on"})
#: More are no plan.
MOST_MILESTONES: Final = 100


class OfAnother(ValueError):  # noqa: N818
    """The owner takes no part in this project, or the stage is of another."""


class EvidenceMissing(ValueError):  # noqa: N818
    """What is done is shown: in words, by a link, by the name of a file."""


@transaction.atomic
def write(
    project: Project, facts: Mapping[str, Any], *, key: UUID, actor: User | None, at: datetime
) -> Milestone:
    """Write a milestone; sent twice under one key, it is there once.

    Raises:
        Closed: The project is completed or stopped.
        OfAnother: The owner takes no part, or the stage is of another project.
        TooMany: There are a hundred.

    """
    held = hold_living(project)
    if found := Milestone.objects.filter(key=key, project=held).first():
        return found
    if Milestone.objects.filter(project=held).count() >= MOST_MILESTONES:
        raise TooMany
    known = {name: value for name, value in facts.items() if name in COLUMNS}
    _check(held, known)
    one = Milestone.objects.create(project=held, key=key, since=at, **known)
    record("collaboration.milestone.written", one, actor=actor, at=at, project=held.code)
    return one


@transaction.atomic
def change(
    milestone: Milestone,
    facts: Mapping[str, Any],
    *,
    version: int,
    actor: User | None,
    at: datetime,
) -> Milestone:
    """Change what is to be there, by whom or until when.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest.
        Closed: The project is completed or stopped.
        OfAnother: The owner takes no part, or the stage is of another project.

    """
    held = hold_living(milestone.project)
    one = Milestone.objects.get(pk=milestone.pk)
    if one.version != version:
        raise ChangedMeanwhile
    before = {name: getattr(one, name) for name in facts if name in COLUMNS}
    after = {name: facts[name] for name in before if facts[name] != before[name]}
    if not after:
        return one
    _check(held, after)
    for name, value in after.items():
        setattr(one, name, value)
    one.version += 1
    one.save()
    was = {name: before[name] for name in after}
    record(
        "collaboration.milestone.changed", one, actor=actor, at=at, before=was, after=dict(after)
    )
    return one


@transaction.atomic
def settle(  # how far, shown by what, as it was seen, and who says so
    milestone: Milestone,
    state: str,
    *,
    words: str = "",
    version: int,
    actor: User | None,
    at: datetime,
) -> Milestone:
    """Say that a milestone is done and what shows it, given up and why, or open after all.

    Said twice, it is said once.

    Raises:
        ChangedMeanwhile: Somebody else said something else meanwhile.
        Closed: The project is completed or stopped.
        EvidenceMissing: What is done is shown.
        ReasonMissing: To give it up takes a reason.
        ValueError: There is no such state.

    """
    if state not in State.values:
        raise ValueError(state)
    if state == State.DONE and not words.strip():
        raise EvidenceMissing
    if state == State.DROPPED and not words.strip():
        raise ReasonMissing
    hold_living(milestone.project)
    one = Milestone.objects.get(pk=milestone.pk)
    evidence = words if state == State.DONE else one.evidence
    reason = words[:400] if state == State.DROPPED else ""
    if (one.state, one.evidence, one.reason) == (state, evidence, reason):
        return one
    if one.version != version:
        raise ChangedMeanwhile
    before = one.state
    if one.state != state:
        one.since = at
    one.state, one.evidence, one.reason = state, evidence, reason
    one.version += 1
    one.save()
    record(
        f"collaboration.milestone.{state}",
        one,
        actor=actor,
        at=at,
        before={"state": before},
        after={"state": state},
    )
    return one


def _check(project: Project, facts: Mapping[str, Any]) -> None:
    owner, stage = facts.get("owner_id"), facts.get("stage_id")
    if owner is not None:
        known = ProjectPartner.objects.filter(
            pk=owner,
            project=project,
            state__in=[ProjectPartner.State.ACCEPTED, ProjectPartner.State.INVITED],
        )
        if not known.exists():
            raise OfAnother
    if stage is not None and not Stage.objects.filter(pk=stage, project=project).exists():
        raise OfAnother
