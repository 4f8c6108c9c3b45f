"""The chain builder: a brief is asked, its chains are looked at, saved, shared and forgotten."""

import secrets
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.connections.actions import chains as actions
from ifn.connections.addresses import form_again
from ifn.connections.chaining import wording
from ifn.connections.forms.chains import EXAMPLE, BriefForm, SaveForm
from ifn.connections.models import Chain
from ifn.connections.policies.chains import can_open, can_save, is_maker
from ifn.connections.queries import chains as queries
from ifn.connections.views import chainwriting as writing
from ifn.quotas.places import place_of
from ifn.quotas.tries import Bound, count
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

#: Under which a session remembers that chains are a visitor's.
VISITOR: Final = "connections.visitor"
#: Chains that visitors may ask for from one place in a while; each takes seconds of a processor.
BRIEFS: Final = 20
#: What the office looks back on.
LOOK_BACK: Final = timedelta(days=90)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _visitor(request: HttpRequest) -> str:
    return str(request.session.get(VISITOR, ""))


def _maker(request: HttpRequest) -> actions.Maker:
    """Return who asks; a visitor's session remembers them from now on."""
    person = _person(request)
    if person is None and not _visitor(request):
        request.session[VISITOR] = secrets.token_urlsafe(12)
    return actions.Maker(person, _visitor(request))


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """Ask what is to be made; the address may carry a brief to change."""
    form = BriefForm(
        request.POST if request.method == "POST" else _carried(request), initial=EXAMPLE
    )
    if request.method == "POST" and form.is_valid():
        if made := _asked(request, form):
            return redirect("connections:chain", made.token)
        form.add_error(
            None,
            _("You have asked for many chains. Wait an hour, or open one of those below."),
        )
    person, visitor = _person(request), _visitor(request)
    words, regions = lexicon(), all_regions()
    context = {
        "form": form,
        "mine": [
            (one, writing.summary(one.wanted, words, regions))
            for one in queries.chains_of(person, visitor)
        ],
    }
    return render(request, "connections/chains/compose.html", context)


def _carried(request: HttpRequest) -> QueryDict | None:
    """Return a brief that the address carries, to be changed."""
    return request.GET if "product" in request.GET else None


def _asked(request: HttpRequest, form: BriefForm) -> Chain | None:
    """Ask for the chains of a brief; nothing where too many were asked for."""
    maker, at = _maker(request), now()
    if maker.person is None and count(Bound("brief", place_of(request), BRIEFS), at=at):
        return None
    try:
        return actions.propose(form.brief, maker, actor=maker.person, at=at)
    except actions.TooManyBriefs:
        return None


def _opened(request: HttpRequest, token: str) -> Chain:
    """Return a chain that whoever asks may see; others are told that there is none."""
    chain = queries.chain_of(token)
    if chain is None or not can_open(_person(request), _visitor(request), chain):
        raise Http404
    return chain


@access.everyone
@never_cache
@require_safe
def proposed(request: HttpRequest, token: str) -> HttpResponse:
    """Show what came of a brief, or how far it is."""
    chain = _opened(request, token)
    state = queries.state_of(chain)
    if request.htmx:  # type: ignore[attr-defined]
        if state in {Chain.State.DONE, Chain.State.FAILED}:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return HttpResponse(status=204)
    person, visitor = _person(request), _visitor(request)
    brief = chain.wanted
    context: dict[str, Any] = {
        "chain": chain,
        "state": state,
        "summary": writing.summary(brief, lexicon(), all_regions()),
        "again": form_again(brief),
        "is_mine": is_maker(person, visitor, chain),
        "may_save": can_save(person, visitor, chain),
        "save_form": SaveForm(initial={"name": chain.name}),
        "kept_until": chain.kept_until,
    }
    if state == Chain.State.DONE:
        context |= _found(request, chain)
    return render(request, "connections/chains/chain.html", context)


def _found(request: HttpRequest, chain: Chain) -> dict[str, Any]:
    """Return what the page of a finished chain shows: one proposal, and the way to the others."""
    brief, outcome = chain.wanted, chain.found
    if outcome is None:
        raise Http404
    page = writing.ChainPage(brief, outcome, lexicon(), all_regions())
    open_links = [(wording.LINKS[one.link], page.nobody(one)) for one in outcome.unfilled]
    if not outcome.proposals:
        context: dict[str, Any] = {"open_links": open_links, "fastest": outcome.fastest_days}
        if outcome.fastest_days:
            context["longer"] = form_again(brief, days=str(outcome.fastest_days))
        return context
    number = _chosen(request.GET.get("usulan", ""), len(outcome.proposals))
    proposal = outcome.proposals[number - 1]
    address = request.build_absolute_uri(request.path)
    return {
        "open_links": open_links,
        "proposal": proposal,
        "number": number,
        "tabs": [
            {
                "title": _("Proposal %(number)s") % {"number": place},
                "href": f"?usulan={place}",
                "current": place == number,
            }
            for place in range(1, len(outcome.proposals) + 1)
        ],
        "figures": writing.figures(proposal, brief),
        "proof": wording.proof(proposal, is_first=number == 1),
        "cards": page.cards(proposal),
        "drawing": page.drawing(proposal),
        "enquiries": page.enquiries(proposal),
        "address": address,
    }


def _chosen(given: str, most: int) -> int:
    places = {str(place): place for place in range(1, most + 1)}
    return places.get(given, 1)


@access.everyone
@require_POST
def share(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever has the link open a chain, or no longer."""
    chain = _own(request, token)
    try:
        actions.share(chain, is_shared="share" in request.POST, actor=_person(request), at=now())
    except actions.NotDone:
        messages.error(request, _("It is not ready yet. Wait a moment and try again."))
    return redirect("connections:chain", token)


def _own(request: HttpRequest, token: str) -> Chain:
    chain = _opened(request, token)
    access.require(is_maker(_person(request), _visitor(request), chain))
    return chain


@access.members
@require_POST
def save(request: SignedInRequest, token: str) -> HttpResponse:
    """Keep a chain under a name."""
    chain = _opened(request, token)
    access.require(can_save(request.user, _visitor(request), chain))
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter a name of at most 80 letters for the chain."))
        return redirect("connections:chain", token)
    try:
        actions.keep(chain, form.cleaned_data["name"], actor=request.user, at=now())
    except actions.NotDone:
        messages.error(request, _("It is not ready yet. Wait a moment and try again."))
    else:
        messages.success(request, _("Saved. You find it on the page where chains are made."))
    return redirect("connections:chain", token)


@access.everyone
@require_POST
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Remove a chain for good."""
    actions.forget(_own(request, token), actor=_person(request), at=now())
    messages.success(request, _("The chain is removed."))
    return redirect("connections:compose")


@access.staff
@require_safe
def lacking(request: SignedInRequest) -> HttpResponse:
    """Show an officer which links briefs needed and nobody could take."""
    territory = None if request.user.is_office else request.user.territory
    found = queries.unfilled_links(now() - LOOK_BACK, territory)
    context = {
        "rows": writing.lacking_rows(found, all_regions()),
        "since": localdate() - LOOK_BACK,
        "is_bounded": territory is not None,
    }
    return render(request, "connections/chains/lacking.html", context)
