"""The staff's pages of claims: judge one, read its evidence, hand over links and codes."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.directory.models import Business
from ifn.directory.queries import has_owner
from ifn.moderation import actions
from ifn.moderation.forms import LinkForm, ReasonForm, WordsForm
from ifn.moderation.models import Claim, ClaimLink, ClaimNote
from ifn.moderation.queries import open_links, phones_of, rivals, said_about
from ifn.moderation.scope import one_in_scope
from ifn.moderation.views.flow import flow_of
from ifn.regions.queries import all_regions
from ifn.ui.squares import square_code

#: Where a new link or code waits to be shown, once.
FRESH_LINK, FRESH_CODE = "moderation.link", "moderation.code"


def _claim(request: SignedInRequest, pk: int) -> Claim:
    found = Claim.objects.select_related("business", "person", "decided_by").filter(pk=pk)
    return one_in_scope(found, request.user)


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)
    flow = flow_of(request, "claim", pk, at=now())
    reason_form, words_form = ReasonForm(request.POST or None), WordsForm(request.POST or None)
    if request.method == "POST" and reason_form.is_valid() and words_form.is_valid():
        onward = _done(request, claim, reason_form, words_form)
        if onward:
            return redirect(flow.onward if onward == "next" else request.get_full_path())
    context = {
        "claim": claim,
        "business": claim.business,
        "place": all_regions().full_name(claim.business.region_id),
        "notes": said_about(claim, to_claimant=False),
        "rivals": rivals(claim),
        "has_owner": has_owner(claim.business),
        "flow": flow,
        "reason_form": reason_form,
        "words_form": words_form,
        "phones": phones_of(claim.business) if claim.way == Claim.Way.PHONE else [],
        "fresh": _fresh_code(request, claim),
    }
    return render(request, "moderation/judge.html", context)


def _done(request: SignedInRequest, claim: Claim, reason: ReasonForm, words: WordsForm) -> str:
    """Do what was pressed; return where to go ("next" or "here"), nothing to show the faults."""
    does = DOES.get(request.POST.get("do", ""))
    if does is None:
        return "here"
    try:
        return does(request, claim, reason.cleaned_data["reason"], words.cleaned_data["text"])
    except actions.ReasonMissing:
        _ask_for_words(request, reason, words)
        return ""
    except REFUSALS as refused:
        messages.warning(request, _refusal(refused))
        return "here"


def _grant(request: SignedInRequest, claim: Claim, why: str, _text: str) -> str:
    actions.grant(claim, reason=why, actor=request.user, at=now())
    messages.success(request, _("%(name)s has an owner now.") % {"name": claim.business.name})
    return "next"


def _refuse(request: SignedInRequest, claim: Claim, why: str, _text: str) -> str:
    actions.refuse(claim, reason=why, actor=request.user, at=now())
    said = _("The claim of %(name)s is refused.")
    messages.success(request, said % {"name": claim.business.name})
    return "next"


def _revoke(request: SignedInRequest, claim: Claim, why: str, _text: str) -> str:
    actions.revoke(claim, reason=why, actor=request.user, at=now())
    said = _("%(name)s has no owner any more.")
    messages.success(request, said % {"name": claim.business.name})
    return "here"


def _ask(request: SignedInRequest, claim: Claim, _why: str, text: str) -> str:
    actions.ask_for_more(claim, question=text, actor=request.user, at=now())
    said = _("The claimant of %(name)s was asked.")
    messages.success(request, said % {"name": claim.business.name})
    return "next"


def _note(request: SignedInRequest, claim: Claim, _why: str, text: str) -> str:
    actions.note(claim, text=text, actor=request.user, at=now())
    return "here"


def _code(request: SignedInRequest, claim: Claim, _why: str, _text: str) -> str:
    code = actions.make_phone_code(claim, actor=request.user, at=now())
    request.session[FRESH_CODE] = [claim.pk, code]
    return "here"


#: What the buttons of the page do.
DOES: Final[Mapping[str, Callable[[SignedInRequest, Claim, str, str], str]]] = {
    "grant": _grant,
    "refuse": _refuse,
    "revoke": _revoke,
    "ask": _ask,
    "note": _note,
    "code": _code,
}
REFUSALS = (
    actions.DecidedMeanwhile,
    actions.HasOwner,
    actions.NotClaimable,
    actions.TooManyCodes,
)


def _ask_for_words(request: SignedInRequest, reason: ReasonForm, words: WordsForm) -> None:
    if request.POST.get("do") in {"ask", "note"}:
        words.add_error("text", _("Write what you want to ask or to note."))
    else:
        reason.add_error("reason", _("Write why. The claimant reads it."))


def _refusal(refused: Exception) -> str:
    if isinstance(refused, actions.DecidedMeanwhile):
        claim = refused.claim
        return _("Nothing was done: the claim is in the state “%(state)s” by now (%(name)s).") % {
            "state": claim.get_state_display(),
            "name": claim.decided_by.name if claim.decided_by else claim.person.name,
        }
    if isinstance(refused, actions.HasOwner):
        return _("The profile got an owner meanwhile. Refuse the claim and say so.")
    if isinstance(refused, actions.TooManyCodes):
        return _("Six codes went out about this profile today. Make another one tomorrow.")
    return _("The profile is not listed, so nobody can become its owner.")


def _fresh_code(request: SignedInRequest, claim: Claim) -> dict[str, object] | None:
    """Return a code just made, in the ways it can be passed on; shown once."""
    kept = request.session.get(FRESH_CODE)
    if request.method != "GET" or not kept or kept[0] != claim.pk:
        return None
    del request.session[FRESH_CODE]
    code = kept[1]
    with translation.override(claim.person.language):
        text = _(
            "Hello, this is the Indonesia Footwear Network. %(person)s says that %(name)s is their "
            "business. If that is you, type this code on the page of the claim: %(code)s. If not, "
            "give it to nobody."
        ) % {"person": claim.person.name, "name": claim.business.name, "code": code}
    links = [
        (phone, f"https://wa.me/{phone.lstrip('+')}?text={quote(text)}")
        for phone in phones_of(claim.business)
    ]
    return {"code": code, "links": links}


@access.staff
@never_cache
@require_safe
def evidence_file(request: SignedInRequest, pk: int, note: int) -> HttpResponseBase:
    """Hand a file out to whoever judges the claim; never shown inside a page of ours."""
    claim = _claim(request, pk)
    found = get_object_or_404(ClaimNote, pk=note, claim=claim)
    store = private_files()
    if not found.file or not store.exists(found.file):
        raise Http404
    actions.note_reading(found, actor=request.user, at=now())
    return private_file(store.open(found.file), f"{claim.business.number}-{found.pk}")


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: SignedInRequest, number: str) -> HttpResponse:
    """Make a link for the owner of a profile, and show it once: as text, message and print."""
    business = _business(request, number)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _link, token = actions.make_claim_link(
                business, note=form.cleaned_data["note"], actor=request.user, at=now()
            )
        except actions.TooManyLinks:
            form.add_error(None, _("Ten links are open. Withdraw one first."))
        except (actions.HasOwner, actions.NotClaimable):
            form.add_error(None, _("Only a listed profile without an owner can be handed over."))
        else:
            path = reverse("moderation:claim-link", args=[token])
            request.session[FRESH_LINK] = [business.pk, f"{settings.PUBLIC_ADDRESS}{path}"]
            return redirect("moderation:links", business.number)
    context = {
        "business": business,
        "form": form,
        "has_owner": has_owner(business),
        "links": open_links(business, at=now()),
        "fresh": _fresh_link(request, business),
    }
    return render(request, "moderation/links.html", context)


def _fresh_link(request: SignedInRequest, business: Business) -> dict[str, object] | None:
    kept = request.session.get(FRESH_LINK)
    if request.method != "GET" or not kept or kept[0] != business.pk:
        return None
    del request.session[FRESH_LINK]
    address = kept[1]
    text = _(
        "%(name)s in the Indonesia Footwear Network: open this link to look after the page of your "
        "business. It works once. %(address)s"
    ) % {"name": business.name, "address": address}
    return {
        "address": address,
        "whatsapp": f"https://wa.me/?text={quote(text)}",
        "qr": square_code(address),
    }


@access.staff
@require_POST
def withdraw_link(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    business = _business(request, number)
    link = get_object_or_404(ClaimLink, pk=pk, business=business)
    if actions.withdraw_claim_link(link, actor=request.user, at=now()):
        messages.success(request, _("The link no longer works."))
    else:
        messages.info(request, _("The link was used or withdrawn already."))
    return redirect("moderation:links", business.number)


def _business(request: SignedInRequest, number: str) -> Business:
    return one_in_scope(Business.objects.filter(number=number.upper()), request.user, "region")
