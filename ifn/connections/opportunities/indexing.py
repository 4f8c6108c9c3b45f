"""Keep the search index of opportunities in step, in the writer's transaction."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.timezone import localdate

from ifn.connections.models import Opportunity
from ifn.connections.opportunities.particulars import GROUP_OF, VOCABULARY_OF, Particulars
from ifn.directory.models import Business
from ifn.directory.places import also_called
from ifn.regions.queries import Regions, all_regions
from ifn.textsearch import actions as textsearch
from ifn.textsearch.analysis import Field
from ifn.textsearch.entries import Entry
from ifn.vocabulary.queries import Lexicon, lexicon

#: The name of the collection in the index.
COLLECTION: Final = "opportunities"
#: What a list may show to visitors, and to those who are signed in.
AUDIENCES: Final = {"everyone": "everyone", "unnamed": "everyone", "members": "members"}
#: How much a word counts where it stands.
_TITLE, _TERM, _PLACE, _TEXT = 4.0, 1.5, 1.5, 1.0


def put_in_list(opportunity: Opportunity, particulars: Particulars) -> None:
    """Show an opportunity in lists and searches as it now stands, or take it off."""
    if not is_listed(opportunity):
        take_off_list([opportunity.pk])
        return
    textsearch.put(COLLECTION, [entry_of(opportunity, particulars, lexicon(), all_regions())])


def take_off_list(pks: Iterable[int]) -> None:
    """Remove opportunities from lists and searches."""
    textsearch.remove(COLLECTION, pks)


def is_listed(opportunity: Opportunity) -> bool:
    """Say whether an opportunity stands in a list; its last day is asked with the question."""
    return (
        opportunity.state == Opportunity.State.OPEN
        and opportunity.visibility in AUDIENCES
        and opportunity.business.status == Business.Status.LISTED
    )


def entry_of(
    opportunity: Opportunity, particulars: Particulars, words: Lexicon, regions: Regions
) -> Entry:
    """Return what the index takes in."""
    return Entry(
        key=opportunity.pk,
        fields=tuple(_fields(opportunity, particulars, words, regions)),
        facets=_facets(opportunity, particulars, words),
        numbers=_numbers(opportunity),
        quality=0.0,
    )


def _fields(
    opportunity: Opportunity, particulars: Particulars, words: Lexicon, regions: Regions
) -> Iterator[Field]:
    yield Field(particulars.title_id, "id", _TITLE)
    yield Field(particulars.title_en, "en", _TITLE)
    yield Field(particulars.text_id, "id", _TEXT)
    yield Field(particulars.text_en, "en", _TEXT)
    for vocabulary, code in particulars.terms:
        if word := words.get(vocabulary, code):
            yield Field(" ".join((word.name_id, *word.synonyms_id)), "id", _TERM)
            yield Field(" ".join((word.name_en, *word.synonyms_en)), "en", _TERM)
    for place in {regions.get(particulars.region), regions.province_of(particulars.region)}:
        if place:
            yield Field(f"{place.name} {also_called(place.code)}", None, _PLACE)
    if opportunity.is_named:
        yield Field(opportunity.business.name, None, _PLACE, is_name=True)


def _facets(
    opportunity: Opportunity, particulars: Particulars, words: Lexicon
) -> dict[str, list[str]]:
    kind = words.by_pk(opportunity.kind_id)
    facets: dict[str, list[str]] = {
        "audience": [AUDIENCES[opportunity.visibility]],
        "direction": [opportunity.direction],
        "kind": [kind.code] if kind else [],
        "province": [particulars.region[:2]] if particulars.region else [],
        **{group: [] for group in VOCABULARY_OF},
    }
    for vocabulary, code in particulars.terms:
        above = (up.code for up in words.ancestors(vocabulary, code))
        facets[GROUP_OF[vocabulary]] += [code, *above]
    return {group: list(dict.fromkeys(values)) for group, values in facets.items()}


def _numbers(opportunity: Opportunity) -> dict[str, float]:
    numbers: dict[str, float] = {}
    if opportunity.expires_on:
        numbers["until"] = opportunity.expires_on.toordinal()
    if opportunity.deadline:
        numbers["deadline"] = opportunity.deadline.toordinal()
    if opportunity.opened_at:
        numbers["opened"] = localdate(opportunity.opened_at).toordinal() + opportunity.pk / 1e9
    return numbers
