"""Firms assessed before and after a batch: those it mentored, and like ones nobody mentored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from ifn.assessments.models import Assessment, Score
from ifn.directory.models import Business
from ifn.programmes.measuring.changes import Comparison, Pair, compare
from ifn.programmes.models import Attendance, Batch, Registration
from ifn.programmes.queries.choosing import skills_of
from ifn.regions.containing import inside

#: States of batches whose sessions took place.
_HELD = (Batch.State.RUNNING, Batch.State.COMPLETED)
#: Two digits are the province.
_PROVINCE = 2


@dataclass(frozen=True, slots=True)
class Reassessed:
    """A firm assessed before and after: the levels that may be compared, and those that may not."""

    firm: Business
    before: Assessment
    after: Assessment
    levels: Mapping[str, Pair]
    #: Dimensions that the later version asks so differently that levels cannot be compared.
    changed: Sequence[str]
    #: Dimensions that an assessor saw the one time and only the firm itself the other.
    other_side: Sequence[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """Both groups, and which firms fell out of them."""

    mentored: Sequence[Reassessed] = ()
    others: Sequence[Reassessed] = ()
    #: Who came to the sessions.
    participants: int = 0
    #: Regions the other firms are in.
    regions: Sequence[str] = ()
    dimensions: Sequence[str] = ()
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)


def groups_of(batch: Batch, people: Sequence[Registration]) -> Groups:
    """Return the participants and like firms with levels before and after; few queries.

    Before is the last approved assessment up to the first day, after is the last one after the last
    day, with the questionnaire of the batch. Like firms are in its regions, have one of its roles,
    and took part in no batch between their two assessments.
    """
    came = _came(batch, people)
    own = {one.business_id for one in people if one.pk in came}
    if batch.instrument_id is None:
        return Groups(participants=len(own))
    regions = list(batch.for_regions) or sorted(
        {(one.business.region_id or "")[:_PROVINCE] for one in people} - {""}
    )
    found = _assessed(batch, own, regions)
    pairs = _pairs(batch, found)
    rows = [_reassessed(*pair) for pair in pairs.values()]
    mentored = [one for one in rows if one.firm.pk in own]
    others = _not_mentored(batch, [one for one in rows if one.firm.pk not in own])
    dimensions = list(batch.dimensions) or sorted({code for one in rows for code in one.levels})
    return Groups(
        mentored=mentored,
        others=others,
        participants=len(own),
        regions=regions,
        dimensions=dimensions,
        comparisons={
            code: compare(_levels(mentored, code), _levels(others, code)) for code in dimensions
        },
    )


def _levels(rows: Iterable[Reassessed], code: str) -> list[Pair]:
    return [one.levels[code] for one in rows if code in one.levels]


def _came(batch: Batch, people: Sequence[Registration]) -> set[int]:
    """Return who was at a session; everybody with a seat where no attendance was noted at all."""
    rows = Attendance.objects.filter(session__batch=batch)
    came = set(rows.values_list("registration", flat=True))
    return came or {one.pk for one in people}


def _assessed(batch: Batch, own: set[int], regions: Sequence[str]) -> list[Assessment]:
    """Return all approved assessments of the participants and of the firms in the regions."""
    firms = Q(business__in=own) | Q(business__merged_into__in=own)
    firms |= inside(regions, "business__region__code")
    rows = Assessment.objects.approved().filter(firms, instrument=batch.instrument_id)
    return list(
        rows.select_related("business__merged_into", "version").order_by("assessed_on", "pk")
    )


def _pairs(
    batch: Batch, found: Iterable[Assessment]
) -> dict[int, tuple[Assessment, Assessment, Mapping[int, list[Score]]]]:
    """Return the two assessments of each firm that has both, with the levels of all of them."""
    before: dict[int, Assessment] = {}
    after: dict[int, Assessment] = {}
    for one in found:  # in order of days: later ones take the place of earlier ones
        if one.assessed_on <= batch.starts_on:
            before[one.firm.pk] = one
        elif one.assessed_on > batch.ends_on:
            after[one.firm.pk] = one
    both = sorted(before.keys() & after.keys())
    wanted = [side[firm].pk for firm in both for side in (before, after)]
    scores: dict[int, list[Score]] = defaultdict(list)
    for score in Score.objects.filter(assessment__in=wanted).order_by("pk"):
        scores[score.assessment_id].append(score)
    return {firm: (before[firm], after[firm], scores) for firm in both}


def _reassessed(
    before: Assessment, after: Assessment, scores: Mapping[int, list[Score]]
) -> Reassessed:
    first, last = (_by_side(scores[one.pk]) for one in (before, after))
    levels: dict[str, Pair] = {}
    changed, other_side = [], []
    for code in sorted(first.keys() & last.keys()):
        side = next(
            (one for one in ("assessor", "own") if one in first[code] and one in last[code]), ""
        )
        if not side:
            other_side.append(code)
        elif first[code][side].line != last[code][side].line:
            changed.append(code)
        else:
            levels[code] = (float(first[code][side].level), float(last[code][side].level))
    return Reassessed(before.firm, before, after, levels, changed, other_side)


def _by_side(scores: Iterable[Score]) -> dict[str, dict[str, Score]]:
    found: dict[str, dict[str, Score]] = defaultdict(dict)
    for one in scores:
        found[one.dimension][one.side] = one
    return found


def _not_mentored(batch: Batch, rows: Sequence[Reassessed]) -> list[Reassessed]:
    """Return those with a role of the batch whom no batch mentored between their assessments."""
    keys = [one.firm.pk for one in rows]
    seats: dict[int, list[Batch]] = defaultdict(list)
    taken = Registration.objects.filter(
        Q(business__in=keys) | Q(business__merged_into__in=keys),
        seat__isnull=False,
        batch__state__in=_HELD,
    )
    for one in taken.select_related("batch", "business").order_by("pk"):
        seats[one.business.merged_into_id or one.business_id].append(one.batch)
    skills = skills_of(batch, keys)
    roles = set(batch.for_roles)
    return [
        one
        for one in rows
        if (not roles or skills[one.firm.pk]["role"] & roles)
        and not any(
            each.starts_on <= one.after.assessed_on and each.ends_on >= one.before.assessed_on
            for each in seats[one.firm.pk]
        )
    ]
