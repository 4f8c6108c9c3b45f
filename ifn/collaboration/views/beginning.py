"""Begin a project: from nothing, from an agreed enquiry, from an action of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.collaboration import codes
from ifn.collaboration.actions import beginning, partners
from ifn.collaboration.actions.projects import Start
from ifn.collaboration.actions.projects import begin as begin_project
from ifn.collaboration.forms.projects import BeginForm
from ifn.collaboration.models import Project, Role
from ifn.collaboration.policies.projects import is_office
from ifn.collaboration.queries.origins import (
    action_with,
    agreed_with,
    asking_firm,
    firms_spoken_for,
)
from ifn.connections.enquiring.codes import read as read_code
from ifn.connections.models import Enquiry
from ifn.connections.queries.enquiries import standing_of
from ifn.connections.telling import asker_name
from ifn.directory.models import Business
from ifn.directory.queries import standing_for
from ifn.programmes.models import Action

#: What somebody can say that a project of theirs began with.
ORIGINS: Final = (Project.Origin.IDEA, Project.Origin.REQUEST, Project.Origin.COMPETITION)


@dataclass(frozen=True, slots=True)
class Material:
    """What a project is to begin with: whose firms may lead it, and what is known of it."""

    firms: Sequence[Business]
    initial: dict[str, Any]
    enquiry: Enquiry | None = None
    action: Action | None = None
    #: Who takes part besides, in words.
    other: str = ""

    @property
    def origin(self) -> str:
        """Return what it begins with; nothing where that is asked for."""
        if self.enquiry:
            return Project.Origin.ENQUIRY
        return Project.Origin.PLAN if self.action else ""


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a project for a firm that one speaks for, or as the office."""
    material = _material(request)
    may_be_office = is_office(request.user)
    access.require(may_be_office or bool(material.firms))
    known = _known(material)
    if known is not None:
        messages.info(request, _("This became a project already; here it is."))
        return redirect("collaboration:own-project", known.code)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        firms=material.firms,
        may_be_office=may_be_office,
        has_other=bool(material.enquiry),
        origins=[material.origin] if material.origin else list(ORIGINS),
        initial=material.initial | {"code": codes.new(codes.Kind.PROJECT)},
    )
    if request.method == "POST" and form.is_valid():
        made = _begun(request.user, form, material)
        if made is not None:
            messages.success(request, _("The project is there. Say what comes first."))
            return redirect("collaboration:own-project", made.code)
    return render(request, "collaboration/begin.html", {"form": form, "material": material})


def _known(material: Material) -> Project | None:
    if material.enquiry:
        return Project.objects.filter(enquiry=material.enquiry).first()
    if material.action:
        return Project.objects.filter(action=material.action).first()
    return None


def _material(request: SignedInRequest) -> Material:
    """Return what the address names as the beginning; nothing special where it names nothing.

    Raises:
        Http404: It names an enquiry or an action in which the person has no part.

    """
    own = firms_spoken_for(request.user)
    if code := request.GET.get("pertanyaan"):
        return _of_enquiry(request.user, own, code)
    if key := request.GET.get("aksi"):
        return _of_action(request.user, own, key)
    first = {"led_by": own[0].pk} if own and not is_office(request.user) else {}
    return Material(own, first)


def _of_enquiry(user: User, own: Sequence[Business], code: str) -> Material:
    try:
        enquiry = agreed_with(read_code(code))
    except ValueError:
        raise Http404 from None
    if enquiry is None or not (is_office(user) or standing_of(user, enquiry)):
        raise Http404
    asking = asking_firm(enquiry)
    sides = [one for one in (asking, enquiry.firm) if one is not None]
    firms = sides if is_office(user) else [one for one in own if one in sides]
    other = f"{asker_name(enquiry.letter)} – {enquiry.firm.name}"
    initial = {"summary_id": enquiry.letter.text[:4000]}
    if firms and not is_office(user):
        initial["led_by"] = str(firms[0].pk)
    return Material(firms, initial, enquiry=enquiry, other=other)


def _of_action(user: User, own: Sequence[Business], key: str) -> Material:
    is_key = key.isascii() and key.isdigit() and len(key) < 10  # noqa: PLR2004  # a row's key
    action = action_with(int(key)) if is_key else None
    firm = standing_for(action.registration.business) if action else None
    if action is None or firm is None or not (is_office(user) or firm in own):
        raise Http404
    initial: dict[str, Any] = {
        "title_id": action.what[:140],
        "summary_id": action.why,
        "led_by": firm.pk,
        "origin_title": action.registration.batch.title[:200],
    }
    return Material([firm], initial, action=action, other=firm.name)


def _begun(user: User, form: BeginForm, material: Material) -> Project | None:
    """Begin the project, or say beside the form why not."""
    given = form.cleaned_data
    lead: Business | None = given["led_by"]
    is_own = lead is not None and lead in firms_spoken_for(user)
    common: dict[str, Any] = {"is_own": is_own, "actor": user, "at": now()}
    try:
        if material.enquiry:
            role = given.get("role") or Role.OTHER.value
            return beginning.begin_from_enquiry(
                material.enquiry, given, led_by=lead, role=role, **common
            )
        if material.action:
            return beginning.begin_from_action(material.action, given, led_by=lead, **common)
        start = Start(lead, given["stages"], code=given["code"], is_own=is_own)
        return begin_project(given, start, actor=user, at=now())
    except partners.NotListed:
        form.add_error(None, _("The profile of the other side is hidden, so it cannot be asked."))
    except beginning.OfAnother:
        form.add_error("led_by", _("One of the two sides leads it."))
    except beginning.NotAgreed:
        form.add_error(None, _("The two sides have not agreed."))
    return None
