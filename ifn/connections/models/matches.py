"""Who fits an opportunity, and whom a single condition keeps away."""

from django.db import models
from django.db.models import Q

from ifn.connections.models.opportunities import Opportunity
from ifn.directory.models import Business


class Match(models.Model):
    """A business that fits an opportunity, or nearly does, as it was found last.

    ``reasons`` are rows of code, share (or nothing), weight and values, the heaviest first.
    ``hindrance`` is the one condition that keeps it away, as code and values; else nothing.
    """

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="matches", db_index=False
    )
    business = models.ForeignKey(Business, models.CASCADE, related_name="+")
    score = models.FloatField(help_text="The sum of the reasons' weights, 0 to 100.")
    #: The place in the list of the opportunity, from 0.
    position = models.PositiveSmallIntegerField()
    reasons = models.JSONField()
    hindrance = models.JSONField(null=True)
    #: When the business came to fit; a pair found again keeps the day, for fair shares.
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "business"], name="connections_match_once"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100.001), name="connections_match_score_scaled"
            ),
        ]
        indexes = [
            models.Index(fields=["made_at"], name="connections_match_by_day"),
            # Whether anybody fits is asked without reading the reasons.
            models.Index(
                fields=["opportunity"],
                condition=Q(hindrance__isnull=True),
                name="connections_match_fitting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.business_id}"
