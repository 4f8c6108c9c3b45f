from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.connections.models import Attachment, Opportunity
from ifn.connections.models.opportunities import PREFIX
from ifn.connections.opportunities import presenting
from ifn.connections.opportunities.answering import way_to_answer
from ifn.connections.opportunities.structured import json_ld
from ifn.connections.policies import opportunities as policies
from ifn.connections.queries.answers import own_answer
from ifn.connections.queries.opportunities import (
    attachments_of,
    fits_somebody_of,
    opportunity_and_role,
    particulars_of,
)
from ifn.connections.search import results
from ifn.connections.search.filters import read_filters
from ifn.connections.search.finding import find, suggestions
from ifn.directory import numbers
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.directory.presenting import CARD_SIZES, Writer, media_url, sources
from ifn.directory.search.finding import rows as profile_rows
from ifn.regions.queries import all_regions
from ifn.ui import fragments, listing
from ifn.ui.pieces import Picture
from ifn.vocabulary.queries import lexicon


@access.everyone
@require_safe
def opportunities(request: HttpRequest) -> HttpResponse:
    """List what is open, as the address asks."""
    words, regions, today = lexicon(), all_regions(), localdate()
    filters, notes = read_filters(request.GET, words, regions)
    if number := _number_meant(filters.text):
        return redirect("connections:opportunity", number)
    is_member = request.user.is_authenticated
    found = find(filters, today, is_member=is_member)
    is_beyond = filters.page > found.pages
    looser = [] if found.total else suggestions(filters, today, is_member=is_member)
    context = {
        "filters": filters,
        "found": found,
        "notes": notes,
        "count": results.count_words(found.total),
        "pills": fragments.join(results.pills(filters, words, regions)),
        "facets": results.facet_groups(filters, found, words, regions),
        "results": fragments.join(
            [presenting.card(row, words, regions, today) for row in found.rows]
        ),
        "sorts": results.sorts(filters),
        "suggestions": results.loosened(looser),
        "is_beyond": is_beyond,
        "last_page": filters.query(page=found.pages),
        "pages": listing.pagination(filters.page, found.pages, request.GET, "hal"),
    }
    is_part = request.headers.get("HX-Request") == "true"
    part = "#found" if is_part and not request.headers.get("HX-History-Restore-Request") else ""
    response = render(
        request, f"connections/list.html{part}", context, status=404 if is_beyond else 200
    )
    response["Vary"] = "HX-Request, HX-History-Restore-Request"
    return response


def _number_meant(text: str) -> str:
    """Return the number of an opportunity that was typed where words are expected."""
    if not text.upper().startswith(PREFIX):
        return ""
    try:
        number = numbers.read(text, prefix=PREFIX)
    except ValueError:
        return ""
    return number if Opportunity.objects.filter(number=number).exists() else ""


def seen(request: HttpRequest, number: str) -> tuple[Opportunity, str]:
    """Return an opportunity that this person may open, and what they are to its business.

    Raises:
        Http404: There is none, or they may not know that there is.

    """
    found = opportunity_and_role(number.upper(), request.user)
    if found is None:
        raise Http404
    opportunity, role = found
    is_matched = opportunity.visibility == Opportunity.Visibility.MATCHED and not role
    fits = is_matched and fits_somebody_of(opportunity, request.user)
    if not policies.can_see(request.user, opportunity, role, fits=fits):
        raise Http404
    return opportunity, role


@access.everyone
@require_safe
def opportunity(request: HttpRequest, number: str) -> HttpResponse:
    """Show one opportunity."""
    try:
        plain = numbers.read(number, prefix=PREFIX)
    except ValueError:
        raise Http404 from None
    if plain != number:
        return HttpResponseRedirect(request.path.replace(number, plain))
    one, role = seen(request, plain)
    words, regions, today = lexicon(), all_regions(), localdate()
    said = particulars_of(one)
    own = own_answer(one, request.user)
    is_accepted = own is not None and own.is_accepted
    sees_price = policies.can_see_price(request.user, one, role, is_accepted=is_accepted)
    kept = attachments_of(one)
    is_own = bool(role) or policies.can_release(request.user, one.business.region_id)
    context = {
        "one": one,
        "kind": presenting.kind_name(one, words),
        "state": presenting.state_badge(one),
        "left": presenting.left_in_words(one.expires_on, today) if one.expires_on else "",
        "place": presenting.place_in_words(said, regions),
        "facts": presenting.facts(said, regions, sees_price=sees_price),
        "terms": presenting.terms(said, words),
        "pictures": [_picture(item, one.title) for item in kept if item.is_picture],
        "files": [item for item in kept if not item.is_picture],
        "firm": _firm_card(one) if one.is_named or is_own else "",
        "is_open": one.state == Opportunity.State.OPEN,
        "answer": way_to_answer(one) if policies.can_answer(one, role, today) else "",
        "own_answer": own.enquiry if own else None,
        "is_own": is_own,
        "is_public": one.visibility in {"everyone", "unnamed"},
        "json_ld": json_ld(one, said, regions, sees_price=sees_price),
    }
    return render(request, "connections/opportunity.html", context)


def _picture(kept: Attachment, title: str) -> Picture:
    smallest = kept.widths[0]
    height = round(smallest * (kept.height or 1) / (kept.width or 1))
    return Picture(
        media_url(f"{kept.file}-{smallest}.jpg"),
        alt=title,
        width=smallest,
        height=height,
        webp=sources(kept.file, kept.widths, "webp"),
        sizes=CARD_SIZES,
    )


def _firm_card(one: Opportunity) -> str:
    writer = Writer(lexicon(), all_regions(), localdate())
    return fragments.join([writer.small_card(row) for row in profile_rows((one.business_id,))])


@access.everyone
@require_safe
def attachment(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand a PDF out to whoever may see the opportunity; never shown inside a page of ours."""
    one, _role = seen(request, number)
    kept = get_object_or_404(Attachment, pk=pk, opportunity=one, width=None)
    store = private_files()
    if not store.exists(kept.file):
        raise Http404
    return private_file(store.open(kept.file), f"{one.public_number}-{kept.pk}")
