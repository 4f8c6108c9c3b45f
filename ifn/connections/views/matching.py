"""Who fits what, in words: for those who ask, and for those who could answer."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections.models import Match, Opportunity
from ifn.connections.models.enquiries import MOST_FIRMS
from ifn.connections.opportunities import presenting, saying
from ifn.connections.opportunities.particulars import Particulars
from ifn.connections.queries.opportunities import fitting_keys, fitting_of, matches_of
from ifn.regions.queries import Regions, all_regions
from ifn.vocabulary.queries import lexicon

PAGE_SIZE: Final = 10
#: Characters of an opportunity's text that stand ready in a letter about it.
WORDS_READY: Final = 600


def match_context(opportunity: Opportunity, said: Particulars) -> dict[str, Any]:
    """Return who fits an opportunity and who nearly does, with reasons in the reader's words."""
    if opportunity.state != Opportunity.State.OPEN:
        return {"matches": [], "nearly": [], "is_looked_for": True}
    fitting, near = matches_of(opportunity)
    names = saying.names_of(lexicon())
    regions, letter = all_regions(), letter_about(opportunity)
    written = f"?{urlencode({'pesan': letter})}"
    return {
        "matches": [_row(one, saying.reasons_of(one, names), regions, written) for one in fitting],
        "can_write_to_several": len(fitting) > 1,
        "nearly": [
            {"business": one.business, "hindrance": saying.hindrance_of(one, names)} for one in near
        ],
        "is_looked_for": opportunity.matched_version is not None,
        "asks_little": not said.terms,
        "letter": letter,
        "most": MOST_FIRMS,
    }


def letter_about(opportunity: Opportunity) -> str:
    """Return the words with which its people begin to write to those who fit.

    Where it stands without their name the number is left out, so that it does not tell whose it is.
    """
    number = opportunity.public_number if opportunity.is_named else ""
    parts = (opportunity.title, opportunity.text[:WORDS_READY], number)
    return "\n\n".join(part for part in parts if part)


def _row(match: Match, reasons: list[str], regions: Regions, written: str) -> dict[str, Any]:
    """Return a firm that fits as the page shows it; nothing is looked up by the template."""
    firm = match.business
    return {
        "name": firm.name,
        "number": firm.number,
        "href": firm.get_absolute_url(),
        "write": reverse("connections:write", args=[firm.number]) + written,
        "place": regions.full_name(firm.region_id),
        "score": round(match.score),
        "reasons": _items(reasons),
    }


def _items(texts: Iterable[str]) -> SafeString:
    """Return texts as the items of a list: a template's loop costs more than all else of a row."""
    return mark_safe("".join([f"<li>{escape(text)}</li>" for text in texts]))  # noqa: S308  # escaped


@access.members
@require_safe
def fitting(request: SignedInRequest) -> HttpResponse:
    """Show which open opportunities fit the businesses of a person, and why."""
    words, today = lexicon(), localdate()
    page = Paginator(fitting_keys(request.user, today), PAGE_SIZE).get_page(request.GET.get("hal"))
    names = saying.names_of(words)
    rows = [
        {
            "one": match.opportunity,
            "business": match.business,
            "kind": presenting.kind_name(match.opportunity, words),
            "left": presenting.left_in_words(match.opportunity.expires_on or today, today),
            "score": round(match.score),
            "reasons": _items(saying.reasons_of(match, names)),
        }
        for match in fitting_of(page)
    ]
    return render(request, "connections/fitting.html", {"rows": rows, "page": page})
