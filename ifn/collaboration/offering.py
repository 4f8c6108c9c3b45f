"""What can become a project, offered on the pages of enquiries and of action plans."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.collaboration.policies.projects import is_office
from ifn.collaboration.queries.origins import (
    actions_of,
    asking_firm,
    begun_with,
    firms_spoken_for,
)
from ifn.connections.enquiring.states import State
from ifn.connections.models import Enquiry
from ifn.directory.queries import standing_for
from ifn.programmes.models import Action, Registration
from ifn.ui.offers import Offer, Way


def of_enquiry(request: HttpRequest, enquiry: Enquiry) -> Offer | None:
    """Offer to make a project of an agreed enquiry to who may, or lead to the one it became."""
    user = request.user
    if enquiry.state != State.AGREED or not isinstance(user, User):
        return None
    sides = {one.pk for one in (asking_firm(enquiry), enquiry.firm) if one is not None}
    if not is_office(user) and sides.isdisjoint(one.pk for one in firms_spoken_for(user)):
        return None
    known = begun_with(enquiries=[enquiry.pk]).get(enquiry.pk)
    if known:
        ways = Way(known.title, reverse("collaboration:own-project", args=[known.code]))
        return Offer(_("The project it became"), (ways,))
    address = f"{reverse('collaboration:begin-project')}?pertanyaan={enquiry.public_code}"
    return Offer(_("What becomes of it"), (Way(_("Make a project of it, with partners"), address),))


def of_plan(request: HttpRequest, participant: Registration) -> Offer | None:
    """Offer to make projects of the actions of a participant, or lead to those they became."""
    if not _may(request, participant):
        return None
    return Offer(_("Projects from this plan"), _ways(actions_of(participant)))


def of_action(request: HttpRequest, action: Action) -> Offer | None:
    """Offer to make a project of one action of a plan, or lead to the one it became."""
    if not _may(request, action.registration):
        return None
    return Offer(_("What becomes of it"), _ways([action]))


def _may(request: HttpRequest, participant: Registration) -> bool:
    user = request.user
    if not isinstance(user, User):
        return False
    return is_office(user) or standing_for(participant.business) in firms_spoken_for(user)


def _ways(actions: Sequence[Action]) -> tuple[Way, ...]:
    known = begun_with(actions=[one.pk for one in actions])
    begin = reverse("collaboration:begin-project")
    return tuple(
        Way(one.what, reverse("collaboration:own-project", args=[known[one.pk].code]))
        if one.pk in known
        else Way(_("Make a project of: %(what)s") % {"what": one.what}, f"{begin}?aksi={one.pk}")
        for one in actions
    )
