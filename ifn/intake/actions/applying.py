"""Rows become profiles, or bring profiles up to date: one transaction for each."""

from datetime import datetime
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import actions as directory
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business
from ifn.directory.profile import Profile
from ifn.directory.serial import from_json, to_json
from ifn.directory.whole import whole
from ifn.intake import tasks
from ifn.intake.actions.stages import NotNow, begin, locked, moved
from ifn.intake.models import List, Row
from ifn.intake.queries import changes_to, standing_business
from ifn.intake.revising import revised
from ifn.linkage.identity import identity

State, Choice, Outcome = Row.State, Row.Decision, Row.Outcome
APPLICABLE: Final = (State.NEW, State.SAME, State.MAYBE, State.TWICE)


class NotReleased(Exception):  # noqa: N818
    """The list is of an organisation or a region, and no officer has released it."""


@transaction.atomic
def apply(received: List, *, actor: User | None, at: datetime) -> None:
    """Begin to apply what is decided; rows that nobody decided wait on.

    Raises:
        NotNow: The list does not wait for decisions.
        NotReleased: No officer has released it.

    """
    now = locked(received)
    if not now.is_of_office and now.released_at is None:
        raise NotReleased
    now = moved(now, {List.State.REVIEW, List.State.APPLIED}, List.State.APPLYING)
    received.state = now.state
    record("intake.list.applied", now, actor=actor, at=at)
    begin(now, tasks.apply_list, actor.pk if actor else None)


@transaction.atomic
def apply_row(row: Row, *, actor: User | None, at: datetime) -> Row:
    """Enter a decided row as a profile, or bring its profile up to date; done twice, done once.

    A row whose plant somebody entered meanwhile becomes one with that profile; where a person
    decided that it is new, it waits for them again, for one plant is one profile.

    Raises:
        NotNow: The row is not decided, or is applied already.

    """
    now = Row.objects.select_for_update(of=("self",)).select_related("list__source").get(pk=row.pk)
    if now.state not in APPLICABLE or now.decision not in {Choice.CREATE, Choice.JOIN}:
        raise NotNow(now.state)
    stated = from_json(now.facts)
    business = _there(now, stated)
    if business and now.decision == Choice.CREATE and now.decided_by_id and not now.business_id:
        _ask_again(now, business)
        now.save()
        return now
    if business is None:
        _create(now, stated, actor, at)
    elif now.outcome == Outcome.CREATED and now.decision == Choice.CREATE:
        directory.list_again(business, actor=actor, at=at)  # it was undone, and is not any more
        now.written = {"version": business.version}
    else:
        _bring_up_to_date(now, business, actor, at)
    now.state, now.applied_by, now.applied_at = State.APPLIED, actor, at
    now.save()
    return now


def _there(row: Row, stated: Profile) -> Business | None:
    """Return the profile a row is about: the one decided, or the same plant entered meanwhile."""
    if row.business_id:
        return standing_business(row.business_id)
    made = Row.objects.filter(plant=row.plant, state=State.APPLIED, outcome=Outcome.CREATED)
    for pk in made.values_list("business", flat=True):
        return standing_business(pk or 0)
    same_name = Business.objects.filter(
        region=stated.region, name__iexact=stated.name, is_demo=False
    ).exclude(status=Business.Status.DRAFT)
    for other in same_name.order_by("pk"):
        plant = identity(
            other.name,
            other.address,
            other.region_id or "",
            other.postcode,
            legal_form=other.legal_form,
        ).plant
        if plant == row.plant and row.decided_by_id is None:
            return other
    return None


def _ask_again(row: Row, there: Business) -> None:
    """Put a row before a person again that was to become a plant which another list entered."""
    row.state, row.reason, row.decision = State.MAYBE, "plant_there", ""
    row.details = {**row.details, "number": there.public_number}
    row.candidates = [{"business": there.pk, "probability": 1.0, "evidence": []}]
    row.probability = 1.0


def _create(row: Row, stated: Profile, actor: User | None, at: datetime) -> None:
    business = directory.register(
        stated, source=row.list.source, stated_on=row.list.stated_on, actor=actor, at=at
    )
    row.business, row.outcome = business, Outcome.CREATED
    row.written = {"version": business.version}
    if row.decided_by_id is None:
        return
    refused = Business.objects.filter(pk__in=[one["business"] for one in row.candidates])
    for other in refused:
        directory.keep_apart(business, other, reason=row.note, actor=row.decided_by, at=at)


def _bring_up_to_date(row: Row, business: Business, actor: User | None, at: datetime) -> None:
    lock(business)
    known = whole(business)
    found = changes_to(known, row)
    taken = [one.field for one in found if one.is_taken]
    row.business, row.decision = business, Choice.JOIN
    row.outcome = Outcome.REVISED if taken else Outcome.UNCHANGED
    after = revised(known.profile, found)
    if taken:
        directory.revise(
            business,
            after,
            version=business.version,
            source=row.list.source,
            stated_on=row.list.stated_on,
            actor=actor,
            at=at,
        )
    row.written = {"version": business.version, "fields": taken}
    if taken:
        row.written |= {"before": to_json(known.profile), "after": to_json(after)}


@transaction.atomic
def note_applied(received: List) -> None:
    """Note that everything decided of a list is applied."""
    moved(received, {List.State.APPLYING}, List.State.APPLIED)
