"""What follows from a comparison: the same, for a person to say, or another; pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ifn.linkage.comparing import SAME_NAME, Comparison

#: What may be another plant of the same firm, or another firm: never decided without a person.
CONFLICTS: Final = frozenset(
    (
        *("name_strangers", "other_addition", "other_plant", "one_plant", "other_form"),
        *("other_house", "other_part", "other_place", "other_regency", "other_kind"),
        *("other_province", "other_nib"),
    )
)
#: From here on two streets are one street.
SAME_STREET: Final = 0.8


class Decision(StrEnum):
    """What is to be done with two records."""

    SAME = "same"
    ASK = "ask"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How likely two records must be one to be joined automatically, or shown to a person."""

    same: float = 0.95
    ask: float = 0.5


def decide(comparison: Comparison, thresholds: Thresholds | None = None) -> Decision:
    """Decide: automatically only on an exact key, without conflict and with the same name."""
    limits = thresholds or Thresholds()
    if comparison.probability >= limits.same and is_certain(comparison):
        return Decision.SAME
    return Decision.ASK if comparison.probability >= limits.ask else Decision.OTHER


def is_certain(comparison: Comparison) -> bool:
    """Say whether an exact key, the name and the street agree and nothing contradicts.

    Plants of one firm share phone, e-mail, site and NIB, so a key alone does not say which plant.
    """
    found = comparison.signals
    return (
        bool(comparison.exact_keys)
        and found.get("name", 0.0) >= SAME_NAME
        and found.get("street", 0.0) + found.get("street_within", 0.0) >= SAME_STREET
        and not CONFLICTS & found.keys()
    )
