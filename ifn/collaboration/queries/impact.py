"""What projects changed, in figures: by project and in sum, each figure from its records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Final

from django.db.models import Count, QuerySet, Sum

from ifn.collaboration.models import BatchTally, Impact, Project
from ifn.prepared import Pageable, Pages


@dataclass(frozen=True, slots=True)
class Figures:
    """What was made and what came of it; the three values are never added up. Money is rupiah."""

    batches: int = 0
    made: int = 0
    handed: int = 0
    receipts: int = 0
    reorders: int = 0
    pairs: int = 0
    jobs: int = 0
    potential: int = 0
    committed: int = 0
    realised: int = 0

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to tell."""
        return not any(getattr(self, one.name) for one in fields(self))


_PK: Final = "batches"
_COUNTED: Final = {
    _PK: Count("pk"),
    "made": Sum("made"),
    "handed": Sum("handed"),
    "receipts": Sum("receipts"),
    "reorders": Sum("reorders"),
}


def figures_of(project: Project) -> Figures:
    """Return the figures of one project; two queries."""
    return figures_of_all([project.pk]).get(project.pk, Figures())


def figures_with(project: Project, tallies: Sequence[BatchTally]) -> Figures:
    """Return the figures of a project whose batches were read already; one query."""
    values = {name: sum(getattr(one, name) for one in tallies) for name in _COUNTED if name != _PK}
    said = Impact.objects.filter(project=project).order_by()
    for kind, amount in said.values_list("kind").annotate(total=Sum("amount")):
        values[kind] = int(amount)
    return Figures(batches=len(tallies), **values)


def figures_of_all(projects: Sequence[int]) -> Mapping[int, Figures]:
    """Return the figures of several projects by their keys; two queries."""
    counted = BatchTally.objects.filter(batch__project__in=projects).order_by()
    found: dict[int, dict[str, int]] = {pk: {} for pk in projects}
    rows = counted.values_list("batch__project").annotate(**_COUNTED)
    for pk, *values in rows.values_list("batch__project", *_COUNTED):
        found[pk] |= {name: value or 0 for name, value in zip(_COUNTED, values, strict=True)}
    said = Impact.objects.filter(project__in=projects).order_by()
    for pk, kind, amount in said.values_list("project", "kind").annotate(total=Sum("amount")):
        found[pk][kind] = int(amount)
    return {pk: Figures(**values) for pk, values in found.items()}


def figures_in_sum() -> Figures:
    """Return the figures of all projects; two queries, which read no receipt."""
    counted, said = BatchTally.objects.order_by(), Impact.objects.order_by()
    values = {name: value or 0 for name, value in counted.aggregate(**_COUNTED).items()}
    for kind, amount in said.values_list("kind").annotate(total=Sum("amount")):
        values[kind] = int(Decimal(amount))
    return Figures(**values)


def said_of(project: Project) -> list[Impact]:
    """Return what partners reported of a project, each with its source, the newest first."""
    rows = Impact.objects.filter(project=project).select_related("partner", "said_by")
    chosen = rows.only("kind", "amount", "on", "source", "partner__name", "said_by__name")
    return list(chosen.order_by("-on", "-pk"))


def keys_by_time() -> Pageable:
    """Return the keys of all projects that began, the newest first, to be read by pages."""
    return _BY_TIME.of()


_BY_TIME: Final = Pages(
    lambda: (
        Project.objects.exclude(state=Project.State.PLANNED)
        .order_by("-since", "-pk")
        .values_list("pk")
    )
)


def projects_by_time() -> QuerySet[Project]:
    """Return all projects that began, the newest first, with what names them."""
    rows = Project.objects.exclude(state=Project.State.PLANNED).select_related("led_by")
    chosen = rows.only("code", "title_id", "title_en", "state", "since", "led_by__name")
    return chosen.order_by("-since", "-pk")
