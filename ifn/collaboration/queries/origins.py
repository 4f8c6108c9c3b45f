"""What a project can begin with: agreed enquiries, actions of plans; what came of them."""

from collections.abc import Collection
from typing import Final

from django.db.models import Q, QuerySet

from ifn.accounts.models import User
from ifn.collaboration.models import Project
from ifn.collaboration.policies.projects import SPEAKS
from ifn.connections.enquiring.states import State
from ifn.connections.models import Enquiry
from ifn.connections.queries.enquiries import enquiry_with, with_letters
from ifn.directory.models import Business, Membership
from ifn.directory.queries import standing_for
from ifn.prepared import Prepared, Slot
from ifn.programmes.models import Action, Registration

#: So many agreed enquiries are offered; they are told by their code besides.
MOST_OFFERED: Final = 20


def firms_spoken_for(person: User) -> list[Business]:
    """Return the listed businesses a person speaks for, by name; one query."""
    keys = Membership.objects.filter(person=person, role__in=SPEAKS).values("business")
    found = Business.objects.filter(pk__in=keys, status=Business.Status.LISTED)
    return list(found.filter(kind=Business.Kind.BUSINESS).order_by("name", "pk"))


def speaks_for_any(person: User) -> bool:
    """Say whether a person speaks for a listed business."""
    return bool(_SPOKEN_FOR.rows(person=person.pk))


def _spoken_for() -> QuerySet[Business, int]:
    keys = Membership.objects.filter(person=Slot("person"), role__in=SPEAKS).values("business")
    found = Business.objects.filter(pk__in=keys, status=Business.Status.LISTED)
    return found.filter(kind=Business.Kind.BUSINESS).order_by().values_list("pk", flat=True)


_SPOKEN_FOR: Final = Prepared(lambda: _spoken_for()[:1])


def asking_firm(enquiry: Enquiry) -> Business | None:
    """Return the business that asked, or what stands for it; nothing where a person did."""
    asking = enquiry.letter.business
    return standing_for(asking) if asking else None


def agreed_of(person: User) -> list[Enquiry]:
    """Return the newest agreed enquiries of whom a person speaks for that are no project yet."""
    return _AGREED.objects(person=person.pk)


def _agreed() -> QuerySet[Enquiry]:
    firms = _spoken_for()
    taken = Project.objects.exclude(enquiry=None).values("enquiry")
    agreed = Enquiry.objects.filter(state=State.AGREED)
    own = agreed.to_firms(firms).values("pk")
    asked = agreed.filter(
        Q(letter__business__in=firms) | Q(letter__business__merged_into__in=firms)
    ).values("pk")
    found = with_letters().filter(pk__in=own.union(asked)).exclude(pk__in=taken)
    return found.order_by("-since", "-pk")[:MOST_OFFERED]


_AGREED: Final = Prepared(_agreed)


def begun_with(
    *, enquiries: Collection[int] = (), actions: Collection[int] = ()
) -> dict[int, Project]:
    """Return the projects that began with some enquiries, or with some actions, by their keys."""
    found = Project.objects.only("code", "title_id", "title_en", "enquiry", "action")
    if enquiries:
        rows = found.filter(enquiry__in=enquiries)
        return {one.enquiry_id: one for one in rows if one.enquiry_id}
    return {one.action_id: one for one in found.filter(action__in=actions) if one.action_id}


def agreed_with(code: str) -> Enquiry | None:
    """Return the agreed enquiry of this stored code."""
    found = enquiry_with(code)
    return found if found is not None and found.state == State.AGREED else None


def actions_of(participant: Registration) -> list[Action]:
    """Return the actions in the plan of a participant, by the day they are due."""
    rows = Action.objects.filter(registration=participant).exclude(state=Action.State.DROPPED)
    return list(rows.only("what").order_by("due_on", "pk"))


def action_with(pk: int) -> Action | None:
    """Return an action of a plan with its firm and the partner that is to do it."""
    rows = Action.objects.select_related(
        "registration__business__merged_into", "registration__batch", "partner__business"
    )
    return rows.filter(pk=pk).first()
