"""Whose batch, session and registration it is: what every view asks first."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.accounts import access
from ifn.accounts.models import User
from ifn.directory.queries import role_in, standing_for
from ifn.programmes import policies, tokens
from ifn.programmes.models import Batch, Mentor, Partner, Registration
from ifn.programmes.planning import states
from ifn.programmes.queries.batches import registrations_within_reach, within_reach
from ifn.programmes.queries.participants import registration_of

Row = TypeVar("Row", bound=Model)
Helper = TypeVar("Helper", Mentor, Partner)
Given = ParamSpec("Given")


def desk_batch(user: User, code: str) -> Batch:
    """Return a batch that a person of the staff may open at their desk.

    Raises:
        Http404: There is none.
        PermissionDenied: It is of other regions, or they have no desk.

    """
    access.require(policies.has_desk(user))
    found = Batch.objects.select_related("region").filter(code=code)
    batch = found.filter(pk__in=within_reach(user)).first()
    if batch is None and found.exists():
        raise PermissionDenied
    if batch is None:
        raise Http404
    return batch


def planned_batch(user: User, code: str) -> Batch:
    """Return a batch for who plans it."""
    batch = desk_batch(user, code)
    access.require(policies.can_plan(user))
    return batch


def settled_batch(user: User, code: str) -> Batch:
    """Return a batch for who answers for its partners: the office, the Dinas of its region."""
    batch = desk_batch(user, code)
    access.require(policies.can_settle(user, batch))
    return batch


def part_of(batch: Batch, rows: QuerySet[Row], pk: int) -> Row:
    """Return a part of a batch by its key."""
    return get_object_or_404(rows.filter(batch=batch), pk=pk)


def staff_registration(user: User, batch: Batch, pk: int) -> Registration:
    """Return a registration that a person of the staff may see.

    Raises:
        Http404: There is none.
        PermissionDenied: The firm is in another region.

    """
    rows = Registration.objects.filter(batch=batch, pk=pk).select_related("business", "person")
    one = rows.filter(pk__in=registrations_within_reach(user)).first()
    if one is None and rows.exists():
        raise PermissionDenied
    if one is None:
        raise Http404
    one.batch = batch
    return one


def by_link(token: str) -> Registration:
    """Return the registration that a participant's link opens.

    Raises:
        Foreign: It is none of ours, or what it was about is gone.
        Expired: It is too old.

    """
    one = registration_of(tokens.participant_of(token, localdate()))
    if one is None:
        raise tokens.Foreign
    return one


def mentor_by_link(token: str) -> Mentor:
    """Return the mentor whose link this is.

    Raises:
        Foreign: It is none of ours, or the mentor was taken out.
        Expired: It is too old, or was withdrawn or replaced by a newer one.

    """
    link = tokens.mentor_of(token, localdate())
    rows = Mentor.objects.select_related("batch__region").filter(pk=link.key)
    return _whose(rows.first(), link)


def partner_by_link(token: str) -> Partner:
    """Return the partner whose link this is.

    Raises:
        Foreign: It is none of ours, or the partner was taken out.
        Expired: It is too old, or was withdrawn or replaced by a newer one.

    """
    link = tokens.partner_of(token, localdate())
    rows = Partner.objects.select_related("batch__region").filter(pk=link.key)
    return _whose(rows.first(), link)


def _whose(found: Helper | None, link: tokens.Link) -> Helper:
    if found is None:
        raise tokens.Foreign
    if (found.link, found.link_on) != (link.number, link.on):
        raise tokens.Expired
    return found


def opened_by_link(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
    """Answer a link that opens nothing with a page that says so and what to do."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Given.args, **options: Given.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, *args, **options)
        except tokens.Foreign:
            is_old = False
        except tokens.Expired:
            is_old = True
        context = {"is_old": is_old, "contact": settings.CONTACT_EMAIL}
        return render(request, "programmes/link_over.html", context, status=HTTPStatus.NOT_FOUND)

    return answer


def own_registration(user: User, pk: int) -> tuple[Registration, str]:
    """Return somebody's own registration and what they are to its business.

    Raises:
        Http404: There is none, or it is not theirs.

    """
    one = registration_of(pk)
    role = role_in(standing_for(one.business), user) if one else ""
    if one is None or not policies.is_participant(user, one, role):
        raise Http404
    return one, role


def frame(batch: Batch, user: User, here: str) -> dict[str, Any]:
    """Return what every page of a batch shows: itself, its tabs, what the person may do."""
    plans = policies.can_plan(user)
    names = [("desk-batch", _("Overview")), ("participants", _("Participants"))]
    if batch.state in states.FOLLOWS:
        names.append(("plans", _("Action plans")))
    names += [("outcomes", _("Outcomes")), ("report", _("Report"))]
    if plans:
        names[2:2] = [
            ("sessions", _("Sessions")),
            ("attendance", _("Attendance")),
            ("quizzes", _("Tests")),
            ("partners", _("Partners")),
            ("budget", _("Budget")),
            ("certificates", _("Certificates")),
        ]
    elif policies.can_settle(user, batch):
        names.append(("partners", _("Partners")))
    tabs = [
        {
            "href": reverse(f"programmes:{name}", args=[batch.code]),
            "title": title,
            "current": name == here,
        }
        for name, title in names
    ]
    return {"batch": batch, "tabs": tabs, "plans": plans, "tone": TONES[batch.state]}


#: How the state of a batch looks.
TONES: Final[Mapping[str, str]] = {
    Batch.State.PLANNED: "",
    Batch.State.OPEN: "action",
    Batch.State.SELECTING: "warn",
    Batch.State.CONFIRMED: "good",
    Batch.State.RUNNING: "good",
    Batch.State.COMPLETED: "",
    Batch.State.POSTPONED: "warn",
    Batch.State.CANCELLED: "bad",
}
#: How the state of a registration looks.
LOOKS: Final[Mapping[str, str]] = {
    Registration.State.REGISTERED: "",
    Registration.State.PROPOSED: "action",
    Registration.State.ACCEPTED: "good",
    Registration.State.WAITING: "warn",
    Registration.State.REFUSED: "bad",
    Registration.State.WITHDRAWN: "",
    Registration.State.REPLACED: "",
}
