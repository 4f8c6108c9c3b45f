"""What of batches waits for the office: to decide, to begin, to do, to ask after."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from ifn.programmes.measuring.waves import Wave, still_taken
from ifn.programmes.models import (
    Action,
    Batch,
    Commitment,
    Outcome,
    OutcomeAsking,
    Registration,
    Side,
)
from ifn.programmes.planning import states
from ifn.programmes.queries.following import overdue_of, promises_overdue

Row = TypeVar("Row", bound=Model)
State = Batch.State


def _since(found: QuerySet[Row], day: str) -> QuerySet[Any]:
    """Return rows that wait since a day."""
    at: Any = ExpressionWrapper(Cast(day, DateTimeField()), DateTimeField())
    return found.annotate(waits_since=at)


def registrations_to_decide() -> QuerySet[Registration]:
    """Return what is undecided where it is decided: not while everybody may still register."""
    chosen = Q(batch__admits=Batch.Admits.FIRST) | ~Q(batch__state=State.OPEN)
    return Registration.objects.filter(
        chosen,
        state__in=Registration.UNDECIDED,
        batch__state__in=states.DECIDES,
    )


def actions_of_office(today: date) -> QuerySet[Action]:
    """Return what the office should have done for participants before today."""
    return _since(overdue_of(Side.OFFICE, today), "due_on")


def promises_to_ask_after(today: date) -> QuerySet[Commitment]:
    """Return promises of partners whose day has gone by."""
    return _since(promises_overdue(today), "due_on")


def participants_to_call(today: date) -> QuerySet[OutcomeAsking]:
    """Return who is to say what changed and could not be written to, while answers are taken."""
    takes = Q(pk__in=[])
    for wave in Wave:
        takes |= Q(wave=wave, registration__batch__ends_on__gte=still_taken(wave, today))
    answered = Outcome.objects.filter(
        registration=OuterRef("registration"), wave=OuterRef("wave"), finished_at__isnull=False
    )
    return OutcomeAsking.objects.filter(
        takes,
        ~Exists(answered),
        messages=0,
        registration__seat__isnull=False,
        registration__batch__state__in=states.ASKS,
    )


def batches_to_move(today: date) -> QuerySet[Batch]:
    """Return batches that should be further: to choose, to begin, to complete."""
    begins = Q(state=State.CONFIRMED, starts_on__lte=today)
    ends = Q(state=State.RUNNING, ends_on__lt=today)
    chooses = Q(state=State.OPEN, registers_until__lt=today)
    late = Q(state__in=[State.OPEN, State.SELECTING], starts_on__lte=today)
    day = Case(
        When(state=State.RUNNING, then=F("ends_on")),
        When(state=State.OPEN, registers_until__lt=today, then=F("registers_until")),
        default=F("starts_on"),
    )
    own, other = ("title_en", "title_id") if get_language() == "en" else ("title_id", "title_en")
    any_title = Coalesce(NullIf(F(own), Value("")), F(other))
    found = Batch.objects.filter(begins | ends | chooses | late)
    return _since(found.annotate(any_title=any_title, late_day=day), "late_day")
