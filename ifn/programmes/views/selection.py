"""Who registered, whom the rule proposes and why, and what the officer decides."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.policies import territory_of
from ifn.directory.models import Business
from ifn.directory.queries import firms_named
from ifn.programmes import policies
from ifn.programmes.actions import registering, selecting
from ifn.programmes.choosing import Ranked, Verdict
from ifn.programmes.choosing.wording import rule_of
from ifn.programmes.forms.planning import ReasonForm
from ifn.programmes.forms.taking_part import ReplaceForm, StaffForm
from ifn.programmes.models import Batch, Registration, RegistrationStep
from ifn.programmes.planning import states
from ifn.programmes.queries.batches import rows_of, seats_taken
from ifn.programmes.queries.choosing import proposal
from ifn.programmes.queries.participants import certificates_of, decisions_of, steps_of
from ifn.programmes.views.pointing import kept_of, said_of
from ifn.programmes.views.reaching import (
    LOOKS,
    desk_batch,
    frame,
    planned_batch,
    staff_registration,
)
from ifn.regions.queries import all_regions


@access.staff
@require_safe
def participants(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who registered, in the order of the rule while it is being chosen."""
    batch = desk_batch(request.user, code)
    plans = policies.can_plan(request.user)
    found = rows_of(batch, request.user)
    ranked, decisions = _ranked(request, batch, found), _decisions(request, found)
    if batch.state in {Batch.State.OPEN, Batch.State.SELECTING}:
        last = len(found) + 1
        found.sort(key=lambda one: ranked[one.pk].place if one.pk in ranked else last)
    rows = [_row(one, ranked.get(one.pk), decisions.get(one.pk)) for one in found]
    context = {
        **frame(batch, request.user, "participants"),
        "rows": rows,
        "rule": rule_of(batch.rule) if ranked else [],
        "taken": seats_taken(batch) if plans else None,
        "undecided": sum(row["one"].is_undecided for row in rows),
        "is_deciding": plans and batch.state in states.DECIDES,
        "can_register": _way(request, batch) is not None,
    }
    return render(request, "programmes/participants.html", context)


def _ranked(
    request: SignedInRequest, batch: Batch, rows: Sequence[Registration]
) -> dict[int, Ranked]:
    """Return what the rule proposes today, for the office, while something is to be decided."""
    plans = policies.can_plan(request.user) and batch.admits == Batch.Admits.CHOSEN
    return proposal(batch) if plans and any(one.is_undecided for one in rows) else {}


def _decisions(
    request: SignedInRequest, rows: Sequence[Registration]
) -> dict[int, RegistrationStep]:
    """Return the decisions about registrations, which only the office sees with their points."""
    return decisions_of(rows) if policies.can_plan(request.user) else {}


def _row(
    one: Registration, ranked: Ranked | None, decision: RegistrationStep | None
) -> dict[str, Any]:
    """Return a registration with its points: of today until it is decided, then of that day."""
    return {
        "one": one,
        "look": LOOKS[one.state],
        "place": all_regions().full_name(one.business.region_id),
        "said": said_of(ranked) if one.is_undecided else kept_of(decision),
    }


def _way(request: SignedInRequest, batch: Batch) -> str | None:
    """Return in which way this person of the staff may register firms now, if at all."""
    way = Registration.Way.OFFICER if policies.can_plan(request.user) else Registration.Way.REGIONAL
    return way if registering.is_open(batch, way, localdate()) else None


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def register_firm(request: SignedInRequest, code: str) -> HttpResponse:
    """Register a firm for it: the office any, a Dinas one of its region."""
    batch = desk_batch(request.user, code)
    form = StaffForm(
        request.POST if request.method == "POST" else None,
        initial={"number": request.GET.get("usaha", "")[:20]},
    )
    words, way = request.GET.get("cari", "")[:80].strip(), _way(request, batch)
    if request.method == "POST" and form.is_valid() and way:
        business = form.cleaned_data["number"]
        if not policies.can_register_for(request.user, business, ""):
            form.add_error("number", _("This profile is not one that you can register."))
        elif one := _registered(request, batch, form, way):
            return redirect("programmes:registration", batch.code, one.pk)
    context = {
        **frame(batch, request.user, ""),
        "form": form,
        "is_open": way is not None,
        "words": words,
        "firms": _firms(request, words),
    }
    return render(request, "programmes/register_firm.html", context)


def _firms(request: SignedInRequest, words: str) -> list[tuple[Business, str]]:
    """Return the firms of that name that this person may register, each with its place."""
    everywhere = policies.can_plan(request.user)
    found = firms_named(words, None if everywhere else territory_of(request.user))
    return [(one, all_regions().full_name(one.region_id)) for one in found]


def _registered(
    request: SignedInRequest, batch: Batch, form: StaffForm, way: str
) -> Registration | None:
    try:
        one = registering.register(
            batch,
            form.cleaned_data["number"],
            form.comer(),
            way=way,
            actor=request.user,
            at=now(),
            today=localdate(),
        )
    except registering.DecidedAlready:
        form.add_error("number", _("It was decided about this firm already."))
    except registering.NotOpen:
        form.add_error(None, _("Nobody can be registered for this batch now."))
    else:
        messages.success(request, _("%(firm)s is registered.") % {"firm": one.business.name})
        return one
    return None


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show one registration with its points and history, and decide about it."""
    batch = desk_batch(request.user, code)
    one = staff_registration(request.user, batch, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    replacing = ReplaceForm(request.POST if "replace" in request.POST else None, one)
    if request.method == "POST" and form.is_valid() and _decided(request, one, form, replacing):
        return redirect("programmes:registration", batch.code, one.pk)
    plans = policies.can_plan(request.user)
    ranked = _ranked(request, batch, [one]).get(one.pk)
    context = {
        **frame(batch, request.user, ""),
        **_row(one, ranked, _decisions(request, [one]).get(one.pk)),
        "form": form,
        "replacing": replacing if plans and one.seat else None,
        "steps": steps_of(one),
        "certificates": certificates_of(one),
        "is_deciding": plans and batch.state in states.DECIDES and one.state != "withdrawn",
        "can_propose": policies.can_propose(request.user, one) and one.state == "registered",
        "can_withdraw": not one.is_gone and not batch.is_over,
        "more": _more(one),
    }
    return render(request, "programmes/registration.html", context)


def _more(one: Registration) -> list[tuple[str, str]]:
    words = {True: _("Yes"), False: _("No"), None: _("Not said")}
    facts = [
        (_("Who comes"), one.name),
        (_("Phone number"), one.phone),
        (_("Owned by women"), words[one.is_women_owned]),
        (_("Led by young people"), words[one.is_youth_owned]),
        (_("What they hope for"), one.motive),
        (_("Registered by"), one.get_way_display()),
    ]
    return [(label, value) for label, value in facts if value]


def _decided(
    request: SignedInRequest, one: Registration, form: ReasonForm, replacing: ReplaceForm
) -> bool:
    reason, user, at = form.cleaned_data["reason"], request.user, now()
    if "propose" in request.POST:
        access.require(policies.can_propose(user, one))
        registering.propose(one, reason=reason, actor=user, at=at)
        return True
    if "withdraw" in request.POST:
        registering.withdraw(one, reason=reason, actor=user, at=at)
        return True
    if not {"replace", *Verdict} & request.POST.keys():
        return False
    access.require(policies.can_plan(user))
    if "replace" in request.POST:
        return replacing.is_valid() and _replaced(request, one, replacing)
    return _judged(request, one, form)


def _judged(request: SignedInRequest, one: Registration, form: ReasonForm) -> bool:
    verdict = next((each for each in Verdict if each.value in request.POST), None)
    if verdict is None:
        return False
    reason = form.cleaned_data["reason"]
    try:
        selecting.decide(one, verdict, reason=reason, actor=request.user, at=now())
    except selecting.DeviationNeedsReason:
        form.add_error("reason", _("The rule proposes something else. Write why you deviate."))
    except selecting.ReasonMissing:
        form.add_error("reason", _("Write the reason: the firm reads it."))
    except selecting.Full:
        form.add_error(None, _("Every seat is taken. Put somebody on the waiting list first."))
    except selecting.NotDeciding:
        form.add_error(None, _("It is not decided about this now."))
    else:
        return True
    return False


def _replaced(request: SignedInRequest, one: Registration, form: ReplaceForm) -> bool:
    given = form.cleaned_data
    try:
        selecting.replace(one, given["by"], reason=given["reason"], actor=request.user, at=now())
    except selecting.NotDeciding:
        messages.error(request, _("It is not decided about this now."))
    return True


@access.staff
@require_POST
def take_proposal(request: SignedInRequest, code: str) -> HttpResponse:
    """Decide about everybody undecided as the rule proposes."""
    batch = planned_batch(request.user, code)
    try:
        made = selecting.take_proposal(batch, actor=request.user, at=now())
    except selecting.NotDeciding:
        messages.error(request, _("It is not decided about this now."))
    else:
        messages.success(
            request,
            _("%(accept)d accepted, %(wait)d on the waiting list, %(refuse)d refused.") % made,
        )
    return redirect("programmes:participants", batch.code)
