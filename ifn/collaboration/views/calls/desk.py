"""The office's desk of collaborations: every call."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.forms.calls import FilterForm
from ifn.collaboration.models import Call
from ifn.collaboration.policies import projects as of_projects
from ifn.collaboration.queries import calls as queries
from ifn.collaboration.views import tabs
from ifn.collaboration.views.calls import saying

PAGE: Final = 24


@access.staff
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """List all calls as they are asked for, the latest first."""
    access.require(of_projects.is_office(request.user))
    form = FilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    state, words = given.get("keadaan", ""), given.get("q", "").strip()
    page = Paginator(queries.on_desk(state, words), PAGE).get_page(request.GET.get("hal"))
    context = {
        "tabs": tabs.of_office("desk"),
        "form": form,
        "page": page,
        "rows": [
            {"one": one, "by": saying.by_whom(one), "tone": saying.TONES.get(one.state, "")}
            for one in page
        ],
        "is_filtered": bool(state or words),
    }
    return render(request, "collaboration/calls/desk.html", context)


@access.staff
@require_safe
def to_call(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead from the work list to a call that waits for review."""
    access.require(of_projects.is_office(request.user))
    return redirect("collaboration:own-call", get_object_or_404(Call, pk=pk).code)
