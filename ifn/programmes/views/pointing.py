"""The points of a registration as pages say them: of today, or of the day it was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ifn.programmes.choosing import CRITERIA, Ranked, Unmet, Verdict
from ifn.programmes.choosing.wording import (
    benefit_sentence,
    criterion_name,
    sentence,
    unmet_sentence,
)
from ifn.programmes.models import RegistrationStep


@dataclass(frozen=True, slots=True)
class PointSaid:
    """The points for one criterion; of an earlier day nothing says why."""

    name: str
    points: float
    weight: float
    says: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the rule says of a registration."""

    place: int
    total: float
    verdict: str
    points: tuple[PointSaid, ...]
    unmet: tuple[str, ...]
    earlier: tuple[str, ...] = ()
    #: When it was decided; nothing for what is said today.
    at: datetime | None = None


def said_of(ranked: Ranked | None) -> Said | None:
    """Return what the rule says today."""
    if ranked is None:
        return None
    return Said(
        ranked.place,
        ranked.total,
        _verdict_word(ranked.verdict),
        tuple(
            PointSaid(
                criterion_name(point.criterion),
                point.points,
                point.weight,
                sentence(point, ranked.candidate),
            )
            for point in ranked.points
            if point.weight
        ),
        tuple(unmet_sentence(each) for each in ranked.candidate.unmet),
        tuple(benefit_sentence(each) for each in ranked.candidate.earlier),
    )


def kept_of(decision: RegistrationStep | None) -> Said | None:
    """Return what the rule had said when it was decided; nothing where it said nothing."""
    if decision is None or not decision.proposal:
        return None
    kept = decision.proposal
    return Said(
        kept["place"],
        kept["total"],
        _verdict_word(Verdict(kept["verdict"])),
        tuple(
            PointSaid(criterion_name(each), kept["points"][each.value], weight)
            for each in CRITERIA
            if (weight := kept["weights"].get(each.value))
        ),
        tuple(unmet_sentence(Unmet(each)) for each in kept["unmet"]),
        at=decision.at,
    )


def _verdict_word(verdict: Verdict) -> str:
    """Return what the rule proposes, in words."""
    return {
        Verdict.ACCEPT: _("Accept"),
        Verdict.WAIT: _("Waiting list"),
        Verdict.REFUSE: _("Refuse"),
    }[verdict]
