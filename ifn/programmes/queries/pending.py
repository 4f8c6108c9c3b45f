"""What of mentoring waits for a person: seats, tests, actions; a query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ifn.accounts.models import User
from ifn.directory.models import Membership
from ifn.programmes.measuring.waves import Wave, Window, window_of
from ifn.programmes.models import Action, Batch, Outcome, Quiz, QuizAnswer, Registration, Side
from ifn.programmes.planning import states
from ifn.programmes.policies import SPEAKS

#: Of each kind so many at most are read.
MOST = 7
#: The last question is in time until 60 days after a year after a batch.
_ASKED_WITHIN = timedelta(days=366 + 62)
#: Whether a person or their firm ever registered: most did not, and are asked no more. A part of
#: the question that ``site.waiting`` asks.
HAS_REGISTERED: Final = """
SELECT 'registered' AS kind, r.id AS pk, '' AS a, '' AS b, '' AS c, '' AS d, '' AS at
  FROM programmes_registration AS r
 WHERE r.person_id = %(person)s OR r.business_id IN (SELECT business_id FROM firm)
 LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Test:
    """A test that is open and not answered by a participant."""

    title: str
    registration: int
    quiz: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a participant is asked now: in which wave, and until when."""

    registration: Registration
    wave: Wave
    window: Window


def _own(person: User) -> QuerySet[Registration]:
    """Return the registrations for which a person comes, or for whose firm they speak."""
    firms = Membership.objects.filter(person=person, role__in=SPEAKS).values("business")
    return Registration.objects.filter(Q(business__in=firms) | Q(person=person))


def registrations_of(person: User, today: date) -> Sequence[Registration]:
    """Return what a person registered for that is to come or still asked about; the next first."""
    found = _own(person).exclude(state__in=Registration.GONE)
    found = found.filter(batch__ends_on__gte=today - _ASKED_WITHIN)
    return list(found.select_related("batch", "business").order_by("batch__starts_on", "pk"))


def coming(registrations: Sequence[Registration], today: date) -> Sequence[Registration]:
    """Return those in batches that are not over, the nearest first."""
    over = {Batch.State.COMPLETED, Batch.State.CANCELLED}
    found = [
        one for one in registrations if one.batch.ends_on >= today and one.batch.state not in over
    ]
    return found[:MOST]


def open_tests(person: User) -> Sequence[Test]:
    """Return the tests that are open and that a person's participants have not answered."""
    answered = QuizAnswer.objects.filter(
        quiz=OuterRef("pk"), registration=OuterRef("seat_of"), round=OuterRef("is_open")
    )
    mine = _own(person).filter(seat__isnull=False, batch__state__in=states.FOLLOWS)
    rows = (
        Quiz.objects.exclude(is_open="")
        .filter(batch__registrations__in=mine)
        .annotate(seat_of=F("batch__registrations"))
        .filter(~Exists(answered))
        .order_by("pk", "seat_of")
    )
    return [Test(*row) for row in rows.values_list("title", "seat_of", "pk")[:MOST]]


def actions_to_do(person: User, today: date, within: timedelta) -> Sequence[Action]:
    """Return what a person's firms are to do until then or should have done, the nearest first."""
    mine = _own(person).filter(seat__isnull=False, batch__state__in=states.FOLLOWS)
    found = Action.objects.open().filter(
        owner=Side.FIRM, registration__in=mine, due_on__lte=today + within
    )
    return list(found.select_related("registration__business").order_by("due_on", "pk")[:MOST])


def open_questions(registrations: Sequence[Registration], today: date) -> Sequence[Question]:
    """Return in which waves participants can say now what changed, and have not; one query.

    A wave counts from the day it is about until its time is over.
    """
    rows = [
        one for one in registrations if one.seat is not None and one.batch.state in states.FOLLOWS
    ]
    rows.sort(key=lambda one: (one.batch.ends_on, one.pk))
    answered = set(
        Outcome.objects.filter(registration__in=rows, finished_at__isnull=False).values_list(
            "registration", "wave"
        )
    )
    found = [
        Question(one, wave, window_of(wave, one.batch.starts_on, one.batch.ends_on))
        for one in rows
        for wave in Wave
        if (one.pk, wave.value) not in answered
    ]
    return [one for one in found if one.window.due_on <= today <= one.window.until][:MOST]
