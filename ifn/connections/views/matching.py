"""Who fits what, in words: for those who ask, and for those who could answer."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections.models import Match, Opportunity
from ifn.connections.models.enquiries import MOST_FIRMS
from ifn.connections.opportunities import presenting, saying
from ifn.connections.opportunities.particulars import Particulars
from ifn.connections.queries.opportunities import fitting_for, matches_of
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

PAGE_SIZE: Final = 20
#: Characters of an opportunity's text that stand ready in a letter about it.
WORDS_READY: Final = 600


def match_context(opportunity: Opportunity, said: Particulars) -> dict[str, Any]:
    """Return who fits an opportunity and who nearly does, with reasons in the reader's words."""
    if opportunity.state != Opportunity.State.OPEN:
        return {"matches": [], "nearly": [], "is_looked_for": True}
    fitting = matches_of(opportunity, fitting=True)
    near = matches_of(opportunity, fitting=False)
    names = saying.names_of(lexicon())
    regions = all_regions()
    return {
        "matches": [_row(one, saying.reasons_of(one, names), regions) for one in fitting],
        "nearly": [_row(one, [saying.hindrance_of(one, names)], regions) for one in near],
        "is_looked_for": opportunity.matched_version is not None,
        "asks_little": not said.terms,
        "letter": letter_about(opportunity),
        "most": MOST_FIRMS,
    }


def letter_about(opportunity: Opportunity) -> str:
    """Return the words with which its people begin to write to those who fit.

    Where it stands without their name the number is left out, so that it does not tell whose it is.
    """
    number = opportunity.public_number if opportunity.is_named else ""
    parts = (opportunity.title, opportunity.text[:WORDS_READY], number)
    return "\n\n".join(part for part in parts if part)


def _row(match: Match, reasons: list[str], regions: Any) -> dict[str, Any]:
    return {
        "business": match.business,
        "place": regions.full_name(match.business.region_id),
        "score": round(match.score),
        "reasons": reasons,
    }


@access.members
@require_safe
def fitting(request: SignedInRequest) -> HttpResponse:
    """Show which open opportunities fit the businesses of a person, and why."""
    words, today = lexicon(), localdate()
    page = Paginator(fitting_for(request.user, today), PAGE_SIZE).get_page(request.GET.get("hal"))
    names = saying.names_of(words)
    rows = [
        {
            "one": match.opportunity,
            "business": match.business,
            "kind": presenting.kind_name(match.opportunity, words),
            "left": presenting.left_in_words(match.opportunity.expires_on or today, today),
            "score": round(match.score),
            "reasons": saying.reasons_of(match, names),
        }
        for match in page
    ]
    return render(request, "connections/fitting.html", {"rows": rows, "page": page})
