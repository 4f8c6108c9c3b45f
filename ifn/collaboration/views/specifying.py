"""The specification of what a project makes, with what laboratories measured."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions import specifying as actions
from ifn.collaboration.forms.specifying import ResultForm, SpecificationForm
from ifn.collaboration.models import Specification, TestResult
from ifn.collaboration.queries.workspace import results_of, specification_of
from ifn.collaboration.views.refusing import REFUSALS, done, sentence
from ifn.collaboration.views.standing import Own, frame, taking_part, written

_PASSES: Final = {True: "good", False: "bad", None: ""}


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def specification(request: SignedInRequest, code: str) -> HttpResponse:
    """Show and change what is made, in figures."""
    one = taking_part(request.user, code)
    sheet = specification_of(one.project)
    is_sent = request.method == "POST" and one.writes
    form = SpecificationForm(request.POST if is_sent else None, initial=_initial(sheet))
    if is_sent and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.write(one.project, form.facts(), version=version, actor=request.user, at=now())
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("collaboration:project-specification", one.project.code)
    return _page(request, one, form, ResultForm(None, localdate()))


def _initial(sheet: Specification | None) -> dict[str, Any]:
    if sheet is None:
        return {"version": 0}
    names = (*sorted(actions.COLUMNS), "version")
    return {name: getattr(sheet, name) for name in names}


def _page(
    request: SignedInRequest, one: Own, form: SpecificationForm, result: ResultForm
) -> HttpResponse:
    context = {
        **frame(one, "project-specification"),
        "form": form,
        "may_change": one.writes and one.project.is_living,
        "result_form": result,
        "results": [
            {"one": each, "tone": _PASSES[each.passes], "says": says(each)}
            for each in results_of(one.project)
        ],
    }
    return render(request, "collaboration/specification.html", context)


def says(result: TestResult) -> str:
    """Return in words whether a value lies within what the standard asks."""
    words = {True: _("Passed"), False: _("Not passed"), None: _("Nothing is asked")}
    return words[result.passes]


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def add_result(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter what was measured; what is wrong is said beside its field."""
    one = written(request.user, code)
    if request.method != "POST":
        return redirect("collaboration:project-specification", one.project.code)
    form = ResultForm(request.POST, localdate())
    if form.is_valid():
        try:
            actions.add_result(one.project, form.cleaned_data, actor=request.user, at=now())
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The result is there."))
            return redirect("collaboration:project-specification", one.project.code)
    sheet = SpecificationForm(initial=_initial(specification_of(one.project)))
    return _page(request, one, sheet, form)


@access.members
@require_POST
def remove_result(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take out a result that was entered by mistake."""
    one = written(request.user, code)
    rows = TestResult.objects.select_related("specification__project")
    found = get_object_or_404(rows, specification__project=one.project, pk=pk)
    done(
        request,
        lambda: actions.remove_result(found, actor=request.user, at=now()),
        _("The result is taken out."),
    )
    return redirect("collaboration:project-specification", one.project.code)
