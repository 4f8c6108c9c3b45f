"""Mentors and partners at the desk: where they are reached, their link, whom they look after."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.programmes.actions import linking, visiting
from ifn.programmes.actions.linking import Helper
from ifn.programmes.forms.following import ReachForm
from ifn.programmes.models import Batch, Mentor, Mentorship, Partner
from ifn.programmes.queries.following import (
    actions_of_mentor,
    actions_of_partner,
    promises_of,
    seated_in,
)
from ifn.programmes.tokens import HELPS
from ifn.programmes.views.passing import passed_on
from ifn.programmes.views.planrows import plan_rows
from ifn.programmes.views.reaching import frame, part_of, planned_batch


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def mentor(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show a mentor: where they are reached, their link, whom they look after."""
    batch = planned_batch(request.user, code)
    one = part_of(batch, Mentor.objects.select_related("batch"), pk)
    if request.method == "POST" and "peserta" in request.POST:
        return _looked_after(request, batch, one)
    form = ReachForm(request.POST if request.method == "POST" else None, initial=_reach(one))
    if request.method == "POST" and form.is_valid() and _reached(request, one, form):
        return redirect("programmes:mentor", batch.code, one.pk)
    mine = set(Mentorship.objects.filter(mentor=one).values_list("registration", flat=True))
    context = {
        **_shown(request, batch, one, form),
        "people": [{"one": each, "is_mine": each.pk in mine} for each in seated_in(batch)],
        "actions": _rows(actions_of_mentor(one)),
        "subtitle": one.organisation,
        "link_url": "programmes:mentor-reach",
    }
    return render(request, "programmes/helper.html", context)


def _looked_after(request: SignedInRequest, batch: Batch, one: Mentor) -> HttpResponse:
    given = [int(key) for key in request.POST.getlist("peserta") if key.isdecimal()]
    visiting.look_after(one, given, actor=request.user, at=now())
    messages.success(request, _("Saved."))
    return redirect("programmes:mentor", batch.code, one.pk)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show a partner: where it is reached, its link, what was said of its promises."""
    batch = planned_batch(request.user, code)
    one = part_of(batch, Partner.objects.select_related("batch"), pk)
    form = ReachForm(request.POST if request.method == "POST" else None, initial=_reach(one))
    if request.method == "POST" and form.is_valid() and _reached(request, one, form):
        return redirect("programmes:partner", batch.code, one.pk)
    context = {
        **_shown(request, batch, one, form),
        "promises": promises_of(one),
        "actions": _rows(actions_of_partner(one)),
        "subtitle": one.get_kind_display(),
        "link_url": "programmes:partner-reach",
    }
    return render(request, "programmes/helper.html", context)


def _rows(actions: Any) -> list[dict[str, Any]]:
    return plan_rows(actions, today=localdate(), tell=lambda _one: "", file=lambda _one: "")


def _reach(one: Helper) -> dict[str, str]:
    return {"email": one.email, "phone": one.phone}


def _reached(request: SignedInRequest, one: Helper, form: ReachForm) -> bool:
    linking.write_reach(one, **form.cleaned_data, actor=request.user, at=now())
    messages.success(request, _("Saved."))
    return True


def _shown(request: SignedInRequest, batch: Batch, one: Helper, form: ReachForm) -> dict[str, Any]:
    today = localdate()
    is_out = linking.is_out(one, today)
    fresh = passed_on(one.name, one.phone, batch.title, linking.link_of(one)) if is_out else None
    return {
        **frame(batch, request.user, ""),
        "helper": one,
        "form": form,
        "fresh": fresh,
        "until": one.link_on + HELPS if one.link_on else None,
        "is_mentor": isinstance(one, Mentor),
    }


@access.staff
@require_POST
def mentor_reach(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Make, send or withdraw a mentor's link."""
    return _linked(request, code, Mentor.objects.all(), pk, "programmes:mentor")


@access.staff
@require_POST
def partner_reach(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Make, send or withdraw a partner's link."""
    return _linked(request, code, Partner.objects.all(), pk, "programmes:partner")


def _linked(
    request: SignedInRequest, code: str, rows: QuerySet[Any], pk: int, back: str
) -> HttpResponse:
    batch = planned_batch(request.user, code)
    one: Helper = part_of(batch, rows, pk)
    what, today = request.POST.get("link", ""), localdate()
    if what == "make":
        linking.make_link(one, today=today, actor=request.user, at=now())
        messages.success(request, _("The link is made. Those before it no longer work."))
    elif what == "withdraw":
        linking.withdraw_link(one, actor=request.user, at=now())
        messages.success(request, _("The link is withdrawn; it opens nothing any more."))
    elif what == "send":
        try:
            linking.send_link(one, today=today, actor=request.user, at=now())
        except linking.NoAddress:
            messages.error(request, _("Write an e-mail address first."))
        else:
            messages.success(request, _("The link is on its way."))
    return redirect(back, batch.code, one.pk)
