"""The firms of a region that never took part in a batch, by name."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments.policies import can_assess_any
from ifn.assessments.queries.assessments import places_of
from ifn.assessments.queries.standings import Where
from ifn.directory import downloads
from ifn.directory.models import Business
from ifn.directory.spreadsheets import KINDS
from ifn.programmes.queries.regions import never_served
from ifn.regions.queries import Place, all_regions
from ifn.site.regional import reaches

PER_PAGE: Final = 50


@access.staff
@require_safe
def firms(request: SignedInRequest, code: str) -> HttpResponse:
    """List who was never served in a region; a Dinas sees those of its own regions only."""
    place, found = _asked(request, code)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
    regions = all_regions()
    context = {
        "place": regions.full_name(place.code),
        "back": f"{reverse('site:regions')}?provinsi={place.code[:2]}",
        "code": place.code,
        "page": page,
        "rows": [
            {
                "one": one,
                "place": regions.full_name(one.region_id),
                "is_listed": one.status == Business.Status.LISTED,
            }
            for one in page
        ],
    }
    return render(request, "site/unserved.html", context)


@access.staff
@require_safe
def firms_file(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """Return the same list as a file."""
    if kind not in KINDS:
        raise Http404
    place, found = _asked(request, code)
    heading = [_("Number"), _("Business"), _("Code"), _("Region"), _("Profile")]
    regions = all_regions()
    rows = (
        [
            *(one.public_number, one.name, one.region_id or ""),
            *(regions.full_name(one.region_id), one.get_status_display()),
        ]
        for one in found[: downloads.MOST_ROWS]
    )
    return downloads.as_file(kind, f"belum-dilayani-{place.code}", heading, rows)


def _asked(request: SignedInRequest, code: str) -> tuple[Place, QuerySet[Business]]:
    """Return the region and its firms.

    Raises:
        Http404: There is no such region.
        PermissionDenied: The person works in other regions.

    """
    access.require(can_assess_any(request.user))
    within = places_of(request.user)
    place = all_regions().get(code)
    if place is None:
        raise Http404
    if not reaches(Where(within=within), code):
        raise PermissionDenied
    return place, never_served(code, within)
