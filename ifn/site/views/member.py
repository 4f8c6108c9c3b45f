"""What a person sees of their own: their businesses, and a page before it is public."""

from copy import copy

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.directory import policies
from ifn.directory.models import Business
from ifn.directory.profile import COLUMNS, Profile
from ifn.directory.queries import businesses_of, draft_of, role_in
from ifn.directory.steps import form_of
from ifn.directory.whole import Whole, whole
from ifn.intake.policies import may_bring_lists
from ifn.moderation.models import Claim
from ifn.moderation.queries import claims_of
from ifn.regions.queries import all_regions
from ifn.site.sheet import Sheet
from ifn.site.todos import todos_of
from ifn.vocabulary.queries import lexicon

#: Claims shown, the newest first.
SHOWN = 10


@access.members
@require_safe
def mine(request: access.SignedInRequest) -> HttpResponse:
    """Show what a person has to do, the businesses they look after, and what they claim."""
    regions, mine = all_regions(), businesses_of(request.user)
    rows = [
        {
            "mine": one,
            "place": regions.full_name(one.business.region_id),
            "may_bring_lists": may_bring_lists(one.business, one.role),
        }
        for one in mine
    ]
    claims = [one for one in claims_of(request.user) if one.state != Claim.State.GRANTED]
    context = {
        "todos": todos_of(request.user, mine, claims, at=now()),
        "rows": rows,
        "claims": claims[:SHOWN],
    }
    return render(request, "site/mine.html", context)


@access.members
@require_safe
def preview(request: access.SignedInRequest, number: str) -> HttpResponse:
    """Show the public page as it would be with what is not published yet."""
    business = get_object_or_404(Business, number=number.upper())
    role = role_in(business, request.user)
    if not policies.can_see(request.user, business, role):
        raise Http404
    access.require(policies.can_edit(request.user, business, role))
    known = whole(business)
    form = form_of(draft_of(business, request.user), known.profile)
    profile = form.profile() if form.is_bound and form.is_valid() else known.profile
    sheet = Sheet(
        as_it_would_be(business, profile),
        Whole(profile, known.pictures, known.statements, known.verifications),
        viewer=AnonymousUser(),
        lexicon=lexicon(),
        regions=all_regions(),
        today=localdate(),
    )
    context = sheet.context() | {
        "preview": True,
        "has_errors": form.is_bound and not form.is_valid(),
        "is_listed": True,
    }
    return render(request, "site/business.html", context)


def as_it_would_be(business: Business, profile: Profile) -> Business:
    """Return an unsaved copy of a business with these facts."""
    shown = copy(business)
    for name in COLUMNS:
        value = getattr(profile, name)
        if name == "region":
            shown.region_id = value or None
        else:
            setattr(shown, name, value)
    return shown
