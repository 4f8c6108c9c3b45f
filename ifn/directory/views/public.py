from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.directory import results
from ifn.directory.facetwriting import facet_groups
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Business
from ifn.directory.presenting import address_of
from ifn.directory.search import find, read_filters
from ifn.directory.search.filters import PARAMETERS
from ifn.directory.search.finding import rows
from ifn.directory.search.loosening import suggestions
from ifn.directory.search.numbered import by_number
from ifn.regions.queries import all_regions
from ifn.textsearch import queries as textsearch
from ifn.ui import fragments, listing
from ifn.vocabulary.queries import lexicon


@access.everyone
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    words, regions = lexicon(), all_regions()
    filters, notes = read_filters(request.GET, words, regions)
    meant = by_number(filters.text)
    if meant.business:
        return _go_to(request, meant.business)
    if meant.note:
        notes.append(meant.note)
    today = localdate()
    found = find(filters, regions, today)
    is_beyond = filters.page > found.pages
    context = {
        "filters": filters,
        "found": found,
        "count": results.count_words(found.total),
        "notes": notes,
        "near": regions.full_name(filters.near).split(",")[0],
        "pills": fragments.join(results.pills(filters, found, words, regions)),
        "facets": facet_groups(filters, found, words, regions),
        "results": results.results(filters, found, words, regions),
        "headings": results.headings(),
        "sorts": results.sorts(filters),
        "views": results.views(filters),
        "unfolded": PARAMETERS.get(filters.unfolded, ""),
        "is_beyond": is_beyond,
        "last_page": filters.query(page=found.pages),
        "corrected": results.corrected(filters, found),
        "exact_query": filters.query(exact=True),
        "suggestions": suggestions(filters, words, regions, today) if not found.total else [],
        "dormant": results.dormant(filters, found),
        "pages": listing.pagination(filters.page, found.pages, request.GET, "hal"),
        "suggest": reverse("directory:suggest"),
        "downloaded": results.downloaded(filters, found),
    }
    part = "#found" if _asks_for_part(request) else ""
    status = 404 if is_beyond else 200
    response = render(request, f"directory/list.html{part}", context, status=status)
    response["Vary"] = "HX-Request, HX-History-Restore-Request"
    return response


@access.everyone
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer what is being typed with words of the directory and profiles by name."""
    typed = request.GET.get("q", "")[:80]
    found = textsearch.complete(COLLECTION, typed, 5)
    before = " ".join(typed.split()[:-1])
    options = [
        fragments.fill("directory/fragments/suggested_word.html", value=f"{before} {word}".strip())
        for word in found.words
    ]
    regions = all_regions()
    options += [
        fragments.fill(
            "directory/fragments/suggested_profile.html",
            href=address_of(row.content),
            name=row.content["name"],
            place=regions.full_name(row.content["region"]),
        )
        for row in rows(found.keys[:5])
    ]
    return HttpResponse(fragments.join(options))


def _go_to(request: HttpRequest, business: Business) -> HttpResponse:
    """Send whoever typed a profile's number straight to it."""
    address = business.get_absolute_url()
    if _asks_for_part(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _asks_for_part(request: HttpRequest) -> bool:
    """Say whether only the results are to be exchanged; going back in history needs all."""
    is_part = request.headers.get("HX-Request") == "true"
    return is_part and request.headers.get("HX-History-Restore-Request") != "true"
