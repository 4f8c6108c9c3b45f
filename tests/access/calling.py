"""What stands in addresses of calls: one of the business, in which another firm applied."""

from ifn.collaboration.models import Invitation
from tests.factories.collaboration_calls import applied as application_of
from tests.factories.collaboration_calls import (
    at_panel,
    complete,
    evaluator,
    firm,
    moved,
    opened,
    phase,
    wanted,
)
from tests.factories.directory import AT


def call(world):
    """Return a call of the business at its panel, with an application and a seat."""
    made, rows = at_panel(1, world.business)
    return {"code": made.code, "pk": rows[0].pk, "key": "isi"}


def office_call(_world):
    made, _rows = at_panel(1)
    return {"code": made.code, "pk": evaluator(made).pk}


def draft(world):
    made = complete(world.business)
    one = phase(made)
    return {"code": made.code, "pk": one.pk, "key": "fase"}


def own_application(world):
    made = opened(None)
    return {"pk": application_of(made, world.business).pk}


def own_invitation(world):
    role = wanted(opened(None))
    one = Invitation.objects.create(
        wanted=role, business=world.business, since=AT, invited_at=AT, state="sent"
    )
    return {"pk": one.pk}


def own_seat(world):
    """Return a call on whose panel the owner of the business sits, without a conflict."""
    made, rows = at_panel(1)
    evaluator(made, world.people["owner"])
    return {"code": made.code, "pk": rows[0].pk}


def call_in_review(_world):
    made = moved(complete(firm("Prabu Jaya")), "review")
    return {"pk": made.pk, "code": made.code}


def foreign_application(_world):
    return {"pk": application_of(opened(None)).pk}


THINGS = {
    "call": call,
    "call draft": draft,
    "office call": office_call,
    "call in review": call_in_review,
    "own application": own_application,
    "foreign application": foreign_application,
    "own invitation": own_invitation,
    "own seat on panel": own_seat,
}
