"""Questionnaires for those who build them: list, begin, one version and what to do with it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.actions import instruments as actions
from ifn.assessments.forms.instruments import (
    ComparableForm,
    ImportForm,
    InstrumentForm,
    RenameForm,
)
from ifn.assessments.instruments import comparing, editing
from ifn.assessments.instruments import wording as instrument_wording
from ifn.assessments.instruments.document import Document, Kind
from ifn.assessments.models import InstrumentVersion
from ifn.assessments.queries.instruments import (
    document_of,
    faults_of,
    instruments,
    version_before,
    version_of,
)
from ifn.assessments.views import writing
from ifn.assessments.xlsform import files, parsing
from ifn.assessments.xlsform import wording as cell_wording
from ifn.assessments.xlsform import writing as form_writing
from ifn.directory.spreadsheets import KINDS


def opened(request: SignedInRequest, code: str, number: int) -> InstrumentVersion:
    """Return a version for somebody who builds questionnaires.

    Raises:
        PermissionDenied: They do not.
        Http404: There is no such version.

    """
    access.require(policies.can_build(request.user))
    version = version_of(code, number)
    if version is None:
        raise Http404
    return version


@access.staff
@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """Show every questionnaire with its versions."""
    access.require(policies.can_build(request.user))
    rows = [
        {
            "one": one,
            "versions": [
                {"one": version, "badge": writing.state_badge(version)}
                for version in one.versions.all()
            ],
        }
        for one in instruments()
    ]
    return render(request, "assessments/instruments.html", {"rows": rows})


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Begin a questionnaire, empty or with an XLSForm."""
    access.require(policies.can_build(request.user))
    form = InstrumentForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if form.is_valid():
        data = form.cleaned_data
        document, faults = _imported(data["file"]) if data["file"] else (Document(), [])
        if document is not None:
            try:
                made = actions.create_instrument(
                    data["code"],
                    name_id=data["name_id"],
                    name_en=data["name_en"],
                    document=document,
                    actor=request.user,
                    at=now(),
                )
            except actions.CodeTaken:
                form.add_error("code", _("This code is taken. Choose another one."))
            else:
                return redirect("assessments:version", made.instrument.code, made.number)
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    context = {"form": form, "faults": faults}
    return render(request, "assessments/new_instrument.html", context, status=status)


def _imported(given: Any) -> tuple[Document | None, list[str]]:
    """Return the questionnaire of an uploaded form, or in words what is wrong with it."""
    if given.size > files.LARGEST_FILE:
        return None, [_("The file is larger than 5 MB. Take pictures and other sheets out.")]
    try:
        return parsing.document(files.read(given.read())), []
    except files.NotAWorkbook:
        return None, [_("This is no .xlsx file that can be read. Save it as .xlsx and try again.")]
    except parsing.NotAForm as refused:
        return None, [cell_wording.said(fault) for fault in refused.faults]


@access.staff
@require_safe
def version(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Show a version: what it asks, what it lacks, and what can be done with it."""
    one = opened(request, code, number)
    document = document_of(one)
    before = version_before(one)
    known = {part.code for part in document.dimensions}
    faults = faults_of(one) if one.is_draft else []
    context = {
        "one": one,
        "badge": writing.state_badge(one),
        "document": document,
        "parts": writing.parts(document),
        "levels": [text.said(writing.language()) for text in document.levels],
        "faults": [
            {"words": instrument_wording.said(fault), "part": fault.part} for fault in faults
        ],
        "before": before,
        "changed": sorted(comparing.changed(document_of(before), document)) if before else [],
        "kinds": [(kind.value, name) for kind, name in instrument_wording.KINDS.items()],
        "is_newest": not one.instrument.versions.filter(number__gt=one.number).exists(),
        "known": known,
    }
    return render(request, "assessments/version.html", context)


@access.staff
@require_safe
def preview(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Show a version as whoever is asked will see it; nothing is kept."""
    one = opened(request, code, number)
    document = document_of(one)
    context = {"one": one, "document": document, "parts": writing.parts(document)}
    return render(request, "assessments/preview.html", context)


@access.staff
@require_POST
def act(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Put in use, retire, begin the next version, throw a draft away, move or remove a part."""
    one = opened(request, code, number)
    deed = _DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        return redirect("assessments:version", code, number)
    try:
        return deed(request, one)
    except actions.NotADraft:
        messages.error(request, _("This version is in use or was: it stays as it is."))
    except actions.NotInUse:
        messages.error(request, _("This version is not in use."))
    except actions.ChangedMeanwhile:
        messages.error(request, _("Somebody else changed the draft meanwhile. Look, then repeat."))
    except actions.NotReady:
        messages.error(request, _("The draft lacks something; it is said below."))
    return redirect("assessments:version", code, number)


def _here(one: InstrumentVersion, anchor: str = "") -> HttpResponse:
    response = redirect("assessments:version", one.instrument.code, one.number)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response


def _use(request: SignedInRequest, one: InstrumentVersion) -> HttpResponse:
    actions.put_in_use(one, actor=request.user, at=now())
    messages.success(request, _("Firms are asked with this version from now on. It is frozen."))
    return _here(one)


def _retire(request: SignedInRequest, one: InstrumentVersion) -> HttpResponse:
    actions.retire(one, actor=request.user, at=now())
    messages.success(request, _("Retired. What was begun with it can be finished."))
    return _here(one)


def _next(request: SignedInRequest, one: InstrumentVersion) -> HttpResponse:
    made = actions.begin_version(one.instrument, actor=request.user, at=now())
    return _here(made)


def _discard(request: SignedInRequest, one: InstrumentVersion) -> HttpResponse:
    actions.discard_draft(one, actor=request.user, at=now())
    messages.success(request, _("The draft is gone."))
    return redirect("assessments:instruments")


def edition_of(request: SignedInRequest) -> int:
    """Return the edition of the draft that the page showed; 0, which never is one, if none."""
    given = request.POST.get("edition", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004


def _move(request: SignedInRequest, one: InstrumentVersion) -> HttpResponse:
    part = request.POST.get("part", "")
    by = {"up": -1, "down": 1}.get(request.POST.get("way", ""), 0)
    document = editing.moved(document_of(one), part, by)
    actions.save_draft(one, document, edition=edition_of(request), actor=request.user, at=now())
    return _here(one, f"p-{part}")


def _remove(request: SignedInRequest, one: InstrumentVersion) -> HttpResponse:
    document = editing.without(document_of(one), request.POST.get("part", ""))
    actions.save_draft(one, document, edition=edition_of(request), actor=request.user, at=now())
    messages.success(request, _("Removed."))
    return _here(one)


_DEEDS = {
    "use": _use,
    "retire": _retire,
    "next": _next,
    "discard": _discard,
    "move": _move,
    "remove": _remove,
}


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Call a questionnaire otherwise."""
    one = opened(request, code, number)
    names = {"name_id": one.instrument.name_id, "name_en": one.instrument.name_en}
    form = RenameForm(request.POST or None, initial=names)
    if form.is_valid():
        actions.rename(one.instrument, **form.cleaned_data, actor=request.user, at=now())
        return _here(one)
    context = {"one": one, "form": form, "title": _("Name")}
    return render(request, "assessments/part.html", context)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def comparable(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Say which dimensions can be compared with those of the version before."""
    one = opened(request, code, number)
    before = version_before(one)
    if before is None or not one.is_draft:
        raise Http404
    document = document_of(one)
    known = {part.code for part in document_of(before).scored_dimensions}
    dimensions = [part for part in document.scored_dimensions if part.code in known]
    changed = comparing.changed(document_of(before), document)
    said = {part.code: True for part in dimensions if part.code not in changed} | {
        code: bool(value) for code, value in one.comparable.items() if code in known
    }
    form = ComparableForm(request.POST or None, dimensions=dimensions, said=said)
    if form.is_valid():
        actions.say_comparable(one, form.said(), actor=request.user, at=now())
        messages.success(request, _("Noted."))
        return _here(one)
    context = {"one": one, "form": form, "before": before, "changed": sorted(changed)}
    return render(request, "assessments/comparable.html", context)


@access.staff
@require_safe
def export(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Hand a version out as XLSForm."""
    one = opened(request, code, number)
    workbook = form_writing.sheets(
        document_of(one), code=code, title=one.instrument.name_id, version=str(number)
    )
    name = f"{code}-{number}.xlsx"
    return HttpResponse(
        files.written(workbook),
        content_type=KINDS["xlsx"],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Put an XLSForm in place of everything in a draft."""
    one = opened(request, code, number)
    if not one.is_draft:
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if form.is_valid():
        document, faults = _imported(form.cleaned_data["file"])
        if document is not None:
            try:
                actions.save_draft(
                    one, document, edition=edition_of(request), actor=request.user, at=now()
                )
            except actions.ChangedMeanwhile:
                faults = [_("Somebody else changed the draft meanwhile. Look, then repeat.")]
            else:
                messages.success(
                    request,
                    _("Taken in: %(number)d questions.") % {"number": len(document.questions)},
                )
                return _here(one)
    status = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    context = {"one": one, "form": form, "faults": faults, "kinds": list(Kind)}
    return render(request, "assessments/import.html", context, status=status)
