"""One part of a draft at a time: a dimension, a question, the words of the levels."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments.actions import instruments as actions
from ifn.assessments.forms.instruments import DimensionForm, LevelsForm, QuestionForm
from ifn.assessments.instruments import editing, wording
from ifn.assessments.instruments.document import Document, Kind, Question
from ifn.assessments.models import InstrumentVersion
from ifn.assessments.queries.instruments import document_of
from ifn.assessments.views.instruments import edition_of, opened


def _draft(request: SignedInRequest, code: str, number: int) -> InstrumentVersion:
    one = opened(request, code, number)
    if not one.is_draft:
        raise Http404
    return one


def _save(
    request: SignedInRequest, one: InstrumentVersion, document: Document, anchor: str
) -> HttpResponse:
    try:
        actions.save_draft(one, document, edition=edition_of(request), actor=request.user, at=now())
    except (actions.ChangedMeanwhile, actions.NotADraft):
        messages.error(
            request,
            _(
                "Somebody else changed the draft meanwhile. Nothing of yours was kept; look, then "
                "repeat."
            ),
        )
    response = redirect("assessments:version", one.instrument.code, one.number)
    response["Location"] += f"#{anchor}"
    return response


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def dimension(request: SignedInRequest, code: str, number: int, part: str = "") -> HttpResponse:
    """Add a dimension, or change one."""
    one = _draft(request, code, number)
    document = document_of(one)
    known = document.dimensions_by_code.get(part)
    if part and known is None:
        raise Http404
    taken = {other.code for other in document.dimensions} - {part}
    initial = DimensionForm.initial_of(known) if known else None
    form = DimensionForm(request.POST or None, taken=taken, initial=initial)
    if form.is_valid():
        made = form.dimension()
        changed = editing.with_dimension(document, made, instead_of=part)
        return _save(request, one, changed, f"p-{made.code}")
    title = _("Dimension %(code)s") % {"code": part} if part else _("New dimension")
    return render(request, "assessments/part.html", {"one": one, "form": form, "title": title})


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, code: str, number: int, part: str = "") -> HttpResponse:
    """Add a question, or change one; ``jenis`` in the address is its kind."""
    one = _draft(request, code, number)
    document = document_of(one)
    known = document.by_code.get(part)
    if part and known is None:
        raise Http404
    if not document.dimensions:
        messages.info(request, _("Add a dimension first."))
        return redirect("assessments:version", code, number)
    kind = _kind(request, known)
    form = QuestionForm(
        request.POST or None,
        taken={other.code for other in document.questions} - {part},
        kind=kind,
        document=document,
        question=known if known and known.kind == kind else None,
    )
    if known is None and request.method != "POST":
        form.initial["dimension"] = request.GET.get("dimensi", "")
    if form.is_valid():
        made = form.question()
        changed = editing.with_question(document, made, instead_of=part)
        return _save(request, one, changed, f"p-{made.code}")
    context = {
        "one": one,
        "form": form,
        "title": _("Question %(code)s") % {"code": part} if part else _("New question"),
        "kind": kind.value,
        "kind_name": wording.KINDS[kind],
        "is_new": known is None,
        "kinds": [(value.value, name) for value, name in wording.KINDS.items()],
    }
    return render(request, "assessments/question.html", context)


def _kind(request: SignedInRequest, known: Question | None) -> Kind:
    given = request.GET.get("jenis", "")
    if known is not None:
        return known.kind
    return Kind(given) if given in set(Kind) else Kind.SCALE


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Say what the five levels are called, and whether the office approved the questionnaire."""
    one = _draft(request, code, number)
    document = document_of(one)
    form = LevelsForm(request.POST or None, document=document)
    if form.is_valid():
        changed = replace(
            document, levels=form.levels(), is_proposal=form.cleaned_data["is_proposal"]
        )
        return _save(request, one, changed, "levels")
    title = _("The five levels")
    return render(request, "assessments/part.html", {"one": one, "form": form, "title": title})
