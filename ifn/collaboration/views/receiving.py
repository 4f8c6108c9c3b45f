"""What a recipient does with its code, without an account: sign, say how it is, order more."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.collaboration.actions import receiving
from ifn.collaboration.actions.receiving import Handover, maker_of
from ifn.collaboration.codes import Kind, spoken
from ifn.collaboration.forms.batches import FeedbackForm, ReorderForm, SignForm
from ifn.collaboration.models import Allocation
from ifn.collaboration.policies.projects import SPEAKS
from ifn.collaboration.queries.batches import lines_of
from ifn.collaboration.sharingwords import reason_of
from ifn.collaboration.sizing import shown
from ifn.collaboration.views.reaching import handed_out_by
from ifn.connections.actions import enquiries
from ifn.connections.enquiring.askers import Asker
from ifn.connections.models import Enquiry
from ifn.directory.queries import role_in
from ifn.quotas.places import place_of
from ifn.quotas.tries import Bound, count, take_back
from ifn.vocabulary.models import Vocabulary
from ifn.vocabulary.queries import lexicon

#: Codes that are none, tried from one place in a while.
TRIES: Final = 30
View = Callable[[HttpRequest, str], HttpResponse]


def within_tries(view: View) -> View:
    """Answer nobody who tries codes; one that is found is no try, for many may share a place."""

    @wraps(view)
    def answer(request: HttpRequest, code: str) -> HttpResponse:
        bound = Bound("hand-out", place_of(request), TRIES)
        if again_at := count(bound, at=now()):
            context = {"time": time_format(localtime(again_at), "H:i")}
            status = HTTPStatus.TOO_MANY_REQUESTS
            return render(request, "collaboration/too_many_codes.html", context, status=status)
        answered = view(request, code)
        take_back(bound)
        return answered

    return answer


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@within_tries
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a code stands for, and let who has it sign once."""
    one = handed_out_by(code)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _signed(request, one, form):
        return redirect("collaboration:receive", one.code)
    return render(request, "collaboration/receive.html", _context(request, one) | {"form": form})


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _signed(request: HttpRequest, one: Allocation, form: SignForm) -> bool:
    given = form.cleaned_data
    handover = Handover(given["name"], localdate(), words=given["words"])
    try:
        _receipt, is_new = receiving.sign(one, handover, actor=_actor(request), at=now())
    except receiving.NothingPromised:
        form.add_error(None, _("Nothing is allocated to this business yet. Ask whoever hands out."))
        return False
    if is_new:
        messages.success(request, _("Signed. Thank you."))
    else:
        messages.info(request, _("It was signed for already; nothing was changed."))
    return True


def _context(request: HttpRequest, one: Allocation) -> dict[str, Any]:
    lines, receipt = lines_of(one), getattr(one, "receipt", None)
    said = getattr(receipt, "feedback", None)
    initial: dict[str, Any] = {}
    may_order = receipt is not None and _may_order(request, one)
    if said is not None:
        again = {True: "yes", False: "no"}.get(said.would_order, "")
        initial = {
            "rating": said.rating,
            "words": said.words,
            "would_order": again,
            "pairs_wanted": said.pairs_wanted,
        }
    return {
        "one": one,
        "batch": one.batch,
        "firm": one.business,
        "code": spoken(Kind.HAND_OUT, one.code),
        "lines": [{"one": line, "size": shown(line.size.size)} for line in lines],
        "pairs": sum(line.quantity for line in lines),
        "why": one.reason or reason_of(one.basis),
        "receipt": receipt,
        "said": said,
        "feedback": FeedbackForm(initial=initial) if receipt else None,
        "maker": maker_of(one.batch) if receipt else None,
        "reorder": ReorderForm() if may_order else None,
        "may_order": may_order,
    }


def _may_order(request: HttpRequest, one: Allocation) -> bool:
    """Say whether this person orders for the firm that got some."""
    user = _actor(request)
    return user is not None and role_in(one.business, user) in SPEAKS


@access.everyone
@never_cache
@require_POST
@within_tries
def feedback(request: HttpRequest, code: str) -> HttpResponse:
    """Let who has the code say how good it was."""
    one, form = handed_out_by(code), FeedbackForm(request.POST)
    receipt = getattr(one, "receipt", None)
    if receipt is None:
        messages.error(request, _("Sign for what you received first."))
    elif form.is_valid():
        receiving.give_feedback(receipt, **form.said(), actor=_actor(request), at=now())
        messages.success(request, _("Noted. Thank you."))
    else:
        messages.error(request, _("Choose how good it is, from 1 to 5; pairs as a whole number."))
    return redirect(f"{reverse('collaboration:receive', args=[one.code])}#tanggapan")


@access.members
@require_POST
def reorder(request: SignedInRequest, code: str) -> HttpResponse:
    """Let the people of the firm ask the maker for more."""
    one, form = handed_out_by(code), ReorderForm(request.POST)
    access.require(_may_order(request, one))
    if not form.is_valid():
        messages.error(request, _("Write what you need; pairs as a whole number."))
    elif enquiry := _ordered(request, one, form):
        messages.success(request, _("Your enquiry is with the maker."))
        return redirect("connections:enquiry", enquiry.code)
    return redirect("collaboration:receive", one.code)


def _ordered(request: SignedInRequest, one: Allocation, form: ReorderForm) -> Enquiry | None:
    user, given = request.user, form.cleaned_data
    unit = lexicon().get(Vocabulary.UNIT, "PASANG")
    asker = Asker(
        person=user,
        business=one.business,
        email=user.email or "",
        phone=user.phone or "",
        language="en" if get_language() == "en" else "id",
    )
    try:
        return receiving.reorder(
            one,
            given["text"],
            quantity=given["quantity"],
            unit=unit.pk if unit else None,
            asker=asker,
            at=now(),
        )
    except (receiving.NoMaker, enquiries.NotShown):
        messages.error(request, _("The maker is not in the directory now. Ask the office."))
    except enquiries.OwnFirm:
        messages.error(request, _("The maker is your own business."))
    except enquiries.TooManyLetters:
        messages.error(request, _("You wrote as many enquiries today as you may. Try tomorrow."))
    return None
