"""A buyer's list becomes the beginning of an opportunity; everything is shown to be mended."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections import actions
from ifn.connections.forms.opportunities import BeginForm, ListForm
from ifn.connections.opportunities import amounts, writing
from ifn.connections.opportunities.buyerlist import MOST_LINES, BuyerList, understand
from ifn.connections.queries.opportunities import businesses_to_post_for
from ifn.vocabulary.queries import Lexicon, lexicon


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def from_list(request: SignedInRequest) -> HttpResponse:
    """Take a list, show what was understood, and begin an opportunity with it."""
    words = lexicon()
    businesses = businesses_to_post_for(request.user)
    form = ListForm(request.POST if request.method == "POST" else None)
    found: BuyerList | None = None
    if form.is_valid():
        if form.cleaned_data["text"]:
            found = understand(form.cleaned_data["text"], words)
        else:
            form.add_error("text", _("Paste the list you received, a line for each product."))
    sent = request.POST if found and "begin" in request.POST else None
    begin = BeginForm(sent, businesses, initial={"direction": "request", "kind": "CAPACITY_REQ"})
    if found and begin.is_valid():
        data = begin.cleaned_data
        one = actions.begin(
            begin.businesses[data["business"]],
            direction=data["direction"],
            kind=data["kind"],
            answers=found.answers(words),
            actor=request.user,
            at=now(),
        )
        return redirect("connections:step", one.number, writing.STEPS[0].key)
    context = {
        "form": form,
        "begin": begin,
        "businesses": businesses,
        "found": found,
        "rows": _rows(found, words) if found else [],
        "total": amounts.in_words(found.amount, found.unit) if found and found.amount else "",
        "most": MOST_LINES,
    }
    return render(request, "connections/from_list.html", context)


def _rows(found: BuyerList, words: Lexicon) -> list[dict[str, Any]]:
    return [
        {
            "written": line.written,
            "amount": amounts.in_words(line.amount, line.unit) if line.amount else "",
            "terms": ", ".join(
                word.name
                for vocabulary, code in line.terms
                if (word := words.get(vocabulary, code))
            ),
        }
        for line in found.lines
    ]
