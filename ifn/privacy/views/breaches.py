from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.privacy import policies, queries
from ifn.privacy.actions import breaches as actions
from ifn.privacy.clock import Clock, clock
from ifn.privacy.forms import BreachForm, EntryForm
from ifn.privacy.models import Breach

SHOWN = 100


def _clock(breach: Breach) -> Clock:
    """Return the clock: it stops when both the authority and the people were told."""
    told = (breach.authority_told_at, breach.people_told_at)
    ended = max(one for one in told if one) if all(told) else None
    return clock(breach.due_at, now(), ended)


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest) -> HttpResponse:
    """List breaches and enter a new one."""
    access.require(policies.can_handle(request.user))
    form = BreachForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        made = actions.enter_breach(
            data["title"], data["text"], noticed_at=data["noticed_at"], actor=request.user, at=now()
        )
        return redirect("privacy:breach", made.pk)
    rows = [(one, _clock(one)) for one in queries.breaches()[:SHOWN]]
    return render(request, "privacy/breaches.html", {"rows": rows, "form": form})


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def breach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a breach with all that became known and was done, and add to it."""
    access.require(policies.can_handle(request.user))
    found = get_object_or_404(Breach.objects.select_related("entered_by"), pk=pk)
    form = EntryForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_entry(
                found,
                data["kind"],
                data["text"],
                people=data["people"],
                actor=request.user,
                at=now(),
            )
        except actions.Closed:
            messages.error(request, _("This breach is closed. Enter a new one for what is new."))
        except actions.NotToldYet:
            messages.error(
                request, _("Note first that the authority and the people were told, or why not.")
            )
        except actions.WordsMissing:
            messages.error(request, _("Write in words what was done or found."))
        return redirect("privacy:breach", pk)
    context = {
        "breach": found,
        "clock": _clock(found),
        "entries": found.entries.select_related("author").order_by("written_at", "pk"),
        "form": form,
    }
    return render(request, "privacy/breach.html", context)
