"""Which of two assessments of one firm goes on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.assessments import policies
from ifn.assessments.actions import doubles
from ifn.assessments.actions.answering import NotOpen
from ifn.assessments.views.assessing import opened


@access.members
@require_POST
def aside(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Set an assessment aside because another of the firm goes on, or take it up again."""
    one, role = opened(request, uuid)
    access.require(policies.can_set_aside(request.user, one, role))
    try:
        if "up" in request.POST:
            doubles.take_up(one, actor=request.user, at=now())
            messages.success(request, _("Taken up again. It is a draft."))
        else:
            doubles.set_aside(one, actor=request.user, at=now())
            messages.success(request, _("Set aside. All it holds is kept and can be read."))
    except doubles.NoOther:
        messages.error(request, _("Not set aside: no other assessment of the firm is under way."))
    except NotOpen:
        messages.info(request, _("It was decided already."))
    return redirect("assessments:assessment", one.uuid)
