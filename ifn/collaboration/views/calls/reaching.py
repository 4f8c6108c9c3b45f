"""Whose call, application and seat on a panel it is: what every view asks first."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import gettext as _

from ifn.accounts import access
from ifn.accounts.models import User
from ifn.collaboration.calling import states
from ifn.collaboration.models import Application, Call, Evaluator, Invitation
from ifn.collaboration.policies import calls as policies
from ifn.collaboration.policies import projects as of_projects
from ifn.collaboration.queries.applications import application_with, invitation_with
from ifn.collaboration.queries.calls import call_with
from ifn.collaboration.queries.panels import evaluator_of
from ifn.collaboration.views.calls.saying import TONES
from ifn.directory.models import Business
from ifn.directory.queries import role_in, standing_for
from ifn.ui.addresses import address_of, address_with


def _role(business: Business | None, user: User | AnonymousUser) -> str:
    return role_in(standing_for(business), user) if business else ""


def shown_call(user: User | AnonymousUser, code: str) -> Call:
    """Return a call whose public page this person may open.

    Raises:
        Http404: There is none, or it is not shown to them.

    """
    call = call_with(code)
    if call is None:
        raise Http404
    if not call.is_shown and not policies.can_see(user, call, _role(call.business, user)):
        raise Http404
    return call


def led_call(user: User, code: str) -> Call:
    """Return a call for who leads it: the people of its firm, or the office.

    Raises:
        Http404: There is none, or it is not theirs.

    """
    call = call_with(code)
    if call is None or not policies.can_lead(user, call, _role(call.business, user)):
        raise Http404
    return call


def decided_call(user: User, code: str) -> Call:
    """Return a call for the office, which names the panel and decides."""
    call = led_call(user, code)
    access.require(policies.can_decide(user))
    return call


def own_application(user: User, pk: int) -> tuple[Application, bool]:
    """Return an application of a person's firm, and whether they speak for it.

    Raises:
        Http404: There is none, or it is not theirs.

    """
    one = application_with(pk)
    role = _role(one.business, user) if one else ""
    if one is None or not role:
        raise Http404
    return one, role in of_projects.SPEAKS


def own_invitation(user: User, pk: int) -> Invitation:
    """Return an invitation of a firm for which a person speaks.

    Raises:
        Http404: There is none, or it is not theirs.

    """
    one = invitation_with(pk)
    if one is None or _role(one.business, user) not in of_projects.SPEAKS:
        raise Http404
    return one


def own_seat(user: User, code: str) -> tuple[Call, Evaluator]:
    """Return a call and a person's seat on its panel.

    Raises:
        Http404: There is none, or they do not sit on it.

    """
    call = call_with(code)
    one = evaluator_of(call, user) if call else None
    if call is None or one is None:
        raise Http404
    return call, one


def frame(call: Call, user: User, here: str) -> dict[str, Any]:
    """Return what every page of who leads a call shows: itself, its tabs, what they may do."""
    is_office = of_projects.is_office(user)
    names = [("own-call", _("Overview"))]
    if call.state in {*states.ACCEPTED_BEFORE, Call.State.DECIDED}:
        names += [("call-applications", _("Applications")), ("call-invitations", _("Invitations"))]
        names += [("call-panel", _("Panel"))] if is_office else []
    if call.state in {Call.State.PANEL, Call.State.DECIDED}:
        names.append(("call-decision", _("Decision")))
    tabs = [
        {
            "href": address_with(f"collaboration:{name}", call.code),
            "title": title,
            "current": name == here,
        }
        for name, title in names
    ]
    return {
        "call": call,
        "tabs": tabs if len(tabs) > 1 else [],
        "tone": TONES.get(call.state, ""),
        "is_office": is_office,
        "is_overview": here == "own-call",
        "back": address_of("collaboration:desk" if is_office else "collaboration:own-calls"),
    }
