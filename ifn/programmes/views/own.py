"""What a firm does on its own record: say how its plan goes, and who comes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.programmes import policies
from ifn.programmes.actions import registering
from ifn.programmes.forms.following import HowForm
from ifn.programmes.forms.taking_part import ComerForm, comer_initial
from ifn.programmes.models import Action, ActionFile, Registration, Side
from ifn.programmes.queries.following import action_of, plan_of, visits_of
from ifn.programmes.views.answering import HowSaid, said_how
from ifn.programmes.views.planrows import plan_rows, visit_rows
from ifn.programmes.views.plans import handed_out
from ifn.programmes.views.reaching import (
    by_link,
    desk_batch,
    opened_by_link,
    own_registration,
    staff_registration,
)


def plan_context(one: Registration, token: str, *, may_tell: bool) -> dict[str, Any]:
    """Return what a firm's own record shows of its plan and visits."""

    def tell(each: Action) -> str:
        if each.owner != Side.FIRM or not may_tell:
            return ""
        if token:
            return reverse("programmes:tell-by-link", args=[token, each.pk])
        return reverse("programmes:tell-own", args=[one.pk, each.pk])

    def file(each: ActionFile) -> str:
        if token:
            return reverse("programmes:file-by-link", args=[token, each.pk])
        return reverse("programmes:file-own", args=[one.pk, each.pk])

    return {
        "actions": plan_rows(plan_of(one), today=localdate(), tell=tell, file=file),
        "visits": visit_rows(visits_of(one, with_internal=False)),
    }


def _tell(request: HttpRequest, one: Registration, action: int, actor: User | None) -> None:
    found = action_of(one, action)
    if found is None or found.owner != Side.FIRM or not one.batch.is_announced:
        raise Http404
    form = HowForm(request.POST, request.FILES)
    said_how(request, HowSaid(found, form, Side.FIRM, actor))


@access.members
@require_POST
def tell_own(request: SignedInRequest, pk: int, action: int) -> HttpResponse:
    """Say how an action of one's firm goes, signed in."""
    one, role = own_registration(request.user, pk)
    if not policies.can_tell(request.user, one, role):
        raise Http404
    _tell(request, one, action, request.user)
    return redirect("programmes:own", pk)


@access.everyone
@opened_by_link
@require_POST
def tell_by_link(request: HttpRequest, token: str, action: int) -> HttpResponse:
    """Say how an action of one's firm goes, by a participant's link."""
    _tell(request, by_link(token), action, None)
    return redirect("programmes:participant", token)


@access.members
@require_safe
def file_own(request: SignedInRequest, pk: int, file: int) -> HttpResponseBase:
    """Hand out a photo of one's own plan, signed in."""
    one, _role = own_registration(request.user, pk)
    return handed_out(one, file)


@access.everyone
@opened_by_link
@require_safe
def file_by_link(_request: HttpRequest, token: str, file: int) -> HttpResponseBase:
    """Hand out a photo of one's own plan to who has a participant's link."""
    return handed_out(by_link(token), file)


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def comer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who comes, signed in."""
    one, role = own_registration(request.user, pk)
    if not policies.can_change_comer(request.user, one, role):
        raise Http404
    return _comer(request, one, reverse("programmes:own", args=[pk]), request.user)


@access.everyone
@opened_by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say who comes, by a participant's link."""
    return _comer(request, by_link(token), reverse("programmes:participant", args=[token]), None)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def comer_by_staff(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Say who comes for a firm, as the office or its Dinas."""
    batch = desk_batch(request.user, code)
    one = staff_registration(request.user, batch, pk)
    back = reverse("programmes:registration", args=[code, pk])
    return _comer(request, one, back, request.user)


def _comer(request: HttpRequest, one: Registration, back: str, actor: User | None) -> HttpResponse:
    is_closed = one.is_gone or one.batch.is_over
    form = ComerForm(request.POST if request.method == "POST" else None, initial=comer_initial(one))
    if request.method == "POST" and form.is_valid() and not is_closed:
        # Another name is another person, who has no account here yet.
        person = one.person if form.cleaned_data["name"] == one.name else None
        try:
            registering.change_comer(one, form.comer(person=person), actor=actor, at=now())
        except registering.NoSeat:
            form.add_error(None, _("This registration no longer counts."))
        else:
            messages.success(request, _("Saved. The seat stays."))
            return redirect(back)
    context = {
        "one": one,
        "batch": one.batch,
        "form": form,
        "back": back,
        "is_closed": is_closed,
    }
    return render(request, "programmes/comer.html", context)
