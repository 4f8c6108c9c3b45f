"""What can be asked of a collection, and what comes back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ifn.textsearch.thesaurus import Thesaurus

#: Numbers under which a document's place is kept (degrees).
LATITUDE, LONGITUDE = "latitude", "longitude"


@dataclass(frozen=True, slots=True)
class Near:
    """A place, and how far from it documents may be."""

    latitude: float
    longitude: float
    within_km: float | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A number to sort by; documents without it come last."""

    number: str
    descending: bool = False


#: Sorts by distance from the query's place.
BY_DISTANCE = Sort("#distance")
#: Sorts by the documents' keys, an order that no change of a document changes.
BY_KEY = Sort("#key")


@dataclass(frozen=True, slots=True)
class Band:
    """Documents whose number lies between two bounds, which are included.

    ``missing`` takes those in that have no such number. What depends on the day, such as "changed
    this year", is a band: nothing has to be indexed anew when the day changes.
    """

    number: str
    low: float | None = None
    high: float | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    ``facets`` asks for any of the values within a group and for all groups; ``excluded`` for none
    of its values; the groups in ``bands`` are made of numbers as the question says, and are chosen
    and counted as all others. ``sunk`` come last when sorted by relevance without a text, and have
    less of their score with one. ``ranges`` are inclusive, with None for open ends. ``sort`` None
    is relevance. All words of ``text`` are required unless fewer than ``enough`` documents have
    them; then one word less, and so on. ``counts`` names the facet groups to count. ``prefix`` lets
    the last word be the beginning of one. ``after`` leaves out keys up to it, for pages sorted
    ``BY_KEY``.
    """

    text: str = ""
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    excluded: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    bands: Mapping[str, Mapping[str, Band]] = field(default_factory=dict)
    sunk: Band | None = None
    near: Near | None = None
    sort: Sort | None = None
    offset: int = 0
    limit: int = 24
    counts: tuple[str, ...] = ()
    enough: int = 1
    correct: bool = True
    prefix: bool = False
    after: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that the collection does not have, and the words searched for instead, best first."""

    word: str
    replacements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An answer.

    ``keys`` is the page asked for, in order, of ``total`` documents. ``counts`` says for each
    value of a group how many documents there would be with it, the group's own filter aside.
    ``missing`` are words that the first document found does not have; ``ignored`` words too many.
    ``whole`` is how many have every word, where documents with fewer were let in too. ``state``
    names the collection's state that was searched, as ``queries.state`` does.
    """

    total: int
    keys: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    missing: tuple[str, ...] = ()
    ignored: int = 0
    whole: int | None = None
    state: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Crossed:
    """How many documents have each value of one group together with each value of another.

    ``counts`` has a row for each of ``rows`` and a column for each of ``columns``; it is shared, so
    nobody may write to it.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many documents there are, and in how many each word asked for stands."""

    documents: int
    words: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a few typed letters may become: words of the collection, and documents by name."""

    words: tuple[str, ...]
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each thing asked for added to a document's score, and what its quality added."""

    words: Mapping[str, float] = field(default_factory=dict)
    quality: float = 0.0
