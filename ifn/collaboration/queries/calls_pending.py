"""What of calls waits for a person; a fixed number of queries."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from ifn.accounts.models import User
from ifn.collaboration.models import Application, Call, Conflict, Evaluator, Invitation, Score
from ifn.collaboration.queries.applications import with_old_terms

#: More than this nobody reads at once.
MOST: Final = 7


def invitations(firms: Sequence[int], today: date) -> QuerySet[Invitation]:
    """Return the invitations of some firms that can be followed still, the nearest end first."""
    found = Invitation.objects.filter(business__in=firms, state=Invitation.State.SENT)
    found = found.filter(wanted__call__state=Call.State.OPEN, wanted__call__closes_on__gte=today)
    chosen = found.select_related("wanted__call", "business")
    return chosen.order_by("wanted__call__closes_on", "pk")[:MOST]


def new_terms(firms: Sequence[int]) -> QuerySet[Application]:
    """Return the applications of some firms whose terms were changed since."""
    states = [Call.State.OPEN, Call.State.SCREENING, Call.State.PANEL]
    found = Application.objects.filter(business__in=firms, call__state__in=states)
    return with_old_terms(found).select_related("call", "business").order_by("pk")[:MOST]


def to_screen(firms: Sequence[int], today: date) -> QuerySet[Call]:
    """Return the calls of some firms whose applications are to be looked at."""
    waiting = Application.objects.filter(call=OuterRef("pk"), state=Application.State.SUBMITTED)
    states = [Call.State.OPEN, Call.State.SCREENING]
    found = Call.objects.filter(business__in=firms, state__in=states, closes_on__lt=today)
    return found.filter(Exists(waiting)).order_by("decides_on", "pk")[:MOST]


def to_judge(person: User) -> QuerySet[Evaluator]:
    """Return a person's seats on panels where conflicts or points are lacking."""
    seat = OuterRef(OuterRef("pk"))
    conflict = Conflict.objects.filter(evaluator=seat, application=OuterRef("pk"))
    judged = Score.objects.filter(evaluator=seat, application=OuterRef("pk"))
    lacking = Application.objects.filter(call=OuterRef("call"), state=Application.State.ELIGIBLE)
    lacking = lacking.filter(~Exists(conflict), ~Exists(judged))
    found = Evaluator.objects.filter(Exists(lacking), person=person, call__state=Call.State.PANEL)
    return found.select_related("call").order_by("call__decides_on", "pk")[:MOST]
