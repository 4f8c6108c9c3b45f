"""A project that begins with something of the rooms below, or with a call that was decided."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.collaboration.actions.holding import noted
from ifn.collaboration.actions.linking import send_link
from ifn.collaboration.actions.partners import ThereAlready, invite
from ifn.collaboration.actions.projects import Start, begin
from ifn.collaboration.models import Application, Call, Project, ProjectPartner, Role
from ifn.collaboration.queries.origins import asking_firm
from ifn.connections.enquiring.states import State
from ifn.connections.models import Enquiry
from ifn.connections.telling import asker_name
from ifn.directory.models import Business
from ifn.directory.queries import standing_for
from ifn.programmes.models import Action, Side


class NotAgreed(Exception):  # noqa: N818
    """The two sides of the enquiry have not agreed."""


class OfAnother(ValueError):  # noqa: N818
    """The firm that is to lead has no part in what the project begins with."""


class NotDecided(Exception):  # noqa: N818
    """The call is not decided yet."""


@transaction.atomic
def begin_from_enquiry(  # noqa: PLR0913  # out of what, in which words, who leads, who says so
    enquiry: Enquiry,
    facts: Mapping[str, Any],
    *,
    led_by: Business | None,
    role: str = Role.OTHER,
    is_own: bool,
    actor: User | None,
    at: datetime,
) -> Project:
    """Begin a project out of an agreed enquiry; both firms are its partners and are asked.

    Whoever begins it for a firm of their own has said yes for that one by it. Begun by both sides,
    it is one project: the second finds the first.

    Raises:
        NotAgreed: The two have not agreed.
        NotListed: The profile of the other side is not one that visitors find.
        OfAnother: ``led_by`` is neither of the two.

    """
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)  # both sides may begin at once
    if held.state != State.AGREED:
        raise NotAgreed
    asking, firm = asking_firm(enquiry), enquiry.firm
    sides = [firm] if asking is None else [asking, firm]
    if led_by is not None and led_by not in sides:
        raise OfAnother
    if found := Project.objects.filter(enquiry=enquiry).first():
        return found
    origin = {"origin": Project.Origin.ENQUIRY, "origin_on": localdate(enquiry.since)}
    start = Start(led_by, enquiry=enquiry, is_own=is_own)
    one = begin({**facts, **origin}, start, actor=actor, at=at)
    for side in sides:
        if side != led_by:
            their = role if side == firm or led_by is not None else Role.INITIATOR.value
            _invite(one, side, role=their, actor=actor, at=at)
    if asking is None:
        their = role if led_by else Role.INITIATOR.value
        _invite_asker(one, enquiry, role=their, actor=actor, at=at)
    return one


@transaction.atomic
def begin_from_action(  # out of what, in which words, who leads, who says so
    action: Action,
    facts: Mapping[str, Any],
    *,
    led_by: Business | None,
    is_own: bool,
    actor: User | None,
    at: datetime,
) -> Project:
    """Begin a project out of an action of a plan; a partner of the batch that is to do it is asked.

    Raises:
        NotListed: The profile of the firm is not one that visitors find.
        OfAnother: ``led_by`` is not the firm whose plan it is.

    """
    firm = standing_for(action.registration.business)
    if led_by is not None and led_by != firm:
        raise OfAnother
    Action.objects.select_for_update().get(pk=action.pk)  # two may begin at once
    if found := Project.objects.filter(action=action).first():
        return found
    origin = {"origin": Project.Origin.PLAN, "origin_on": localdate(action.created_at)}
    start = Start(led_by, action=action, is_own=is_own)
    one = begin({**facts, **origin}, start, actor=actor, at=at)
    if led_by is None:
        _invite(one, firm, role=Role.INITIATOR, actor=actor, at=at)
    helper = action.partner.business if action.owner == Side.PARTNER and action.partner else None
    if helper is not None and standing_for(helper) != firm:
        _invite(one, standing_for(helper), role=Role.OTHER, actor=actor, at=at)
    return one


@transaction.atomic
def begin_from_call(
    call: Call, chosen: Iterable[Application], *, actor: User | None, at: datetime
) -> Project:
    """Begin the project of a decided call; the chosen take part, as they said when they applied.

    Begun twice, it is begun once, and who was chosen since is taken in.

    Raises:
        NotDecided: The call is not decided.

    """
    held = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if held.state != Call.State.DECIDED:
        raise NotDecided
    one = Project.objects.filter(call=held).first()
    if one is None:
        facts = {
            "title_id": held.title_id,
            "title_en": held.title_en,
            "summary_id": held.aim_id,
            "summary_en": held.aim_en,
            "origin": Project.Origin.CALL,
            "origin_title": held.title_id or held.title_en,
            "origin_on": localdate(held.since),
        }
        lead = held.business and standing_for(held.business)
        start = Start(lead, call=held, is_own=True, is_demo=held.is_demo)
        one = begin(facts, start, actor=actor, at=at)
    rows = chosen if isinstance(chosen, list) else list(chosen)
    for each in rows:
        if each.call_id == held.pk and each.state == Application.State.CHOSEN:
            _take_in(one, each, actor=actor, at=at)
    return one


def _take_in(one: Project, each: Application, *, actor: User | None, at: datetime) -> None:
    """Take a chosen firm in; one whose profile was hidden meanwhile is not asked anew either."""
    partner, is_new = ProjectPartner.objects.get_or_create(
        project=one,
        business=standing_for(each.business),
        role=each.wanted.role,
        defaults={
            "name": standing_for(each.business).name[:160],
            "state": ProjectPartner.State.ACCEPTED,
            "since": at,
            "added_at": at,
            "added_by": actor,
        },
    )
    if is_new:
        noted(one, "partner.accepted", partner=partner, actor=actor, at=at, application=each.pk)


def _invite_asker(
    one: Project, enquiry: Enquiry, *, role: str, actor: User | None, at: datetime
) -> None:
    """Ask somebody who wrote without a firm, by name; the link goes to their address."""
    letter = enquiry.letter
    email = (letter.person.email if letter.person else letter.email) or ""
    try:
        made = invite(one, asker_name(letter)[:160], role=role, email=email, actor=actor, at=at)
    except ThereAlready:  # begun by both sides at once
        return
    if email:
        send_link(made, today=localdate(at), actor=actor, at=at)


def _invite(
    one: Project, firm: Business, *, role: str, actor: User | None, at: datetime
) -> ProjectPartner | None:
    try:
        return invite(one, firm.name, role=role, business=firm, actor=actor, at=at)
    except ThereAlready:  # both sides of it are one firm now
        return None
