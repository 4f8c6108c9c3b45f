"""Answer an opportunity: the letter to its business, which may not be named on the page."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.connections.policies.opportunities import can_answer
from ifn.connections.views.enquiries.writing import To, page
from ifn.connections.views.public import seen


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Write to the business of an opportunity, whoever may see it."""
    try:
        one, role = seen(request, number)
    except Http404:
        if request.method != "POST":
            raise
        return _gone(request)
    if role:
        messages.info(request, _("This is an opportunity of your own business."))
        return redirect("connections:own", one.number)
    if request.method != "POST" and not can_answer(one, role, localdate()):
        return redirect(one)
    return page(request, To([one.business], one))


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that there is none, or no longer, and give back what was written."""
    context = {"written": request.POST.get("text", "")}
    status = HTTPStatus.NOT_FOUND
    return render(request, "connections/enquiries/answer_gone.html", context, status=status)
