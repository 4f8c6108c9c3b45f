"""Batches in lists and one by one, as whoever asks may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from ifn.accounts.models import User
from ifn.accounts.policies import territory_of
from ifn.programmes.models import Batch, BudgetLine, Partner, Registration, StateChange
from ifn.programmes.policies import can_plan
from ifn.regions.containing import inside

State = Registration.State
_OPEN_TO_ALL = (Batch.State.OPEN,)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for; nothing means all."""

    state: str = ""
    region: str = ""
    year: int | None = None
    text: str = ""


def counted(found: QuerySet[Batch]) -> QuerySet[Batch]:
    """Return batches with how many seats are taken, wait, and are undecided."""
    return found.annotate(
        seated=Count("registrations", filter=Q(registrations__state=State.ACCEPTED)),
        waiting=Count("registrations", filter=Q(registrations__state=State.WAITING)),
        undecided=Count("registrations", filter=Q(registrations__state__in=Registration.UNDECIDED)),
    )


def within_reach(user: User) -> QuerySet[Batch]:
    """Return the batches that a person of the staff may open at their desk.

    A regional office has those in its regions, those in which its firms are, and the open ones.
    """
    if can_plan(user):
        return Batch.objects.all()
    own = inside(territory_of(user), "region__code") | Q(pk__in=_with_own_firms(user))
    return Batch.objects.filter(own | Q(state__in=_OPEN_TO_ALL))


def _with_own_firms(user: User) -> QuerySet[Registration, int]:
    return registrations_within_reach(user).values_list("batch_id", flat=True)


def registrations_within_reach(user: User) -> QuerySet[Registration]:
    """Return the registrations that a person of the staff may see: of a Dinas, its own firms."""
    if can_plan(user):
        return Registration.objects.all()
    return Registration.objects.filter(inside(territory_of(user), "business__region__code"))


def listed(user: User, wanted: Wanted) -> QuerySet[Batch]:
    """Return the batches of the desk as they are asked for, the latest first."""
    found = within_reach(user)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.region:
        found = found.filter(inside([wanted.region], "region__code"))
    if wanted.year:
        found = found.filter(starts_on__year=wanted.year)
    if wanted.text:
        words = Q(title_id__icontains=wanted.text) | Q(title_en__icontains=wanted.text)
        found = found.filter(
            words | Q(code__icontains=wanted.text) | Q(topic__icontains=wanted.text)
        )
    return counted(found.select_related("region")).order_by("-starts_on", "-pk")


def years() -> list[int]:
    """Return the years in which batches begin, the latest first."""
    return [day.year for day in Batch.objects.dates("starts_on", "year", order="DESC")]


def coming(today: date) -> list[Batch]:
    """Return what visitors see first: open batches and those that are to come or under way."""
    found = Batch.objects.shown().filter(ends_on__gte=today)
    chosen = counted(found.exclude(state=Batch.State.COMPLETED).select_related("region"))
    return list(chosen.order_by("starts_on", "pk"))


def past(today: date) -> QuerySet[Batch]:
    """Return batches that visitors see below: those completed or gone by, the latest first."""
    found = Batch.objects.shown().filter(Q(ends_on__lt=today) | Q(state=Batch.State.COMPLETED))
    return counted(found.select_related("region")).order_by("-ends_on", "-pk")


def seats_taken(batch: Batch) -> int:
    """Return how many seats of a batch are taken."""
    return Registration.objects.filter(batch=batch, state=State.ACCEPTED).count()


def changes_of(batch: Batch) -> list[StateChange]:
    """Return what happened to a batch, the latest first."""
    return list(batch.changes.select_related("person").order_by("-at", "-pk"))


def partners_of(batch: Batch) -> list[Partner]:
    """Return the partners of a batch with what they promised, by name."""
    found = Partner.objects.filter(batch=batch).select_related("business")
    return list(found.prefetch_related("commitments").order_by("name"))


def budget_of(batch: Batch) -> Sequence[BudgetLine]:
    """Return the lines of a batch's budget in the order they were entered."""
    return list(BudgetLine.objects.filter(batch=batch).order_by("pk"))


def rows_of(batch: Batch, user: User) -> list[Registration]:
    """Return who registered, as far as a person of the staff may see it, seats first."""
    found = registrations_within_reach(user).filter(batch=batch)
    return list(
        found.select_related("business", "registered_by").order_by(
            F("seat").asc(nulls_last=True), F("line").asc(nulls_last=True), "registered_at", "pk"
        )
    )
