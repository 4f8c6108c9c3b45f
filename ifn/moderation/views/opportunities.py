"""What businesses offer and ask for, as the office sees it: first posts to judge, and the rest."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections.actions import DeadlineGone, DecidedMeanwhile
from ifn.connections.models import Opportunity
from ifn.connections.opportunities import presenting
from ifn.connections.queries.opportunities import attachments_of, particulars_of, titled
from ifn.moderation import actions
from ifn.moderation.forms import ReasonForm
from ifn.moderation.scope import in_scope, one_in_scope
from ifn.moderation.views.flow import flow_of
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import Lexicon, lexicon

#: States by their words in the address, in the order of the page.
STATES = {
    "menunggu": Opportunity.State.REVIEW,
    "terbuka": Opportunity.State.OPEN,
    "terpenuhi": Opportunity.State.FILLED,
    "kedaluwarsa": Opportunity.State.EXPIRED,
    "ditarik": Opportunity.State.WITHDRAWN,
    "belum-diterima": Opportunity.State.REFUSED,
}
PAGE_SIZE = 20


@access.staff
@never_cache
@require_safe
def opportunities(request: SignedInRequest) -> HttpResponse:
    """List the opportunities of a person's region in one state, the oldest first."""
    word = request.GET.get("keadaan", "")
    state = STATES.get(word, Opportunity.State.REVIEW)
    found = in_scope(Opportunity.objects.filter(state=state), request.user)
    pages = Paginator(found.order_by("since", "pk").values_list("pk", flat=True), PAGE_SIZE)
    address, words = reverse("moderation:opportunities"), lexicon()
    page = pages.get_page(request.GET.get("hal"))
    context = {
        "page": page,
        "rows": [_row(one, words) for one in titled(page)],
        "tabs": [
            {"title": one.label, "href": f"{address}?keadaan={name}", "current": one == state}
            for name, one in STATES.items()
        ],
    }
    return render(request, "moderation/opportunities.html", context)


def _row(one: Opportunity, words: Lexicon) -> dict[str, Any]:
    return {
        "href": reverse("moderation:opportunity", args=[one.pk]),
        "title": one.title,
        "firm": one.business.name,
        "kind": f"{one.get_direction_display()} · {presenting.kind_name(one, words)}",
        "since": date_format(localtime(one.since), "j M Y"),
        "until": date_format(one.expires_on, "j M Y") if one.expires_on else "–",
    }


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opportunity(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a first post with everything it says, to be accepted or sent back with a reason."""
    rows = Opportunity.objects.filter(pk=pk).exclude(state=Opportunity.State.DRAFT)
    one = one_in_scope(rows.select_related("business"), request.user)
    flow = flow_of(request, "opportunity", pk, at=now())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, one, form):
        return redirect(flow.onward)
    words, regions = lexicon(), all_regions()
    said = particulars_of(one)
    context = {
        "one": one,
        "kind": presenting.kind_name(one, words),
        "state": presenting.state_badge(one),
        "place": regions.full_name(one.business.region_id),
        "facts": presenting.facts(said, regions, sees_price=True),
        "terms": presenting.terms(said, words),
        "files": attachments_of(one),
        "flow": flow,
        "form": form,
    }
    return render(request, "moderation/opportunity.html", context)


def _decided(request: SignedInRequest, one: Opportunity, form: ReasonForm) -> bool:
    person, at, today = request.user, now(), localdate()
    try:
        if "accept" in request.POST:
            actions.release_opportunity(one, actor=person, at=at, today=today)
        else:
            reason = form.cleaned_data["reason"]
            actions.refuse_opportunity(one, reason=reason, actor=person, at=at, today=today)
    except actions.ReasonMissing:
        form.add_error("reason", _("Write why it is not accepted; the business reads it."))
        return False
    except DeadlineGone:
        form.add_error(None, _("Its deadline has gone by. Send it back and say so."))
        return False
    except DecidedMeanwhile as refused:
        state = refused.opportunity.get_state_display()
        said = _("It no longer waits: it is “%(state)s”. Nothing was changed.")
        messages.warning(request, said % {"state": state})
        return True
    title = {"title": one.title}
    accepted = _("“%(title)s” is open, and its business is told.")
    sent_back = _("“%(title)s” is sent back, and its business reads why.")
    messages.success(request, (accepted if "accept" in request.POST else sent_back) % title)
    return True
