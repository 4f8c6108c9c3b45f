"""Batches, who is to get some, and what came of it."""

from typing import Final

from django.db.models import Avg, Count, Prefetch, Q, QuerySet, Sum

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


def batches_of(project: Project) -> QuerySet[ProductionBatch]:
    """Return the batches of a project with their counts, the newest first."""
    rows = ProductionBatch.objects.filter(project=project).select_related("tally")
    return rows.order_by("-made_on", "-pk")


def batch_of(project: Project, code: str) -> ProductionBatch | None:
    """Return a batch of a project by its code."""
    rows = ProductionBatch.objects.filter(project=project, code=code)
    chosen = rows.select_related("made_by", "tally").defer(
        *(f"made_by__{name}" for name in ("does", "reason", "email", "phone", "link", "link_on"))
    )
    return chosen.order_by().first()


def sizes_of(batch: ProductionBatch) -> list[BatchSize]:
    """Return what was made, is promised and was handed out, by size."""
    return list(batch.sizes.order_by("size"))


def allocations_of(batch: ProductionBatch) -> QuerySet[Allocation]:
    """Return who gets some, in the order of the list, with lines and receipt."""
    rows = Allocation.objects.filter(batch=batch).select_related("business", "receipt")
    chosen = rows.only(
        *("code", "asked", "basis", "reason", "allocated_at", "batch"),
        *(f"business__{name}" for name in ("name", "number", "region", "is_demo")),
        *(f"receipt__{name}" for name in ("way", "name", "on", "pairs")),
    )
    lines = AllocationLine.objects.only("allocation", "size", "quantity", "handed")
    return chosen.prefetch_related(Prefetch("lines", lines)).order_by("pk")


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
    partners = ProjectPartner.objects.filter(
        project=project, state=ProjectPartner.State.ACCEPTED, business__isnull=False
    )
    rows = Business.objects.filter(pk__in=partners.values("business"))
    return list(rows.order_by("name", "pk"))


def firms_in(region: str, most: int) -> list[Business]:
    """Return the listed firms of a region, by name."""
    rows = Business.objects.listed().filter(kind=Business.Kind.BUSINESS).in_regions([region])
    return list(rows.order_by("name", "pk")[:most])
