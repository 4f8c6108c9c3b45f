"""Enquiries that came in and went out, and the page of one, for its two sides."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections import telling
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import codes, nextsteps, tokens
from ifn.connections.enquiring.reasons import Answer
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Enquiry, LetterFile, Opportunity, Question, Worth
from ifn.connections.queries.answers import unfilled_of
from ifn.connections.queries.enquiries import (
    Standing,
    box_of,
    briefly,
    enquiry_with,
    has_lost_people,
    has_somebody,
    is_blocked,
    standing_of,
    steps_of,
    waiting_at,
    with_letters,
)
from ifn.connections.telling import asker_name, reason_of
from ifn.connections.views.enquiries import listing
from ifn.connections.views.enquiries.about import about_of
from ifn.connections.views.enquiries.acting import Desk, act, empty_forms
from ifn.connections.wording import firm_name, money, quantity_of
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.ui import fragments

PAGE_SIZE: Final = 20
#: Where the button to WhatsApp leads; a browser that minds where forms go would stop it otherwise.
WHATSAPP: Final = {"form-action": ["https://wa.me", "https://api.whatsapp.com"]}


@access.members
@never_cache
@require_safe
def boxes(request: SignedInRequest) -> HttpResponse:
    """Show what came in or went out, each with the next step, who acts and by when."""
    at = now()
    is_out = request.GET.get("arah") == "keluar"
    about = _about_asked(request, is_out=is_out)
    found = box_of(request.user, is_out=is_out, about=about)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    side = Side.ASKER if is_out else Side.FIRM
    context = {
        "page": page,
        "rows": fragments.join([listing.row(one, side) for one in briefly(page)]),
        "is_out": is_out,
        "about": about,
        "waiting": waiting_at(request.user, at=at),
    }
    return render(request, "connections/enquiries/boxes.html", context)


def _about_asked(request: SignedInRequest, *, is_out: bool) -> Opportunity | None:
    """Return the opportunity that the address names, if the person wrote to it or it is theirs."""
    number = request.GET.get("peluang", "")
    one = Opportunity.objects.filter(number=number.upper()).first() if number else None
    if one is None or not len(box_of(request.user, is_out=is_out, about=one)):
        return None
    return one


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Show one enquiry to one of its sides, which acts here."""
    found, standing = _opened(request, code)
    at = now()
    is_first = standing.side == Side.FIRM and found.state == State.SENT
    if is_first and request.method == "GET" and standing.may_answer:
        actions.see(found, by=actions.By(Side.FIRM, request.user), at=at)
        found = _anew(found)
    return _page(request, Desk(found, standing), request.path, at=at)


def _opened(request: SignedInRequest, code: str) -> tuple[Enquiry, Standing]:
    try:
        found = enquiry_with(codes.read(code))
    except codes.NotACode:
        raise Http404 from None
    standing = standing_of(request.user, found) if found else None
    if found is None or standing is None:
        raise Http404
    return found, standing


def _anew(found: Enquiry) -> Enquiry:
    return with_letters().get(pk=found.pk)


def _page(request: HttpRequest, desk: Desk, here: str, *, at: datetime) -> HttpResponseBase:
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            is_done = act(request, desk, at=at)
        except (actions.NoSuchContact, actions.ReasonMissing):
            is_done = False
        if is_done:
            return redirect(desk.leave or here)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        empty_forms(desk)
    return _shown(request, _context(desk), status)


def _shown(request: HttpRequest, context: dict[str, Any], status: HTTPStatus) -> HttpResponseBase:
    """Write the page, from which a form may lead to WhatsApp."""

    @csp_update(WHATSAPP)
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "connections/enquiries/one.html", context, status=status)

    return page(request)


def _context(desk: Desk) -> dict[str, Any]:
    found, side = desk.enquiry, desk.side
    letter = found.letter
    is_firm = side == Side.FIRM
    worths = Worth.objects.filter(enquiry=found).order_by("kind", "side")
    return {
        "enquiry": found,
        "letter": letter,
        "firm": found.firm if is_firm or found.is_firm_known else None,
        "name": asker_name(letter) if is_firm else firm_name(found),
        "about": about_of(found, side, is_member=desk.standing.person is not None),
        "unfilled": unfilled_of(found) if is_firm and desk.standing.may_answer else None,
        "is_asker": not is_firm,
        "side": side,
        "next": nextsteps.next_for(side, found.state, found.answer_by),
        "reason": reason_of(found),
        "quantity": quantity_of(letter),
        "files": list(LetterFile.objects.filter(letter=letter).order_by("pk")),
        "steps": steps_of(found),
        "worths": [(one.get_kind_display(), one.get_side_display(), money(one)) for one in worths],
        "contacts": desk.contacts,
        "forms": desk.forms,
        "may_answer": desk.standing.may_answer,
        "by_link": desk.standing.person is None,
        "is_blocked": is_firm and is_blocked(found),
        "nobody": not is_firm and not has_somebody(found.firm),
    }


@access.members
@never_cache
@require_safe
def file(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a file of a letter to one of its sides."""
    found, _standing = _opened(request, code)
    return handed_out(found, pk)


def handed_out(found: Enquiry, pk: int) -> HttpResponseBase:
    """Return a file of an enquiry's letter, as one to be kept."""
    kept = get_object_or_404(LetterFile, pk=pk, letter=found.letter_id)
    store = private_files()
    if not store.exists(kept.file):
        raise Http404
    return private_file(store.open(kept.file), f"{found.public_code}-{kept.pk}")


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show one enquiry to whoever has the link of a side, who acts here without an account."""
    at = now()
    try:
        held = tokens.side_of(token, localdate(at))
    except tokens.Foreign:
        raise Http404 from None
    except tokens.Expired as old:
        found = _shown_to(old.key, Side(old.side))
        return _too_old(request, found, Side(old.side), at=at)
    found = _shown_to(held.key, held.side)
    if has_lost_people(found, held):
        return _too_old(request, found, held.side, at=at, has_left=True)
    desk = Desk(found, Standing(held.side, may_answer=True))
    return _page(request, desk, request.path, at=at)


def _shown_to(pk: int, side: Side) -> Enquiry:
    found = next(iter(with_letters().filter(pk=pk)), None)
    if found is None:
        raise Http404
    if side == Side.FIRM and not found.is_before_firm:
        raise Http404
    return found


def _too_old(
    request: HttpRequest, found: Enquiry, side: Side, *, at: datetime, has_left: bool = False
) -> HttpResponse:
    """Say that a link no longer opens, and send a new one to whom it belongs now."""
    is_sent = request.method == "POST"
    if is_sent:
        telling.send_link_again(found, side, at=at)
    context = {"days": tokens.VALID.days, "is_sent": is_sent, "has_left": has_left}
    status = HTTPStatus.OK if is_sent else HTTPStatus.GONE
    return render(request, "connections/enquiries/link_over.html", context, status=status)


@access.everyone
@never_cache
@require_safe
def file_by_link(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:  # noqa: ARG001
    """Hand out a file of a letter to whoever has the link of a side."""
    try:
        held = tokens.side_of(token, localdate())
    except (tokens.Foreign, tokens.Expired):
        raise Http404 from None
    found = _shown_to(held.key, held.side)
    if has_lost_people(found, held):
        raise Http404
    return handed_out(found, pk)


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Ask one side how it went: the page shows the answers, a tap gives one."""
    at = now()
    try:
        held = tokens.question_of(token, localdate(at))
    except tokens.Foreign:
        raise Http404 from None
    except tokens.Expired:
        return _question_over(request)
    asked = get_object_or_404(
        Question.objects.select_related(
            "enquiry__letter__person",
            "enquiry__letter__business",
            "enquiry__letter__opportunity",
            "enquiry__business__merged_into",
        ),
        pk=held.key,
    )
    if has_lost_people(asked.enquiry, held):
        return _question_over(request, has_left=True)
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in Answer.values:
        actions.answer(asked, said, by=actions.By(held.side), at=at)
        return redirect("connections:question", token)
    found = asked.enquiry
    context = {
        "question": asked,
        "enquiry": found,
        "other": firm_name(found) if held.side == Side.ASKER else asker_name(found.letter),
        "answers": Answer.choices,
    }
    return render(request, "connections/enquiries/question.html", context)


def _question_over(request: HttpRequest, *, has_left: bool = False) -> HttpResponse:
    over = {"days": tokens.VALID.days, "is_question": True, "has_left": has_left}
    return render(request, "connections/enquiries/link_over.html", over, status=HTTPStatus.GONE)
