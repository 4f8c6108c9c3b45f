"""What people decided of pairs, in lists and in the directory, corrects how likely others are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import models, transaction

from ifn.accounts.models import User
from ifn.directory import actions as directory
from ifn.directory.linking import weights
from ifn.directory.models import Calibration, Twins
from ifn.intake.models import Verdict
from ifn.linkage.calibrating import Trial, tried
from ifn.linkage.comparing import weighed
from ifn.linkage.evidence import CODES

#: So many more pairs must be decided before the nightly job learns again.
LEAST_NEW: Final = 50
AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """Decided pairs with what the evidence adds up to, and what a correction would do with them."""

    pairs: int
    same: int
    #: Nothing where the pairs are too few to learn from.
    trial: Trial | None


def known_decisions() -> Known:
    """Return what people decided, and what could be learned from it."""
    present = weights()
    decided = [
        (weighed(_understood(signals), present).log_odds, is_same)
        for signals, is_same in _decided()
    ]
    same = sum(is_same for _odds, is_same in decided)
    return Known(len(decided), same, tried(decided, present.calibration))


@transaction.atomic
def relearn(*, actor: User | None, at: datetime) -> Calibration | None:
    """Use a correction learned from all decisions, if it is better on those it did not learn from.

    Nothing is returned where the decisions are too few, or where it is no better.
    """
    trial = known_decisions().trial
    if trial is None or not trial.is_better:
        return None
    return directory.keep_calibration(trial, weights().edition, actor=actor, at=at)


@transaction.atomic
def relearn_when_due(*, at: datetime) -> Calibration | None:
    """Learn again once enough was decided since the last time, also if that was taken back."""
    last = Calibration.objects.filter(edition=weights().edition).order_by("-pk").first()
    decided = sum(found.count() for found in _kept())
    if last is not None and decided < last.pairs + LEAST_NEW:
        return None
    return relearn(actor=None, at=at)


def _kept() -> tuple[models.QuerySet[Verdict], models.QuerySet[Twins]]:
    """Return the decisions of which it is known what was found; demo profiles teach nothing."""
    return (
        Verdict.objects.filter(business__is_demo=False).exclude(signals={}),
        Twins.objects.filter(left__is_demo=False)
        .exclude(signals={})
        .exclude(verdict=Twins.Verdict.WAITING),
    )


def _decided() -> Iterator[tuple[Mapping[str, float], bool]]:
    of_lists, of_profiles = _kept()
    said = of_lists.order_by("pk").values_list("signals", "is_same")
    yield from said.iterator(chunk_size=AT_ONCE)
    pairs = of_profiles.order_by("pk").values_list("signals", "verdict")
    for signals, verdict in pairs.iterator(chunk_size=AT_ONCE):
        yield signals, verdict == Twins.Verdict.SAME


def _understood(signals: Mapping[str, float]) -> dict[str, float]:
    """Leave out what an earlier version found and this one has no word for."""
    return {code: value for code, value in signals.items() if code in CODES}
