"""Action plans, visits and promises, as whoever asks may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from ifn.accounts.models import User
from ifn.programmes.models import (
    Action,
    ActionFile,
    ActionStep,
    Batch,
    Commitment,
    CommitmentStep,
    Mentor,
    Mentorship,
    Partner,
    Registration,
    Side,
    Visit,
)
from ifn.programmes.planning import states
from ifn.programmes.queries.batches import registrations_within_reach

#: Of a participant so many visits are shown; the office reads all in the copy of the record.
SHOWN_VISITS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the plans of a batch is asked for; nothing means all."""

    owner: str = ""
    is_overdue: bool = False


def open_actions() -> Q:
    """Return the condition of actions that are still to be done, as registrations see them."""
    return Q(actions__state__in=Action.OPEN)


def plans_in(batch: Batch, user: User, asked: Asked, today: date) -> QuerySet[Registration]:
    """Return the participants of a batch whom a person of the staff may see, with counts.

    With ``asked`` only those who have such an action that is open.
    """
    found = registrations_within_reach(user).filter(batch=batch, seat__isnull=False)
    if asked.owner or asked.is_overdue:
        wanted = Action.objects.open().filter(registration=OuterRef("pk"))
        if asked.owner:
            wanted = wanted.filter(owner=asked.owner)
        if asked.is_overdue:
            wanted = wanted.filter(due_on__lt=today)
        found = found.filter(Exists(wanted))
    return counted(found, today).select_related("business").order_by("seat")


def counted(found: QuerySet[Registration], today: date) -> QuerySet[Registration]:
    """Return registrations with how many of their actions are done, open and overdue."""
    return found.annotate(
        done=Count("actions", filter=Q(actions__state=Action.State.DONE)),
        open=Count("actions", filter=open_actions()),
        overdue=Count("actions", filter=open_actions() & Q(actions__due_on__lt=today)),
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """How many actions of a batch are done, open and overdue."""

    done: int
    open: int
    overdue: int


def totals_of(batch: Batch, user: User, today: date) -> Totals:
    """Return the numbers of all plans of a batch that a person of the staff may see."""
    mine = registrations_within_reach(user).filter(batch=batch, seat__isnull=False)
    is_open = Q(state__in=Action.OPEN)
    numbers = Action.objects.filter(registration__in=mine).aggregate(
        done=Count("pk", filter=Q(state=Action.State.DONE)),
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=today)),
    )
    return Totals(**numbers)


def _whole(found: QuerySet[Action]) -> list[Action]:
    """Return actions with their people and files: open ones first, the nearest day first."""
    rows = found.select_related("mentor", "partner", "registration__business")
    rows = rows.prefetch_related(Prefetch("files", ActionFile.objects.order_by("added_at", "pk")))
    return sorted(rows.order_by("due_on", "pk"), key=lambda one: not one.is_open)


def plan_of(registration: Registration) -> list[Action]:
    """Return the plan of a participant."""
    return _whole(Action.objects.filter(registration=registration))


def action_of(registration: Registration, pk: int) -> Action | None:
    """Return one action of a participant's plan, or nothing."""
    found = Action.objects.filter(registration=registration, pk=pk)
    return found.select_related("mentor", "partner", "registration__batch").first()


def steps_of(action: Action) -> list[ActionStep]:
    """Return what happened to an action, the latest first."""
    return list(action.steps.select_related("person").order_by("-at", "-pk"))


def visits_of(registration: Registration, *, with_internal: bool) -> list[Visit]:
    """Return the visits to a participant, the latest first; the firm reads no internal ones."""
    found = Visit.objects.filter(registration=registration)
    if not with_internal:
        found = found.filter(is_internal=False)
    rows = found.select_related("mentor", "person").order_by("-on", "-pk")
    return list(rows[:SHOWN_VISITS])


def looked_after(mentor: Mentor, today: date) -> list[Registration]:
    """Return the participants whom a mentor looks after, with counts, by seat."""
    mine = Mentorship.objects.filter(mentor=mentor).values("registration")
    found = Registration.objects.filter(pk__in=mine, seat__isnull=False)
    return list(counted(found, today).select_related("business").order_by("seat"))


def participant_of_mentor(mentor: Mentor, pk: int) -> Registration | None:
    """Return one of the participants whom a mentor looks after, or nothing."""
    mine = Mentorship.objects.filter(mentor=mentor).values("registration")
    found = Registration.objects.filter(pk=pk, seat__isnull=False).filter(pk__in=mine)
    return found.select_related("batch__region", "business").first()


def actions_of_mentor(mentor: Mentor) -> list[Action]:
    """Return what a mentor is to do, over all participants."""
    return _whole(Action.objects.filter(mentor=mentor, registration__seat__isnull=False))


def actions_of_partner(partner: Partner) -> list[Action]:
    """Return what a partner is to do, over all participants."""
    return _whole(Action.objects.filter(partner=partner, registration__seat__isnull=False))


def promises_of(partner: Partner) -> list[Commitment]:
    """Return what a partner promised with what was said of it, the nearest day first."""
    steps = CommitmentStep.objects.select_related("person").order_by("-at", "-pk")
    found = Commitment.objects.filter(partner=partner).prefetch_related(Prefetch("steps", steps))
    rows = found.order_by("due_on", "pk")
    return sorted(rows, key=lambda one: one.state != Commitment.State.PROMISED)


def helpers_of(batch: Batch) -> tuple[list[Mentor], list[Partner]]:
    """Return the mentors and partners of a batch by name."""
    return list(batch.mentors.order_by("name")), list(batch.partners.order_by("name"))


def seated_in(batch: Batch) -> Sequence[Registration]:
    """Return who has a seat in a batch, by seat."""
    found = Registration.objects.filter(batch=batch, seat__isnull=False)
    return list(found.select_related("business").order_by("seat"))


def overdue_of(side: str, today: date) -> QuerySet[Action]:
    """Return what one side should have done before today, in batches that are followed up."""
    return Action.objects.open().filter(
        owner=side,
        due_on__lt=today,
        registration__seat__isnull=False,
        registration__batch__state__in=states.FOLLOWS,
    )


def promises_overdue(today: date) -> QuerySet[Commitment]:
    """Return promises whose day has gone by, in batches that were not cancelled."""
    found = Commitment.objects.filter(state=Commitment.State.PROMISED, due_on__lt=today)
    return found.exclude(partner__batch__state=Batch.State.CANCELLED)


def of_firm(registration: Registration) -> QuerySet[Action]:
    """Return what the firm itself is to do."""
    return Action.objects.filter(registration=registration, owner=Side.FIRM)
