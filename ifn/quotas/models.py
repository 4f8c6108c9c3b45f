"""What was drawn from quotas and still counts."""

from django.db import models
from django.db.models import Q


class Drawn(models.Model):
    """How much all processes have drawn from one quota within its time.

    The bucket is a keyed digest, so the table tells nobody who asked or from where.
    """

    bucket = models.CharField(max_length=64, primary_key=True)
    #: The second, counted from 1970, from which it begins anew.
    until = models.BigIntegerField(db_index=True)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="quotas_drawn_something"),
        ]

    def __str__(self) -> str:
        return f"{self.bucket[:8]}: {self.number}"
