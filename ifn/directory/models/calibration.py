"""Corrections of how likely pairs are, learned from what people decided."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CalibrationQuerySet(models.QuerySet["Calibration"]):
    """Filters that keep their meaning wherever they are chained."""

    def standing(self) -> Self:
        """Return only those that nobody took back."""
        return self.filter(taken_back_at=None)


class Calibration(models.Model):
    """A correction of likelihoods; of those for the weights in use the newest counts.

    ``before`` and ``after`` are Brier scores on pairs it was not learned from: of what was said
    until then, and with this correction.
    """

    #: Steps of log-odds: ``[said, worth]``, rising.
    steps = models.JSONField()
    #: What tells the weights that it corrects from others.
    edition = models.CharField(max_length=16)
    learned_at = models.DateTimeField(_("learned"))
    pairs = models.PositiveIntegerField(_("decided pairs"))
    same = models.PositiveIntegerField(_("of them one business"))
    before = models.FloatField(_("Brier score before"))
    after = models.FloatField(_("Brier score after"))
    #: Who asked for it; empty: the nightly job.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True)

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(after__lt=F("before")), name="directory_calibration_is_better"
            ),
            models.CheckConstraint(
                condition=Q(same__lte=F("pairs")), name="directory_calibration_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learned_at:%Y-%m-%d %H:%M}, {self.pairs}"
