"""The rows of a list, filtered by the address, and decisions over many of them at once."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.intake import actions
from ifn.intake.finding import RowFilter, counts, rows_of
from ifn.intake.forms import ReasonForm
from ifn.intake.models import List, Row, RowQuerySet
from ifn.intake.views import rowlines, writing
from ifn.intake.views.desk import Desk, for_desk
from ifn.regions.queries import all_regions

PAGE_SIZE: Final = 50
DECIDABLE: Final = frozenset({List.State.REVIEW, List.State.APPLIED})
#: So many rows may be ticked on a page.
MOST_TICKED: Final = 200


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def rows(request: SignedInRequest, desk: Desk, pk: int) -> HttpResponse:
    received, regions = desk.opened(pk), all_regions()
    wanted = writing.read_filter(request.GET, regions)
    found = rows_of(received, wanted)
    may_decide = received.state in DECIDABLE and desk.decides(received)
    if request.method == "POST":
        access.require(desk.decides(received))
        return _decide(request, received, wanted, found, may_decide=may_decide)
    page = Paginator(found.select_related("business", "decided_by"), PAGE_SIZE).get_page(
        request.GET.get("hal")
    )
    total = counts(received)
    context = {
        "list": received,
        "page": page,
        "lines": [rowlines.line(row, wanted, regions) for row in page],
        "wanted": wanted,
        "state_word": next(
            (word for word, state in writing.STATE_WORDS.items() if state == wanted.state), ""
        ),
        "pills": writing.pills(wanted, received, regions),
        "states": _states(received, wanted, total.states),
        "decided": [
            (word, dict(writing.decided_choices())[value], value == wanted.decided)
            for word, value in writing.DECIDED_WORDS.items()
        ],
        "provinces": [(place.code, place.short_name) for place in regions.provinces],
        "may_decide": may_decide,
        "undecided": total.undecided,
    }
    return render(request, "intake/rows.html", context)


def _states(
    received: List, wanted: RowFilter, numbers: Mapping[str, int]
) -> list[tuple[str, str, int, str, bool]]:
    """Return the states to choose from: word, label, number, address, whether it is chosen."""
    return [
        (
            word,
            str(Row.State(state).label),
            numbers.get(state, 0),
            writing.rows_address(received, RowFilter(state=state)),
            wanted.state == state,
        )
        for word, state in writing.STATE_WORDS.items()
        if numbers.get(state) or wanted.state == state
    ]


def _decide(
    request: SignedInRequest,
    received: List,
    wanted: RowFilter,
    found: RowQuerySet,
    *,
    may_decide: bool,
) -> HttpResponse:
    """Ask once more, saying how many rows it is about; then decide them."""
    back = writing.rows_address(received, wanted)
    decision = request.POST.get("do", "")
    if not may_decide or decision not in Row.Decision.values:
        messages.warning(request, _("The rows of this list are not decided now."))
        return redirect(back)
    is_every = request.POST.get("semua") == "1"
    ticked = _ticked(request)
    chosen = found if is_every else found.filter(pk__in=ticked)
    number = chosen.count()
    if not number:
        messages.info(request, _("Tick the rows it is about first."))
        return redirect(back)
    form = ReasonForm(request.POST if "sure" in request.POST else None)
    if "sure" in request.POST and form.is_valid():
        done = _decided(request, received, chosen, decision, form)
        if done is not None:
            _say(request, done, number - done)
            return redirect(back)
    context = {
        "list": received,
        "chosen": number,
        "decision": decision,
        "label": Row.Decision(decision).label,
        "is_every": is_every,
        "ticked": [] if is_every else ticked,
        "form": form,
        "back": back,
        "pills": writing.pills(wanted, received, all_regions()),
    }
    return render(request, "intake/decide_many.html", context)


def _ticked(request: SignedInRequest) -> list[int]:
    given = request.POST.getlist("baris")[:MOST_TICKED]
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 18]  # noqa: PLR2004


def _decided(
    request: SignedInRequest, received: List, chosen: RowQuerySet, decision: str, form: ReasonForm
) -> int | None:
    """Decide rows; return how many it was, or nothing to show the fault."""
    note = form.cleaned_data["reason"]
    try:
        return actions.decide_rows(
            received, chosen, decision, note=note, actor=request.user, at=now()
        )
    except actions.NoReason:
        form.add_error("reason", _("Write why these rows are left out."))
    except actions.NotNow:
        form.add_error(None, _("The list has moved on meanwhile; nothing was changed."))
    return None


def _say(request: SignedInRequest, done: int, left: int) -> None:
    said = ngettext("%(number)d row is decided.", "%(number)d rows are decided.", done)
    messages.success(request, said % {"number": done})
    if left:
        said = ngettext(
            "%(number)d row was left as it is: a person decided it, or this decision does not fit.",
            "%(number)d rows were left as they are: a person decided them, or this decision does "
            "not fit.",
            left,
        )
        messages.info(request, said % {"number": left})
