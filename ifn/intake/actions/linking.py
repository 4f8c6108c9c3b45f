"""Rows are cleaned and compared: with lists before, with each other, and with the directory."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from ifn.directory.linking import everyone, kept_signals, record_of, records_of, weights
from ifn.directory.serial import from_json, to_json
from ifn.intake.actions.stages import moved
from ifn.intake.deciding import Decision, decide
from ifn.intake.mapping import Columns
from ifn.intake.models import List, Row
from ifn.intake.queries import Known, guide_for, loaded_before, plants_in_directory, verdicts_on
from ifn.intake.writing import update_rows
from ifn.linkage.comparing import Comparison, compare
from ifn.linkage.deciding import CONFLICTS, SAME_STREET, Thresholds
from ifn.linkage.deciding import Decision as Linked
from ifn.linkage.deciding import decide as decide_pair
from ifn.linkage.evidence import Weights
from ifn.linkage.index import Candidate
from ifn.linkage.records import Prepared, Record, prepare
from ifn.linkage.sweep import sweep

#: Rows cleaned, and results written, in one transaction.
BATCH: Final = 1_000
#: Candidates kept for a row, and pieces of evidence for a candidate.
MOST_CANDIDATES, MOST_EVIDENCE = 5, 8
#: Rows that share a key with more others than this share it with a market hall.
MOST_SHARING: Final = 8
STATED: Final = (
    *("state", "reason", "column", "details", "facts", "name", "region", "plant", "stated"),
    *("decision", "decided_by", "decided_at", "note", "candidates", "probability", "business"),
)
FOUND: Final = (
    *("state", "reason", "details", "candidates", "probability", "business", "decision"),
)
State, Choice = Row.State, Row.Decision


def thresholds() -> Thresholds:
    """Return how likely a row must be a profile to be taken for it, or shown to a person."""
    return Thresholds(same=settings.LINK_SAME, ask=settings.LINK_ASK)


@transaction.atomic
def clean_rows(received: List, after: int) -> int | None:
    """Read the next rows behind a position; return the last one's, or nothing when all are read."""
    columns, guide = Columns.from_kept(received.mapping), guide_for(received)
    found = Row.objects.filter(list=received, position__gt=after).order_by("position")
    rows = list(found[:BATCH])
    for row in rows:
        if row.position <= columns.header_row + 1:
            _forget(row, State.ABOVE)
        else:
            _state(row, decide(row.position, row.raw, columns, guide))
    update_rows(STATED, rows)
    return rows[-1].position if rows else None


def _forget(row: Row, state: str) -> None:
    """Take away what was known of a row when its list was read in another way."""
    row.state, row.reason, row.column, row.details, row.facts = state, "", "", {}, {}
    row.name, row.region_id, row.plant, row.stated = "", None, "", ""
    row.decision, row.decided_by_id, row.decided_at, row.note = "", None, None, ""
    row.candidates, row.probability, row.business_id = [], None, None


def _state(row: Row, said: Decision) -> None:
    _forget(row, said.state)
    row.reason, row.column, row.details = said.reason, said.column, dict(said.details)
    row.name = str(said.details.get("name", ""))[:200]
    row.region_id = said.details.get("region") or None
    row.plant, row.stated = said.plant, said.stated
    if said.profile is not None:
        row.facts, row.decision = to_json(said.profile), Choice.CREATE
    elif said.state == State.SKIPPED:
        row.decision = Choice.SKIP


def compare_anew(received: List) -> None:
    """Forget what a comparison found that was cut off: it begins again with every row."""
    cut_off = Row.objects.filter(
        list=received, state__in=[State.SAME, State.MAYBE, State.TWICE], decided_by=None
    )
    cut_off.update(
        state=State.NEW,
        reason="",
        decision=Choice.CREATE,
        business=None,
        candidates=[],
        probability=None,
    )


@dataclass(slots=True)
class _Met:
    """A row on its way, with what it states as a record."""

    pk: int
    position: int
    record: Record
    stated: str


def compare_rows(received: List) -> Iterator[list[Row]]:
    """Compare the new rows of a list, and yield those changed by it in batches to be written.

    First comes what is certain: what people said before, the words and plants of lists before, the
    plants of the directory. Then rows that are one another, then likeness.
    """
    rest: list[_Met] = []
    changed: list[Row] = []
    seen: dict[str, int] = {}
    certain = _Certain(received)
    new = Row.objects.filter(list=received, state=State.NEW).order_by("position")
    for row in new.iterator(chunk_size=BATCH):
        if known := certain.known(row):
            _join(row, known)
            changed.append(row)
        elif row.plant in seen:
            _twice(row, seen[row.plant])
            changed.append(row)
        else:
            seen[row.plant] = row.position
            record = record_of(from_json(row.facts), row.pk)
            rest.append(_Met(row.pk, row.position, record, row.stated))
        if len(changed) >= BATCH:
            yield changed
            changed = []
    yield changed
    for some in _in_shares(_likely(rest, certain.told_apart)):
        rows = {row.pk: row for row in Row.objects.filter(pk__in=[pk for pk, _found in some])}
        for pk, found in some:
            _apply(rows[pk], found)
        yield list(rows.values())


class _Certain:
    """What is known of rows without comparing them."""

    def __init__(self, received: List) -> None:
        new = Row.objects.filter(list=received, state=State.NEW)
        facts = list(new.values_list("stated", "plant", "region"))
        stated, plants, regions = zip(*facts, strict=True) if facts else ((), (), ())
        self.said, self.told_apart = verdicts_on(stated)
        self.before = loaded_before(stated=stated, plants=plants)
        self.there = plants_in_directory(region for region in regions if region)

    def known(self, row: Row) -> Known | None:
        """Return the profile a row is certainly about, if any; never one that it is not."""
        ways = (
            self.said.get(row.stated),
            self.before.get(row.stated),
            self.before.get(row.plant),
            self.there.get(row.plant),
        )
        for known in ways:
            if known and (row.stated, known.business) not in self.told_apart:
                return known
        return None


def _join(row: Row, known: Known) -> None:
    row.state, row.reason, row.decision = State.SAME, known.reason, Choice.JOIN
    row.business_id, row.details = known.business, {**row.details, **known.details}


def _twice(row: Row, position: int) -> None:
    row.state, row.reason, row.decision = State.TWICE, "twice_in_list", Choice.SKIP
    row.details = {**row.details, "row": position}


@dataclass(frozen=True, slots=True)
class _Found:
    """What linkage found for a row."""

    candidates: tuple[Candidate, ...] = ()
    decision: Linked = Linked.OTHER
    #: The row of the same list that it may be, and how they compare.
    row: int = 0
    with_row: Comparison | None = None


def _likely(rows: list[_Met], told_apart: set[tuple[str, int]]) -> Iterator[tuple[int, _Found]]:
    limits, learned = thresholds(), weights()
    inside = _twins_inside(rows, limits, learned)
    stated = {one.pk: one.stated for one in rows}
    found: dict[int, _Found] = {}
    best: dict[Hashable, tuple[float, int]] = {}
    asked = (one.record for one in rows)
    swept = sweep(asked, everyone(), fetch=records_of, weights=learned) if rows else ()
    for key, all_candidates in swept:
        pk = int(str(key))
        candidates = tuple(
            one for one in all_candidates if (stated[pk], one.key) not in told_apart
        )[:MOST_CANDIDATES]
        decision = decide_pair(candidates[0].comparison, limits) if candidates else Linked.OTHER
        position, comparison = inside.get(pk, (0, None))
        found[pk] = _Found(candidates, decision, position, comparison)
        if decision is Linked.SAME:
            odds = candidates[0].comparison.log_odds
            best[candidates[0].key] = max(best.get(candidates[0].key, (odds, pk)), (odds, pk))
    for pk, one in found.items():
        if one.decision is Linked.SAME and best[one.candidates[0].key][1] != pk:
            # Two rows want one profile: a person says which of them it is.
            yield pk, _Found(one.candidates, Linked.ASK, one.row, one.with_row)
        elif one.decision is not Linked.OTHER or one.with_row:
            yield pk, one


def _twins_inside(
    rows: list[_Met], limits: Thresholds, learned: Weights
) -> dict[int, tuple[int, Comparison]]:
    """Return for rows the earlier row that they may be; only rows that share a key are compared."""
    sharing: defaultdict[tuple[str, str], list[tuple[_Met, Prepared]]] = defaultdict(list)
    for one in rows:
        prepared = prepare(one.record)
        keys = prepared.exact_keys()
        keys.append(("name", f"{' '.join(prepared.name.words)} {prepared.place.code}"))
        for key in keys:
            sharing[key].append((one, prepared))
    found: dict[int, tuple[int, Comparison]] = {}
    for several in sharing.values():
        if not 1 < len(several) <= MOST_SHARING:
            continue
        for place, (one, prepared) in enumerate(several):
            for earlier, other in several[:place]:
                comparison = compare(prepared, other, weights=learned)
                likelier = one.pk in found and found[one.pk][1].log_odds >= comparison.log_odds
                if not likelier and _may_be_one(comparison, limits):
                    found[one.pk] = earlier.position, comparison
    return found


def _may_be_one(comparison: Comparison, limits: Thresholds) -> bool:
    """Say whether two rows of a list may be one; what it tells apart it means to tell apart."""
    found = comparison.signals
    other_street = found.get("street", 1.0) + found.get("street_within", 0.0) < SAME_STREET
    if other_street or CONFLICTS & found.keys():
        return False
    return decide_pair(comparison, limits) is not Linked.OTHER


def _apply(row: Row, found: _Found) -> None:
    """Note on a row what linkage found."""
    row.candidates = [_kept(one) for one in found.candidates if _is_worth(one, found)]
    if found.candidates:
        row.probability = found.candidates[0].comparison.probability
    if found.with_row and decide_pair(found.with_row, thresholds()) is Linked.SAME:
        _twice(row, found.row)
    elif found.decision is Linked.SAME:
        row.state, row.reason, row.decision = State.SAME, "alike", Choice.JOIN
        row.business_id = int(str(found.candidates[0].key))
    else:
        row.state, row.decision = State.MAYBE, ""
        row.reason = "maybe_profile" if found.decision is Linked.ASK else "maybe_row"
        if found.with_row:
            row.details = {**row.details, "row": found.row}


def _is_worth(candidate: Candidate, found: _Found) -> bool:
    """Say whether a candidate is worth showing beside the best."""
    return candidate is found.candidates[0] or candidate.comparison.probability >= 0.1  # noqa: PLR2004


def _kept(candidate: Candidate) -> dict[str, Any]:
    return {
        "business": int(str(candidate.key)),
        "probability": round(candidate.comparison.probability, 4),
        "evidence": [
            [one.code, round(one.value, 3), round(one.weight, 2)]
            for one in candidate.comparison.evidence[:MOST_EVIDENCE]
        ],
        "signals": kept_signals(candidate.comparison),
    }


def _in_shares(found: Iterable[tuple[int, _Found]]) -> Iterator[list[tuple[int, _Found]]]:
    left = iter(found)
    while some := list(islice(left, BATCH)):
        yield some


@transaction.atomic
def note_linked(received: List, *, at: datetime) -> None:
    """Note that the rows of a list are compared and wait for decisions."""
    now = moved(received, {List.State.LINKING}, List.State.REVIEW)
    now.linked_at = at
    now.save(update_fields=["linked_at"])
