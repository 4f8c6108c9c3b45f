"""Action plans: what is to be done after the days together, and how it goes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import handing
from ifn.directory.actions.confirming import people_of
from ifn.directory.handing import Handed, kept
from ifn.notices.actions import settle
from ifn.notices.paths import path_of
from ifn.programmes.actions.planning import ChangedMeanwhile, ReasonMissing
from ifn.programmes.models import Action, ActionFile, ActionStep, Registration, Side
from ifn.programmes.planning import states
from ifn.programmes.queries.following import overdue_of

#: What can be changed of an action; how far it is goes by steps.
COLUMNS: Final = frozenset(
    {"what", "why", "dimension", "owner", "mentor_id", "partner_id", "due_on"}
)
#: More of one participant is no plan.
MOST_ACTIONS: Final = 60
#: More files of one action are a slip.
MOST_FILES: Final = 12
#: Ways that an action can go; what was given up or done can be taken up again.
_GOES: Final = frozenset(Action.State.values)


class NotFollowed(Exception):  # noqa: N818
    """The firm has no seat, or the batch is not confirmed or was cancelled."""


class TooMany(Exception):  # noqa: N818
    """There are as many as there may be."""


def is_followed(registration: Registration) -> bool:
    """Say whether there is a plan for a registration: it has a seat, and the batch has begun."""
    return registration.seat is not None and registration.batch.state in states.FOLLOWS


@transaction.atomic
def write_action(
    registration: Registration, facts: Mapping[str, Any], *, key: UUID, actor: User, at: datetime
) -> Action:
    """Write an action into a participant's plan; sent twice under one key, it is there once.

    Raises:
        NotFollowed: There is no plan for this registration.
        TooMany: The plan has sixty actions.

    """
    one = _held(registration)
    if found := Action.objects.filter(key=key, registration=one).first():
        return found
    if Action.objects.filter(registration=one).count() >= MOST_ACTIONS:
        raise TooMany
    known = {name: value for name, value in facts.items() if name in COLUMNS}
    action = Action.objects.create(
        registration=one, key=key, created_at=at, created_by=actor, since=at, **known
    )
    _step(action, Side.OFFICE, actor=actor, at=at)
    record("programmes.action.written", action, actor=actor, at=at, registration=one.pk)
    return action


def _held(registration: Registration) -> Registration:
    """Return a registration whose plan nobody else changes until the end.

    Raises:
        NotFollowed: There is no plan for it.

    """
    rows = Registration.objects.select_for_update(of=("self",)).select_related("batch")
    one = rows.get(pk=registration.pk)
    if not is_followed(one):
        raise NotFollowed
    return one


@transaction.atomic
def change_action(
    action: Action, facts: Mapping[str, Any], *, version: int, actor: User, at: datetime
) -> Action:
    """Change what is to be done, by whom or until when.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest.
        NotFollowed: There is no plan any more.

    """
    _held(action.registration)
    one = Action.objects.get(pk=action.pk)
    if one.version != version:
        raise ChangedMeanwhile
    before = {name: getattr(one, name) for name in facts if name in COLUMNS}
    after = {name: facts[name] for name in before if facts[name] != before[name]}
    if not after:
        return one
    for name, value in after.items():
        setattr(one, name, value)
    one.version += 1
    one.save()
    if "due_on" in after:
        _step(one, Side.OFFICE, actor=actor, at=at)
    record(
        "programmes.action.changed",
        one,
        actor=actor,
        at=at,
        before={name: before[name] for name in after},
        after=after,
    )
    return one


def tell_how(  # noqa: PLR0913  # how far, in which words, shown by what, and who says so
    action: Action,
    state: str,
    *,
    words: str = "",
    given: Handed | None = None,
    side: str,
    version: int,
    actor: User | None,
    at: datetime,
) -> Action:
    """Say how far an action is, with words and a photo; said twice, it is said once.

    Raises:
        ChangedMeanwhile: Somebody else said something else meanwhile.
        NotFollowed: There is no plan any more.
        ReasonMissing: To give it up takes a reason.
        TooMany: It has twelve files.
        ValueError: There is no such state.

    """
    if state not in _GOES:
        raise ValueError(state)
    if state == Action.State.DROPPED and not words.strip():
        raise ReasonMissing
    with kept(given, "programmes") as file, transaction.atomic():
        _held(action.registration)
        one = Action.objects.select_related("registration__business").get(pk=action.pk)
        is_news = one.state != state or bool(file) or (bool(words) and words != _said_last(one))
        if one.version != version and is_news:
            raise ChangedMeanwhile
        if not is_news:
            return one
        before = one.state
        if file:
            _keep(one, file, side, actor=actor, at=at)
        _go(one, state, words, at=at)
        _step(one, side, words=words, actor=actor, at=at)
        record(
            f"programmes.action.{state}",
            one,
            actor=actor,
            at=at,
            before={"state": before},
            after={"state": state},
            side=side,
        )
        _let_rest(one, at=at)
        return one


def _let_rest(one: Action, *, at: datetime) -> None:
    """Remind nobody of a firm of what a colleague has done, once nothing of its plan is overdue."""
    if one.is_open or one.owner != Side.FIRM:
        return
    late = overdue_of(Side.FIRM, localdate(at)).filter(registration=one.registration_id)
    if not late.exists():
        business = one.registration.business
        path = path_of("programmes:own", str(one.registration_id))
        settle(people_of(business), path, at=at)


def _said_last(one: Action) -> str:
    return one.reason if one.state == Action.State.DROPPED else one.evidence


def _go(one: Action, state: str, words: str, *, at: datetime) -> None:
    if one.state != state:
        one.since = at
    one.state = state
    is_dropped = state == Action.State.DROPPED
    one.reason = words[:400] if is_dropped else ""
    if words and not is_dropped:
        one.evidence = words
    one.version += 1
    one.save()


def _keep(one: Action, file: str, side: str, *, actor: User | None, at: datetime) -> None:
    if ActionFile.objects.filter(action=one).count() >= MOST_FILES:
        raise TooMany
    ActionFile.objects.create(action=one, file=file, side=side, added_at=at, added_by=actor)


def _step(
    action: Action, side: str, *, words: str = "", actor: User | None, at: datetime
) -> ActionStep:
    return ActionStep.objects.create(
        action=action,
        state=action.state,
        due_on=action.due_on,
        at=at,
        side=side,
        person=actor,
        words=words,
    )


@transaction.atomic
def remove_file(one: ActionFile, *, actor: User | None, at: datetime) -> None:
    """Remove a photo or file of an action."""
    record("programmes.action.file_removed", one.action, actor=actor, at=at)
    handing.remove_files([one.file])
    one.delete()


@transaction.atomic
def take_suggestions(
    registration: Registration,
    chosen: Mapping[UUID, Mapping[str, Any]],
    *,
    actor: User,
    at: datetime,
) -> list[Action]:
    """Write those suggestions into a plan that were kept, each under its own key.

    Raises:
        NotFollowed: There is no plan for this registration.
        TooMany: The plan would have more than sixty actions.

    """
    return [
        write_action(registration, facts, key=key, actor=actor, at=at)
        for key, facts in chosen.items()
    ]


def is_overdue(action: Action, today: date) -> bool:
    """Say whether it should have been done before today."""
    return action.is_open and action.due_on < today
