"""Where each fact of a profile comes from, for the staff."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.directory import policies
from ifn.directory.prepared import business_numbered
from ifn.directory.wording import field_names
from ifn.intake.policies import can_see
from ifn.intake.provenance import provenance_of


@access.staff
@require_safe
def origin(request: access.SignedInRequest, number: str) -> HttpResponse:
    business = business_numbered(number.upper())
    if business is None:
        raise Http404
    access.require(policies.can_edit(request.user, business))
    labels = field_names()
    rows = [
        {
            "label": labels.get(one.stated.field, one.stated.field),
            "origin": one,
            "may_open": one.row is not None and can_see(request.user, one.row.list),
        }
        for one in provenance_of(business)
    ]
    return render(request, "site/origin.html", {"business": business, "rows": rows})
