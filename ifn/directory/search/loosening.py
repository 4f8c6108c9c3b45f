"""When nothing is found: which single filter to take off, and what that would leave."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from ifn.directory.listings import COLLECTION
from ifn.directory.search.facets import label_of
from ifn.directory.search.filters import Filters
from ifn.directory.search.finding import question
from ifn.directory.search.understanding import take_apart
from ifn.regions.queries import Regions
from ifn.textsearch import queries as textsearch
from ifn.vocabulary.queries import Lexicon

#: Each suggestion costs a search; more than a few help nobody.
MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A filter to take off: its name, the query without it, and what would then be found."""

    name: str
    query: str
    total: int


def suggestions(
    filters: Filters, lexicon: Lexicon, regions: Regions, today: date
) -> list[Suggestion]:
    """Return which single filters to take off, the most fruitful first."""
    found = []
    for name, looser in list(_looser(filters, lexicon, regions))[:MOST]:
        wording = take_apart(looser.text, regions, lexicon)
        asked = replace(question(looser, wording, regions, today, size=1), counts=(), limit=0)
        total = textsearch.search(COLLECTION, asked).total
        if total:
            found.append(Suggestion(name, looser.query(), total))
    return sorted(found, key=lambda one: -one.total)


def _looser(filters: Filters, lexicon: Lexicon, regions: Regions) -> Iterator[tuple[str, Filters]]:
    base = replace(filters, page=1, view="list")
    if filters.minimum:
        yield _("the minimum order"), replace(base, minimum=None)
    if filters.capacity:
        yield _("the capacity"), replace(base, capacity=None)
    for group in reversed(list(filters.chosen)):
        rest = {name: values for name, values in filters.chosen.items() if name != group}
        labels = (label_of(group, value, lexicon, regions) for value in filters.chosen[group])
        yield ", ".join(labels), replace(base, chosen=rest)
    if filters.text and (filters.chosen or filters.minimum or filters.capacity):
        yield f"“{filters.text[:40]}”", replace(base, text="")
