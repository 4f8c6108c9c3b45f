"""A call is written: what it says, its phases, whom it wants, by what it is decided, its terms."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration import codes
from ifn.collaboration.actions.calls.locking import lock
from ifn.collaboration.actions.calls.telling import tell_applicants, tell_invited
from ifn.collaboration.calling import states
from ifn.collaboration.models import (
    Application,
    Call,
    CallPhase,
    CallRole,
    CallStep,
    CallTerms,
    Criterion,
    Invitation,
)
from ifn.directory.models import Business

#: What can be changed of a call beside its parts.
COLUMNS: Final = frozenset(
    {
        *("title_id", "title_en", "aim_id", "aim_en", "brings_id", "brings_en"),
        *("gets_id", "gets_en", "budget", "opens_on", "closes_on", "decides_on"),
    }
)
_TRIES: Final = 5
Part = TypeVar("Part", CallPhase, CallRole, Criterion)


class StandsStill(Exception):  # noqa: N818
    """What a call states cannot be changed once it was handed in or opened."""


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else changed the call; nothing was written."""


class DaysReversed(ValueError):  # noqa: N818
    """A day comes before one that must be earlier."""


class ThereAlready(Exception):  # noqa: N818
    """The call wants this role already."""


class NoNewTerms(Exception):  # noqa: N818
    """Terms are not changed while the office reviews, nor after it was decided or cancelled."""


def begin(
    facts: Mapping[str, Any], *, business: Business | None, actor: User | None, at: datetime
) -> Call:
    """Begin a call, in the name of a firm or of the office.

    Raises:
        DaysReversed: The days are not in order.

    """
    _check_days(facts["opens_on"], facts["closes_on"], facts["decides_on"])
    known = {name: value for name, value in facts.items() if name in COLUMNS}
    is_demo = business.is_demo if business else bool(actor and actor.is_demo)
    for _try in range(_TRIES):
        code = codes.new(codes.Kind.CALL)
        if not Call.objects.filter(code=code).exists():
            break
    with transaction.atomic():
        call = Call.objects.create(
            **known,
            code=code,
            business=business,
            since=at,
            created_at=at,
            created_by=actor,
            is_demo=is_demo,
        )
        CallStep.objects.create(call=call, state=call.state, at=at, person=actor)
        record("collaboration.call.begun", call, actor=actor, at=at, code=code)
    return call


def _check_days(opens_on: date, closes_on: date, decides_on: date) -> None:
    if not opens_on <= closes_on <= decides_on:
        raise DaysReversed


@transaction.atomic
def revise(
    call: Call, changes: Mapping[str, Any], *, version: int, actor: User | None, at: datetime
) -> Call:
    """Change what a call says, before it is handed in.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest.
        DaysReversed: The days are not in order.
        StandsStill: It was handed in or opened.

    """
    call = _writable(call)
    if call.version != version:
        raise ChangedMeanwhile
    before = {name: getattr(call, name) for name in changes if name in COLUMNS}
    after = {name: changes[name] for name in before if changes[name] != before[name]}
    if not after:
        return call
    for name, value in after.items():
        setattr(call, name, value)
    _check_days(call.opens_on, call.closes_on, call.decides_on)
    call.version += 1
    call.save(update_fields=[*after, "version"])
    record(
        "collaboration.call.revised",
        call,
        actor=actor,
        at=at,
        before={name: before[name] for name in after},
        after=after,
    )
    return call


@transaction.atomic
def write_part(part: Part, facts: Mapping[str, Any], *, actor: User | None, at: datetime) -> Part:
    """Enter a phase, a role or a criterion of a call, or change it; ``part`` may be new.

    Raises:
        DaysReversed: A phase would end before it begins.
        StandsStill: The call was handed in or opened.
        ThereAlready: The call wants this role already.

    """
    call, is_new = _writable(part.call), part.pk is None
    before = {} if is_new else {name: getattr(part, name) for name in facts}
    for name, value in facts.items():
        setattr(part, name, value)
    if facts.keys() >= {"starts_on", "ends_on"} and facts["ends_on"] < facts["starts_on"]:
        raise DaysReversed
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError:
        if not isinstance(part, CallRole):
            raise
        raise ThereAlready from None
    event = "added" if is_new else "revised"
    record(
        f"collaboration.{part._meta.model_name}.{event}",
        part,
        actor=actor,
        at=at,
        before=before,
        after=dict(facts),
        call=call.code,
    )
    return part


@transaction.atomic
def remove_part(part: CallPhase | CallRole | Criterion, *, actor: User, at: datetime) -> None:
    """Take a phase, a role or a criterion out of a call.

    Raises:
        StandsStill: The call was handed in or opened.

    """
    call = _writable(part.call)
    event = f"collaboration.{part._meta.model_name}.removed"
    record(event, part, actor=actor, at=at, call=call.code)
    part.delete()


def _writable(call: Call) -> Call:
    call = lock(call)
    if call.state not in Call.WRITABLE:
        raise StandsStill
    return call


@transaction.atomic
def write_terms(
    call: Call, text_id: str, text_en: str, *, actor: User | None, at: datetime
) -> CallTerms:
    """State the terms anew: a version after the last. The same words again make none.

    Those who accepted earlier ones and wait for a decision are told; until they accept these,
    nobody can choose them.

    Raises:
        NoNewTerms: The call is being reviewed, decided or cancelled.

    """
    call = lock(call)
    if call.state not in {*Call.WRITABLE, *states.ACCEPTED_BEFORE}:
        raise NoNewTerms
    newest = CallTerms.objects.filter(call=call).order_by("-number").first()
    if newest and (newest.text_id, newest.text_en) == (text_id, text_en):
        return newest
    one = CallTerms.objects.create(
        call=call,
        number=newest.number + 1 if newest else 1,
        text_id=text_id,
        text_en=text_en,
        made_at=at,
        made_by=actor,
    )
    record("collaboration.terms.stated", one, actor=actor, at=at, call=call.code, number=one.number)
    if call.state in states.ACCEPTED_BEFORE:
        _tell_of_terms(call, at=at)
    return one


def _tell_of_terms(call: Call, *, at: datetime) -> None:
    waiting = Application.objects.filter(call=call, state__in=["submitted", "eligible"])
    tell_applicants(waiting.select_related("call", "business"), "terms", at=at)
    if call.state == Call.State.OPEN:
        invited = Invitation.objects.filter(wanted__call=call, state=Invitation.State.SENT)
        for one in invited.select_related("wanted__call", "business"):
            tell_invited(one, "terms_invited", at=at)
