"""Receive a list, decide each of its rows, and enter the profiles, all at once or not at all."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions import register_many, source_named
from ifn.directory.actions.bulk import Arrival
from ifn.directory.models import Business
from ifn.intake.deciding import Decision, Guide, decide, settle
from ifn.intake.mapping import Columns, Wanted, columns_of
from ifn.intake.models import List, Row
from ifn.intake.queries import loaded_before, plants_in_directory
from ifn.intake.reading import Sheet, Unreadable, sheets_of
from ifn.intake.types import Stated
from ifn.linkage.identity import fingerprint
from ifn.regions.queries import gazetteer
from ifn.vocabulary.queries import lexicon

#: Two loads that meet on one row: the second starts again and finds what the first has written.
TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file and what a person said about it; all but content and name may be left to guessing."""

    content: bytes
    file_name: str
    stated_on: date
    sheet: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    stated_types: Stated | None = None
    region: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A list read and decided, and nothing written yet."""

    sheet: Sheet
    columns: Columns
    decisions: tuple[Decision, ...]

    def counts(self) -> Counter[str]:
        """Return how many rows there are of each state."""
        return Counter(decision.state for decision in self.decisions)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list; ``already`` when this very list was loaded before."""

    proposal: Proposal
    received: List | None
    already: bool = False


def propose(incoming: Incoming) -> Proposal:
    """Read a list and decide every row, without writing anything.

    Raises:
        Unreadable: The file cannot be read, or has no such sheet.
        NoHeader, UnknownColumn, UnknownField: The columns are not as the person said.

    """
    return _settled(_decided(incoming))


def _decided(incoming: Incoming) -> Proposal:
    """Read the file and decide each row by itself."""
    sheet = _sheet(sheets_of(incoming.content, incoming.file_name), incoming.sheet)
    columns = columns_of(sheet.rows, incoming.wanted)
    guide = Guide(
        gazetteer=gazetteer(),
        phrases=lexicon().phrases,
        stated_types=incoming.stated_types,
        region=incoming.region,
    )
    return Proposal(sheet, columns, tuple(decide(sheet.rows, columns, guide)))


def _settled(decided: Proposal) -> Proposal:
    """Find which rows are there already."""
    wanted = [one for one in decided.decisions if one.state == Row.State.LOADED]
    by_stated, by_plant = loaded_before(
        stated=(one.stated for one in wanted), plants=(one.plant for one in wanted)
    )
    in_directory = plants_in_directory(one.profile.region for one in wanted if one.profile)
    settled = settle(decided.decisions, in_directory | by_plant, by_stated)
    return replace(decided, decisions=tuple(settled))


def load(incoming: Incoming, *, actor: User | None, at: datetime) -> Outcome:
    """Load a list: keep every row, enter the profiles, and say what became of each.

    Everything is one transaction. The same list read in the same way changes nothing the second
    time, also when two people load it at the same moment.

    Raises:
        Unreadable: The file cannot be read, or has no such sheet.
        NoHeader, UnknownColumn, UnknownField: The columns are not as the person said.

    """
    # Reading takes the longest and needs no lock, so it comes before the transaction.
    decided = _decided(incoming)
    for attempt in range(1, TRIES + 1):
        try:
            return _load(incoming, decided, actor=actor, at=at)
        except IntegrityError:
            if attempt == TRIES:
                raise
    raise AssertionError  # the loop returns or raises


@transaction.atomic
def _load(incoming: Incoming, decided: Proposal, *, actor: User | None, at: datetime) -> Outcome:
    digest = hashlib.sha256(incoming.content).hexdigest()
    proposal = _settled(decided)
    recipe = _recipe(incoming, proposal)
    before = List.objects.filter(sha256=digest, recipe=recipe).first()
    if before:
        return Outcome(_as_decided(proposal, before), before, already=True)
    # Everybody reads a profile's sources; how a file is called on somebody's disk stands here only.
    source = source_named("list", incoming.source)
    counts = proposal.counts()
    received = List.objects.create(
        file_name=incoming.file_name[:200],
        sha256=digest,
        recipe=recipe,
        sheet=proposal.sheet.name[:100],
        mapping=proposal.columns.said(),
        source=source,
        stated_on=incoming.stated_on,
        received_at=at,
        actor=actor,
        **{state: counts[state] for state in Row.State.values},
    )
    arrivals = [
        Arrival(one.profile, incoming.stated_on)
        for one in proposal.decisions
        if one.state == Row.State.LOADED and one.profile
    ]
    businesses = register_many(arrivals, source=source, actor=actor, at=at)
    proposal = replace(proposal, decisions=_with_profiles(proposal.decisions, businesses))
    Row.objects.bulk_create(
        Row(
            list=received,
            position=one.position,
            raw=list(one.raw),
            state=one.state,
            reason=one.reason,
            details=dict(one.details),
            business_id=one.business,
            plant=one.plant,
            stated=one.stated,
        )
        for one in proposal.decisions
    )
    record(
        "intake.list.loaded",
        received,
        actor=actor,
        at=at,
        file=received.file_name,
        source=source.label,
        rows={state: counts[state] for state in Row.State.values},
    )
    return Outcome(proposal, received)


def _sheet(sheets: Sequence[Sheet], wanted: str) -> Sheet:
    if not wanted:
        return max(sheets, key=lambda sheet: len(sheet.rows))
    for sheet in sheets:
        if sheet.name.strip().casefold() == wanted.strip().casefold():
            return sheet
    raise Unreadable(
        "no_sheet",
        _("The file has no sheet “%(sheet)s”. It has: %(sheets)s.")
        % {"sheet": wanted, "sheets": ", ".join(sheet.name for sheet in sheets)},
    )


def _recipe(incoming: Incoming, proposal: Proposal) -> str:
    """Return a digest of how the list is read; the stated meanings are part of it."""
    types = {
        column: {value: [meaning.skip, meaning.terms] for value, meaning in values.items()}
        for column, values in (incoming.stated_types or {}).items()
    }
    said = [proposal.sheet.name, proposal.columns.said(), types, incoming.region]
    return fingerprint([json.dumps(said, sort_keys=True)])


def _with_profiles(
    decisions: Sequence[Decision], businesses: Sequence[int]
) -> tuple[Decision, ...]:
    numbers = dict(Business.objects.filter(pk__in=businesses).values_list("pk", "number"))
    left = iter(businesses)
    return tuple(
        replace(one, business=(pk := next(left)), number=numbers[pk])
        if one.state == Row.State.LOADED
        else one
        for one in decisions
    )


def _as_decided(proposal: Proposal, received: List) -> Proposal:
    """Return the proposal with what was decided when this list was loaded."""
    rows = {row.position: row for row in received.rows.all()}
    decisions = []
    for one in proposal.decisions:
        row = rows.get(one.position)
        if row and one.state == Row.State.LOADED:
            one = replace(one, state=row.state, reason=row.reason, details=row.details)  # noqa: PLW2901
        decisions.append(one)
    return replace(proposal, decisions=tuple(decisions))


def erase_rows(business: Business) -> int:
    """Empty the cells of every row that became a profile or met it; return how many.

    The digests stay: by them the same row, coming again, is known and not entered anew.
    """
    found = Row.objects.filter(business=business).exclude(raw=[])
    return found.update(raw=[], details={})
