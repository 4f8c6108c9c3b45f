"""Pictures and files of an opportunity."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections import actions
from ifn.connections.models import Attachment, Opportunity
from ifn.connections.queries.opportunities import attachments_of
from ifn.connections.views.member import may_write
from ifn.directory import clean, evidence


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request: SignedInRequest, number: str) -> HttpResponse:
    """Show what is attached and take more."""
    one, _role = may_write(request.user, number)
    if request.method == "POST":
        sent = request.FILES.getlist("files")
        if not sent:
            messages.error(request, _("No file came. Choose one or more and send them again."))
        _keep(request, one, sent)
        return redirect("connections:attachments", one.number)
    context = {"one": one, "kept": attachments_of(one), "most": actions.MOST_ATTACHMENTS}
    return render(request, "connections/attachments.html", context)


def _keep(request: SignedInRequest, one: Opportunity, sent: list[Any]) -> None:
    """Keep what can be kept of the files sent, and say of each other one why not."""
    for upload in sent:
        name = clean.plain_line(upload.name or "")[:100]
        try:
            evidence.check_length(upload.size or 0)
            actions.attach(one, upload.read(), name=name, actor=request.user, at=now())
        except clean.Refused as refused:
            messages.error(request, f"{name[:60]}: {refused}")
        except actions.TooManyAttachments:
            said = _("At most %(most)d pictures and files. “%(name)s” did not fit.")
            messages.error(request, said % {"most": actions.MOST_ATTACHMENTS, "name": name[:60]})
        else:
            messages.success(request, _("“%(name)s” is added.") % {"name": name[:60]})


@access.members
@require_POST
def detach(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    one, _role = may_write(request.user, number)
    found = Attachment.objects.select_related("opportunity", "opportunity__business")
    actions.detach(get_object_or_404(found, pk=pk, opportunity=one), actor=request.user, at=now())
    messages.success(request, _("Removed."))
    return redirect("connections:attachments", one.number)
