"""What is there already, as far as a list that comes in can meet it."""

from collections.abc import Iterable

from ifn.directory.models import Business
from ifn.directory.numbers import spoken
from ifn.intake.deciding import Known
from ifn.intake.models import Row
from ifn.linkage.identity import identity

#: Databases bound the number of values in one question.
AT_ONCE = 500


def plants_in_directory(regions: Iterable[str]) -> dict[str, Known]:
    """Return the real profiles in these regions by their plant, whoever entered them."""
    columns = (
        *("name", "address", "region_id", "postcode", "legal_form"),
        *("pk", "number", "merged_into", "merged_into__number"),
    )
    found = (
        Business.objects.filter(region__in=sorted(set(regions)), is_demo=False)
        .order_by("-pk")
        .values_list(*columns)
    )
    return {
        identity(name, address, region or "", postcode, legal_form=form).plant: Known(
            business=into or pk,
            number=(shown := into_number or number),
            reason="in_directory",
            details={"number": spoken(shown)},
        )
        for name, address, region, postcode, form, pk, number, into, into_number in found
    }


def loaded_before(
    *, stated: Iterable[str], plants: Iterable[str]
) -> tuple[dict[str, Known], dict[str, Known]]:
    """Return the profiles that lists before brought: by the words stated, and by plant."""
    return _loaded("stated", stated), _loaded("plant", plants)


def _loaded(column: str, digests: Iterable[str]) -> dict[str, Known]:
    wanted = sorted(set(digests) - {""})
    known: dict[str, Known] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = (
            Row.objects.filter(
                state=Row.State.LOADED, **{f"{column}__in": wanted[start : start + AT_ONCE]}
            )
            .order_by("-pk")
            .values_list(
                *(column, "business", "business__number", "list__file_name", "position"),
                *("business__merged_into", "business__merged_into__number"),
            )
        )
        for digest, business, number, file_name, position, into, into_number in rows:
            known[digest] = Known(
                business=into or business or 0,
                number=into_number or number or "",
                reason="loaded_before",
                details={
                    "number": spoken(into_number or number or ""),
                    "file": file_name,
                    "row_before": position,
                },
            )
    return known
