"""Batches, who is to get some, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Avg, Count, Q, QuerySet, Sum

from ifn.collaboration.models import (
    Allocation,
    AllocationLine,
    BatchSize,
    Feedback,
    ProductionBatch,
    Project,
    ProjectPartner,
    Reorder,
)
from ifn.directory.models import Business
from ifn.directory.naming import only_named
from ifn.prepared import Pages, Prepared, Several, Slot, counted


def batches_of(project: Project) -> QuerySet[ProductionBatch]:
    """Return the batches of a project with their counts, the newest first."""
    rows = ProductionBatch.objects.filter(project=project).select_related("tally")
    return rows.order_by("-made_on", "-pk")


def batch_of(project: Project, code: str) -> ProductionBatch | None:
    """Return a batch of a project by its code."""
    return next(iter(_BATCH.objects(project=project.pk, code=code)), None)


_UNTOLD: Final = ("does", "reason", "email", "phone", "link", "link_on")
_BATCH: Final = Prepared(
    lambda: (
        ProductionBatch.objects.filter(project=Slot("project"), code=Slot("code"))
        .select_related("made_by", "tally")
        .defer(*(f"made_by__{name}" for name in _UNTOLD))
        .order_by()
    )
)


def sizes_of(batch: ProductionBatch) -> list[BatchSize]:
    """Return what was made, is promised and was handed out, by size."""
    return _SIZES.objects(batch=batch.pk)


_SIZES: Final = Prepared(lambda: BatchSize.objects.filter(batch=Slot("batch")).order_by("size"))


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a list shows of who gets some; without ``on`` it has not signed."""

    key: int
    code: str
    asked: int | None
    basis: Mapping[str, Any]
    reason: str
    number: str
    name: str
    region: str | None
    way: str | None
    signed_by: str | None
    on: date | None
    #: The key of a size, pairs promised, pairs handed out.
    lines: list[tuple[int, int, int]] = field(default_factory=list)


_LISTED: Final = (
    *("pk", "code", "asked", "basis", "reason"),
    *("business__number", "business__name", "business__region"),
    *("receipt__way", "receipt__name", "receipt__on"),
)


def recipients_of(
    batch: ProductionBatch, start: int = 0, stop: int | None = None
) -> list[Recipient]:
    """Return who gets some, in the order of the list, or a part of it; three queries at most.

    Of a part the keys are asked first: joined, PostgreSQL reads all that stands before it.
    """
    if stop is None:
        rows = list(_listed(Allocation.objects.filter(batch=batch)))
    else:
        rows = _BY_KEY.rows(keys=_IN_ORDER.stretch(start, stop, batch=batch.pk))
    found = {row[0]: Recipient(*row) for row in rows}
    lines = AllocationLine.objects.filter(allocation__in=list(found)).order_by("size__size")
    for allocation, *line in lines.values_list("allocation", "size", "quantity", "handed"):
        found[allocation].lines.append((line[0], line[1], line[2]))
    return list(found.values())


def _listed(rows: QuerySet[Allocation]) -> QuerySet[Allocation, Any]:
    return rows.order_by("pk").values_list(*_LISTED)


_IN_ORDER: Final = Pages(
    lambda: Allocation.objects.filter(batch=Slot("batch")).order_by("pk").values_list("pk")
)
_BY_KEY: Final = Prepared(lambda: _listed(Allocation.objects.filter(pk__in=Several("keys"))))


def number_of_recipients(batch: ProductionBatch) -> int:
    """Return how many are on the list."""
    return sum(_NUMBER.column(batch=batch.pk))


_NUMBER: Final = Prepared(lambda: counted(Allocation.objects.filter(batch=Slot("batch"))))


def unsigned_of(batch: ProductionBatch) -> QuerySet[Allocation]:
    """Return those who get some and have not signed, with their firm and lines."""
    rows = Allocation.objects.filter(batch=batch, receipt=None).select_related("business")
    return rows.prefetch_related("lines").order_by("pk")


def allocation_of(batch: ProductionBatch, code: str) -> Allocation | None:
    """Return what one firm gets, by its code."""
    return _whole().filter(batch=batch, code=code).first()


def allocation_by_code(code: str) -> Allocation | None:
    """Return what a code stands for, wherever it is."""
    return _whole().filter(code=code).first()


def _whole() -> QuerySet[Allocation]:
    rows = Allocation.objects.select_related(
        "business",
        "receipt__feedback",
        "batch__project__led_by",
        "batch__made_by__business",
    )
    firm = ("name", "status", "merged_into", "is_demo")
    return rows.only(
        *("code", "asked", "basis", "reason", "business__name"),
        *(f"receipt__{name}" for name in ("way", "name", "on", "pairs", "words", "file")),
        *(f"receipt__feedback__{name}" for name in _SAID),
        *(f"batch__{name}" for name in ("code", "what", "rule_words", "state", "project")),
        *(f"batch__project__{name}" for name in ("code", "title_id", "title_en", "is_demo")),
        "batch__made_by__name",
        *(f"batch__project__led_by__{name}" for name in firm),
        *(f"batch__made_by__business__{name}" for name in firm),
    )


_SAID: Final = ("rating", "words", "would_order", "pairs_wanted")


def lines_of(one: Allocation) -> list[AllocationLine]:
    """Return what one firm gets of each size."""
    return list(one.lines.select_related("size").order_by("size__size"))


def feedback_of(
    batch: ProductionBatch, most: int = 12
) -> tuple[dict[str, float | int], list[Feedback]]:
    """Return what recipients say in sum, and the newest words of theirs."""
    rows = Feedback.objects.filter(receipt__allocation__batch=batch)
    summed = rows.aggregate(
        number=Count("pk"),
        rating=Avg("rating"),
        again=Count("pk", filter=Q(would_order=True)),
        wanted=Sum("pairs_wanted"),
    )
    if not summed["number"]:
        return summed, []
    newest = rows.exclude(words="").select_related("receipt__allocation__business")
    shown = newest.only("words", "rating", "at", "receipt__allocation__business__name")
    return summed, list(shown.order_by("-at", "-pk")[:most])


def reorders_of(batch: ProductionBatch) -> list[Reorder]:
    """Return the enquiries by which recipients ordered more, the newest first."""
    rows = Reorder.objects.filter(allocation__batch=batch)
    chosen = rows.select_related("allocation__business", "enquiry__letter")
    return list(only_named(chosen, "allocation__business").order_by("-at", "-pk"))


def makers_of(project: Project) -> list[ProjectPartner]:
    """Return the partners who may have made a batch."""
    rows = ProjectPartner.objects.filter(project=project, state=ProjectPartner.State.ACCEPTED)
    return list(rows.order_by("pk"))


def partner_firms(project: Project) -> list[Business]:
    """Return the firms of the directory that take part."""
    return _PARTNERS.objects(project=project.pk)


def _partners() -> QuerySet[Business]:
    partners = ProjectPartner.objects.filter(
        project=Slot("project"), state=ProjectPartner.State.ACCEPTED, business__isnull=False
    )
    rows = Business.objects.filter(pk__in=partners.values("business"))
    return rows.order_by("name", "pk")


_PARTNERS: Final = Prepared(_partners)


def firms_in(region: str, most: int) -> list[Business]:
    """Return the listed firms of a region, by name."""
    rows = Business.objects.listed().filter(kind=Business.Kind.BUSINESS).in_regions([region])
    return list(rows.order_by("name", "pk")[:most])
