"""How great the need of firms is in what a batch is about, as their assessments say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ifn.assessments.queries.instruments import document_of, versions_in_use
from ifn.assessments.queries.needs import needs
from ifn.programmes.models import Batch


@dataclass(frozen=True, slots=True)
class Needs:
    """The need of one firm from 0 to 1, over all dimensions of a batch and in each."""

    overall: float
    by_dimension: Mapping[str, float]


def needs_of(batch: Batch, firms: Sequence[int]) -> dict[int, Needs]:
    """Return the needs of firms in a batch's dimensions; those never assessed are left out.

    The need in a dimension is what is missing to the highest level, from 0 to 1; that over all
    is their mean by the weights of the dimensions. A batch without dimensions counts all of them.
    """
    shares: dict[int, dict[str, Decimal]] = defaultdict(dict)
    missing: dict[int, Decimal] = defaultdict(Decimal)
    whole: dict[int, Decimal] = defaultdict(Decimal)
    for one in needs(firms, batch.instrument_id):
        if batch.dimensions and one.dimension not in batch.dimensions:
            continue
        shares[one.business_id][one.dimension] = (4 - one.level) / 4
        missing[one.business_id] += one.need
        whole[one.business_id] += one.weight
    return {
        firm: Needs(
            min(1.0, float(missing[firm] / whole[firm])),
            {code: float(share) for code, share in found.items()},
        )
        for firm, found in shares.items()
        if whole[firm]
    }


def dimension_choices(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the dimensions of every questionnaire in use, as ``key:dimension``, with names."""
    return [
        (
            version.instrument.name,
            [
                (f"{version.instrument_id}:{one.code}", one.name.said(language))
                for one in document_of(version).dimensions
            ],
        )
        for version in versions_in_use()
    ]
