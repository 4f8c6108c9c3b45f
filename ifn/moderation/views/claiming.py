"""The claimant's pages: how to claim a profile, the claim itself, and an officer's link."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.directory.models import Business
from ifn.directory.queries import has_owner, role_in, standing_for
from ifn.moderation import actions, policies
from ifn.moderation.forms import CodeForm, EvidenceForm
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Claim, ClaimLink
from ifn.moderation.queries import (
    claim_link_of,
    has_code,
    last_claim,
    open_claim,
    said_about,
    ways_to,
)
from ifn.regions.queries import all_regions


@access.everyone
@never_cache
@require_safe
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Show how to claim a profile, and to its claimant how the claim stands."""
    business = get_object_or_404(Business, number=number.upper())
    if business.merged_into is not None:
        return redirect("moderation:claim", standing_for(business).number, permanent=True)
    is_listed = business.status == Business.Status.LISTED
    if not is_listed and last_claim(business, request.user) is None:
        raise Http404
    return _page(request, business)


@access.members
@require_POST
def send_code(request: SignedInRequest, number: str) -> HttpResponse:
    """Send a code to the contact that was chosen, or let an officer send it."""
    business = _listed(number)
    access.require(not request.user.is_staff)
    given = request.POST.get("contact", "")
    chosen = int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0  # noqa: PLR2004
    try:
        made = actions.claim_by_code(
            business,
            contact=chosen,
            person=request.user,
            language=get_language() or "id",
            at=now(),
        )
    except REFUSALS as refused:
        messages.error(request, said(refused))
    else:
        if made.way == Claim.Way.EMAIL:
            messages.success(request, _("The code is on its way. Look into the mailbox."))
        else:
            messages.success(request, _("The office will send the code to the number."))
    return redirect("moderation:claim", business.number)


@access.members
@require_POST
@sensitive_post_parameters("code")
def enter_code(request: SignedInRequest, number: str) -> HttpResponse:
    business = _listed(number)
    mine = open_claim(business, request.user)
    form = CodeForm(request.POST)
    if mine is None:
        return redirect("moderation:claim", business.number)
    if not form.is_valid():
        return _page(request, business, code_form=form)
    try:
        actions.enter_code(mine, form.cleaned_data["code"], person=request.user, at=now())
    except actions.WrongCode as wrong:
        left = ngettext(
            "This is another code. You have %(left)d try left.",
            "This is another code. You have %(left)d tries left.",
            wrong.left,
        )
        form.add_error("code", left % {"left": wrong.left})
        return _page(request, business, code_form=form)
    except REFUSALS as refused:
        messages.error(request, said(refused))
        return redirect("moderation:claim", business.number)
    messages.success(request, _("You now look after %(name)s.") % {"name": business.name})
    return redirect("directory:overview", business.number)


@access.members
@require_POST
def evidence(request: SignedInRequest, number: str) -> HttpResponse:
    """Hand evidence in, or answer what the office asked."""
    business = _listed(number)
    access.require(not request.user.is_staff)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, business, evidence_form=form)
    mine = open_claim(business, request.user)
    text, file = form.cleaned_data["text"], form.cleaned_data["file"]
    try:
        if mine is not None and mine.state == Claim.State.MORE_ASKED:
            actions.answer_question(mine, text=text, handed=file, person=request.user, at=now())
        else:
            actions.claim_by_evidence(
                business, text=text, handed=file, person=request.user, at=now()
            )
    except REFUSALS as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, _("The office has it now and will answer here."))
    return redirect("moderation:claim", business.number)


@access.members
@require_POST
def withdraw(request: SignedInRequest, number: str) -> HttpResponse:
    business = standing_for(get_object_or_404(Business, number=number.upper()))
    mine = open_claim(business, request.user)
    if mine is not None:
        try:
            actions.withdraw_claim(mine, person=request.user, at=now())
        except actions.ClaimOver as refused:
            messages.info(request, said(refused))
        else:
            messages.success(request, _("Your claim is withdrawn."))
    return redirect("site:mine")


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an officer's link is for, and let whoever is signed in take the profile."""
    link = claim_link_of(token)
    if link is None:
        return _over(request, "foreign", HTTPStatus.NOT_FOUND)
    person = request.user if isinstance(request.user, User) else None
    if person and link.used_by_id == person.pk:
        return redirect("moderation:claim", link.business.number)
    if state := _state_of(link):
        return _over(request, state, HTTPStatus.GONE)
    if person and person.is_staff:
        return _over(request, "staff", HTTPStatus.CONFLICT)
    if request.method == "POST" and person:
        return _taken(request, token, link, person)
    context = {"business": link.business, "place": all_regions().full_name(link.business.region_id)}
    return render(request, "moderation/claim_link.html", context)


def _state_of(link: ClaimLink) -> str:
    """Return why a link no longer opens, or nothing when it does."""
    if link.used_at:
        return "used"
    if link.withdrawn_at:
        return "withdrawn"
    return "expired" if link.expires_at <= now() else ""


def _taken(request: HttpRequest, token: str, link: ClaimLink, person: User) -> HttpResponse:
    try:
        actions.open_claim_link(token, person=person, at=now())
    except actions.LinkOver:
        return _over(request, "used", HTTPStatus.GONE)
    except actions.HasOwner:
        return _over(request, "owner", HTTPStatus.CONFLICT)
    except actions.NotClaimable:
        return _over(request, "hidden", HTTPStatus.CONFLICT)
    messages.success(request, _("You now look after %(name)s.") % {"name": link.business.name})
    return redirect("directory:overview", link.business.number)


#: What may stand in the way of a claim, and what the claimant is told.
REFUSALS = (
    actions.HasOwner,
    actions.NotClaimable,
    actions.NoSuchContact,
    actions.TooManyClaims,
    actions.TooManyCodes,
    actions.TooManyFiles,
    actions.ClaimOver,
    actions.CodeOver,
)


def said(refused: Exception) -> str:
    """Return what a refusal means for the claimant, and what they can do."""
    words = {
        actions.HasOwner: _(
            "Somebody looks after this profile by now. Ask them to invite you, or report it."
        ),
        actions.NotClaimable: _("This profile is not shown at the moment, so nobody can claim it."),
        actions.NoSuchContact: _("The profile no longer has this contact. Choose another way."),
        actions.TooManyClaims: _("You began five claims today. Go on tomorrow."),
        actions.TooManyCodes: _(
            "Many codes went out about this profile today. Try tomorrow, or hand in evidence."
        ),
        actions.TooManyFiles: _("Five files are enough. Describe the rest in words."),
        actions.ClaimOver: _("Your claim was decided meanwhile; below it stands how."),
        actions.CodeOver: _("This code no longer counts. Have a new one sent."),
    }
    return words[type(refused)]


def _listed(number: str) -> Business:
    return get_object_or_404(Business.objects.listed(), number=number.upper())


def _page(
    request: HttpRequest,
    business: Business,
    *,
    code_form: CodeForm | None = None,
    evidence_form: EvidenceForm | None = None,
) -> HttpResponse:
    owned = has_owner(business)
    mine = last_claim(business, request.user)
    may_claim = policies.can_claim(request.user, business, has_owner=owned)
    context = {
        "business": business,
        "place": all_regions().full_name(business.region_id),
        "claim": mine,
        "notes": said_about(mine, to_claimant=True) if mine else [],
        "has_owner": owned,
        "is_ours": bool(role_in(business, request.user)),
        "may_claim": may_claim,
        "ways": ways_to(business) if may_claim else [],
        "code_form": code_form or CodeForm(),
        "has_code": bool(mine and mine.is_open and has_code(mine, at=now())),
        "evidence_form": evidence_form or EvidenceForm(),
        "days": KINDS["claim"].days,
    }
    return render(request, "moderation/claim.html", context)


def _over(request: HttpRequest, state: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "moderation/claim_link_over.html", {"state": state}, status=status)
