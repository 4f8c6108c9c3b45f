"""Paper and back: a form to print with codes, and a grid to type it in quickly."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.actions import answering
from ifn.assessments.instruments.document import Kind
from ifn.assessments.queries.assessments import sheet_of
from ifn.assessments.queries.instruments import document_of
from ifn.assessments.views import sheets, writing
from ifn.assessments.views.assessing import opened


@access.members
@require_safe
def paper(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show the whole form for printing, every question with its row code."""
    one, _role = opened(request, uuid)
    document = document_of(one.version)
    context = {"one": one, "document": document, "parts": writing.parts(document)}
    return render(request, "assessments/paper.html", context)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Type in what stands on paper: one line a row code, one column a side."""
    one, role = opened(request, uuid)
    sides = policies.sides(request.user, one, role)
    access.require(bool(sides))
    document, saved = document_of(one.version), None
    codes = [asked.code for asked in document.questions if asked.kind != Kind.PHOTO]
    if request.method == "POST":
        sent = sheets.changes(document, codes, sides, request.POST)
        saved = answering.save_answers(one, sent, actor=request.user, at=now())
        if not saved.refused and not saved.conflicts:
            messages.success(
                request, _("Saved: %(number)d entries changed.") % {"number": len(saved.taken)}
            )
            return redirect("assessments:assessment", one.uuid)
    sheet = sheet_of(one)
    context = {
        "one": one,
        "sides": sorted(sides),
        "parts": [
            {
                "part": writing.part(document, dimension, place),
                "lines": [
                    line
                    for line in sheets.lines(document, dimension, sheet, sides, saved)
                    if line.asked.kind != Kind.PHOTO
                ],
            }
            for place, dimension in enumerate(document.dimensions, start=1)
        ],
    }
    status = HTTPStatus.CONFLICT if saved and saved.conflicts else HTTPStatus.OK
    return render(request, "assessments/grid.html", context, status=status)
