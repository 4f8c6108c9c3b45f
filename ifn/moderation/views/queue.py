"""The work list: everything that waits for this person of the staff, filtered by its address."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.assessments.policies import can_assess_any
from ifn.connections.policies.enquiries import can_look_after
from ifn.directory.models import Business
from ifn.intake.policies import can_upload
from ifn.moderation import actions, filters, work
from ifn.moderation.forms import FilterForm, ReasonForm
from ifn.moderation.kinds import KINDS
from ifn.moderation.queries import saved_filters
from ifn.moderation.scope import has_work, one_in_scope
from ifn.moderation.views import writing
from ifn.moderation.views.flow import flow_of, safe_back, with_query
from ifn.moderation.work import Wanted
from ifn.regions.queries import all_regions

PAGE_SIZE = 20


@access.staff
@never_cache
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    regions, at = all_regions(), now()
    wanted = filters.read(request.GET, regions)
    line = work.line(request.user, wanted, at=at)
    last = max(1, -(-len(line.places) // PAGE_SIZE))
    given = request.GET.get("hal", "")
    page = min(int(given), last) if given.isascii() and given.isdigit() and len(given) < 7 else 1  # noqa: PLR2004
    start = (max(page, 1) - 1) * PAGE_SIZE
    items = work.items(line.places[start : start + PAGE_SIZE])
    kinds = writing.kinds(wanted, line)
    context = {
        "lines": writing.lines(items, wanted, regions, request.user, at=at),
        "total": len(line.places),
        "has_rest": line.has_rest,
        "page": max(page, 1),
        "last": last,
        "may": {
            "lists": can_upload(request.user),
            "enquiries": can_look_after(request.user),
            "assess": can_assess_any(request.user),
        },
        "has_work": has_work(request.user),
        "wanted": wanted,
        "kinds": writing.tabs(kinds),
        "kind": next((one for one in kinds if one.current), None),
        "whose": writing.whose(wanted),
        "regions": writing.region_options(request.user, regions, wanted.region),
        "pills": writing.pills(wanted, regions),
        "query": filters.query(wanted),
        "kept": filters.pairs(replace(wanted, region="")),
        "saved": saved_filters(request.user),
        "form": FilterForm(),
    }
    return render(request, "moderation/work.html", context)


@access.staff
@require_POST
def take(request: SignedInRequest) -> HttpResponse:
    """Take, give back or look at what was ticked, and say how many it was."""
    chosen = _chosen(request.user, request.POST.getlist("work"))
    match request.POST.get("do", ""):
        case _ if not chosen:
            messages.info(request, _("Nothing is ticked that is yours to do."))
        case "take":
            _take(request, chosen)
        case "give_back":
            number = sum(
                actions.give_back(kind, subject, person=request.user) for kind, subject in chosen
            )
            said = ngettext("%d given back.", "%d given back.", number)
            messages.success(request, said % number)
        case "looked_at":
            _look_at_all(request, chosen)
    return redirect(safe_back(request))


def _chosen(person: User, ticked: Iterable[str]) -> list[tuple[str, int]]:
    """Return of what was ticked that which waits and is this person's to do; a query a kind."""
    wanted: dict[str, list[int]] = {}
    for text in list(ticked)[:500]:
        kind, _sep, subject = text.partition(":")
        if kind in KINDS and subject.isascii() and subject.isdigit() and len(subject) < 18:  # noqa: PLR2004
            wanted.setdefault(kind, []).append(int(subject))
    return [
        (kind, subject)
        for kind, subjects in wanted.items()
        for subject in work.waiting(KINDS[kind], person, Wanted(), at=now())
        .filter(pk__in=subjects)
        .order_by("pk")
        .values_list("pk", flat=True)
    ]


def _take(request: SignedInRequest, chosen: list[tuple[str, int]]) -> None:
    taken, others = 0, Counter[str]()
    for kind, subject in chosen:
        try:
            actions.take(kind, subject, person=request.user, at=now())
        except actions.TakenByAnother as refused:
            others[refused.person.name] += 1
        else:
            taken += 1
    if taken:
        said = ngettext("%d is yours now.", "%d are yours now.", taken)
        messages.success(request, said % taken)
    for name, number in others.items():
        said = ngettext(
            "%(number)d was taken by %(name)s already.",
            "%(number)d were taken by %(name)s already.",
            number,
        )
        messages.warning(request, said % {"number": number, "name": name})


def _look_at_all(request: SignedInRequest, chosen: list[tuple[str, int]]) -> None:
    profiles = [subject for kind, subject in chosen if kind == "profile"]
    done = 0
    for business in Business.objects.filter(pk__in=profiles).order_by("pk"):
        try:
            actions.look_at(business, is_fine=True, actor=request.user, at=now())
        except actions.LookedAtMeanwhile:
            continue
        done += 1
    said = ngettext("%d profile looked at.", "%d profiles looked at.", done)
    messages.success(request, said % done)
    if left := len(chosen) - len(profiles):
        said = ngettext(
            "%d left as it is: claims and reports are decided one by one.",
            "%d left as they are: claims and reports are decided one by one.",
            left,
        )
        messages.info(request, said % left)


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a profile that a member published, to be found in order or hidden."""
    business = one_in_scope(Business.objects.filter(pk=pk), request.user, "region")
    flow = flow_of(request, "profile", pk, at=now())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _looked(request, business, form):
        return redirect(flow.onward)
    context = {
        "business": business,
        "place": all_regions().full_name(business.region_id),
        "flow": flow,
        "form": form,
    }
    return render(request, "moderation/look.html", context)


def _looked(request: SignedInRequest, business: Business, form: ReasonForm) -> bool:
    is_fine = "fine" in request.POST
    try:
        actions.look_at(
            business,
            is_fine=is_fine,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            at=now(),
        )
    except actions.ReasonMissing:
        form.add_error("reason", _("Write why the profile is hidden."))
        return False
    except actions.LookedAtMeanwhile as refused:
        name = refused.look.looked_by.name if refused.look.looked_by else "?"
        said = _("%(name)s looked at this profile already; nothing was changed.")
        messages.warning(request, said % {"name": name})
        return True
    said = _("%(name)s is in order.") if is_fine else _("%(name)s is hidden.")
    messages.success(request, said % {"name": business.name})
    return True


@access.staff
@require_POST
def save_filter(request: SignedInRequest) -> HttpResponse:
    """Keep the filter that the form was shown with under a name."""
    form = FilterForm(request.POST)
    wanted = filters.read_text(request.POST.get("saringan", ""), all_regions())
    query = filters.query(wanted)
    if not form.is_valid():
        messages.error(request, _("Give the filter a name of up to 60 letters."))
        return redirect(with_query(reverse("moderation:work"), query))
    data = form.cleaned_data
    try:
        actions.save_filter(
            data["name"], query=query, is_shared=data["is_shared"], person=request.user, at=now()
        )
    except actions.TooManyFilters:
        messages.error(request, _("You keep 30 filters. Remove one first."))
    else:
        messages.success(request, _("The filter “%s” is kept.") % data["name"])
    return redirect(with_query(reverse("moderation:work"), query))


@access.staff
@require_POST
def forget_filter(request: SignedInRequest, pk: int) -> HttpResponse:
    if actions.forget_filter(pk, person=request.user):
        messages.success(request, _("The filter is removed."))
    else:
        messages.info(request, _("Only whoever made a filter can remove it."))
    return redirect("moderation:work")
