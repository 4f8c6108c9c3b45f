from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.mail.queries import reach_of
from ifn.notices import actions, queries
from ifn.notices.forms import WishesForm


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Let a person say how often they want messages about what."""
    person = request.user
    form = WishesForm(request.POST or None, initial=queries.wishes_of(person))
    if form.is_valid():
        actions.wish(person, form.wanted, actor=person, at=now())
        messages.success(request, _("Saved."))
        return redirect("notices:settings")
    context = {"form": form, "reach": reach_of(person.email, at=now())}
    return render(request, "notices/settings.html", context)


@access.members
@require_POST
def ask_whether_reached(request: SignedInRequest) -> HttpResponse:
    """Send a link to an address that was refused."""
    if actions.ask_whether_reached(request.user, at=now()):
        text = _("A link is on its way to %(address)s. Open it and messages go there again.")
        messages.success(request, text % {"address": request.user.email})
    else:
        messages.info(request, _("Messages reach your address; there is nothing to confirm."))
    return redirect("notices:settings")
