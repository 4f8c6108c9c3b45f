"""A profile's own people, and the office on their behalf, fill it in step by step."""

import re
from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import time_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.directory import actions, policies, steps
from ifn.directory.advice import hides_contacts, next_best
from ifn.directory.completeness import percent
from ifn.directory.consentforms import consent_words, consenting_of, warn_of_hidden
from ifn.directory.explained import explained
from ifn.directory.forms import ProfileForm
from ifn.directory.formsections import Section
from ifn.directory.history import history
from ifn.directory.memberforms import (
    BY_ITSELF,
    FROM_PAPER,
    ON_THE_PHONE,
    WAYS,
    BeginForm,
)
from ifn.directory.models import Business, Revision, Source
from ifn.directory.profile import Profile
from ifn.directory.proofs import proofs
from ifn.directory.queries import (
    base_of,
    business_and_role,
    consents_of,
    draft_of,
    profile_of,
    standing_for,
)
from ifn.directory.views.twins import to_ask
from ifn.directory.whole import whole
from ifn.directory.wording import differences, field_names
from ifn.regions.queries import all_regions


def may_look_after(user: User, number: str) -> tuple[Business, str]:
    """Return a profile that this person may change, and what they are to it.

    Raises:
        Http404: There is none, or they may not know that there is.
        PermissionDenied: They may see it, not change it.

    """
    business, role = may_see(user, number)
    access.require(policies.can_edit(user, business, role))
    return business, role


def may_see(user: User, number: str, *, follows: bool = False) -> tuple[Business, str]:
    """Return a profile whose working pages this person may open, and what they are to it.

    ``follows`` takes the profile that a merged one led to: for pages that only show.

    Raises:
        Http404: There is none, or they may not know that there is.
        PermissionDenied: They may only read its public page.

    """
    found = business_and_role(number.upper(), user)
    if found and follows and found[0].status == Business.Status.MERGED:
        found = business_and_role(standing_for(found[0]).number, user)
    if found is None:
        raise Http404
    business, role = found
    if not policies.can_see(user, business, role):
        raise Http404
    access.require(bool(role) or policies.can_edit(user, business, role))
    return business, role


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    form = BeginForm(request.POST if request.method == "POST" else None)
    asked = to_ask(request, form.profile()) if form.is_valid() else None
    if form.is_valid() and asked is None:
        business = actions.begin_profile(
            form.profile(), owner=request.user, at=now(), today=localdate()
        )
        messages.success(
            request, _("%(name)s has a page. Only you see it yet.") % {"name": business.name}
        )
        return redirect("directory:step", business.number, steps.STEPS[1].key)
    return render(request, "directory/begin.html", {"form": form, "asked": asked})


@access.members
@require_safe
def overview(request: SignedInRequest, number: str) -> HttpResponse:
    """Show how far a profile is and what would help most."""
    business, role = may_see(request.user, number, follows=True)
    known = whole(business)
    profile, pictures = known.profile, known.pictures
    draft = draft_of(business, request.user)
    form = steps.form_of(draft, profile)
    ready = form.profile() if draft and form.is_valid() else None
    best = next_best(ready or profile, pictures=len(pictures))
    context = {
        "business": business,
        "role": role,
        "may_edit": policies.can_edit(request.user, business, role),
        "may_verify": policies.can_verify_any(request.user, business, role),
        "proofs": proofs(known.verifications, all_regions(), localdate()),
        "draft": draft,
        "steps": steps.progress_of(form),
        "pictures": len(pictures),
        "best": best,
        "lacking": _lacking(ready or profile),
        "hides_contacts": hides_contacts(ready or profile),
        "percent": percent(ready or profile, pictures=len(pictures)),
        "is_behalf": not role,
        "ways": WAYS,
        "newer": draft is not None and draft.version != business.version,
        "may_undo": _may_undo(business, request.user),
    }
    return render(request, "directory/overview.html", context)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, number: str, key: str) -> HttpResponse:
    """Show one step; what is sent is kept, right or wrong, before anything else."""
    if key not in steps.BY_KEY:
        raise Http404
    try:
        business, _role = may_look_after(request.user, number)
    except (PermissionDenied, Http404):
        if request.method != "POST":
            raise
        return _not_yours(request)
    here = steps.BY_KEY[key]
    if request.method == "POST":
        at = now()
        names = steps.names_of(here, lambda: base_of(business, request.user))
        actions.save_step(
            business, dict(request.POST.lists()), fields=names, person=request.user, at=at
        )
        if "autosave" in request.POST:
            return HttpResponse(
                _saved(at),
                content_type="text/plain; charset=utf-8",
                headers={"X-Version": _version(at)},
            )
    draft = draft_of(business, request.user)
    form = steps.form_of(draft, profile_of(business))
    if request.method == "POST" and not form.errors.keys() & set(names):
        return _onwards(request, business, here)
    shown = steps.sections_of(form, here)
    was_sent = draft is not None and bool(draft.data.keys() & set(steps.fields_of(form, here)))
    context = {
        "business": business,
        "step": here,
        "title": steps.title_of(here.key),
        "place": steps.STEPS.index(here) + 1,
        "count": len(steps.STEPS) + 1,  # and photos
        "sections": shown,
        "lines": _lines(shown) if was_sent else [],
        "words": explained(here.key),
        "consent_words": consent_words() if "contacts" in here.sections else [],
        "consents": consents_of(business) if "contacts" in here.sections else [],
        "saved": _saved(draft.saved_at) if draft else "",
        "version": _version(draft.saved_at) if draft else "",
    }
    return render(request, "directory/step.html", context)


def _not_yours(request: SignedInRequest) -> HttpResponse:
    """Refuse what somebody sent who was taken out meanwhile, and give it back to them."""
    chosen = re.compile("csrfmiddlewaretoken|autosave|next|close|has_.*|.*visibility")
    written = [text for name, text in request.POST.items() if text and not chosen.fullmatch(name)]
    context = {"written": "\n\n".join(map(str, written))}
    return render(request, "directory/not_yours.html", context, status=HTTPStatus.FORBIDDEN)


def _lines(shown: Iterable[Section]) -> list[dict[str, str]]:
    """Return what is wrong in a step, for the summary above it."""
    return [
        {"anchor": bound.id_for_label, "label": str(bound.label), "text": str(fault)}
        for section in shown
        for row in section.rows
        for bound in row
        for fault in bound.errors
    ]


def _onwards(request: SignedInRequest, business: Business, here: steps.Step) -> HttpResponse:
    following = steps.next_step(here)
    if "next" in request.POST:  # photos come last, on a page of their own
        if following is None:
            return redirect("directory:photos", business.number)
        return redirect("directory:step", business.number, following.key)
    return redirect("directory:overview", business.number)


def _version(saved_at: datetime) -> str:
    """Return what tells a page whether the device or the server has the newer answers."""
    return saved_at.isoformat()


def _saved(at: datetime) -> str:
    return _("Saved as a draft at %(time)s") % {"time": time_format(localtime(at), "H:i")}


@access.members
@require_POST
def discard(request: SignedInRequest, number: str) -> HttpResponse:
    business, _role = may_look_after(request.user, number)
    actions.discard_draft(business, person=request.user)
    messages.success(request, _("Your unpublished changes are gone. The profile is as it was."))
    return redirect("directory:overview", number)


@access.members
@require_POST
def publish(request: SignedInRequest, number: str) -> HttpResponse:
    """Publish a draft, or ask whose word counts where two people wrote into the same field."""
    business, role = may_look_after(request.user, number)
    draft = draft_of(business, request.user)
    form = steps.form_of(draft, profile_of(business))
    if draft is None:
        return _publish_as_is(request, business, form)
    if not form.is_valid():
        messages.error(request, _("Some steps need your attention first. They are marked below."))
        return redirect("directory:overview", number)
    profile = form.profile()
    if lacking := _lacking(profile):
        messages.error(request, " ".join(lacking))
        return redirect("directory:overview", number)
    if not (role or policies.may_write_at(request.user, profile.region)):
        messages.error(request, _("This place is outside your region. Choose a place there."))
        return redirect("directory:overview", number)
    chosen = {name: request.POST.get(f"choose_{name}", "") for name in Profile.__dataclass_fields__}
    try:
        taken = actions.publish(
            business,
            profile,
            chosen=chosen,
            origin=_origin(request, role),
            actor=request.user,
            at=now(),
        )
    except actions.ChosenMeanwhile as both:
        return _choose(request, business, profile, both.fields)
    except actions.NothingToPublish:
        messages.info(request, _("This was published already."))
    else:
        messages.success(request, _published(taken))
        warn_of_hidden(request, business, profile)
    return redirect("directory:overview", number)


def _publish_as_is(request: SignedInRequest, business: Business, form: ProfileForm) -> HttpResponse:
    """List a profile to which nothing was added since it was begun."""
    if business.status != Business.Status.DRAFT:
        messages.info(request, _("There is nothing to publish."))
    elif lacking := _lacking(form.stored):
        messages.error(request, " ".join(lacking))
    else:
        actions.list_again(business, actor=request.user, at=now())
        messages.success(request, _published(()))
    return redirect("directory:overview", business.number)


def _published(taken: Iterable[str]) -> str:
    names = field_names()
    others = ", ".join(names.get(name, name) for name in taken)
    if others:
        return _("Published, together with what others changed meanwhile: %(fields)s.") % {
            "fields": others
        }
    return _("Published. Searches find it at once.")


def _lacking(profile: Profile) -> list[str]:
    """Return what a profile must have before others see it."""
    lacking = []
    if not any(fact.vocabulary == "value_chain_role" for fact in profile.capabilities):
        lacking.append(_("Choose at least one role in “What you do”."))
    if not profile.region:
        lacking.append(_("Choose the regency or city in “Where you are”."))
    return lacking


def _origin(request: SignedInRequest, role: str) -> actions.Origin:
    way = request.POST.get("way", "")
    if role:
        return actions.Origin(
            actions.source_named(Source.Kind.SELF, ""),
            localdate(),
            consenting=actions.by_themselves(request.user),
        )
    kind = Source.Kind.ASSISTED if way in {ON_THE_PHONE, FROM_PAPER} else Source.Kind.OFFICER
    with translation.override("en"):  # read in the language of whoever reads the history
        reason = str(dict(WAYS).get(way) or dict(WAYS)[BY_ITSELF])
    agreed = consenting_of(way, request.POST.get("consent_by", ""), request.user)
    return actions.Origin(actions.source_named(kind, ""), localdate(), reason, agreed)


def _choose(
    request: SignedInRequest, business: Business, mine: Profile, fields: Iterable[str]
) -> HttpResponse:
    rows = differences(mine, profile_of(business), fields)
    kept = {name: request.POST.get(name, "") for name in ("way", "consent_by")}
    context = {"business": business, "rows": rows} | kept
    return render(request, "directory/choose.html", context, status=409)


@access.members
@require_safe
def past(request: SignedInRequest, number: str) -> HttpResponse:
    """Show what happened to a profile."""
    business, role = may_see(request.user, number, follows=True)
    context = {
        "business": business,
        "role": role,
        "history": history(business),
        "may_undo": _may_undo(business, request.user),
    }
    return render(request, "directory/past.html", context)


@access.members
@require_POST
def undo(request: SignedInRequest, number: str) -> HttpResponse:
    business, _role = may_look_after(request.user, number)
    try:
        actions.undo_last_change(business, actor=request.user, at=now())
    except actions.NothingToUndo:
        messages.error(request, _("The last change is not yours, or it was taken back already."))
    else:
        messages.success(request, _("Your last change is taken back."))
    return redirect("directory:history", number)


def _may_undo(business: Business, user: User) -> bool:
    return Revision.objects.filter(
        business=business, person=user, version=business.version
    ).exists()
