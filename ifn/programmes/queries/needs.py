"""How great the need of firms is in what a batch is about, as their assessments say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ifn.programmes.models import Batch


@dataclass(frozen=True, slots=True)
class Needs:
    """The need of one firm from 0 to 1, over all dimensions of a batch and in each."""

    overall: float
    by_dimension: Mapping[str, float]


def needs_of(batch: Batch, firms: Sequence[int]) -> dict[int, Needs]:
    """Return the needs of firms in a batch's dimensions; those never assessed are left out."""
    del batch, firms
    return {}
