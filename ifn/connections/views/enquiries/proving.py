"""A visitor shows whose an address is, and finds the way back to what they wrote."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.connections import telling
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries.clock import UNPROVEN_KEPT
from ifn.connections.enquiring import tokens, whatsapp
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Enquiry, Letter
from ifn.connections.wording import firm_name


@access.everyone
@never_cache
@require_safe
def written(request: HttpRequest) -> HttpResponse:
    """Say what a visitor does next; the same to everybody, with and without an account."""
    context = {"by_phone": request.GET.get("lewat") == "telepon"}
    return render(request, "connections/enquiries/written.html", context)


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """Let a visitor confirm an address with one tap, which sends what they wrote."""
    try:
        letter = _letter(tokens.proof_of(token))
    except tokens.Foreign:
        raise Http404 from None
    if letter is None:
        return render(request, "connections/enquiries/gone.html", status=HTTPStatus.GONE)
    if request.method == "POST":
        actions.prove(letter, at=now())
        return redirect("connections:prove", token)
    return render(request, "connections/enquiries/prove.html", _letter_context(letter))


@access.everyone
@never_cache
@require_safe
def kept(request: HttpRequest, token: str) -> HttpResponse:
    """Show a visitor without e-mail how the number is confirmed, and then the answers."""
    try:
        letter = _letter(tokens.kept_by(token))
    except tokens.Foreign:
        raise Http404 from None
    if letter is None:
        return render(request, "connections/enquiries/gone.html", status=HTTPStatus.GONE)
    office = settings.OFFICE_WHATSAPP if letter.proof_code else ""
    words = whatsapp.proof(letter.proof_code, letter.language)
    context = {
        "is_kept": True,
        "own_address": f"{settings.PUBLIC_ADDRESS}{request.path}",
        "office": office,
        "whatsapp": whatsapp.link(office, words) if office else "",
        "days": UNPROVEN_KEPT.days,
    }
    return render(request, "connections/enquiries/prove.html", _letter_context(letter) | context)


def _letter(pk: int) -> Letter | None:
    """Return a letter that was neither removed nor emptied."""
    return Letter.objects.select_related("opportunity").filter(pk=pk).exclude(text="").first()


def _letter_context(letter: Letter) -> dict[str, Any]:
    today = localdate()
    found = Enquiry.objects.filter(letter=letter).select_related(
        "letter__opportunity", "business__merged_into"
    )
    rows = [
        {
            "enquiry": one,
            "name": firm_name(one),
            "reason": telling.reason_of(one),
            "address": reverse(
                "connections:by-link", args=[tokens.for_side(one.pk, Side.ASKER, today)]
            )
            if one.state != State.WAITING
            else "",
        }
        for one in found.order_by("place")
    ]
    return {"letter": letter, "about": letter.opportunity, "rows": rows}
