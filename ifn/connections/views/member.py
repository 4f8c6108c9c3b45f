"""What a business's own people do with their opportunities: write, post, renew, close."""

import re
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.connections import actions
from ifn.connections.enquiring.nextsteps import next_for
from ifn.connections.enquiring.states import Side
from ifn.connections.forms.opportunities import BeginForm, OpportunityForm, misfit
from ifn.connections.models import Opportunity
from ifn.connections.opportunities import presenting, writing
from ifn.connections.opportunities.directions import fits
from ifn.connections.opportunities.nextsteps import next_step
from ifn.connections.policies import opportunities as policies
from ifn.connections.policies.enquiries import can_look_after
from ifn.connections.queries.answers import NONE, answers_to, count_answers
from ifn.connections.queries.opportunities import (
    businesses_to_post_for,
    changes_of,
    draft_of,
    opportunities_of,
    opportunity_and_role,
    particulars_of,
)
from ifn.connections.telling import asker_name
from ifn.connections.views.matching import match_context
from ifn.directory.models import Business
from ifn.directory.queries import business_and_role
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

#: Why nothing was posted, and what to do.
NOT_POSTED: Final[Mapping[type[Exception], Promise]] = {
    actions.ChangedMeanwhile: gettext_lazy(
        "Somebody else changed this meanwhile. Look at it below, then post yours again."
    ),
    actions.DeadlineGone: gettext_lazy("The deadline has gone by. Choose a later one."),
    actions.NotListed: gettext_lazy(
        "Publish your profile first: it is in no list, so nobody would see this."
    ),
    actions.Over: gettext_lazy("This has ended. Renew it first, then change it."),
    actions.WrongWay: gettext_lazy(
        "What it is about does not go with looking or offering as you chose. Write a new one."
    ),
}


def may_write(user: User, number: str) -> tuple[Opportunity, str]:
    """Return an opportunity that this person may change, and what they are to its business.

    Raises:
        Http404: There is none, or they may not know that there is.
        PermissionDenied: They may see it, not change it.

    """
    one, role = may_open(user, number)
    access.require(policies.can_post_for(user, one.business, role))
    return one, role


def may_open(user: User, number: str) -> tuple[Opportunity, str]:
    """Return an opportunity whose working page this person may open.

    Raises:
        Http404: There is none, or it is not theirs to know.
        PermissionDenied: They may only read its public page.

    """
    found = opportunity_and_role(number.upper(), user)
    if found is None or not policies.can_see(user, *found):
        raise Http404
    one, role = found
    access.require(bool(role) or policies.can_release(user, one.business.region_id))
    return one, role


@access.members
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Show what a person's businesses offer and ask for, and what has to happen next."""
    words = lexicon()
    found = opportunities_of(request.user)
    answers = count_answers([one.pk for one in found])
    rows = [
        {
            "one": one,
            "answers": answers.get(one.pk, NONE),
            "kind": presenting.kind_name(one, words),
            "state": presenting.state_badge(one),
            "step": next_step(one),
        }
        for one in found
    ]
    can_begin = bool(businesses_to_post_for(request.user))
    return render(request, "connections/mine.html", {"rows": rows, "can_begin": can_begin})


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    """Choose in whose name, which way and what kind; the three steps follow."""
    businesses = _choosable(request)
    form = BeginForm(request.POST if request.method == "POST" else None, businesses)
    if form.is_valid():
        data = form.cleaned_data
        one = actions.begin(
            form.businesses[data["business"]],
            direction=data["direction"],
            kind=data["kind"],
            actor=request.user,
            at=now(),
        )
        return redirect("connections:step", one.number, writing.STEPS[0].key)
    return render(request, "connections/begin.html", {"form": form, "businesses": businesses})


def _choosable(request: SignedInRequest) -> list[Business]:
    """Return a person's businesses; for the office the one that the address names."""
    named = request.GET.get("usaha", "")
    found = business_and_role(named.upper(), request.user) if named else None
    if found and policies.can_post_for(request.user, *found):
        return [found[0]]
    return businesses_to_post_for(request.user)


@access.members
@require_safe
def own(request: SignedInRequest, number: str) -> HttpResponse:
    """Show where an opportunity stands, its steps, who fits, and what happened to it."""
    one, role = may_open(request.user, number)
    draft = draft_of(one, request.user)
    said = particulars_of(one)
    steps = writing.progress_of(writing.form_of(draft, said)) if draft else writing.stored_as(said)
    context = {
        "one": one,
        **_answers(one, role, request.user),
        "kind": presenting.kind_name(one, lexicon()),
        "state": presenting.state_badge(one),
        "step": next_step(one),
        "may_write": policies.can_post_for(request.user, one.business, role) and not one.is_over,
        "may_act": policies.can_post_for(request.user, one.business, role),
        "draft": draft,
        "steps": steps,
        "facts": presenting.facts(said, all_regions(), sees_price=True),
        "is_newer": draft is not None and draft.version != one.version,
        "changes": changes_of(one),
        "is_posted": one.state != Opportunity.State.DRAFT,
    }
    return render(request, "connections/own.html", context | match_context(one, said))


def _answers(one: Opportunity, role: str, person: User) -> dict[str, Any]:
    """Return who answered an opportunity, for its people and the office that reads enquiries."""
    is_office = not role and can_look_after(person)
    counted = count_answers([one.pk]).get(one.pk, NONE)
    is_told = counted.total and (role or is_office)
    shown = answers_to(one) if is_told else []
    rows = [
        {
            "enquiry": each,
            "name": asker_name(each.letter),
            "next": next_for(Side.FIRM, each.state, each.answer_by),
        }
        for each in shown
    ]
    is_unfilled = one.state in {Opportunity.State.OPEN, Opportunity.State.EXPIRED}
    return {
        "answers": rows,
        "answer_count": counted,
        "is_office": is_office,
        "offers_filled": bool(counted.agreed) and is_unfilled,
    }


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, number: str, key: str) -> HttpResponse:
    """Show one step; what is sent is kept, right or wrong, before anything else."""
    if key not in writing.BY_KEY:
        raise Http404
    try:
        one, _role = may_write(request.user, number)
    except (PermissionDenied, Http404):
        if request.method != "POST":
            raise
        return _not_yours(request)
    here = writing.BY_KEY[key]
    if request.method == "POST":
        at = now()
        actions.save_answers(
            one, dict(request.POST.lists()), fields=here.fields, person=request.user, at=at
        )
        if "autosave" in request.POST:
            return HttpResponse(
                _saved(at),
                content_type="text/plain; charset=utf-8",
                headers={"X-Version": at.isoformat()},
            )
    draft = draft_of(one, request.user)
    form = writing.form_of(draft, particulars_of(one))
    if request.method == "POST" and not form.errors.keys() & set(here.fields):
        return _onwards(request, one, here)
    parts = writing.parts_of(form, here)
    was_sent = draft is not None and bool(draft.data.keys() & set(here.fields))
    context = {
        "one": one,
        "step": here,
        "title": writing.title_of(here.key),
        "place": writing.STEPS.index(here) + 1,
        "count": len(writing.STEPS),
        "parts": parts,
        "lines": _lines(parts) if was_sent else [],
        "examples": writing.examples(_kind_code(one)),
        "saved": _saved(draft.saved_at) if draft else "",
        "version": draft.saved_at.isoformat() if draft else "",
    }
    return render(request, "connections/step.html", context)


def _kind_code(one: Opportunity) -> str:
    word = lexicon().by_pk(one.kind_id)
    return word.code if word else ""


def _lines(parts: list[writing.Part]) -> list[dict[str, str]]:
    return [
        {"anchor": part.bound.id_for_label, "label": str(part.bound.label), "text": str(fault)}
        for part in parts
        for fault in part.bound.errors
    ]


def _not_yours(request: SignedInRequest) -> HttpResponse:
    """Refuse what somebody sent who was taken out meanwhile, and give it back to them."""
    chosen = re.compile("csrfmiddlewaretoken|autosave|next|close|pictures|has_.*|visibility")
    written = [text for name, text in request.POST.items() if text and not chosen.fullmatch(name)]
    context = {"written": "\n\n".join(map(str, written))}
    return render(request, "connections/not_yours.html", context, status=HTTPStatus.FORBIDDEN)


def _onwards(request: SignedInRequest, one: Opportunity, here: writing.Step) -> HttpResponse:
    following = writing.next_step(here)
    if "pictures" in request.POST:
        return redirect("connections:attachments", one.number)
    if "next" in request.POST and following:
        return redirect("connections:step", one.number, following.key)
    return redirect("connections:own", one.number)


def _saved(at: datetime) -> str:
    return _("Saved as a draft at %(time)s") % {"time": time_format(localtime(at), "H:i")}


@access.members
@require_POST
def post(request: SignedInRequest, number: str) -> HttpResponse:
    """Post what the steps hold."""
    one, _role = may_write(request.user, number)
    draft = draft_of(one, request.user)
    if draft is None:
        messages.info(request, _("There is nothing new to post."))
        return redirect("connections:own", one.number)
    form = writing.form_of(draft, particulars_of(one))
    if where := _unready(request, one, form):
        return redirect(where, one.number)
    try:
        posted = actions.post(
            one,
            form.particulars(),
            version=_version(request, draft.version),
            actor=request.user,
            at=now(),
            today=localdate(),
        )
    except tuple(NOT_POSTED) as why:
        messages.error(request, str(NOT_POSTED[type(why)]))
    else:
        messages.success(request, _posted(posted))
    return redirect("connections:own", one.number)


def _unready(request: SignedInRequest, one: Opportunity, form: OpportunityForm) -> str:
    """Say what has to be put right before it is posted; return the page for it, or nothing."""
    kind = _kind_code(one)
    if one.state == Opportunity.State.DRAFT and not fits(kind, one.direction):
        messages.error(request, misfit(kind, one.direction))
        return "connections:kind"
    if not form.is_valid():
        messages.error(request, _("Some steps need your attention first. They are marked below."))
        return "connections:own"
    return ""


def _version(request: SignedInRequest, begun: int) -> int:
    """Return the version that the person has seen: that of the page, else that of the draft."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else begun  # noqa: PLR2004


def _posted(one: Opportunity) -> str:
    if one.state == Opportunity.State.REVIEW:
        return _("Sent to the office. First posts are looked at within three days.")
    until = date_format(one.expires_on, "j F Y") if one.expires_on else ""
    return _("Open until %(day)s. Those who fit are looked for now.") % {"day": until}


@access.members
@require_POST
def discard(request: SignedInRequest, number: str) -> HttpResponse:
    """Throw away what was not posted."""
    one, _role = may_write(request.user, number)
    if actions.discard_draft(one, actor=request.user, at=now()):
        messages.success(request, _("The draft is gone."))
        return redirect("connections:mine")
    messages.success(request, _("Your changes are gone. What was posted is as it was."))
    return redirect("connections:own", number)


@access.members
@require_POST
def change(request: SignedInRequest, number: str) -> HttpResponse:
    """Renew, fill or withdraw an opportunity."""
    one, role = may_open(request.user, number)
    access.require(policies.can_post_for(request.user, one.business, role))
    deeds = {"renew": _renew, "fill": _fill, "withdraw": _withdraw}
    deed = next((deed for name, deed in deeds.items() if name in request.POST), None)
    try:
        if deed:
            messages.success(request, deed(one, request.user))
    except actions.NotOpen as refused:
        state = refused.opportunity.get_state_display()
        messages.error(request, _("This cannot be done now: it is “%(state)s”.") % {"state": state})
    except actions.DeadlineGone:
        messages.error(
            request, _("Its deadline has gone by. Write a new one with a later deadline.")
        )
    return redirect("connections:own", one.number)


def _renew(one: Opportunity, actor: User) -> str:
    if actions.renew(one, actor=actor, at=now(), today=localdate()):
        return _("Renewed. It stays open for another 60 days, or until its deadline.")
    return _("It is open as long as it can be already.")


def _fill(one: Opportunity, actor: User) -> str:
    actions.fill(one, actor=actor, at=now())
    return _("Noted that somebody was found. It no longer stands in the list.")


def _withdraw(one: Opportunity, actor: User) -> str:
    actions.withdraw(one, actor=actor, at=now())
    return _("Taken back. It no longer stands in the list.")
