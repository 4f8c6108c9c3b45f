from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.collaboration.queries.public import shown_with
from ifn.connections.enquiring.habits import band
from ifn.connections.queries.enquiries import answering_of
from ifn.directory import numbers, policies
from ifn.directory.models import Business
from ifn.directory.presenting import Writer
from ifn.directory.queries import role_in, similar, standing_for
from ifn.directory.whole import whole
from ifn.moderation.policies import can_claim, can_hand_over
from ifn.regions.queries import all_regions
from ifn.site import sharing
from ifn.site.kept import KeptPages, key_of, state_of_profiles
from ifn.site.opening import opened
from ifn.site.sheet import Sheet
from ifn.ui import fragments

#: Similar profiles shown.
NEIGHBOURS = 4
pages = KeptPages()


@access.everyone
@require_safe
def business(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    key = key_of(request)
    if key and key in pages and (page := pages.get(key, state_of_profiles())):
        response = HttpResponse(page)
        patch_vary_headers(response, ("Cookie",))
        return response
    first = opened(number.upper())
    if first is None:
        raise Http404
    shown = first.business
    if shown.status == Business.Status.MERGED:
        return _moved(_listed(standing_for(shown)))
    role = role_in(shown, request.user)
    if not policies.can_see(request.user, shown, role):
        raise Http404
    if (slug, number) != (shown.slug, shown.number):
        return _moved(shown)
    state = state_of_profiles(first.index)
    index, words, regions, today = state
    known = whole(shown)
    writer = Writer(words, regions, today)
    context = Sheet(
        shown,
        known,
        viewer=request.user,
        lexicon=words,
        regions=regions,
        today=today,
        sees_expired=policies.can_see_expired(request.user, role),
    ).context()
    near = similar(known.profile, shown.pk, NEIGHBOURS, today, as_of=index)
    habit = answering_of(shown.pk, at=now())
    context |= {
        "may_write": shown.status == Business.Status.LISTED and not role,
        "answers_within": band(habit),
        "similar": fragments.join([writer.small_card(row) for row in near]),
        "collaborations": shown_with(shown) if first.takes_part else [],
        "may_edit": policies.can_edit(request.user, shown, role),
        "may_claim": can_claim(request.user, shown, has_owner=known.has_owner),
        "may_hand_over": can_hand_over(request.user, shown, has_owner=known.has_owner),
    }
    response = render(request, "site/business.html", context)
    if key and key_of(request):  # writing the page may have asked for a form's token
        pages.put(key, state, response.content)
    return response


def _listed(shown: Business) -> Business:
    """Return a profile that visitors may see.

    Raises:
        Http404: They may not.

    """
    if shown.status != Business.Status.LISTED:
        raise Http404
    return shown


def _moved(shown: Business, name: str = "") -> HttpResponse:
    """Send whoever has an old address to where a profile now is."""
    address = reverse(name, args=[shown.number]) if name else shown.get_absolute_url()
    moved = HttpResponsePermanentRedirect(address)
    # A firm may go back to an old name, a merge may be undone: browsers must not remember it.
    moved["Cache-Control"] = "no-cache"
    return moved


@access.everyone
@require_safe
def share_picture(_request: HttpRequest, number: str) -> HttpResponse:
    """Draw the picture of a shared link for a profile that has no photo."""
    shown = get_object_or_404(Business, number=number.upper())
    if shown.status == Business.Status.MERGED:
        return _moved(_listed(standing_for(shown)), "site:share-picture")
    _listed(shown)
    place = all_regions().full_name(shown.region_id)
    response = HttpResponse(
        sharing.draw(shown.name, place, shown.public_number), content_type="image/png"
    )
    response["Cache-Control"] = "public, max-age=86400"
    return response


@access.everyone
@require_safe
def by_number(_request: HttpRequest, number: str) -> HttpResponse:
    """Send whoever has only the number to the profile."""
    try:
        stored = numbers.read(number)
    except (numbers.NotANumber, numbers.WrongCheck):
        raise Http404 from None
    return _moved(_listed(standing_for(get_object_or_404(Business, number=stored))))
