"""The day's question to the index: who is on the usual list, who sinks, what still holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ifn.directory.freshness import limits_on
from ifn.directory.listings import DATED, VOCABULARY_OF, until
from ifn.directory.verified import TOPICS
from ifn.textsearch.asking import Band, Query
from ifn.vocabulary.queries import Lexicon

#: The group of the index's questions that depends on the day.
FRESH: Final = "fresh"
_DAY: Final = timedelta(days=1)


def usual_on(today: date) -> Band:
    """Return the profiles of the usual list: those not dormant."""
    return Band("since", low=limits_on(today).dormant.toordinal(), missing=True)


def bands_on(today: date) -> Mapping[str, Band]:
    """Return the values of the group: the usual list, the dormant, the confirmed of this year."""
    span = limits_on(today)
    return {
        "usual": usual_on(today),
        "dormant": Band("since", high=(span.dormant - _DAY).toordinal()),
        "year": Band("confirmed", low=span.year.toordinal()),
    }


@lru_cache(maxsize=2)
def dated(lexicon: Lexicon, today: date) -> Mapping[str, Mapping[str, Band]]:
    """Return the groups whose values end on a day: what ended before today is none of them."""
    values = {
        "certificate": [word.code for word in lexicon.of(VOCABULARY_OF["certificate"])],
        "verified": TOPICS,
    }
    first = today.toordinal()
    return {
        group: {value: Band(until(group, value), low=first) for value in values[group]}
        for group in DATED
    }


def aged(query: Query, today: date, chosen: frozenset[str] = frozenset()) -> Query:
    """Return a question that leaves dormant profiles out, unless chosen, and sinks stale ones."""
    only = frozenset({"year" if "year" in chosen else "usual"})
    facets = {group: values for group, values in query.facets.items() if group != FRESH}
    return replace(
        query,
        facets=facets if chosen == {"all"} else facets | {FRESH: only},
        bands={**query.bands, FRESH: bands_on(today)},
        sunk=Band("since", high=(limits_on(today).stale - _DAY).toordinal()),
    )
