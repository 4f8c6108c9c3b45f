"""From the API's parameters to the question the directory's page would ask.

The page's own reader reads them, so that both understand the same; what the page would leave out
with a remark is refused here, because no program reads remarks.
"""

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.api.problems import Fault, Refused
from ifn.api.schemas import STABLE, BusinessQuery
from ifn.directory.search.filters import (
    PARAMETERS,
    SORTS,
    SWITCHES,
    Filters,
    read_filters,
    written,
)
from ifn.directory.search.finding import question
from ifn.directory.search.understanding import take_apart
from ifn.regions.queries import all_regions
from ifn.textsearch.asking import BY_DISTANCE, BY_KEY, Query, Result
from ifn.vocabulary.queries import lexicon


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the index, in which order, and what to say about it."""

    query: Query
    sort: str
    notes: list[str]


def ask(wanted: BusinessQuery, *, after: int) -> Asked:
    """Return the question.

    Raises:
        Refused: A value is not known; every one is named.

    """
    words, regions = lexicon(), all_regions()
    given = QueryDict(mutable=True)
    for group, name in PARAMETERS.items():
        given.setlist(name, [written(group, value) for value in _values(wanted, group)])
    given["q"] = wanted.q
    given["kapasitas"] = str(wanted.capacity_min or "")
    given["minimum"] = str(wanted.minimum_order_max or "")
    given["dekat"] = wanted.near
    given["persis"] = "1" if wanted.exact else ""
    sort = wanted.sort or ("distance" if wanted.near else "relevance" if wanted.q else STABLE)
    given["urut"] = SORTS.get(sort, "")
    filters, notes = read_filters(given, words, regions)
    faults = [*_unknown(wanted, filters), *_misplaced(wanted, sort, after)]
    if faults:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "parameter",
            _("Some parameters cannot be used; “errors” names each."),
            faults,
        )
    wording = take_apart(filters.text, regions, words)
    asked = question(filters, wording, regions, localdate(), size=wanted.limit)
    if wanted.confirmed_since:
        since = wanted.confirmed_since.toordinal()
        asked = replace(asked, ranges={**asked.ranges, "confirmed": (since, None)})
    if sort == STABLE or wanted.exact:
        # Nothing is mended or left out: what fits a walk must not hang on what else is there.
        asked = replace(asked, correct=False, enough=0)
    if sort == STABLE:  # one more tells whether there is a next page
        asked = replace(asked, sort=BY_KEY, after=after, limit=wanted.limit + 1)
    elif sort == "relevance" and asked.sort == BY_DISTANCE:  # the words name a place
        sort = "distance"
    return Asked(replace(asked, counts=()), sort, notes)


def _values(wanted: BusinessQuery, group: str) -> list[str]:
    given = getattr(wanted, group)
    if group in SWITCHES:
        return ["yes"] if given else []
    return list(given)


def _unknown(wanted: BusinessQuery, filters: Filters) -> list[Fault]:
    faults = []
    for group in PARAMETERS:
        known = {written(group, value) for value in filters.chosen.get(group, ())}
        faults += [
            (group, _("“%(value)s” is not known.") % {"value": value[:40]})
            for value in _values(wanted, group)
            if written(group, value) not in known
        ]
    faults += [
        (name, _("This is more than can be right."))
        for name, read in (
            ("capacity_min", filters.capacity),
            ("minimum_order_max", filters.minimum),
        )
        if (getattr(wanted, name) or None) != (read or None)
    ]
    if wanted.near and all_regions().get(wanted.near) is None:
        faults.append(("near", _("No region has the code “%(value)s”.") % {"value": wanted.near}))
    return faults


def _misplaced(wanted: BusinessQuery, sort: str, after: int) -> list[Fault]:
    """Return what contradicts the order; ``after`` is not zero where a cursor was given."""
    if after and sort != STABLE:
        return [("cursor", _("Rankings have no further pages; ask with sort=stable."))]
    if sort == "relevance" and wanted.near:
        return [("sort", _("With “near” profiles are ordered by distance; leave “sort” out."))]
    if sort == "distance" and not wanted.near:
        return [("sort", _("Say with “near” where to measure distances from."))]
    return []


def remarks(found: Result) -> list[str]:
    """Return what was made of the words that were asked for."""
    said = [
        _("“%(word)s” was read as “%(other)s”.") % {"word": one.word, "other": one.replacements[0]}
        for one in found.corrections
        if one.replacements
    ]
    if found.missing:
        words = ", ".join(f"“{word}”" for word in found.missing)
        said.append(_("Not everything found has: %(words)s.") % {"words": words})
    if found.whole:
        said.append(
            ngettext(
                "%(n)d profile has all of these words; the others have some of them.",
                "%(n)d profiles have all of these words; the others have some of them.",
                found.whole,
            )
            % {"n": found.whole}
        )
    if found.ignored:
        said.append(_("Words left out because there were too many: %(n)d.") % {"n": found.ignored})
    return said


def question_of(wanted: BusinessQuery) -> list[tuple[str, str]]:
    """Return what a cursor is bound to: all that decides which profiles fit."""
    values: dict[str, Any] = wanted.model_dump(exclude={"cursor", "limit", "sort"})
    return [
        (name, value.isoformat() if isinstance(value, date) else str(value))
        for name, value in values.items()
        if value
    ]
