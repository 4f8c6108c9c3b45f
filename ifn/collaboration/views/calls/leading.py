"""Who leads a call invites firms that fit, and says which applications are eligible."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions.calls import inviting, screening
from ifn.collaboration.actions.calls.moving import ReasonMissing
from ifn.collaboration.forms.applications import InviteForm, ScreenForm
from ifn.collaboration.models import Application, Call, CallRole
from ifn.collaboration.queries import applications as applied
from ifn.collaboration.queries import calls as queries
from ifn.collaboration.queries.panels import scores_on
from ifn.collaboration.queries.suggesting import Suggested, reasons_kept, suggested
from ifn.collaboration.views.calls import saying
from ifn.collaboration.views.calls.applicants import Applicant, applicant_rows
from ifn.collaboration.views.calls.reaching import frame, led_call
from ifn.regions.queries import all_regions

#: Applications on one page of the list.
PAGE: Final = 20


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who was invited for a role and who fits it, with reasons; invite some."""
    call = led_call(request.user, code)
    roles = queries.roles_of(call)
    wanted = _chosen(call, roles, request.GET.get("peran", ""))
    takes = call.state == Call.State.OPEN and localdate() <= call.closes_on
    found = suggested(wanted, today=localdate()) if wanted and takes else []
    form = InviteForm(
        request.POST if request.method == "POST" else None, [one.business for one in found]
    )
    if request.method == "POST" and wanted and form.is_valid():
        _invited(request, wanted, form, found)
        page = reverse("collaboration:call-invitations", args=[call.code])
        return redirect(f"{page}?peran={wanted.pk}")
    invited = applied.invited_to(wanted) if wanted else []
    context = {
        **frame(call, request.user, "call-invitations"),
        "roles": _tabs(call, roles, wanted),
        "rows": [_suggestion(one) for one in found],
        "invited": [{"one": one, "reasons": reasons_kept(one)} for one in invited],
        "takes": takes,
        "form": form,
        "ticked": request.POST.getlist("firms"),
    }
    return render(request, "collaboration/calls/invitations.html", context)


def _chosen(call: Call, roles: list[CallRole], key: str) -> CallRole | None:
    found = next((one for one in roles if str(one.pk) == key), roles[0] if roles else None)
    if found:
        found.call = call
    return found


def _tabs(call: Call, roles: list[CallRole], here: CallRole | None) -> list[dict[str, Any]]:
    page = reverse("collaboration:call-invitations", args=[call.code])
    return [
        {"href": f"{page}?peran={one.pk}", "title": one.get_role_display(), "current": one == here}
        for one in roles
    ]


def _suggestion(one: Suggested) -> dict[str, Any]:
    return {"one": one, "place": all_regions().full_name(one.business.region_id)}


def _invited(
    request: SignedInRequest, wanted: CallRole, form: InviteForm, found: list[Suggested]
) -> None:
    reasons = {one.business.pk: one.kept for one in found}
    try:
        made = inviting.invite(
            wanted,
            form.chosen(),
            reasons,
            words=form.cleaned_data["words"],
            actor=request.user,
            at=now(),
            today=localdate(),
        )
    except inviting.NotInviting:
        messages.error(request, _("The call does not take applications any more."))
        return
    if made:
        words = ngettext("%(n)d firm is invited.", "%(n)d firms are invited.", len(made))
        messages.success(request, words % {"n": len(made)})
    else:
        messages.error(
            request, _("Nobody new was invited: they were asked before, or cannot apply.")
        )


@access.members
@require_safe
def applications(request: SignedInRequest, code: str) -> HttpResponse:
    """List who applied, with the stated conditions checked."""
    call = led_call(request.user, code)
    page = Paginator(applied.listed_of(call), PAGE).get_page(request.GET.get("hal"))
    found = list(page)
    checked = applied.checked(found, localdate())
    newest = queries.newest_terms(call)
    context = {
        **frame(call, request.user, "call-applications"),
        "page": page,
        "rows": applicant_rows(
            call.code,
            [
                Applicant(one, checked[one.pk], has_old_terms=one.terms_id != newest)
                for one in found
            ],
        ),
    }
    return render(request, "collaboration/calls/applications.html", context)


def _row(one: Application, checked: Any) -> dict[str, Any]:
    return {
        "one": one,
        "place": all_regions().full_name(one.business.region_id),
        "look": saying.LOOKS.get(one.state, ""),
        "checks": saying.checks(checked),
    }


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show one application; say whether it is eligible."""
    call = led_call(request.user, code)
    one = get_object_or_404(applied.of_call(call), pk=pk)
    form = ScreenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _screened(request, one, form):
        messages.success(request, _("Saved. The firm is told when the panel begins."))
        return redirect("collaboration:call-applications", call.code)
    context = {
        **frame(call, request.user, ""),
        **_row(one, applied.checked([one], localdate())[one.pk]),
        "form": form,
        "steps": applied.steps_of(one),
        "scores": scores_on(one),
        "has_old_terms": one.terms != queries.terms_of(call),
        "is_screening": call.state == Call.State.SCREENING and one.state != one.State.WITHDRAWN,
    }
    return render(request, "collaboration/calls/screen.html", context)


def _screened(request: SignedInRequest, one: Application, form: ScreenForm) -> bool:
    if not {"eligible", "ineligible"} & request.POST.keys():
        return False
    try:
        screening.screen(
            one,
            is_eligible="eligible" in request.POST,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            at=now(),
            today=localdate(),
        )
    except screening.UnlikeConditions:
        form.add_error("reason", _("A stated condition is not met. Write why it is eligible."))
    except ReasonMissing:
        form.add_error("reason", _("Write the reason: the firm reads it."))
    except screening.NotScreening:
        form.add_error(None, _("Applications are not checked now."))
    else:
        return True
    return False
