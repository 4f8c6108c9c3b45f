"""A verification that ends soon: look, tell its people, renew it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.models import Verification
from ifn.directory.policies import can_verify
from ifn.directory.queries import members_of, role_in
from ifn.directory.verified import office_name
from ifn.moderation import actions
from ifn.moderation.models import Told
from ifn.moderation.queries import phones_of
from ifn.moderation.scope import one_in_scope
from ifn.moderation.views.flow import flow_of
from ifn.regions.queries import all_regions


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def expiring(request: SignedInRequest, pk: int) -> HttpResponse:
    found = Verification.objects.select_related("business", "verifier").filter(pk=pk)
    verification = one_in_scope(found, request.user)
    business = verification.business
    role = role_in(business, request.user)
    access.require(can_verify(request.user, business, verification.topic, role))
    flow = flow_of(request, "expiring", pk, at=now())
    if request.method == "POST":
        actions.mark_told(verification, actor=request.user, at=now())
        said = _("Noted: %(name)s knows that the verification ends.") % {"name": business.name}
        messages.success(request, said)
        return redirect(flow.onward)
    context = {
        "verification": verification,
        "business": business,
        "place": all_regions().full_name(business.region_id),
        "office": office_name(verification.office_id, all_regions()),
        "state": verification.state_on(localdate()),
        "told": Told.objects.select_related("told_by").filter(verification=verification).first(),
        "phones": phones_of(business),
        "members": members_of(business),
        "flow": flow,
    }
    return render(request, "moderation/expiring.html", context)
