"""The office's view of enquiries: what waits for it, what was reported, who writes how much."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections import telling
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import whatsapp
from ifn.connections.enquiring.reasons import Held
from ifn.connections.models import Enquiry, Letter, LetterFile
from ifn.connections.policies.enquiries import can_look_after
from ifn.connections.queries.office import (
    VOLUME_DAYS,
    complaints_about,
    first_complaints,
    held_letters,
    letter_with_code,
    letters_by_key,
    letters_without_email,
    volume,
)
from ifn.connections.telling import asker_name, reason_of
from ifn.connections.views.enquiries.reading import handed_out
from ifn.connections.wording import quantity_of


@access.staff
@never_cache
@require_safe
def office(request: SignedInRequest) -> HttpResponse:
    """Show what waits for the office, and who wrote most; or find the letter of a code."""
    access.require(can_look_after(request.user))
    code = request.GET.get("kode", "").strip()
    found = letter_with_code(code)
    if found is not None:
        return redirect("connections:letter", found.pk)
    held, by_phone = held_letters(), letters_without_email()
    letters = letters_by_key([*held, *by_phone])
    context = {
        "code": code[:40],
        "held": [_held(letters[pk]) for pk in held],
        "by_phone": [letters[pk] for pk in by_phone],
        "complaints": [
            {"complaint": one, "sender": asker_name(one.enquiry.letter)}
            for one in first_complaints()
        ],
        "senders": [(one, asker_name(one.letter)) for one in volume(at=now())],
        "days": VOLUME_DAYS,
        "shows_codes": bool(settings.OFFICE_WHATSAPP),
    }
    return render(request, "connections/enquiries/office.html", context)


def _held(letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter,
        "sender": asker_name(letter),
        "why": ", ".join(str(Held(one).label) for one in letter.held_for if one in Held.values),
    }


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a letter with what became of it, and decide whether it goes out."""
    access.require(can_look_after(request.user))
    found = get_object_or_404(
        Letter.objects.select_related("person", "business", "opportunity", "judged_by"), pk=pk
    )
    if request.method == "POST":
        _decide(request, found)
        return redirect("connections:letter", pk)
    rows = Enquiry.objects.filter(letter=found).select_related("business__merged_into")
    context = {
        **_held(found),
        "quantity": quantity_of(found),
        "files": list(LetterFile.objects.filter(letter=found).order_by("pk")),
        "rows": [(one, one.firm, reason_of(one)) for one in rows.order_by("place")],
        "complaints": complaints_about(found),
        "whatsapp": _link_for(found),
        "by_code": bool(settings.OFFICE_WHATSAPP and found.proof_code),
    }
    return render(request, "connections/enquiries/letter.html", context)


def _decide(request: SignedInRequest, found: Letter) -> None:
    at, actor = now(), request.user
    match request.POST.get("do", ""):
        case "release" if actions.release(found, actor=actor, at=at):
            messages.success(request, _("Sent."))
        case "proven" if found.state == Letter.State.UNPROVEN:
            actions.prove(found, at=at, actor=actor)
            messages.success(request, _("The number is noted as confirmed."))
        case "denied" if actions.deny_number(found, actor=actor, at=at):
            messages.success(
                request, _("Noted: the code came from another number. The enquiry is not sent.")
            )
        case "spam" if actions.mark_spam(found, actor=actor, at=at):
            messages.success(request, _("Marked as spam and taken back."))
        case "harmless" if actions.find_harmless(found, actor=actor, at=at):
            messages.success(request, _("The report is answered: nothing is wrong."))
        case _:
            messages.info(request, _("Somebody decided this meanwhile."))


def _link_for(found: Letter) -> str:
    """Return an address that opens WhatsApp with the link for a visitor who left a number alone."""
    if found.state != Letter.State.UNPROVEN or not found.phone:
        return ""
    with translation.override(found.language):
        text = _(
            "Hello, this is the Indonesia Footwear Network. Send your enquiry with one tap: "
            "%(link)s"
        ) % {"link": telling.address_of_proof(found)}
    return whatsapp.link(found.phone, text)


@access.staff
@never_cache
@require_safe
def letter_file(request: SignedInRequest, pk: int, file: int) -> HttpResponseBase:
    """Hand out a file of a letter to the office."""
    access.require(can_look_after(request.user))
    found = Enquiry.objects.filter(letter=pk).order_by("place").first()
    if found is None:
        raise Http404
    return handed_out(found, file)
