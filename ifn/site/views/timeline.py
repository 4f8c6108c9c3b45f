"""A firm's timeline for the staff, for its own people, and for everyone."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.consenting import words
from ifn.accounts.models import Consent, User
from ifn.directory import actions, policies
from ifn.directory.models import Business
from ifn.directory.queries import business_and_role, shows_outcomes, standing_for
from ifn.directory.spreadsheets import Value, text_lines
from ifn.directory.timeline import Audience, Kind, Place
from ifn.site import timeline
from ifn.site.timeline import Reader
from ifn.site.timelinewords import Writer, headings
from ifn.ui.listing import query_with

#: What the kinds are called in addresses.
WORDS: Final = {
    "profil": Kind.PROFILE,
    "daftar": Kind.LIST,
    "klaim": Kind.CLAIM,
    "laporan": Kind.REPORT,
    "verifikasi": Kind.VERIFICATION,
    "peluang": Kind.OPPORTUNITY,
    "pertanyaan": Kind.ENQUIRY,
    "perkenalan": Kind.INTRODUCTION,
    "hasil": Kind.OUTCOME,
    "kolaborasi": Kind.COLLABORATION,
    "perantara": Kind.DESK,
}


@access.staff
@never_cache
@require_safe
def of_staff(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the staff all that happened to a firm, as far as their desk and region reach."""
    business = get_object_or_404(Business, number=number.upper())
    if business.status == Business.Status.MERGED:
        return redirect("site:work-timeline", standing_for(business).number)
    reader = timeline.reader_of_staff(request.user, business)
    if reader is None:
        raise PermissionDenied
    context = _page(request, business, reader, request.user)
    return render(request, "site/timeline/staff.html", context | {"reader": reader})


@access.members
@never_cache
@require_safe
def of_firm(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the people of a business its own story, and whether everyone sees what it agreed on."""
    business, role = _own(request.user, number)
    if business.number != number.upper():
        return redirect("site:own-timeline", business.number)
    reader = timeline.reader_of_firm()
    context = _page(request, business, reader, request.user)
    context |= {
        "role": role,
        "consent": shows_outcomes(business),
        "consent_text": words(Consent.Purpose.OUTCOMES_PUBLIC),
        "may_consent": policies.can_manage_members(role),
        "is_listed": business.status == Business.Status.LISTED,
    }
    return render(request, "site/timeline/own.html", context)


@access.members
@require_POST
def show_outcomes(request: SignedInRequest, number: str) -> HttpResponse:
    """Let everyone see that orders were agreed, or no longer; for an owner to say."""
    business, role = _own(request.user, number)
    access.require(policies.can_manage_members(role))
    if "agree" in request.POST:
        actions.show_outcomes(business, actor=request.user, at=now())
        messages.success(request, _("Noted. You can withdraw this at any time."))
    elif actions.hide_outcomes(business, actor=request.user, at=now()):
        text = _("Consent withdrawn. Nobody outside sees any more that orders were agreed.")
        messages.success(request, text)
    else:
        messages.info(request, _("This consent had ended already."))
    return redirect("site:own-timeline", business.number)


@access.members
@never_cache
@require_safe
def as_file(request: SignedInRequest, number: str) -> HttpResponseBase:
    """Hand the people of a business its whole story as a file for spreadsheets."""
    business, _role = _own(request.user, number)
    rows = _rows(Writer(timeline.reader_of_firm(), business, request.user), get_language() or "id")
    response = StreamingHttpResponse(text_lines(headings(), rows), content_type="text/csv")
    name = f"ifn-perjalanan-{business.number}-{localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rows(writer: Writer, language: str) -> Iterator[Sequence[Value]]:
    """Return all rows; the language of the request is forgotten by the time they are made."""
    pieces = timeline.whole_story(writer.business, writer.reader, today=localdate())
    while True:
        with translation.override(language):
            moments = next(pieces, None)
            rows = [] if moments is None else list(writer.rows(moments))
        if moments is None:
            return
        yield from rows


@access.everyone
@require_safe
def of_everyone(request: HttpRequest, number: str) -> HttpResponse:
    """Show what everyone may read of a listed firm's way through the network."""
    business = get_object_or_404(Business, number=number.upper())
    stands = standing_for(business)
    if stands.status != Business.Status.LISTED:
        raise Http404
    if stands.number != number:
        return redirect("site:timeline", stands.number)
    context = _page(request, stands, timeline.reader_of_public(stands), None)
    return render(request, "site/timeline/public.html", context)


def _own(user: User, number: str) -> tuple[Business, str]:
    """Return a business that a person looks after, or what it was merged into, and their role.

    Raises:
        Http404: There is none, or they may not know that there is.
        PermissionDenied: They are not of its people.

    """
    found = business_and_role(number.upper(), user)
    if found and found[0].status == Business.Status.MERGED:
        found = business_and_role(standing_for(found[0]).number, user)
    if found is None or not policies.can_see(user, *found):
        raise Http404
    access.require(bool(found[1]))
    return found


def _page(
    request: HttpRequest, business: Business, reader: Reader, user: User | None
) -> dict[str, Any]:
    """Return what a page shows: a stretch before the place in the address, of one kind or all."""
    kinds = timeline.kinds_for(reader)
    kind = WORDS.get(request.GET.get("jenis", ""))
    kind = kind if kind in kinds else None
    before = Place.read(request.GET.get("sebelum", ""))
    part = timeline.stretch(business, reader, today=localdate(), before=before, kind=kind)
    writer = Writer(reader, business, user)
    return {
        "business": business,
        "months": writer.months(part.moments),
        "kinds": _tabs(request, kinds, kind) if reader.audience != Audience.PUBLIC else [],
        "kind": kind,
        "is_newest": before is None,
        "newest": query_with(request.GET, {"sebelum": ""}),
        "earlier": query_with(request.GET, {"sebelum": part.earlier.written()})
        if part.earlier
        else "",
        "file": reverse("site:timeline-file", args=[business.number]),
    }


def _tabs(request: HttpRequest, kinds: Sequence[Kind], chosen: Kind | None) -> list[dict[str, Any]]:
    here = request.path
    tabs = [{"title": _("All"), "href": here, "current": chosen is None}]
    return tabs + [
        {"title": kind.label, "href": f"{here}?jenis={word}", "current": kind == chosen}
        for word, kind in WORDS.items()
        if kind in kinds
    ]
