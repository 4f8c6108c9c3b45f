"""What can be followed: pages whose address is a question, each with what it takes to ask it again.

Another kind of page is one more class with these three functions, and its name in ``PAGES``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from django.http import QueryDict
from django.utils.translation import gettext
from pyroaring import BitMap

from ifn.connections.models import Opportunity
from ifn.connections.search import filters as opportunities
from ifn.connections.search.finding import keys_of
from ifn.connections.search.finding import rows as opportunity_rows
from ifn.connections.search.results import label_of
from ifn.directory.search import Filters, read_filters
from ifn.directory.search.filters import LONGEST_TEXT
from ifn.directory.search.finding import matching_keys, rows
from ifn.directory.search.naming import name_of
from ifn.notices.paths import path_of
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

LONGEST_NAME: Final = 120
LONGEST_QUERY: Final = 1000


@dataclass(frozen=True, slots=True)
class Search:
    """A question in its one form, and a name for it in the language in force."""

    query: str
    name: str


class Broken(Exception):  # noqa: N818
    """The question can no longer be asked as it was; without a part of it, it would be another."""


class Page(Protocol):
    """A kind of page that can be followed."""

    #: Names the sentences in ``notices.kinds`` that tell what is new.
    words: str
    #: The name of its address.
    view: str

    def read(self, data: QueryDict) -> Search:
        """Read an address: what asks the same becomes the same, what is not known is left out."""

    def find(self, query: str, on: date) -> Sequence[int]:
        """Return the keys of all that fits on a day.

        Raises:
            Broken: A part of the question is not known any more.

        """

    def describe(self, keys: Sequence[int]) -> list[tuple[str, str]]:
        """Return a text and an address for each of these that is still shown, in this order."""


class DirectoryPage:
    """The directory: profiles that fit."""

    words = "following.profiles"
    view = "directory:list"

    def read(self, data: QueryDict) -> Search:
        words, regions = lexicon(), all_regions()
        filters, _notes = read_filters(data, words, regions)
        return Search(_query_of(filters), shortened(name_of(filters, words, regions)))

    def find(self, query: str, on: date) -> Sequence[int]:
        regions = all_regions()
        filters, _notes = read_filters(QueryDict(query), lexicon(), regions)
        if _query_of(filters) != query:
            raise Broken
        return matching_keys(filters, regions, on)

    def describe(self, keys: Sequence[int]) -> list[tuple[str, str]]:
        regions = all_regions()
        described = []
        for row in rows(tuple(keys)):
            place = regions.full_name(row.content["region"])
            text = f"{row.content['name']}, {place}" if place else row.content["name"]
            address = path_of("site:by-number", row.content["number"])
            described.append((text, address))
        return described


class OpportunitiesPage:
    """Offers and requests: what is open, to members, and fits."""

    words = "following.opportunities"
    view = "connections:opportunities"

    def read(self, data: QueryDict) -> Search:
        words, regions = lexicon(), all_regions()
        filters, _notes = opportunities.read_filters(data, words, regions)
        parts = [filters.text] if filters.text else []
        for group, values in filters.chosen.items():
            parts += [label_of(group, value, words, regions) for value in values]
        name = " · ".join(parts) or gettext("All opportunities")
        return Search(_plain(filters), shortened(name))

    def find(self, query: str, on: date) -> Sequence[int]:
        filters, _notes = opportunities.read_filters(QueryDict(query), lexicon(), all_regions())
        if _plain(filters) != query:
            raise Broken
        return keys_of(filters, on)

    def describe(self, keys: Sequence[int]) -> list[tuple[str, str]]:
        return [
            (
                row.opportunity.title,
                path_of("connections:opportunity", row.opportunity.number),
            )
            for row in opportunity_rows(tuple(keys))
            if row.opportunity.state == Opportunity.State.OPEN
        ]


PAGES: Final[dict[str, Page]] = {
    "directory": DirectoryPage(),
    "opportunities": OpportunitiesPage(),
}


def _plain(filters: opportunities.Filters) -> str:
    """Return a question about opportunities in its one form."""
    chosen = {group: tuple(sorted(values)) for group, values in filters.chosen.items()}
    text = filters.text.casefold().strip()
    plain = replace(filters, text=text, chosen=chosen, sort="relevance", page=1)
    return plain.query().removeprefix("?")


def _query_of(filters: Filters) -> str:
    """Return a question in its one form, without what only changes how its answer is shown."""
    chosen = {group: tuple(sorted(values)) for group, values in filters.chosen.items()}
    plain = replace(
        filters,
        text=filters.text.casefold()[:LONGEST_TEXT].strip(),
        chosen=chosen,
        sort="relevance",
        view="list",
        page=1,
        unfolded="",
    )
    return plain.query().removeprefix("?")


def shortened(name: str) -> str:
    """Return a name that fits, cut at a word with an ellipsis where it is too long."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 1].rpartition(' ')[0] or name[: LONGEST_NAME - 1]}…"


def address_of(page: str, query: str) -> str:
    """Return the path of what is followed, without a language in front."""
    path = path_of(PAGES[page].view)
    return f"{path}?{query}" if query else path


def packed(keys: BitMap) -> bytes:
    """Return keys as a few bytes."""
    return bytes(keys.serialize())


def unpacked(known: bytes | memoryview) -> BitMap:
    """Return the keys in packed bytes."""
    return BitMap.deserialize(bytes(known))
