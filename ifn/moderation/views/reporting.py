"""Reports: anybody makes one and follows it, the staff answers."""

from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.formats import time_format
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.directory.models import Business
from ifn.directory.queries import standing_for
from ifn.moderation import actions, tokens
from ifn.moderation.forms import AnswerForm, ReportForm
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Report
from ifn.moderation.queries import reports_about
from ifn.moderation.scope import one_in_scope
from ifn.moderation.views.flow import flow_of
from ifn.quotas.places import place_of
from ifn.quotas.tries import Bound, count
from ifn.regions.queries import all_regions

#: Reports that anybody may send from one place, without an account, in a while.
REPORTS: Final = 20


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    asked_about = get_object_or_404(Business, number=number.upper())
    business = standing_for(asked_about)
    if business.status != Business.Status.LISTED:
        raise Http404
    if business != asked_about and request.method != "POST":
        return redirect("moderation:report", business.number, permanent=True)
    asked = {"kind": request.GET.get("soal", "")}
    form = ReportForm(request.POST or None, initial=asked)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            thanks = {"business": business, "days": KINDS["report"].days}
            return render(request, "moderation/reported.html", thanks)
        if again_at := count(Bound("report", place_of(request), REPORTS), at=now()):
            time = time_format(localtime(again_at), "H:i")
            form.add_error(None, _("Too many reports. Try again after %s.") % time)
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif made := _made(request, business, form):
            return redirect("moderation:reported", tokens.for_report(made))
    context = {"business": business, "form": form, "days": KINDS["report"].days}
    return render(request, "moderation/report.html", context, status=status)


def _made(request: HttpRequest, business: Business, form: ReportForm) -> Report | None:
    data = form.cleaned_data
    reporter = actions.Reporter(
        person=request.user if isinstance(request.user, User) else None,
        email=data["email"],
        phone=data["phone"],
        language="en" if get_language() == "en" else "id",
    )
    try:
        return actions.report(
            business, kind=data["kind"], text=data["text"], reporter=reporter, at=now()
        )
    except actions.EnoughReports:
        form.add_error(None, _("Many reports about this profile wait already; the office knows."))
    except actions.NotShown:
        form.add_error(None, _("This profile was hidden meanwhile."))
    return None


@access.everyone
@never_cache
@require_safe
def reported(request: HttpRequest, token: str) -> HttpResponse:
    """Show whoever has its link what came of a report."""
    try:
        pk = tokens.report_of(token)
    except tokens.Foreign:
        raise Http404 from None
    found = get_object_or_404(Report.objects.select_related("business"), pk=pk)
    days = KINDS["report"].days
    context = {"report": found, "business": found.business, "days": days}
    return render(request, "moderation/reported.html", context)


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    found = one_in_scope(
        Report.objects.select_related("business", "person", "answered_by").filter(pk=pk),
        request.user,
    )
    flow = flow_of(request, "report", pk, at=now())
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, found, form):
        return redirect(flow.onward)
    context = {
        "report": found,
        "business": found.business,
        "place": all_regions().full_name(found.business.region_id),
        "flow": flow,
        "form": form,
        "others": reports_about(found.business, but=found),
        "whatsapp": _whatsapp(found),
    }
    return render(request, "moderation/answer.html", context)


def _answered(request: SignedInRequest, report: Report, form: AnswerForm) -> bool:
    try:
        done = actions.answer_report(
            report,
            is_fixed="fixed" in request.POST,
            answer=form.cleaned_data["answer"],
            actor=request.user,
            at=now(),
        )
    except actions.ReasonMissing:
        form.add_error("answer", _("Write why it is left as it is."))
    except actions.AnsweredMeanwhile as meanwhile:
        name = meanwhile.report.answered_by.name if meanwhile.report.answered_by else "?"
        said = _("%(name)s answered this report already; your answer was not sent.")
        messages.warning(request, said % {"name": name})
        return True
    else:
        said = _("The report about %(name)s is answered.")
        messages.success(request, said % {"name": done.business.name})
        return True
    return False


def _whatsapp(report: Report) -> str:
    """Return an address that opens WhatsApp with the answer, for reporters who left a number."""
    if not report.phone or report.is_open:
        return ""
    with translation.override(report.language):
        text = _(
            "Hello, this is the Indonesia Footwear Network. Your report about %(name)s is "
            "answered: %(link)s"
        ) % {"name": report.business.name, "link": actions.address_of(report)}
    return f"https://wa.me/{report.phone.lstrip('+')}?text={quote(text)}"
