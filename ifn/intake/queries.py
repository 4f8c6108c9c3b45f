"""What is there already, as far as a list that comes in can meet it, and how lists are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ifn.directory import queries as directory
from ifn.directory.models import Business
from ifn.directory.numbers import spoken
from ifn.directory.serial import from_json
from ifn.directory.whole import Whole, whole
from ifn.intake.deciding import Decision, Guide, decide
from ifn.intake.mapping import HEADER_WITHIN, Columns, Wanted, columns_of
from ifn.intake.models import List, Row, Verdict
from ifn.intake.revising import Change, changes
from ifn.intake.types import Stated, stated_from
from ifn.linkage.identity import identity
from ifn.regions.queries import gazetteer
from ifn.vocabulary.queries import lexicon

#: Databases bound the number of values in one question.
AT_ONCE = 500
#: Rows below the header that are read for a preview.
PREVIEWED = 20


@dataclass(frozen=True, slots=True)
class Known:
    """A profile that a row is certainly about, and by what it is known."""

    business: int
    reason: str
    details: Mapping[str, Any]


def plants_in_directory(regions: Iterable[str]) -> dict[str, Known]:
    """Return the real profiles in these regions by their plant, whoever entered them."""
    columns = (
        *("name", "address", "region_id", "postcode", "legal_form"),
        *("pk", "number", "merged_into", "merged_into__number"),
    )
    found = (
        Business.objects.filter(region__in=sorted(set(regions)), is_demo=False)
        .exclude(status=Business.Status.DRAFT)
        .order_by("-pk")
        .values_list(*columns)
    )
    return {
        identity(name, address, region or "", postcode, legal_form=form).plant: Known(
            into or pk, "in_directory", {"number": spoken(into_number or number)}
        )
        for name, address, region, postcode, form, pk, number, into, into_number in found.iterator()
    }


def loaded_before(*, stated: Iterable[str], plants: Iterable[str]) -> dict[str, Known]:
    """Return the profiles that lists before brought, by the words stated and by the plant."""
    return _loaded("plant", plants) | _loaded("stated", stated)


def _loaded(column: str, digests: Iterable[str]) -> dict[str, Known]:
    known: dict[str, Known] = {}
    for some in _shares(digests):
        rows = (
            Row.objects.filter(state=Row.State.APPLIED, **{f"{column}__in": some})
            .order_by("-pk")
            .values_list(
                *(column, "business", "business__number", "list__file_name", "position"),
                *("business__merged_into", "business__merged_into__number"),
            )
        )
        for digest, business, number, file_name, position, into, into_number in rows:
            known[digest] = Known(
                into or business or 0,
                "loaded_before",
                {
                    "number": spoken(into_number or number or ""),
                    "file": file_name,
                    "row_before": position,
                },
            )
    return known


def verdicts_on(stated: Iterable[str]) -> tuple[dict[str, Known], set[tuple[str, int]]]:
    """Return what people said of these words: the profile they are, and those they are not."""
    same: dict[str, Known] = {}
    other: set[tuple[str, int]] = set()
    for some in _shares(stated):
        rows = Verdict.objects.filter(stated__in=some).order_by("pk")
        for one in rows.select_related("business__merged_into"):
            standing = directory.standing_for(one.business)
            if one.is_same:
                details = {"number": spoken(standing.number)}
                same[one.stated] = Known(standing.pk, "decided_before", details)
            else:
                other.add((one.stated, standing.pk))
    return same, other


def standing_business(pk: int) -> Business | None:
    """Return the profile that stands for the one of this key, if any is still there."""
    found = Business.objects.filter(pk=pk).select_related("merged_into").first()
    return directory.standing_for(found) if found else None


def changes_of(row: Row, business: Business) -> list[Change]:
    """Return in which fields a row and a profile differ, and what is to happen if they are one."""
    return changes_to(whole(directory.standing_for(business)), row) if row.facts else []


def changes_to(known: Whole, row: Row) -> list[Change]:
    """Return in which fields a row and what is known of a profile differ."""
    return changes(
        known.profile,
        from_json(row.facts),
        known.said_by,
        stated_on=row.list.stated_on,
        chosen=row.chosen,
    )


def _shares(values: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(values) - {""})
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))


def first_rows(received: List, below: int = 0) -> list[list[str]]:
    """Return the first rows of a list as its sheet has them, enough to find the header in."""
    last = HEADER_WITHIN + below
    found = Row.objects.filter(list=received, position__lte=last).values_list("position", "raw")
    rows: dict[int, list[str]] = dict(found)
    return [rows.get(position, []) for position in range(1, max(rows, default=0) + 1)]


def guide_for(received: List) -> Guide:
    """Return what the rows of a list are read by.

    Raises:
        MappingWrong: What is stated of words in type columns cannot be used.

    """
    stated: Stated | None = None
    if received.stated_types:
        stated = stated_from(received.stated_types, (word.key for word in lexicon().words))
    return Guide(
        gazetteer=gazetteer(),
        phrases=lexicon().phrases,
        stated_types=stated,
        region=received.region_id or "",
        scope=tuple(received.scope),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a list, read as a person says, and nothing written."""

    columns: Columns
    decisions: tuple[Decision, ...]


def preview(received: List, wanted: Wanted) -> Preview:
    """Return the first rows of a list as they would be read.

    Raises:
        NoHeader, UnknownColumn, UnknownField: The columns are not as the person said.
        MappingWrong: What is stated of words in type columns cannot be used.

    """
    rows = first_rows(received, PREVIEWED)
    columns = columns_of(rows, wanted, gazetteer())
    guide = guide_for(received)
    below = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    wanted_rows = [one for one in below if one[0] > columns.header_row + 1][:PREVIEWED]
    return Preview(columns, tuple(decide(*one, columns, guide) for one in wanted_rows))
