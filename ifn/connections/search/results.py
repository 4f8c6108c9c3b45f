"""A page of results in HTML: pills, facets, cards."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ifn.connections.models import Opportunity
from ifn.connections.opportunities.particulars import VOCABULARY_OF
from ifn.connections.search.filters import DEADLINE_DAYS, PARAMETERS, SORTS, Filters, written
from ifn.connections.search.finding import Found, Suggestion
from ifn.directory.search.facets import count_text
from ifn.regions.queries import Regions
from ifn.ui import fragments, listing
from ifn.ui.pieces import Choice, choices
from ifn.vocabulary.queries import Lexicon

TITLES: Final = {
    "direction": gettext_lazy("Offer or request"),
    "kind": gettext_lazy("What it is about"),
    "product": gettext_lazy("Product"),
    "material": gettext_lazy("Material"),
    "process": gettext_lazy("Process"),
    "certificate": gettext_lazy("Certificate asked for"),
    "province": gettext_lazy("Province"),
    "deadline": gettext_lazy("Time until the deadline"),
    "text": gettext_lazy("the words"),
}
_OPEN: Final = frozenset({"direction", "kind", "product"})
#: So many values of a group are shown, the most frequent first, and what is chosen.
_FIRST: Final = 12


def count_words(total: int) -> str:
    """Return how many there are, in words."""
    return ngettext("%(count)s opportunity", "%(count)s opportunities", total) % {
        "count": count_text(total)
    }


def label_of(group: str, value: str, words: Lexicon, regions: Regions) -> str:
    """Return a facet value in the reader's words."""
    if group == "direction":
        return str(Opportunity.Direction(value).label)
    if group == "deadline":
        days = DEADLINE_DAYS.get(value)
        return _("at least %(days)d days") % {"days": days} if days else _("no deadline")
    if group == "province":
        place = regions.get(value)
        return place.short_name if place else value
    vocabulary = "opportunity_type" if group == "kind" else VOCABULARY_OF[group]
    word = words.get(vocabulary, value)
    return word.name if word else value


def pills(filters: Filters, words: Lexicon, regions: Regions) -> list[SafeString]:
    """Return the filters in force, each with a link that takes it off."""
    return [
        listing.pill(
            label_of(group, value, words, regions),
            filters.query(chosen=filters.without(group, value)),
        )
        for group in PARAMETERS
        for value in filters.chosen.get(group, ())
    ]


def facet_groups(filters: Filters, found: Found, words: Lexicon, regions: Regions) -> SafeString:
    """Return every facet with its values and what each would leave."""
    groups = [_group(group, filters, found, words, regions) for group in PARAMETERS]
    return fragments.join(groups)


def _group(
    group: str, filters: Filters, found: Found, words: Lexicon, regions: Regions
) -> SafeString:
    chosen, counts = filters.chosen.get(group, ()), found.counts.get(group, {})
    values = [*list(counts)[:_FIRST], *(one for one in chosen if one not in counts)]
    values += [one for one in chosen if one not in values]
    if group == "deadline":
        values = [one for one in (*DEADLINE_DAYS, "none") if one in values]
    if not values:
        return SafeString()
    return choices(
        PARAMETERS[group],
        TITLES[group],
        _choices(group, values, chosen, counts, words, regions),
        open_=group in _OPEN or bool(chosen),
    )


def _choices(  # a group, its values, and what they are called
    group: str,
    values: Iterable[str],
    chosen: tuple[str, ...],
    counts: Any,
    words: Lexicon,
    regions: Regions,
) -> Iterable[Choice]:
    for value in values:
        label = label_of(group, value, words, regions)
        yield Choice(written(group, value), label, counts.get(value, 0), value in chosen)


def sorts(filters: Filters) -> list[dict[str, Any]]:
    """Return the orders to choose from."""
    names = {
        "relevance": _("Best match"),
        "newest": _("Newest"),
        "deadline": _("Deadline"),
    }
    return [
        {"value": SORTS[key], "label": name, "chosen": key == filters.sort}
        for key, name in names.items()
    ]


def loosened(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """Return what to take off where nothing was found, in words."""
    return [
        {"name": TITLES[one.group], "query": one.query, "total": one.total} for one in suggestions
    ]
