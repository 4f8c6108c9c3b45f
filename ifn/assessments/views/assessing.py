"""Assessing a firm: lists, beginning, the form part by part, handing in, deciding."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.actions import answering, deciding, receiving
from ifn.assessments.forms.assessing import DecideForm, StartForm
from ifn.assessments.instruments.answering import NoAnswer
from ifn.assessments.instruments.document import Kind
from ifn.assessments.models import Assessment, Conflict, Photo
from ifn.assessments.queries.assessments import (
    RELATED,
    assessment_and_role,
    beside,
    firms_to_assess,
    in_territory,
    open_conflicts,
    own_assessments,
    places_of,
    scores_of,
    sheet_of,
    unanswered,
)
from ifn.assessments.queries.instruments import document_of, versions_in_use
from ifn.assessments.views import results, sheets, writing
from ifn.directory.clean import Refused
from ifn.directory.downloads import private_file
from ifn.directory.handing import handed, private_files
from ifn.directory.models import Business
from ifn.directory.numbers import compact
from ifn.directory.queries import business_and_role, firms_named
from ifn.regions.queries import all_regions
from ifn.ui import pieces

PER_PAGE = 50
_STATES = {
    Assessment.State.DRAFT: ("", "edit"),
    Assessment.State.SUBMITTED: ("action", "clock"),
    Assessment.State.RETURNED: ("warn", "warning"),
    Assessment.State.APPROVED: ("good", "check"),
    Assessment.State.ASIDE: ("", "hide"),
}
State = Assessment.State


def opened(request: SignedInRequest, uuid: UUID) -> tuple[Assessment, str]:
    """Return an assessment that this person may open, and what they are to its firm.

    Raises:
        Http404: There is none.
        PermissionDenied: It is neither of their firm nor of their regions.

    """
    found = assessment_and_role(uuid, request.user)
    if found is None:
        raise Http404
    access.require(policies.can_see(request.user, *found))
    return found


def badge(one: Assessment) -> str:
    """Return where an assessment stands, as a badge."""
    tone, icon = _STATES[State(one.state)]
    return pieces.badge(one.get_state_display(), tone, icon)


@access.staff
@require_safe
def office(request: SignedInRequest) -> HttpResponse:
    """Show the assessments of the firms that this person works for, the last changed first."""
    access.require(policies.can_assess_any(request.user))
    state = request.GET.get("keadaan", "")
    found = in_territory(Assessment.objects.select_related(*RELATED), request.user)
    if state in State.values:
        found = found.filter(state=state)
    page = Paginator(found.order_by("-changed_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("hal")
    )
    tabs = [("", _("All")), *((one.value, one.label) for one in State)]
    context = {
        "page": page,
        "rows": [{"one": one, "badge": badge(one)} for one in page],
        "tabs": [
            {"title": label, "href": f"?keadaan={value}", "current": value == state}
            for value, label in tabs
        ],
        "may_build": policies.can_build(request.user),
    }
    return render(request, "assessments/office.html", context)


@access.staff
@require_safe
def find(request: SignedInRequest) -> HttpResponse:
    """Lead to where a firm is assessed, by its number; by its name let it be chosen."""
    access.require(policies.can_assess_any(request.user))
    words = request.GET.get("usaha", "")[:80].strip()
    given = compact(words)
    if business_and_role(given, request.user) is not None:
        return redirect("assessments:start", given)
    found = firms_named(words, places_of(request.user))
    if not found:
        messages.error(request, _("There is no firm with this name or number."))
        return redirect("assessments:office")
    regions = all_regions()
    firms = [(one, regions.full_name(one.region_id)) for one in found]
    return render(request, "assessments/find.html", {"firms": firms, "words": words})


@access.staff
@require_safe
def by_key(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead from the work list to an assessment."""
    one = get_object_or_404(Assessment.objects.select_related("business__merged_into"), pk=pk)
    access.require(policies.can_assess(request.user, one.firm))
    return redirect("assessments:assessment", one.uuid)


@access.members
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Show the assessments of a person's firms, and where they may begin one.

    Who assesses firms of others and has none goes on to these: the page without signal, which is
    the same for everybody, leads everybody here.
    """
    rows = [{"one": one, "badge": badge(one)} for one in own_assessments(request.user)[:100]]
    firms = firms_to_assess(request.user) if versions_in_use() else []
    assesses = policies.can_assess_any(request.user)
    if assesses and not (rows or firms):
        return redirect("assessments:office")
    context = {"rows": rows, "firms": firms, "assesses": assesses}
    return render(request, "assessments/mine.html", context)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, number: str) -> HttpResponse:
    """Begin to assess a firm: its own people by themselves, officers by phone or on a visit."""
    found = business_and_role(number.upper(), request.user)
    if found is None or found[0].kind != Business.Kind.BUSINESS:
        raise Http404
    business, role = found
    assesses = policies.can_assess(request.user, business) and not role
    access.require(assesses or policies.can_answer_for(business, role))
    modes = [Assessment.Mode.VISIT, Assessment.Mode.PHONE] if assesses else [Assessment.Mode.SELF]
    versions = versions_in_use()
    form = StartForm(request.POST or None, versions=versions, modes=modes, today=localdate())
    if form.is_valid():
        data = form.cleaned_data
        version = form.versions[data["version"]]
        open_one = Assessment.objects.open().filter(
            business=business, version=version, mode=data["mode"]
        )
        one = open_one.order_by("-pk").first() or answering.start(
            business,
            version,
            mode=data["mode"],
            assessed_on=data["assessed_on"],
            actor=request.user,
            at=now(),
        )
        first = document_of(version).dimensions[0].code
        return redirect("assessments:fill", one.uuid, first)
    context = {"business": business, "form": form, "versions": versions, "is_own": bool(role)}
    return render(request, "assessments/start.html", context)


@access.members
@require_safe
def assessment(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show where an assessment stands: part by part both views, the gap, levels, what is next."""
    one, role = opened(request, uuid)
    document, sheet = document_of(one.version), sheet_of(one, with_photos=True)
    sides = policies.sides(request.user, one, role)
    side = "own" if one.mode == Assessment.Mode.SELF else "assessor"
    left = unanswered(document, sheet, side)
    scores = scores_of([one]).get(one.pk, [])
    context = {
        "one": one,
        "badge": badge(one),
        "document": document,
        "parts": [
            {
                "part": writing.part(document, dimension, place),
                "lines": sheets.lines(document, dimension, sheet, frozenset()),
                "left": sum(document.by_code[code].dimension == dimension.code for code in left),
            }
            for place, dimension in enumerate(document.dimensions, start=1)
        ],
        "left": left,
        "may_write": bool(sides),
        "may_submit": policies.can_submit(request.user, one, role),
        "may_decide": policies.can_decide(request.user, one, role),
        "is_staff": policies.can_assess(request.user, one.firm),
        "conflicts": open_conflicts(one).count(),
        "beside": beside(one),
        "may_set_aside": policies.can_set_aside(request.user, one, role),
        "form": DecideForm(),
        "levels": results.levels_of(document, scores),
        "radar": results.radar_of(document, scores),
    }
    return render(request, "assessments/assessment.html", context)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: SignedInRequest, uuid: UUID, part: str) -> HttpResponse:
    """Show one dimension to answer; what is sent is kept as far as it can be."""
    one, role = opened(request, uuid)
    document = document_of(one.version)
    dimension = document.dimensions_by_code.get(part)
    if dimension is None:
        raise Http404
    sides = policies.sides(request.user, one, role)
    access.require(bool(sides))
    saved = None
    if request.method == "POST":
        codes = [asked.code for asked in document.questions_of(part)]
        sent = sheets.changes(document, codes, sides, request.POST)
        saved = answering.save_answers(one, sent, actor=request.user, at=now())
        is_whole = _keep_photos(request, one, codes, sides)
        if is_whole and not saved.refused and not saved.conflicts:
            return _onwards(request, one, part)
    order = [other.code for other in document.dimensions]
    sheet = sheet_of(one, with_photos=True)
    context = {
        "one": one,
        "part": writing.part(document, dimension, order.index(part) + 1),
        "count": len(order),
        "lines": sheets.lines(document, dimension, sheet, sides, saved),
        "document": document,
        "is_last": part == order[-1],
        "photo": Kind.PHOTO.value,
    }
    status = HTTPStatus.CONFLICT if saved and saved.conflicts else HTTPStatus.OK
    return render(request, "assessments/fill.html", context, status=status)


def _keep_photos(
    request: SignedInRequest, one: Assessment, codes: list[str], sides: frozenset[str]
) -> bool:
    """Keep the photos of a form; say whether all could be."""
    is_whole = True
    for code, side in ((code, side) for code in codes for side in sorted(sides)):
        for given in request.FILES.getlist(sheets.name_of(code, side) + sheets.FILE):
            try:
                _keep_photo(request, one, code, side, given)
            except (Refused, NoAnswer, answering.TooManyPhotos) as refused:
                words = str(refused) if isinstance(refused, Refused) else _("five photos at most")
                messages.error(request, f"{code}: {words}")
                is_whole = False
    return is_whole


def _keep_photo(
    request: SignedInRequest, one: Assessment, code: str, side: str, given: Any
) -> None:
    photo = handed(given)
    if photo.suffix == "pdf":
        raise Refused("not_a_picture", _("This is no picture. Send a JPEG or PNG."))
    answering.add_photo(one, code, side, photo, actor=request.user, at=now())


def _onwards(request: SignedInRequest, one: Assessment, part: str) -> HttpResponse:
    order = [other.code for other in document_of(one.version).dimensions]
    place = order.index(part) + 1
    if "next" in request.POST and place < len(order):
        return redirect("assessments:fill", one.uuid, order[place])
    messages.success(request, _("Saved."))
    return redirect("assessments:assessment", one.uuid)


@access.members
@require_POST
def submit(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Hand an assessment in."""
    one, role = opened(request, uuid)
    access.require(policies.can_submit(request.user, one, role) or not one.is_open)
    try:
        deciding.submit(one, actor=request.user, at=now())
    except deciding.Unanswered as left:
        messages.error(
            request,
            _(
                "Not handed in: %(number)d questions that must be answered are open. They are "
                "marked below."
            )
            % {"number": len(left.codes)},
        )
    except deciding.Undecided:
        messages.error(request, _("Two people answered differently. Say first what counts."))
    except deciding.NothingScored:
        messages.error(request, _("Nothing was answered from which a level could be made."))
    except answering.NotOpen:
        messages.info(request, _("It was handed in already."))
    else:
        messages.success(request, _("Handed in. It waits for approval."))
    return redirect("assessments:assessment", one.uuid)


@access.members
@require_POST
def decide(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Approve an assessment, or send it back with a reason."""
    one, role = opened(request, uuid)
    access.require(policies.can_decide(request.user, one, role))
    form = DecideForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        if "approve" in request.POST:
            deciding.approve(one, actor=request.user, at=now())
            messages.success(request, _("Approved. It counts from now on."))
        elif "return" in request.POST:
            deciding.send_back(one, reason=reason, actor=request.user, at=now())
            messages.success(request, _("Sent back with the reason."))
    except deciding.ReasonMissing:
        messages.error(request, _("Say why it is sent back."))
    except deciding.Undecided:
        messages.error(request, _("Two people answered differently. Say first what counts."))
    except answering.NotOpen:
        messages.info(request, _("It was decided already."))
    return redirect("assessments:assessment", one.uuid)


@access.members
@require_POST
def remove_photo(request: SignedInRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Remove a photo."""
    one, role = opened(request, uuid)
    found = get_object_or_404(Photo, pk=pk, assessment=one)
    access.require(found.side in policies.sides(request.user, one, role))
    answering.remove_photo(found, actor=request.user, at=now())
    messages.success(request, _("The photo is gone."))
    dimension = document_of(one.version).by_code[found.question].dimension
    return redirect("assessments:fill", one.uuid, dimension)


@access.members
@never_cache
@require_safe
def photo(request: SignedInRequest, uuid: UUID, pk: int) -> HttpResponseBase:
    """Show a photo to whoever may open the assessment."""
    one, _role = opened(request, uuid)
    found = get_object_or_404(Photo, pk=pk, assessment=one)
    store = private_files()
    if not store.exists(found.file):
        raise Http404
    return private_file(store.open(found.file), f"{found.question}-{found.pk}", in_page=True)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show what two people answered differently, and let one of both count."""
    one, role = opened(request, uuid)
    sides = policies.sides(request.user, one, role)
    access.require(bool(sides) or policies.can_assess(request.user, one.firm))
    found = open_conflicts(one)
    if request.method == "POST":
        conflict = found.filter(pk=_key(request.POST.get("one", ""))).first()
        choice = request.POST.get("choice", "")
        try:
            if conflict and choice in Conflict.Choice.values:
                receiving.decide_conflict(conflict, choice, actor=request.user, at=now())
        except answering.NotOpen:
            messages.error(request, _("This side is closed. Send the assessment back first."))
        return redirect("assessments:conflicts", one.uuid)
    document = document_of(one.version)
    rows = [
        {
            "one": conflict,
            "asked": document.by_code[conflict.question].text.said(writing.language())
            if conflict.question in document.by_code
            else conflict.question,
            "here": sheets.shown(conflict.here),
            "sent": sheets.shown(conflict.sent),
        }
        for conflict in found.select_related("package__person")
    ]
    return render(request, "assessments/conflicts.html", {"one": one, "rows": rows})


def _key(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0  # noqa: PLR2004
