"""The day's question to the index: who is on the usual list, who sinks, who is of this year."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from ifn.directory.freshness import limits_on
from ifn.textsearch.asking import Band, Query

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


def aged(query: Query, today: date, chosen: frozenset[str] = frozenset()) -> Query:
    """Return a question that leaves dormant profiles out, unless chosen, and sinks stale ones."""
    only = frozenset({"year" if "year" in chosen else "usual"})
    facets = {group: values for group, values in query.facets.items() if group != FRESH}
    return replace(
        query,
        facets=facets if chosen == {"all"} else facets | {FRESH: only},
        bands={FRESH: bands_on(today)},
        sunk=Band("since", high=(limits_on(today).stale - _DAY).toordinal()),
    )
