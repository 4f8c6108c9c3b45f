"""Where batches were and are to be, and the firms of which regions were served."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ifn.directory.models import Business
from ifn.programmes.models import Attendance, Batch, Registration

#: What is to come, what goes on, and what is over; what was put off counts as neither.
PLANNED: Final = frozenset({Batch.State.PLANNED})
OPEN: Final = frozenset({Batch.State.OPEN})
PREPARED: Final = frozenset({Batch.State.SELECTING, Batch.State.CONFIRMED})
UNDER_WAY: Final = frozenset({Batch.State.RUNNING})


@dataclass(frozen=True, slots=True)
class Served:
    """Firms that had a seat and came: since a day, and ever."""

    recently: int = 0
    ever: int = 0


@dataclass(slots=True)
class Batches:
    """Batches of a region by where they stand; seats of all of them, planned and taken."""

    planned: int = 0
    open: int = 0
    prepared: int = 0
    under_way: int = 0
    done: int = 0
    seats: int = 0
    taken: int = 0

    @property
    def is_anything_to_come(self) -> bool:
        """Say whether a batch is planned or goes on."""
        return bool(self.planned or self.open or self.prepared or self.under_way)

    @property
    def total(self) -> int:
        """Return how many batches there are."""
        return self.planned + self.open + self.prepared + self.under_way + self.done

    def add(self, other: "Batches") -> None:
        """Add those of another region."""
        self.planned += other.planned
        self.open += other.open
        self.prepared += other.prepared
        self.under_way += other.under_way
        self.done += other.done
        self.seats += other.seats
        self.taken += other.taken


def served_by_region(since: date) -> dict[str, Served]:
    """Return by regions how many firms that count took part, since a day and ever; one query.

    A firm counts once. Whoever had a seat and never came did not take part.
    """
    rows = (
        _took_part()
        .filter(business__status__in=Business.COUNTED, business__kind=Business.Kind.BUSINESS)
        .order_by()
        .values_list("business__region")
        .annotate(
            recently=Count("business", distinct=True, filter=Q(batch__ends_on__gte=since)),
            ever=Count("business", distinct=True),
        )
        .values_list("business__region", "recently", "ever")
    )
    return {region or "": Served(recently, ever) for region, recently, ever in rows}


def never_served(region: str, within: Collection[str] | None = None) -> QuerySet[Business]:
    """Return the firms of a region that never took part in a batch, by name.

    ``within`` are the regions of whoever asks; None sees all.
    """
    found = Business.objects.counted().in_regions([region])
    if within is not None:
        found = found.in_regions(within)
    served = _took_part().filter(business=OuterRef("pk"))
    return found.exclude(Exists(served)).order_by("name", "pk")


def _took_part() -> QuerySet[Registration]:
    came = Attendance.objects.filter(registration=OuterRef("pk"))
    return Registration.objects.filter(Exists(came), state=Registration.State.ACCEPTED)


def batches_by_region(since: date) -> dict[str, Batches]:
    """Return by their regions the batches that end or ended since a day; two queries.

    Batches without a place, such as online classes, are under an empty code; cancelled and
    postponed ones nowhere.
    """
    found = Batch.objects.filter(ends_on__gte=since).exclude(
        state__in=[Batch.State.CANCELLED, Batch.State.POSTPONED]
    )
    accepted = Registration.objects.filter(batch__in=found, state=Registration.State.ACCEPTED)
    taken = dict(
        accepted.order_by()
        .values_list("batch")
        .annotate(total=Count("pk"))
        .values_list("batch", "total")
    )
    regions: dict[str, Batches] = defaultdict(Batches)
    for pk, region, state, quota in found.values_list("pk", "region", "state", "quota"):
        regions[region or ""].add(
            Batches(
                planned=int(state in PLANNED),
                open=int(state in OPEN),
                prepared=int(state in PREPARED),
                under_way=int(state in UNDER_WAY),
                done=int(state == Batch.State.COMPLETED),
                seats=quota,
                taken=taken.get(pk, 0),
            )
        )
    return dict(regions)
