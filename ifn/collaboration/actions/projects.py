"""A project as a whole: begun, changed, started, paused, completed, stopped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.collaboration import codes
from ifn.collaboration.actions.holding import (
    ChangedMeanwhile,
    ReasonMissing,
    hold,
    hold_living,
    noted,
)
from ifn.collaboration.actions.showing import show_anew
from ifn.collaboration.actions.telling_projects import tell_moved
from ifn.collaboration.models import PLACES, Call, Project, ProjectPartner, Role, Stage
from ifn.collaboration.ordering import MOVES
from ifn.connections.models import Enquiry
from ifn.directory.models import Business
from ifn.programmes.models import Action

#: What can be changed of a project; who takes part and how far it is goes by steps.
COLUMNS: Final = frozenset(
    {
        *("title_id", "title_en", "summary_id", "summary_en", "is_public"),
        *("origin", "origin_title", "origin_by", "origin_on", "follows_id"),
    }
)


class NotNow(Exception):  # noqa: N818
    """A project that stands there cannot do this."""


class NobodyTakesPart(Exception):  # noqa: N818
    """A project starts once a partner accepted."""


class StagesOpen(Exception):  # noqa: N818
    """A project is completed once each stage is done or left out."""


class NoTitle(ValueError):  # noqa: N818
    """A project has a title in one of the languages."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a project begins with, beside its words: who leads it, which stages, out of what."""

    led_by: Business | None = None
    stages: Collection[str] = tuple(PLACES)
    call: Call | None = None
    enquiry: Enquiry | None = None
    action: Action | None = None
    #: Given by the form, so that one sent twice begins one project.
    code: str = ""
    is_demo: bool = False
    #: Whether whoever begins it speaks for the firm that leads it, which has said yes by that.
    is_own: bool = False


def begin(facts: Mapping[str, Any], start: Start, *, actor: User | None, at: datetime) -> Project:
    """Begin a project with its stages; the firm that leads it is its first partner.

    Begun twice, by one form or out of one enquiry or action, it is begun once.

    Raises:
        NoTitle: It has no title.

    """
    if found := _begun(start, actor):
        return found
    try:
        return _begin(facts, start, actor=actor, at=at)
    except IntegrityError:
        if found := _begun(start, actor):  # a second tap was quicker
            return found
        raise


def _begun(start: Start, actor: User | None) -> Project | None:
    """Return the project that was begun already."""
    if start.enquiry:
        return Project.objects.filter(enquiry=start.enquiry).first()
    if start.action:
        return Project.objects.filter(action=start.action).first()
    if start.code and actor:
        return Project.objects.filter(code=start.code, created_by=actor).first()
    return None


@transaction.atomic
def _begin(facts: Mapping[str, Any], start: Start, *, actor: User | None, at: datetime) -> Project:
    known = {name: value for name, value in facts.items() if name in COLUMNS}
    if not (known.get("title_id") or known.get("title_en")):
        raise NoTitle
    one = Project.objects.create(
        code=start.code or codes.new(codes.Kind.PROJECT),
        led_by=start.led_by,
        call=start.call,
        enquiry=start.enquiry,
        action=start.action,
        since=at,
        created_by=actor,
        created_at=at,
        is_demo=start.is_demo,
        **known,
    )
    Stage.objects.bulk_create(
        Stage(
            project=one,
            kind=kind,
            place=place,
            state=Stage.State.PLANNED if kind in start.stages else Stage.State.LEFT_OUT,
        )
        for kind, place in PLACES.items()
    )
    if start.led_by:
        state = ProjectPartner.State.ACCEPTED if start.is_own else ProjectPartner.State.INVITED
        ProjectPartner.objects.create(
            project=one,
            business=start.led_by,
            name=start.led_by.name[:160],
            role=Role.INITIATOR,
            state=state,
            since=at,
            added_at=at,
            added_by=actor,
        )
    noted(one, "begun", actor=actor, at=at, code=one.code)
    return one


@transaction.atomic
def change(
    project: Project, facts: Mapping[str, Any], *, version: int, actor: User | None, at: datetime
) -> Project:
    """Change the words of a project, what it began with, whether visitors see that it runs.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest.
        NoTitle: It has no title.

    """
    one = hold(project)
    if one.version != version:
        raise ChangedMeanwhile
    before = {name: getattr(one, name) for name in facts if name in COLUMNS}
    after = {name: facts[name] for name in before if facts[name] != before[name]}
    if not after:
        return one
    for name, value in after.items():
        setattr(one, name, value)
    if not (one.title_id or one.title_en):
        raise NoTitle
    one.version += 1
    one.save()
    noted(one, "changed", actor=actor, at=at, fields=sorted(after))
    show_anew(one.pk, at=at)
    return one


@transaction.atomic
def move(  # which way, as it was seen, why, and who says so
    project: Project,
    way: str,
    *,
    reason: str = "",
    version: int,
    actor: User | None,
    at: datetime,
) -> Project:
    """Start, pause, resume, complete, stop or reopen a project; everybody in it is told.

    Done twice in the same way, it is done once.

    Raises:
        ChangedMeanwhile: Somebody else did something else meanwhile.
        NobodyTakesPart: It starts once a partner accepted.
        NotNow: A project that stands there cannot do this.
        ReasonMissing: To pause, stop and reopen takes a reason.
        StagesOpen: It is completed once each stage is done or left out.

    """
    step = MOVES[way]
    one = hold(project)
    if one.state == step.to:
        return one
    if one.version != version:
        raise ChangedMeanwhile
    if one.state not in step.froms:
        raise NotNow
    if step.takes_reason and not reason.strip():
        raise ReasonMissing
    _check(one, way)
    one.state, one.since, one.version = step.to, at, one.version + 1
    one.reason = reason if step.takes_reason else ""
    one.save(update_fields=["state", "since", "reason", "version"])
    noted(one, way, reason=one.reason, actor=actor, at=at)
    tell_moved(one, way, besides=actor, at=at)
    show_anew(one.pk, at=at)
    return one


def _check(one: Project, way: str) -> None:
    if way == "start":
        taking = ProjectPartner.objects.filter(project=one, state=ProjectPartner.State.ACCEPTED)
        if not taking.exists():
            raise NobodyTakesPart
    if way == "complete":
        open_ones = [Stage.State.PLANNED, Stage.State.RUNNING]
        if Stage.objects.filter(project=one, state__in=open_ones).exists():
            raise StagesOpen


@transaction.atomic
def hand_lead(
    project: Project, business: Business | None, *, actor: User | None, at: datetime
) -> Project:
    """Let another partner lead a project, or the office where it is nobody.

    Raises:
        Closed: It is completed or stopped.
        NobodyTakesPart: The business takes no part in it.

    """
    one = hold_living(project)
    if business is not None:
        taking = ProjectPartner.objects.filter(
            project=one, business=business, state=ProjectPartner.State.ACCEPTED
        )
        if not taking.exists():
            raise NobodyTakesPart
    if one.led_by_id == (business.pk if business else None):
        return one
    one.led_by, one.version = business, one.version + 1
    one.save(update_fields=["led_by", "version"])
    noted(one, "led", actor=actor, at=at, business=business.pk if business else None)
    return one
