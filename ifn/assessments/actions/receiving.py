"""Packages from phones: taken in once, merged field by field, nothing overwritten, nothing lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.assessments import policies
from ifn.assessments.actions.answering import (
    EARLIEST,
    Change,
    NotOpen,
    Saved,
    apply,
    lock,
    start,
)
from ifn.assessments.actions.deciding import NothingScored, Unanswered, Undecided, submit
from ifn.assessments.merging import Outcome, outcome
from ifn.assessments.models import Answer, Assessment, Conflict, InstrumentVersion, Package
from ifn.audit.actions import record
from ifn.directory.models import Business
from ifn.directory.queries import role_in, standing_for


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sends of one assessment.

    ``digest`` is that of the version it asked with, of the questionnaire called ``instrument``
    where that is said. What the phone says of time is kept apart: ``assessed_on`` counts only where
    it is possible.
    """

    uuid: UUID
    assessment: UUID
    business: str
    digest: str
    mode: str
    changes: Sequence[Change]
    assessed_on: date | None = None
    device_at: datetime | None = None
    is_finished: bool = False
    instrument: str = ""


class Refused(Exception):  # noqa: N818
    """A package cannot be taken; ``code`` says why: firm, version, rights, mode or malformed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def receive(sent: Sent, content: Mapping[str, Any], *, actor: User, at: datetime) -> Package:
    """Take in a package and return it with its receipt; taken in again, the receipt is the same.

    ``content`` is the package as it came, which is kept also when it is refused. A field that
    somebody else changed since the phone saw it becomes a ``Conflict``; so does every field that
    differs once its side is closed.
    """
    known = Package.objects.filter(uuid=sent.uuid)
    if there := known.first():
        return there
    try:
        return _receive(sent, content, actor=actor, at=at)
    except IntegrityError:  # the same package, sent at the same moment
        return known.get()


def keep_malformed(uuid: UUID, content: Mapping[str, Any], *, actor: User, at: datetime) -> Package:
    """Keep what calls itself a package and cannot be read as one, for whoever looks for it."""
    known = Package.objects.filter(uuid=uuid)
    if there := known.first():
        return there
    package = Package(uuid=uuid, person=actor, received_at=at, content=dict(content))
    try:
        return _refuse(package, "malformed", actor=actor, at=at)
    except IntegrityError:
        return known.get()


@transaction.atomic
def _refuse(package: Package, why: str, *, actor: User, at: datetime) -> Package:
    package.refusal, package.receipt = why, {"refused": why}
    package.save()
    record("assessments.package.refused", package, actor=actor, at=at, why=why)
    return package


@transaction.atomic
def _receive(sent: Sent, content: Mapping[str, Any], *, actor: User, at: datetime) -> Package:
    package = Package(
        uuid=sent.uuid,
        person=actor,
        received_at=at,
        device_at=sent.device_at,
        content=dict(content),
    )
    try:
        one, role = _assessment(sent, actor=actor, at=at)
    except Refused as refused:
        return _refuse(package, refused.code, actor=actor, at=at)
    lock(one)
    package.assessment = one
    package.save()
    open_sides = policies.sides(actor, one, role)
    mine = [change for change in sent.changes if change.side in open_sides]
    saved = apply(one, mine, actor=actor, at=at)
    _keep_closed(one, [change for change in sent.changes if change.side not in open_sides], saved)
    _keep_conflicts(package, one, saved, at)
    package.receipt = _receipt(one, saved) | _finish(sent, one, role, actor=actor, at=at)
    package.save(update_fields=["receipt"])
    record("assessments.package.received", package, actor=actor, at=at)
    return package


def _assessment(sent: Sent, *, actor: User, at: datetime) -> tuple[Assessment, str]:
    """Return the assessment a package is about, begun now where it is new, and the sender's role.

    Raises:
        Refused: There is no such firm or version, or the sender may not assess the firm.

    """
    one = (
        Assessment.objects.select_related("business__merged_into", "version__instrument")
        .filter(uuid=sent.assessment)
        .first()
    )
    if one is not None:
        role = role_in(one.firm, actor)
        if not (role in policies.ANSWERS or policies.can_assess(actor, one.firm)):
            raise Refused("rights")
        return one, role
    business = Business.objects.filter(number=sent.business.upper()).first()
    if business is None:
        raise Refused("firm")
    business = standing_for(business)
    version = _version(sent)
    if sent.mode not in Assessment.Mode.values:
        raise Refused("mode")
    role = role_in(business, actor)
    may = (
        policies.can_answer_for(business, role)
        if sent.mode == Assessment.Mode.SELF
        else policies.can_assess(actor, business) and not role
    )
    if not may:
        raise Refused("rights")
    made = start(
        business,
        version,
        mode=sent.mode,
        assessed_on=_possible(sent.assessed_on, at),
        uuid=sent.assessment,
        device_at=sent.device_at,
        actor=actor,
        at=at,
    )
    return made, role


def _version(sent: Sent) -> InstrumentVersion:
    found = InstrumentVersion.objects.select_related("instrument").filter(digest=sent.digest)
    if sent.instrument:
        found = found.filter(instrument__code=sent.instrument)
    version = found.exclude(state=InstrumentVersion.State.DRAFT).order_by("-number").first()
    if version is None:
        raise Refused("version")
    return version


def _possible(day: date | None, at: datetime) -> date:
    """Return the day a phone says where it can be, else the server's."""
    today = at.astimezone().date()
    return day if day and EARLIEST <= day <= today else today


def _keep_closed(one: Assessment, changes: Sequence[Change], saved: Saved) -> None:
    """Turn what came for a closed side into conflicts, unless it stands there already."""
    here = {(row.question, row.side): row for row in Answer.objects.filter(assessment=one)}
    for change in changes:
        row = here.get((change.question, change.side))
        stands = getattr(row, change.field) if row else None
        if outcome(base=change.base, here=stands, sent=change.sent) != Outcome.SAME:
            saved.conflicts.append((change, stands))


def _keep_conflicts(package: Package, one: Assessment, saved: Saved, at: datetime) -> None:
    seen = set()
    for change, here in saved.conflicts:
        key = (change.question, change.side, change.field)
        if key in seen:
            continue
        seen.add(key)
        Conflict.objects.create(
            package=package,
            assessment=one,
            question=change.question[:40],
            side=change.side,
            field=change.field,
            base=change.base,
            here=here,
            sent=change.sent,
            found_at=at,
        )


def _receipt(one: Assessment, saved: Saved) -> dict[str, Any]:
    return {
        "assessment": str(one.uuid),
        "revision": one.revision,
        "taken": [_named(change) for change in saved.taken],
        "conflicts": [
            _named(change) | {"base": change.base, "here": here, "sent": change.sent}
            for change, here in saved.conflicts
        ],
        "refused": [
            _named(change) | {"why": why.code, "detail": why.detail}
            for change, why in saved.refused
        ],
    }


def _named(change: Change) -> dict[str, str]:
    return {"question": change.question, "side": change.side, "field": change.field}


def _finish(sent: Sent, one: Assessment, role: str, *, actor: User, at: datetime) -> dict[str, Any]:
    """Hand the assessment in where the phone says so and it can be; say what came of it."""
    if not sent.is_finished or not policies.can_submit(actor, one, role):
        return {"state": one.state}
    try:
        with transaction.atomic():
            submit(one, actor=actor, at=at)
    except Unanswered as left:
        return {"state": one.state, "open": left.codes}
    except (Undecided, NothingScored, NotOpen) as why:
        return {"state": one.state, "not_finished": type(why).__name__}
    return {"state": one.state}


@transaction.atomic
def decide_conflict(conflict: Conflict, choice: str, *, actor: User, at: datetime) -> None:
    """Let what stood here, or what the phone sent, count; decided before, nothing changes.

    Raises:
        NotOpen: What was sent is to count, and its side is closed: send the assessment back first.

    """
    one = conflict.assessment
    lock(one)
    conflict.refresh_from_db(from_queryset=Conflict.objects.select_for_update())
    if conflict.decided_at is not None:
        return
    if choice == Conflict.Choice.SENT:
        if conflict.side not in policies.sides(actor, one, role_in(one.firm, actor)):
            raise NotOpen
        row = Answer.objects.filter(
            assessment=one, question=conflict.question, side=conflict.side
        ).first()
        here = getattr(row, conflict.field) if row else None
        change = Change(conflict.question, conflict.side, conflict.field, here, conflict.sent)
        apply(one, [change], actor=actor, at=at)
    conflict.choice, conflict.decided_at, conflict.decided_by = choice, at, actor
    conflict.save(update_fields=["choice", "decided_at", "decided_by"])
    record("assessments.conflict.decided", one, actor=actor, at=at, choice=choice)
