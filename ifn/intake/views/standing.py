"""Where a list stands: how far it has come, what waits, who does what next."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.intake import actions, policies
from ifn.intake.finding import Counts, counts
from ifn.intake.forms import ReasonForm
from ifn.intake.models import List, Row
from ifn.intake.views import writing
from ifn.intake.views.desk import Desk, for_desk
from ifn.jobs.queries import progress_of
from ifn.regions.queries import all_regions

BEFORE_APPLYING: Final = frozenset(
    {List.State.RECEIVED, List.State.UNREADABLE, List.State.MAPPING, List.State.REVIEW}
)


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def standing(request: SignedInRequest, desk: Desk, pk: int) -> HttpResponse:
    received = desk.opened(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(request, desk, received, form):
        return redirect("intake:list", received.pk)
    is_busy = received.state in writing.BUSY
    if request.htmx and request.method == "GET":  # type: ignore[attr-defined]
        return _how_far(request, received, is_busy=is_busy)
    found = counts(received)
    context = {
        "list": received,
        "look": writing.LIST_LOOKS[received.state],
        "scope": writing.scope_of(received, all_regions()),
        "region": all_regions().full_name(received.region_id),
        "counts": found,
        "tallies": writing.tallies(received, found),
        "step": writing.next_step(received, found, desk),
        "is_busy": is_busy,
        "progress": progress_of(received.job) if received.job and is_busy else None,
        "may": _may(desk, received, found),
        "form": form,
        "bad_rows": found.of(Row.State.ERROR),
    }
    return render(request, "intake/list.html", context)


def _how_far(request: SignedInRequest, received: List, *, is_busy: bool) -> HttpResponse:
    """Answer the page's own question every other second; when it is over the page comes anew."""
    if not is_busy:
        return HttpResponse(headers={"HX-Refresh": "true"})
    progress = progress_of(received.job) if received.job else None
    return render(request, "intake/list.html#progress", {"list": received, "progress": progress})


def _may(desk: Desk, received: List, found: Counts) -> Mapping[str, bool]:
    """Return which buttons a person sees."""
    state = received.state
    is_released = received.is_of_office or received.released_at is not None
    in_review = state == List.State.REVIEW
    return {
        "map": state in {List.State.MAPPING, List.State.REVIEW} and desk.decides(received),
        "release": in_review and not is_released and policies.can_release(desk.person),
        "apply": in_review and is_released and policies.can_apply(desk.person),
        "apply_rest": state == List.State.APPLIED
        and policies.can_apply(desk.person)
        and Row.objects.filter(list=received).to_apply().exists(),
        "undo": policies.can_apply(desk.person)
        and (state == List.State.APPLIED or (in_review and found.of(Row.State.APPLIED) > 0)),
        "withdraw": state in BEFORE_APPLYING
        and desk.decides(received)
        and not found.of(Row.State.APPLIED),
    }


def _done(request: SignedInRequest, desk: Desk, received: List, form: ReasonForm) -> bool:
    """Do what was pressed, or say why not; false shows the page again with the fault."""
    does = _DOES.get(request.POST.get("do", ""))
    if does is None:
        return True
    act, may, said = does
    access.require(may(desk, received))
    reason = form.cleaned_data["reason"]
    try:
        act(received, reason, actor=request.user, at=now())
    except actions.NoReason:
        form.add_error("reason", _("Write why."))
        return False
    except actions.NotReleased:
        messages.warning(request, _("An officer has to release the list before it is applied."))
    except actions.NotNow:
        messages.warning(
            request, _("The list has moved on meanwhile; nothing was changed. See where it stands.")
        )
    else:
        messages.success(request, said())
    return True


def _release(received: List, _reason: str, **who: Any) -> None:
    actions.release(received, **who)


def _apply(received: List, _reason: str, **who: Any) -> None:
    actions.apply(received, **who)


def _undo(received: List, reason: str, **who: Any) -> None:
    if not reason:
        raise actions.NoReason
    actions.undo(received, reason=reason, **who)


def _withdraw(received: List, reason: str, **who: Any) -> None:
    actions.withdraw(received, reason=reason, **who)


_Act = Callable[..., None]
_May = Callable[[Desk, List], bool]
_DOES: Final[Mapping[str, tuple[_Act, _May, Callable[[], str]]]] = {
    "release": (
        _release,
        lambda desk, _list: policies.can_release(desk.person),
        lambda: _("The list is released."),
    ),
    "apply": (
        _apply,
        lambda desk, _list: policies.can_apply(desk.person),
        lambda: _("The rows are being applied."),
    ),
    "undo": (
        _undo,
        lambda desk, _list: policies.can_apply(desk.person),
        lambda: _("What the list wrote is being undone."),
    ),
    "withdraw": (
        _withdraw,
        lambda desk, received: desk.decides(received),
        lambda: _("The list is withdrawn."),
    ),
}
