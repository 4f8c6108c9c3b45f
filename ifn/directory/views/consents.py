"""Whoever agreed to have a contact shown, or looks after its profile, takes that back by a tap."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import Consent
from ifn.directory import actions, policies
from ifn.directory.models import Business
from ifn.directory.queries import role_in


@access.members
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    consent = get_object_or_404(Consent.objects.exclude(profile=""), pk=pk)
    business = Business.objects.filter(number=consent.profile).first()
    role = role_in(business, request.user) if business else ""
    access.require(policies.can_withdraw(request.user, consent, business, role))
    if actions.withdraw_consent(consent, actor=request.user, at=now()):
        messages.success(request, _said(consent))
    else:
        messages.info(request, _("This consent had ended already."))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("directory:step", consent.profile, "kontak")


def _said(consent: Consent) -> str:
    if consent.purpose in Consent.ABOUT_CONTACTS:
        return _("Consent withdrawn. The contact is hidden everywhere on this platform.")
    return _("Consent withdrawn. Nobody outside sees any more that orders were agreed.")
