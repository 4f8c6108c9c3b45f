from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.actions import LastAdministrator
from ifn.privacy import policies, queries
from ifn.privacy.actions import requests as actions
from ifn.privacy.clock import clock
from ifn.privacy.forms import RefuseForm, TakeDownForm, WordsForm
from ifn.privacy.models import DataRequest, Step, Sweep
from ifn.privacy.retention import RULES
from ifn.privacy.steps import PLANS
from ifn.privacy.tokens import to_follow

PAGE_SIZE = 50
STATES = ("open", "ended")


@access.staff
@never_cache
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """List requests with their clocks, and say when the rules of retention last ran."""
    access.require(policies.can_handle(request.user))
    state = request.GET.get("status", "open")
    kind = request.GET.get("jenis", "")
    found = queries.requests(
        state=state if state in STATES else "",
        kind=kind if kind in DataRequest.Kind.values else "",
    )
    page, at = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")), now()
    sweeps = {one.rule: one for one in Sweep.objects.all()}
    context = {
        "page": page,
        "rows": [(one, clock(one.due_at, at, one.ended_at)) for one in page],
        "state": state,
        "kind": kind,
        "kinds": DataRequest.Kind.choices,
        "rules": [(rule, sweeps.get(rule.key)) for rule in RULES],
    }
    return render(request, "privacy/work.html", context)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Enter a request that came by phone or letter; its clock runs from when it came in."""
    access.require(policies.can_handle(request.user))
    form = TakeDownForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        asked = actions.Asked(
            kind=data["kind"],
            way=data["way"],
            business=data["profile"],
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            text=data["text"],
        )
        made = actions.receive(asked, actor=request.user, at=data["received_at"])
        return redirect("privacy:request", made.pk)
    return render(request, "privacy/ask.html", {"form": form, "is_office": True})


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a request with its steps and notes, and do what the pressed button says."""
    access.require(policies.can_handle(request.user))
    asked = get_object_or_404(DataRequest.objects.select_related("business", "person"), pk=pk)
    words = WordsForm(request.POST if request.method == "POST" else None)
    refusal = RefuseForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and _decided(request, asked, words, refusal):
        return redirect("privacy:request", pk)
    steps = asked.steps.select_related("done_by").order_by("position")
    context = {
        "asked": asked,
        "clock": clock(asked.due_at, now(), asked.ended_at),
        "steps": [(one, PLANS[one.key]) for one in steps],
        "next": next((one.key for one in steps if not one.done_at), ""),
        "all_done": asked.state == DataRequest.State.OPEN and all(one.done_at for one in steps),
        "notes": asked.notes.select_related("author").order_by("written_at", "pk"),
        "words": WordsForm(),
        "refusal": refusal,
        "token": to_follow(asked.pk),
    }
    return render(request, "privacy/request.html", context)


def _decided(
    request: SignedInRequest, asked: DataRequest, words: WordsForm, refusal: RefuseForm
) -> bool:
    """Do what was asked and say whether the page is to be shown anew."""
    if "refuse" in request.POST and not refusal.is_valid():
        return False
    said = words.cleaned_data.get("words", "") if words.is_valid() else ""
    try:
        _do(request, asked, said, refusal)
    except actions.EndedMeanwhile:
        messages.error(request, _("This request was ended meanwhile; nothing was changed."))
    except actions.NotProven:
        messages.error(request, _("First it must be shown who asks."))
    except actions.StepsOpen:
        messages.error(request, _("Some steps are still to be done."))
    except actions.WordsMissing:
        messages.error(request, _("Write in words what was done or found."))
    return True


def _do(request: SignedInRequest, asked: DataRequest, said: str, refusal: RefuseForm) -> None:
    person, at = request.user, now()
    if "prove" in request.POST:
        actions.prove_by_hand(asked, words=said, actor=person, at=at)
    elif "finish" in request.POST:
        actions.finish(asked, actor=person, at=at)
        messages.success(request, _("Done. Whoever asked gets the proof."))
    elif "refuse" in request.POST:
        given = refusal.cleaned_data
        actions.refuse(asked, ground=given["ground"], reason=given["reason"], actor=person, at=at)
    elif "note" in request.POST or "message" in request.POST:
        is_message = "message" in request.POST
        actions.write_note(asked, said, is_message=is_message, actor=person, at=at)


@access.staff
@require_POST
def step(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Do one step of a request."""
    access.require(policies.can_handle(request.user))
    found = get_object_or_404(Step.objects.select_related("request"), request=pk, key=key)
    words = WordsForm(request.POST)
    said = words.cleaned_data["words"] if words.is_valid() else ""
    try:
        actions.do_step(found.request, key, words=said, actor=request.user, at=now())
    except actions.EndedMeanwhile:
        messages.error(request, _("This request was ended meanwhile; nothing was changed."))
    except actions.NotProven:
        messages.error(request, _("First it must be shown who asks."))
    except actions.StepsOpen:
        messages.error(request, _("Do the steps before this one first."))
    except actions.WordsMissing:
        messages.error(request, _("Write in words what was done or found."))
    except LastAdministrator:
        messages.error(request, _("This is the only administrator. Appoint another one first."))
    return redirect("privacy:request", pk)
