"""Whether a profile still holds: the link in a message, and the officer's page to ask by phone."""

from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory import actions, policies, stilltrue
from ifn.directory.factsheet import short_facts
from ifn.directory.models import Business, Contact
from ifn.directory.profile import Profile
from ifn.directory.queries import has_people, profile_of, standing_for
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

#: What the page of a link says when it cannot ask, and with which answer of the protocol.
STATUSES = {
    "foreign": HTTPStatus.NOT_FOUND,
    "gone": HTTPStatus.NOT_FOUND,
    "expired": HTTPStatus.GONE,
    "hidden": HTTPStatus.GONE,
}
#: Numbers that begin so are mobile, where WhatsApp is.
MOBILE = "+628"


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request: HttpRequest, token: str) -> HttpResponse:
    """Show the facts of a profile to whoever has its link, who confirms them with one tap."""
    today = localdate()
    state, asked, business = _opened(token, today)
    if asked and business and asked.number != business.number:
        again = stilltrue.token_for(business, asked.on)
        return redirect("directory:still-true", again, permanent=True)
    if request.method != "POST" or state != "asked" or asked is None or business is None:
        return _said(request, state, business)
    try:
        actions.confirm_by_link(business, asked, version=_version(request), on=today, at=now())
    except actions.ChangedMeanwhile:
        text = _("Somebody changed these facts meanwhile. Please look at them once more.")
        messages.warning(request, text)
    except actions.NotListed:
        return _said(request, "hidden", business)
    return redirect("directory:still-true", token)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def ask_by_phone(request: SignedInRequest, number: str) -> HttpResponse:
    """Give an officer the link and the words for WhatsApp, and note what was said by phone."""
    business = get_object_or_404(Business, number=number)
    access.require(policies.can_edit(request.user, business))
    today = localdate()
    if request.method == "POST":
        if actions.confirm(business, on=today, actor=request.user, at=now(), way=actions.BY_PHONE):
            messages.success(request, _("Noted: confirmed today."))
        else:
            messages.info(request, _("This profile was confirmed today already."))
        return redirect("directory:confirm", number)
    profile = profile_of(business)
    link = actions.link_to(business, today, "id")
    context = {
        "business": business,
        "facts": short_facts(profile, lexicon(), all_regions()),
        "link": link,
        "until": today + stilltrue.VALID,
        "whatsapp": _whatsapp(profile, business, link),
        "phones": [one.value for one in profile.contacts if one.kind == Contact.Kind.PHONE],
        "is_listed": business.status == Business.Status.LISTED,
        "is_today": business.confirmed_on is not None and business.confirmed_on >= today,
    }
    return render(request, "directory/confirm.html", context)


def _opened(token: str, today: date) -> tuple[str, stilltrue.Asked | None, Business | None]:
    """Return what to say to whoever opens a link, what it asks, and of which profile."""
    try:
        asked = stilltrue.read(token, today)
    except stilltrue.Foreign:
        return "foreign", None, None
    except stilltrue.Expired as expired:
        old = Business.objects.filter(number=expired.number).first()
        return "expired", None, standing_for(old) if old else None
    business = Business.objects.filter(number=asked.number).first()
    if business is None:
        return "gone", asked, None
    business = standing_for(business)
    if business.status != Business.Status.LISTED:
        return "hidden", asked, business
    return "answered" if asked.is_answered(business) else "asked", asked, business


def _said(request: HttpRequest, state: str, business: Business | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "state": state,
        "business": business,
        "contact": settings.CONTACT_EMAIL,
        "days": stilltrue.VALID.days,
    }
    if business is not None:
        context["has_people"] = has_people(business)
    if business is not None and state == "asked":
        context["facts"] = short_facts(profile_of(business), lexicon(), all_regions())
    return render(
        request, "directory/still_true.html", context, status=STATUSES.get(state, HTTPStatus.OK)
    )


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004


def _whatsapp(profile: Profile, business: Business, link: str) -> str:
    """Return an address that opens WhatsApp with the question in Indonesian, or nothing."""
    mobile = [
        one.value
        for kind in (Contact.Kind.WHATSAPP, Contact.Kind.PHONE)
        for one in profile.contacts
        if one.kind == kind and (kind == Contact.Kind.WHATSAPP or one.value.startswith(MOBILE))
    ]
    if not mobile:
        return ""
    with translation.override("id"):
        text = _(
            "Hello, this is the Indonesia Footwear Network. Are the facts about %(name)s "
            "(%(number)s) still true? Look at them and confirm with one tap: %(link)s"
        ) % {"name": business.name, "number": business.public_number, "link": link}
    return f"https://wa.me/{mobile[0].lstrip('+')}?text={quote(text)}"
