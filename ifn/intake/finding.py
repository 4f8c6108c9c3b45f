"""Questions of the pages: whose lists there are, and which rows of one are wanted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, works_in
from ifn.directory.models import Business, Membership, Source
from ifn.intake.mapping import header_digest
from ifn.intake.models import List, ListQuerySet, Reading, Row, RowQuerySet
from ifn.intake.policies import SPEAKS
from ifn.regions.containing import inside

#: Labels of sources offered to whoever uploads.
MOST_SOURCES: Final = 200


def organisations_of(person: User) -> dict[int, Business]:
    """Return the partner organisations that a person may bring lists for, by key; one query."""
    found = Membership.objects.filter(
        person=person,
        role__in=SPEAKS,
        business__kind=Business.Kind.ORGANISATION,
    ).exclude(business__status=Business.Status.HIDDEN)
    return {
        one.business_id: one.business
        for one in found.select_related("business").order_by("business__name", "pk")
    }


def lists_for(person: User, organisations: Iterable[int]) -> ListQuerySet:
    """Return the lists that a person may see, the newest first."""
    found = List.objects.order_by("-received_at", "-pk")
    if can_manage_directory(person):
        return found
    # A scope is a short list of codes kept as JSON, which not every database can look into; the
    # lists with one are few, so their keys are picked here.
    inside = [
        key
        for key, scope in List.objects.exclude(scope=[]).values_list("pk", "scope")
        if scope and all(works_in(person, code) for code in scope)
    ]
    return found.filter(Q(organisation__in=list(organisations)) | Q(pk__in=inside))


def source_labels() -> list[str]:
    """Return the names of those whose lists came before."""
    found = Source.objects.filter(kind=Source.Kind.LIST).exclude(label="")
    return list(found.order_by("label").values_list("label", flat=True)[:MOST_SOURCES])


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows of a list are wanted; all of it may be left out."""

    state: str = ""
    #: "open", "rule" or "person".
    decided: str = ""
    region: str = ""
    words: str = ""
    #: Only rows by which a list changes profiles that are there.
    is_changing: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether it wants every row."""
        return self == RowFilter()


def rows_of(received: List, wanted: RowFilter) -> RowQuerySet:
    """Return the rows of a list that are wanted, as the list has them; never banner and header."""
    found = Row.objects.filter(list=received).exclude(state=Row.State.ABOVE)
    if wanted.state:
        found = found.filter(state=wanted.state)
    match wanted.decided:
        case "open":
            found = found.undecided()
        case "rule":
            found = found.filter(decided_by=None).exclude(decision="")
        case "person":
            found = found.exclude(decided_by=None)
    if wanted.region:
        found = found.filter(inside([wanted.region], "region__code"))
    if wanted.words:
        found = found.filter(name__icontains=wanted.words)
    if wanted.is_changing:
        found = found.filter(_CHANGES)
    return found.order_by("position")


#: Rows that say something of a profile that is there: joined, or joined and brought up to date.
_CHANGES: Final = Q(
    decision=Row.Decision.JOIN, state__in=[Row.State.SAME, Row.State.MAYBE, Row.State.NEW]
) | Q(outcome=Row.Outcome.REVISED)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a list has: of each state that has any, in all, and still to be decided."""

    states: Mapping[str, int]
    undecided: int

    @property
    def total(self) -> int:
        """Return how many rows there are."""
        return sum(self.states.values())

    def of(self, *states: str) -> int:
        """Return how many rows have one of these states."""
        return sum(self.states.get(state, 0) for state in states)


def counts_of(lists: Iterable[List]) -> dict[int, Counts]:
    """Return the counts of lists by their keys; two queries however many lists."""
    keys = [one.pk for one in lists]
    states: dict[int, Counter[str]] = {key: Counter() for key in keys}
    rows = Row.objects.filter(list__in=keys).exclude(state=Row.State.ABOVE)
    for key, state, number in rows.order_by().values_list("list", "state").annotate(n=Count("pk")):
        states[key][state] = number
    waiting = Row.objects.filter(list__in=keys).undecided().order_by()
    undecided = dict(waiting.values_list("list").annotate(n=Count("pk")))
    return {key: Counts(states[key], undecided.get(key, 0)) for key in keys}


def counts(received: List) -> Counts:
    """Return the counts of one list."""
    return counts_of([received])[received.pk]


def beside(received: List, position: int, wanted: RowFilter) -> tuple[Row | None, Row | None]:
    """Return the rows in front of and behind a position among those wanted."""
    found = rows_of(received, wanted)
    before = found.filter(position__lt=position).order_by("-position").first()
    return before, found.filter(position__gt=position).first()


def is_remembered(received: List) -> bool:
    """Say whether a list waits to be read as its source's last list with this header was."""
    if received.state != List.State.MAPPING or not received.mapping:
        return False
    header = header_digest(received.mapping["header"])
    return Reading.objects.filter(source=received.source, header=header).exists()
