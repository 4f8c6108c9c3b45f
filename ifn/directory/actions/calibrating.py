"""A correction of likelihoods is learned from what people decided, or taken back."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.models import Calibration
from ifn.linkage.calibrating import Trial


class NotBetter(Exception):  # noqa: N818
    """On pairs it was not learned from, a correction does no better than what is said now."""


class NothingLearned(Exception):  # noqa: N818
    """No correction is in use that was learned here."""


@transaction.atomic
def keep_calibration(
    trial: Trial, edition: str, *, actor: User | None, at: datetime
) -> Calibration:
    """Use a correction from now on; ``edition`` is that of the weights it corrects.

    Raises:
        NotBetter: It does no better on pairs it was not learned from.

    """
    if not trial.is_better:
        raise NotBetter
    kept = Calibration.objects.create(
        steps=[[round(said, 4), round(worth, 4)] for said, worth in trial.found.steps],
        edition=edition,
        learned_at=at,
        pairs=trial.pairs,
        same=trial.same,
        before=trial.before,
        after=trial.after,
        asked_by=actor,
    )
    record(
        "directory.calibration.learned",
        kept,
        actor=actor,
        at=at,
        pairs=trial.pairs,
        same=trial.same,
        brier_before=round(trial.before, 4),
        brier_after=round(trial.after, 4),
    )
    return kept


@transaction.atomic
def take_back_calibration(edition: str, *, actor: User | None, at: datetime) -> Calibration:
    """Take the newest correction of these weights back: the one before it counts again.

    Raises:
        NothingLearned: There is none.

    """
    found = Calibration.objects.standing().filter(edition=edition).select_for_update()
    newest = found.order_by("-pk").first()
    if newest is None:
        raise NothingLearned
    newest.taken_back_at = at
    newest.save(update_fields=["taken_back_at"])
    record("directory.calibration.taken_back", newest, actor=actor, at=at)
    return newest
