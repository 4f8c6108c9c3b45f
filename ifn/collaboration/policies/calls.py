"""Who may write, review, lead, judge and decide a call, and who may apply to it."""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.collaboration.models import Application, Call
from ifn.collaboration.policies.projects import SPEAKS, is_office
from ifn.directory.models import Business

Person = User | AnonymousUser


def can_call_for(business: Business, role: str) -> bool:
    """Say whether somebody who is this to a business may call for partners in its name."""
    return role in SPEAKS and business.status == Business.Status.LISTED


def can_lead(user: Person, call: Call, role: str) -> bool:
    """Say whether this person writes a call, invites and screens; ``role`` as to its business."""
    return is_office(user) or (call.business_id is not None and role in SPEAKS)


def can_see(user: Person, call: Call, role: str) -> bool:
    """Say whether this person may open the public page: its own people also before it is shown."""
    return call.is_shown or can_lead(user, call, role)


def can_decide(user: Person) -> bool:
    """Say whether this person reviews calls, names the panel and decides: the office alone."""
    return is_office(user)


def can_answer(application: Application, roles: Mapping[int, str]) -> bool:
    """Say whether this person speaks for the applicant, by what they are to businesses."""
    return roles.get(application.business_id, "") in SPEAKS
