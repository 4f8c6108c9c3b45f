"""Who takes part in a project: asked, accepted, declined, left; named to visitors or not."""

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.collaboration.actions.holding import ReasonMissing, TooMany, hold_living, noted
from ifn.collaboration.actions.showing import show_anew
from ifn.collaboration.actions.telling_projects import tell_answer, tell_invited, tell_taken_out
from ifn.collaboration.models import Milestone, Project, ProjectPartner
from ifn.collaboration.policies.projects import is_takeable
from ifn.directory.models import Business

State = ProjectPartner.State
#: More partners are no project but a network.
MOST_PARTNERS: Final = 40
_WAYS: Final = {State.ACCEPTED: "accepted", State.DECLINED: "declined", State.LEFT: "left"}


class ThereAlready(Exception):  # noqa: N818
    """This partner is asked or takes part already, in this role."""


class NotListed(Exception):  # noqa: N818
    """The profile is hidden, a draft, or was merged: nobody can be asked by it."""


class NotNow(Exception):  # noqa: N818
    """A partner that stands there cannot do this."""


class StillOwes(Exception):  # noqa: N818
    """The partner has open milestones, which somebody else takes over first."""


class Leads(Exception):  # noqa: N818
    """Who leads the project hands it over before leaving."""


@transaction.atomic
def invite(  # noqa: PLR0913  # whom, for what, reached where, and who asks
    project: Project,
    name: str,
    *,
    role: str,
    does: str = "",
    business: Business | None = None,
    email: str = "",
    phone: str = "",
    is_agreed: bool = False,
    actor: User | None,
    at: datetime,
) -> ProjectPartner:
    """Ask a firm of the directory, or somebody by name, to take part in a role.

    Who declined or left is asked anew by the same. ``is_agreed`` is for who said yes before, as an
    application that was chosen did; nobody else is taken in without being asked.

    Raises:
        Closed: The project is completed or stopped.
        NotListed: The profile is not one that visitors find.
        ThereAlready: It is asked or takes part in this role.
        TooMany: There are forty partners.

    """
    one = hold_living(project)
    if business is not None and not is_takeable(business):
        raise NotListed
    rows = ProjectPartner.objects.filter(project=one)
    whose = {"business": business} if business else {"business": None, "name": name}
    known = rows.filter(role=role, **whose).first()
    if known and known.state in {State.INVITED, State.ACCEPTED}:
        raise ThereAlready
    if known is None and rows.count() >= MOST_PARTNERS:
        raise TooMany
    partner = known or ProjectPartner(
        project=one, business=business, role=role, added_at=at, added_by=actor
    )
    partner.name = business.name[:160] if business else name
    partner.does, partner.email, partner.phone = does, email, phone
    partner.state = State.ACCEPTED if is_agreed else State.INVITED
    partner.since, partner.reason = at, ""
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError:
        raise ThereAlready from None
    event = "partner.accepted" if is_agreed else "partner.invited"
    noted(one, event, partner=partner, actor=actor, at=at, role=role)
    if business and not is_agreed:
        tell_invited(partner, one, by=actor, at=at)
    return partner


@transaction.atomic
def answer(
    partner: ProjectPartner,
    state: str,
    *,
    reason: str = "",
    actor: User | None,
    at: datetime,
) -> ProjectPartner:
    """Accept, decline or leave, as a partner itself says; whoever leads the project is told.

    Said twice, it is said once.

    Raises:
        Closed: The project is completed or stopped.
        Leads: Who leads hands the project over before leaving.
        NotNow: It was not asked, or did not take part.
        ReasonMissing: To decline and to leave takes a reason.
        StillOwes: It has open milestones, which somebody takes over first.

    """
    project = hold_living(partner.project)
    one = ProjectPartner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if one.state == state:
        return one
    is_asked = one.state == State.INVITED
    fits = is_asked if state in {State.ACCEPTED, State.DECLINED} else one.takes_part
    if not fits:
        raise NotNow
    if state != State.ACCEPTED and not reason.strip():
        raise ReasonMissing
    if state == State.LEFT:
        _check_leaving(one, project)
    _put(one, state, reason, at=at)
    noted(project, f"partner.{_WAYS[State(state)]}", partner=one, reason=reason, actor=actor, at=at)
    tell_answer(one, project, besides=actor, at=at)
    return one


def _check_leaving(one: ProjectPartner, project: Project) -> None:
    if one.business_id is not None and one.business_id == project.led_by_id:
        raise Leads
    if Milestone.objects.filter(owner=one, state=Milestone.State.OPEN).exists():
        raise StillOwes


def _put(one: ProjectPartner, state: str, reason: str, *, at: datetime) -> None:
    one.state, one.since = state, at
    one.reason = "" if state == State.ACCEPTED else reason
    if state != State.ACCEPTED:
        one.is_named = False
    one.save(update_fields=["state", "since", "reason", "is_named"])
    show_anew(one.project_id, at=at)


@transaction.atomic
def take_out(
    partner: ProjectPartner, *, reason: str, actor: User | None, at: datetime
) -> ProjectPartner:
    """Take an invitation back, or a partner out; it stays in the record and is told why.

    Raises:
        Closed: The project is completed or stopped.
        Leads: Who leads is not taken out.
        NotNow: It takes no part.
        ReasonMissing: It takes a reason.
        StillOwes: It has open milestones, which somebody takes over first.

    """
    project = hold_living(partner.project)
    one = ProjectPartner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if one.state == State.LEFT:
        return one
    if one.state == State.DECLINED:
        raise NotNow
    if not reason.strip():
        raise ReasonMissing
    _check_leaving(one, project)
    _put(one, State.LEFT, reason, at=at)
    noted(project, "partner.taken_out", partner=one, reason=reason, actor=actor, at=at)
    tell_taken_out(one, project, by=actor, at=at)
    return one


@transaction.atomic
def name_to_visitors(
    partner: ProjectPartner, *, is_named: bool, actor: User | None, at: datetime
) -> ProjectPartner:
    """Let visitors read that a partner takes part, or no longer; its own decision, at any time.

    Raises:
        NotNow: It takes no part.

    """
    one = (
        ProjectPartner.objects.select_for_update(of=("self",))
        .select_related("project")
        .get(pk=partner.pk)
    )
    if is_named and not one.takes_part:
        raise NotNow
    if one.is_named == is_named:
        return one
    one.is_named = is_named
    one.save(update_fields=["is_named"])
    event = "partner.named" if is_named else "partner.unnamed"
    noted(one.project, event, partner=one, actor=actor, at=at)
    show_anew(one.project_id, at=at)
    return one
