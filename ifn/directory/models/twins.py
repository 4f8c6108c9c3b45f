"""Pairs of profiles that may be about one business, and what a person said of each."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Twins(models.Model):
    """Two profiles that may be one; ``left`` was entered first.

    A pair is kept when it is decided, so that nobody is asked about it again.
    """

    class Verdict(models.TextChoices):
        """What a person said."""

        WAITING = "waiting", _("Waits for a decision")
        SAME = "same", _("The same business")
        APART = "apart", _("Two businesses")

    left = models.ForeignKey("Business", models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey("Business", models.CASCADE, related_name="+")
    #: How likely they are one, 0 to 1, and the evidence as ``[code, value]``, heaviest first.
    probability = models.FloatField(_("likeliness"), default=0.0)
    evidence = models.JSONField(_("evidence"), default=list)
    found_at = models.DateTimeField(_("found"))
    verdict = models.CharField(
        _("decision"), max_length=8, choices=Verdict.choices, default=Verdict.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="directory_twins_once"),
            models.CheckConstraint(
                condition=Q(left__lt=F("right")), name="directory_twins_in_order"
            ),
            models.CheckConstraint(
                condition=Q(verdict="waiting", decided_at=None)
                | (Q(verdict__in=["same", "apart"]) & ~Q(decided_at=None)),
                name="directory_twins_dated_when_decided",
            ),
        ]
        indexes = [
            models.Index(
                fields=["found_at"],
                condition=Q(verdict="waiting"),
                name="directory_twins_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.left_id} = {self.right_id}? {self.verdict}"
