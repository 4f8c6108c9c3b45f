"""Choose anew which way a draft goes and of what kind it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections import actions
from ifn.connections.forms.opportunities import KindForm
from ifn.connections.models import Opportunity
from ifn.connections.views.member import may_write
from ifn.vocabulary.queries import lexicon


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the way and the kind of a draft, and change them; what is posted keeps its own."""
    one, _role = may_write(request.user, number)
    if one.state != Opportunity.State.DRAFT:
        return _stays(request, one)
    word = lexicon().by_pk(one.kind_id)
    begun = {"direction": one.direction, "kind": word.code if word else ""}
    form = KindForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_kind(
                one,
                direction=data["direction"],
                kind=data["kind"],
                actor=request.user,
                at=now(),
            )
        except actions.Posted:
            return _stays(request, one)
        messages.success(request, _("Changed. What you entered is still there."))
        return redirect("connections:own", one.number)
    return render(request, "connections/kind.html", {"one": one, "form": form})


def _stays(request: SignedInRequest, one: Opportunity) -> HttpResponse:
    messages.info(request, _("It is posted already: its kind stays. Begin a new one instead."))
    return redirect("connections:own", one.number)
