"""Partners and guests of a project: asked, answered, reached by a link."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.collaboration.actions import linking
from ifn.collaboration.actions import partners as actions
from ifn.collaboration.actions.linking import Reachable
from ifn.collaboration.actions.projects import hand_lead
from ifn.collaboration.actions.telling_projects import link_of
from ifn.collaboration.forms.projects import GuestForm, PartnerForm, ReasonForm
from ifn.collaboration.models import Guest, ProjectPartner
from ifn.collaboration.queries.workspace import guests_of, partners_of
from ifn.collaboration.views.refusing import REFUSALS, done, sentence
from ifn.collaboration.views.standing import (
    PARTNER_TONES,
    Own,
    frame,
    led,
    own,
    taking_part,
)
from ifn.directory.models import Business
from ifn.directory.queries import firms_named

State = ProjectPartner.State


def passed_on(name: str, phone: str, title: str, address: str) -> str:
    """Return the address that opens WhatsApp with a link and words that say why."""
    with translation.override("id"):
        words = _(
            "Hello %(name)s, your page for the project “%(title)s” in the Indonesia Footwear "
            "Network: %(address)s – only for you, please do not share it."
        ) % {"name": name, "title": title, "address": address}
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(words)}"


def _link(one: Reachable, title: str) -> dict[str, str] | None:
    """Return the link that is out as it can be passed on; nothing where none opens."""
    if not linking.is_out(one, localdate()):
        return None
    address = link_of(one)
    return {"address": address, "whatsapp": passed_on(one.name, one.phone, title, address)}


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who takes part and was asked, and ask another as whoever leads."""
    one = taking_part(request.user, code)
    project, words = one.project, request.GET.get("cari", "")[:80].strip()
    is_sent = request.method == "POST" and one.leads
    form = PartnerForm(
        request.POST if is_sent else None, initial={"number": request.GET.get("usaha", "")[:20]}
    )
    if is_sent and form.is_valid() and _invited(request, one, form):
        return redirect("collaboration:project-partners", project.code)
    context = {
        **frame(one, "project-partners"),
        "rows": [_row(each, one) for each in partners_of(project)],
        "form": form,
        "words": words,
        "firms": firms_named(words) if words and one.leads else [],
        "reason_form": ReasonForm(),
    }
    return render(request, "collaboration/partners.html", context)


def _row(each: ProjectPartner, one: Own) -> dict[str, Any]:
    is_asked = each.state in {State.INVITED, State.ACCEPTED}
    is_open = one.project.is_living
    speaks = each.pk in one.stands.speaks_for
    is_lead = each.business_id is not None and each.business_id == one.project.led_by_id
    by_link = one.leads and each.business_id is None and is_asked
    return {
        "one": each,
        "tone": PARTNER_TONES[each.state],
        "answers": speaks and is_open and each.state == State.INVITED,
        "leaves": speaks and is_open and each.takes_part and not is_lead,
        "names": speaks and each.takes_part,
        "takes_out": one.leads and is_open and is_asked and not speaks and not is_lead,
        "hands_lead": one.leads
        and is_open
        and each.takes_part
        and each.business_id
        and not is_lead,
        "by_link": by_link,
        "link": _link(each, one.project.title) if by_link else None,
        "is_lead": is_lead,
    }


def _invited(request: SignedInRequest, one: Own, form: PartnerForm) -> bool:
    given = dict(form.cleaned_data)
    number, name = given.pop("number"), given.pop("name")
    business = _business(number) if number else None
    if number and business is None:
        form.add_error("number", _("There is no profile with this number."))
        return False
    if business is not None:
        given |= {"email": "", "phone": ""}
    try:
        made = actions.invite(
            one.project, name, business=business, **given, actor=request.user, at=now()
        )
        if business is None:
            made = _reached(made, request.user)
    except REFUSALS as refusal:
        form.add_error(None, sentence(refusal))
        return False
    messages.success(
        request,
        _("%(name)s is asked.") % {"name": made.name}
        if business
        else _("%(name)s is asked: pass on the link below.") % {"name": made.name},
    )
    return True


def _reached(made: ProjectPartner, actor: User) -> ProjectPartner:
    """Make the link of somebody by name, and send it where there is an address."""
    today = localdate()
    linking.make_link(made, today=today, actor=actor, at=now())
    if made.email:
        linking.send_link(made, today=today, actor=actor, at=now())
    return made


def _business(number: str) -> Business | None:
    found = firms_named(number, most=2)
    return found[0] if len(found) == 1 else None


@access.members
@require_POST
def partner(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Answer for a partner one speaks for; take out, hand over or reach one as whoever leads."""
    one = own(request.user, code)
    rows = ProjectPartner.objects.select_related("project", "business")
    found = get_object_or_404(rows, project=one.project, pk=pk)
    way, form = request.POST.get("way", ""), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    is_own = found.pk in one.stands.speaks_for
    own_acts, lead_acts = (
        _own_acts(found, reason, request.user),
        _lead_acts(found, reason, request.user),
    )
    if (way in own_acts and not is_own) or (way in lead_acts and not one.leads):
        raise Http404
    act = (own_acts | lead_acts).get(way)
    if act is None:
        messages.error(request, _("Choose what is to happen."))
    else:
        done(request, act, _("Noted."))
    is_gone = way in {"decline", "leave"} and not one.leads
    if is_gone:
        return redirect("collaboration:own-projects")
    name = "own-project" if way == "accept" or not one.takes_part else "project-partners"
    return redirect(f"collaboration:{name}", one.project.code)


def _own_acts(found: ProjectPartner, reason: str, user: User) -> dict[str, Callable[[], Any]]:
    """Return what a partner does itself."""
    by: dict[str, Any] = {"actor": user, "at": now()}
    return {
        "accept": lambda: actions.answer(found, State.ACCEPTED, **by),
        "decline": lambda: actions.answer(found, State.DECLINED, reason=reason, **by),
        "leave": lambda: actions.answer(found, State.LEFT, reason=reason, **by),
        "name": lambda: actions.name_to_visitors(found, is_named=True, **by),
        "unname": lambda: actions.name_to_visitors(found, is_named=False, **by),
    }


def _lead_acts(found: ProjectPartner, reason: str, user: User) -> dict[str, Callable[[], Any]]:
    """Return what whoever leads does with a partner."""
    by: dict[str, Any] = {"actor": user, "at": now()}
    return {
        "take_out": lambda: actions.take_out(found, reason=reason, **by),
        "lead": lambda: hand_lead(found.project, found.business, **by),
        **_link_acts(found, user),
    }


def _link_acts(one: Reachable, user: User) -> dict[str, Callable[[], Any]]:
    by: dict[str, Any] = {"actor": user, "at": now()}
    today = localdate()
    return {
        "make": lambda: linking.make_link(one, today=today, **by),
        "withdraw": lambda: linking.withdraw_link(one, **by),
        "send": lambda: linking.send_link(one, today=today, **by),
    }


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the guests with their links, and let another look in."""
    one = led(request.user, code)
    form = GuestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            linking.add_guest(
                one.project,
                **form.cleaned_data,
                today=localdate(),
                actor=request.user,
                at=now(),
            )
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Pass on the link below; it opens this project only."))
            return redirect("collaboration:project-guests", one.project.code)
    context = {
        **frame(one, "project-guests"),
        "rows": [
            {"one": each, "link": _link(each, one.project.title)} for each in guests_of(one.project)
        ],
        "form": form,
    }
    return render(request, "collaboration/guests.html", context)


@access.members
@require_POST
def guest(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Make, send or withdraw a guest's link, or take the guest out."""
    one = led(request.user, code)
    found = get_object_or_404(Guest.objects.select_related("project"), project=one.project, pk=pk)
    way = request.POST.get("way", "")
    acts: dict[str, Callable[[], Any]] = {
        **_link_acts(found, request.user),
        "remove": lambda: linking.remove_guest(found, actor=request.user, at=now()),
    }
    if way in acts:
        done(request, acts[way], _("Noted."))
    else:
        messages.error(request, _("Choose what is to happen."))
    return redirect("collaboration:project-guests", one.project.code)
