"""The panel: who sits on it, which conflicts they declare, which points they give."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.calls.locking import lock
from ifn.collaboration.actions.calls.telling import tell_evaluator
from ifn.collaboration.calling import states
from ifn.collaboration.models import (
    MOST_POINTS,
    Application,
    Call,
    Conflict,
    Criterion,
    Evaluator,
    Score,
)
from ifn.collaboration.queries.panels import conflicts_seen, judged_by_panel


class NotNow(Exception):  # noqa: N818
    """The call does not take this in its present state."""


class NoAccount(Exception):  # noqa: N818
    """The account is closed."""


class HasJudged(Exception):  # noqa: N818
    """Somebody who gave points stays on the panel."""


class DeclareFirst(Exception):  # noqa: N818
    """Nobody gives points before they said where they have a conflict."""


class InConflict(Exception):  # noqa: N818
    """Who has a conflict with the applicant gives no points."""


class WordsMissing(ValueError):  # noqa: N818
    """A conflict that the platform does not see takes words."""


class Incomplete(ValueError):  # noqa: N818
    """Points are given for every criterion, 0 to 10."""


@dataclass(frozen=True, slots=True)
class Given:
    """Points for one criterion, and why."""

    points: int
    words: str = ""


@transaction.atomic
def add_evaluator(call: Call, person: User, *, actor: User, at: datetime) -> Evaluator:
    """Put somebody with an account on the panel and tell them; once is enough.

    Raises:
        NoAccount: The account is closed.
        NotNow: The call is not open yet, or it was decided.

    """
    call = lock(call)
    if call.state not in states.EMPANELS:
        raise NotNow
    if not person.is_active:
        raise NoAccount
    one, is_new = Evaluator.objects.get_or_create(
        call=call, person=person, defaults={"added_at": at, "added_by": actor}
    )
    if is_new:
        record("collaboration.evaluator.added", one, actor=actor, at=at, call=call.code)
        tell_evaluator(one, at=at)
    return one


@transaction.atomic
def remove_evaluator(evaluator: Evaluator, *, actor: User, at: datetime) -> None:
    """Take somebody off the panel, with the conflicts they declared.

    Raises:
        HasJudged: They gave points.

    """
    call = lock(evaluator.call)
    if Score.objects.filter(evaluator=evaluator).exists():
        raise HasJudged
    record("collaboration.evaluator.removed", evaluator, actor=actor, at=at, call=call.code)
    evaluator.delete()


@transaction.atomic
def declare(
    evaluator: Evaluator, declared: Mapping[int, str], *, actor: User, at: datetime
) -> Evaluator:
    """Say with which applications one has a conflict, by their keys, and in words what it is.

    Whoever works for an applicant's firm has one, whatever they say. Conflicts are added, never
    taken back; points that were given there go. What the platform suggested and was not declared
    stands in the record.

    Raises:
        NotNow: The panel does not judge now.
        WordsMissing: Nothing says what a conflict is that is not seen here.

    """
    call = lock(evaluator.call)
    if call.state != Call.State.PANEL:
        raise NotNow
    one = Evaluator.objects.get(pk=evaluator.pk)
    applications = list(judged_by_panel(call))
    seen = conflicts_seen(one.person_id, applications)
    if any(not words and key not in seen for key, words in declared.items()):
        raise WordsMissing
    there = set(Conflict.objects.filter(evaluator=one).values_list("application", flat=True))
    kept = {key for key, found in seen.items() if found.is_certain} | declared.keys()
    for application in applications:
        if application.pk in kept - there:
            found = seen.get(application.pk)
            kind = found.kind.value if found else Conflict.Kind.DECLARED
            words = declared.get(application.pk, "")
            Conflict.objects.create(
                evaluator=one, application=application, kind=kind, words=words, at=at
            )
    Score.objects.filter(evaluator=one, application__conflicts__evaluator=one).delete()
    one.declared_at = one.declared_at or at
    one.save(update_fields=["declared_at"])
    passed = sorted(seen.keys() - kept - there)
    record(
        "collaboration.evaluator.declared",
        one,
        actor=actor,
        at=at,
        call=call.code,
        conflicts=sorted(kept | there),
        suggested_and_not_declared=passed,
    )
    return one


@transaction.atomic
def score(
    evaluator: Evaluator,
    application: Application,
    given: Mapping[int, Given],
    *,
    actor: User,
    at: datetime,
) -> None:
    """Give an application points, by the keys of the criteria; until the decision also anew.

    Raises:
        DeclareFirst: They did not declare conflicts yet.
        InConflict: They have one with this application, declared or seen.
        Incomplete: A criterion has no points, or more than there are.
        NotNow: The panel does not judge now, or not this application.

    """
    call = lock(evaluator.call)
    one = Evaluator.objects.get(pk=evaluator.pk)
    found = judged_by_panel(call).filter(pk=application.pk).first()
    if call.state != Call.State.PANEL or found is None:
        raise NotNow
    if one.declared_at is None:
        raise DeclareFirst
    if _has_conflict(one, found):
        raise InConflict
    criteria = set(Criterion.objects.filter(call=call).values_list("pk", flat=True))
    if criteria != given.keys() or not all(0 <= x.points <= MOST_POINTS for x in given.values()):
        raise Incomplete
    for criterion, each in given.items():
        Score.objects.update_or_create(
            evaluator=one,
            application=found,
            criterion_id=criterion,
            defaults={"points": each.points, "words": each.words, "at": at},
        )
    record(
        "collaboration.application.judged",
        found,
        actor=actor,
        at=at,
        points={str(key): each.points for key, each in sorted(given.items())},
    )


def _has_conflict(one: Evaluator, application: Application) -> bool:
    if Conflict.objects.filter(evaluator=one, application=application).exists():
        return True
    seen = conflicts_seen(one.person_id, [application]).get(application.pk)
    return seen is not None and seen.is_certain
