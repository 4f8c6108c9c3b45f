"""The specification of what a project makes, and what laboratories measured of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.holding import ChangedMeanwhile, TooMany, hold_living
from ifn.collaboration.models import Project, Specification, TestResult

COLUMNS: Final = frozenset(
    {
        *("product", "material", "construction", "hardness", "size_from", "size_to"),
        *("weight", "price_from", "price_to"),
    }
)
MOST_RESULTS: Final = 100


@transaction.atomic
def write(
    project: Project, facts: Mapping[str, Any], *, version: int, actor: User | None, at: datetime
) -> Specification:
    """Write the specification; ``version`` is 0 where there is none yet.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest.
        Closed: The project is completed or stopped.

    """
    held = hold_living(project)
    one = Specification.objects.filter(project=held).first()
    if (one.version if one else 0) != version:
        raise ChangedMeanwhile
    known = {name: value for name, value in facts.items() if name in COLUMNS}
    made = one or Specification(project=held, version=0, changed_at=at)
    before = {name: getattr(made, name) for name in known}
    if one and before == known:
        return one
    for name, value in known.items():
        setattr(made, name, value)
    made.version, made.changed_at = made.version + 1, at
    made.save()
    record(
        "collaboration.specification.written",
        made,
        actor=actor,
        at=at,
        before=before if one else {},
        after=known,
    )
    return made


@transaction.atomic
def add_result(
    project: Project, facts: Mapping[str, Any], *, actor: User | None, at: datetime
) -> TestResult:
    """Enter what was measured; the same measurement of one day is there once.

    Raises:
        Closed: The project is completed or stopped.
        TooMany: There are a hundred results.

    """
    held = hold_living(project)
    sheet, _is_new = Specification.objects.get_or_create(project=held, defaults={"changed_at": at})
    if found := TestResult.objects.filter(specification=sheet, **facts).first():
        return found
    if TestResult.objects.filter(specification=sheet).count() >= MOST_RESULTS:
        raise TooMany
    one = TestResult.objects.create(specification=sheet, **facts)
    record("collaboration.result.added", one, actor=actor, at=at, project=held.code)
    return one


@transaction.atomic
def remove_result(result: TestResult, *, actor: User | None, at: datetime) -> None:
    """Take out a result that was entered by mistake.

    Raises:
        Closed: The project is completed or stopped.

    """
    held = hold_living(result.specification.project)
    record(
        "collaboration.result.removed",
        result,
        actor=actor,
        at=at,
        project=held.code,
        standard=result.standard,
        measured=result.measured,
    )
    result.delete()
