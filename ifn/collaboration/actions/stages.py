"""The stages of a project: planned, begun, done, left out, put back; each in its order."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.collaboration import ordering
from ifn.collaboration.actions.holding import hold_living, noted
from ifn.collaboration.models import Project, Stage

State = Stage.State


class OutOfOrder(Exception):  # noqa: N818
    """Other stages stand in the way; ``stages`` says which."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        super().__init__(", ".join(one.kind for one in stages))
        self.stages = stages


class NotRunning(Exception):  # noqa: N818
    """The project is paused or has not started: its stages stand still."""


class DaysWrong(ValueError):  # noqa: N818
    """A stage cannot end before it began, nor on a day that is to come."""


class ResultMissing(ValueError):  # noqa: N818
    """What is done has a result, in a sentence."""


@transaction.atomic
def plan(stage: Stage, until: date | None, *, actor: User | None, at: datetime) -> Stage:
    """Say until when a stage is to be done.

    Raises:
        Closed: The project is completed or stopped.

    """
    project, one, _stages = _held(stage)
    if one.planned_until != until:
        one.planned_until = until
        one.save(update_fields=["planned_until"])
        noted(project, "stage.planned", stage=one, actor=actor, at=at, until=until)
    return one


@transaction.atomic
def begin(stage: Stage, *, on: date, today: date, actor: User | None, at: datetime) -> Stage:
    """Begin a stage; one that is under way or done stays as it is.

    Raises:
        Closed: The project is completed or stopped.
        DaysWrong: The day is to come.
        NotRunning: The project is paused or has not started.
        OutOfOrder: An earlier stage was neither begun nor left out.

    """
    project, one, stages = _running(stage)
    if one.state in {State.RUNNING, State.DONE}:
        return one
    if on > today:
        raise DaysWrong
    _in_order(ordering.before(stages, one.place, State.RUNNING))
    one.state, one.begun_on = State.RUNNING, on
    one.save(update_fields=["state", "begun_on"])
    noted(project, "stage.begun", stage=one, actor=actor, at=at, on=on)
    return one


@transaction.atomic
def end(  # what came of it, on which day, and who says so
    stage: Stage, result: str, *, on: date, today: date, actor: User | None, at: datetime
) -> Stage:
    """End a stage with what came of it; said twice, it is said once.

    Raises:
        Closed: The project is completed or stopped.
        DaysWrong: The day lies before it was begun, or is to come.
        NotRunning: The project is paused, or the stage was not begun.
        OutOfOrder: An earlier stage is not over.
        ResultMissing: It is not said what came of it.

    """
    project, one, stages = _running(stage)
    if one.state == State.DONE:
        return one
    if one.state != State.RUNNING or one.begun_on is None:
        raise NotRunning
    if not result.strip():
        raise ResultMissing
    if on > today or on < one.begun_on:
        raise DaysWrong
    _in_order(ordering.before(stages, one.place, State.DONE))
    one.state, one.ended_on, one.result = State.DONE, on, result
    one.save(update_fields=["state", "ended_on", "result"])
    noted(project, "stage.ended", stage=one, actor=actor, at=at, on=on)
    return one


@transaction.atomic
def leave_out(stage: Stage, *, actor: User | None, at: datetime) -> Stage:
    """Leave a stage out that is not done.

    Raises:
        Closed: The project is completed or stopped.
        OutOfOrder: It is done already.

    """
    project, one, _stages = _held(stage)
    if one.state == State.DONE:
        raise OutOfOrder([one])
    if one.state != State.LEFT_OUT:
        one.state, one.begun_on = State.LEFT_OUT, None
        one.save(update_fields=["state", "begun_on"])
        noted(project, "stage.left_out", stage=one, actor=actor, at=at)
    return one


@transaction.atomic
def put_back(stage: Stage, *, actor: User | None, at: datetime) -> Stage:
    """Take the last step of a stage back: done to under way, under way or left out to planned.

    Raises:
        Closed: The project is completed or stopped.
        OutOfOrder: A later stage has begun, or is done.

    """
    project, one, stages = _held(stage)
    if one.state == State.PLANNED:
        return one
    goes = State.RUNNING if one.state == State.DONE else State.PLANNED
    _in_order(ordering.after(stages, one.place, goes))
    one.state, one.ended_on = goes, None
    one.begun_on = one.begun_on if goes == State.RUNNING else None
    one.save(update_fields=["state", "begun_on", "ended_on"])
    noted(project, "stage.put_back", stage=one, actor=actor, at=at)
    return one


def _held(stage: Stage) -> tuple[Project, Stage, list[Stage]]:
    """Return a project, held, one of its stages as it stands, and all of them."""
    project = hold_living(stage.project)
    stages = list(Stage.objects.filter(project=project).order_by("place"))
    one = next(each for each in stages if each.pk == stage.pk)
    return project, one, stages


def _running(stage: Stage) -> tuple[Project, Stage, list[Stage]]:
    project, one, stages = _held(stage)
    if project.state != Project.State.RUNNING:
        raise NotRunning
    return project, one, stages


def _in_order(others: Sequence[Stage]) -> None:
    if others:
        raise OutOfOrder(others)
