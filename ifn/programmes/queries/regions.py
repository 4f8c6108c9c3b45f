"""Where batches were and are to be, and the firms of which regions were served."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q

from ifn.directory.models import Business
from ifn.programmes.models import Attendance, Batch, Registration

#: What is to come, what goes on, and what is over; what was put off counts as neither.
PLANNED: Final = frozenset({Batch.State.PLANNED})
UNDER_WAY: Final = frozenset(
    {Batch.State.OPEN, Batch.State.SELECTING, Batch.State.CONFIRMED, Batch.State.RUNNING}
)


@dataclass(frozen=True, slots=True)
class Served:
    """Firms that had a seat and came: since a day, and the listed ones that ever did."""

    recently: int = 0
    listed_ever: int = 0


@dataclass(slots=True)
class Batches:
    """Batches of a region by where they stand; seats of all of them, planned and taken."""

    planned: int = 0
    under_way: int = 0
    done: int = 0
    seats: int = 0
    taken: int = 0

    @property
    def is_anything_to_come(self) -> bool:
        """Say whether a batch is planned or goes on."""
        return bool(self.planned or self.under_way)

    def add(self, other: "Batches") -> None:
        """Add those of another region."""
        self.planned += other.planned
        self.under_way += other.under_way
        self.done += other.done
        self.seats += other.seats
        self.taken += other.taken


def served_by_region(since: date) -> dict[str, Served]:
    """Return by regions of firms how many took part in a batch that ended since a day; one query.

    A firm counts once. Whoever had a seat and never came did not take part.
    """
    came = Attendance.objects.filter(registration=OuterRef("pk"))
    rows = (
        Registration.objects.filter(Exists(came), state=Registration.State.ACCEPTED)
        .order_by()
        .values_list("business__region")
        .annotate(
            recently=Count("business", distinct=True, filter=Q(batch__ends_on__gte=since)),
            listed=Count(
                "business",
                distinct=True,
                filter=Q(
                    business__status=Business.Status.LISTED, business__kind=Business.Kind.BUSINESS
                ),
            ),
        )
        .values_list("business__region", "recently", "listed")
    )
    return {region or "": Served(recently, listed) for region, recently, listed in rows}


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
                under_way=int(state in UNDER_WAY),
                done=int(state == Batch.State.COMPLETED),
                seats=quota,
                taken=taken.get(pk, 0),
            )
        )
    return dict(regions)
