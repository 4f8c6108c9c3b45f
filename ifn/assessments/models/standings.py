"""How firms stand, added up by region; kept by the database itself (``assessments.summing``)."""

from decimal import Decimal
from typing import Final

from django.db import models

from ifn.assessments.models.instruments import Instrument

#: Sums are whole numbers, so that adding and taking away again leaves nothing behind: levels in
#: hundredths, weights and needs in ten-thousandths.
HUNDREDTHS: Final = Decimal(100)
TEN_THOUSANDTHS: Final = Decimal(10_000)


class Standing(models.Model):
    """The levels that count of one region, dimension and line of comparable versions."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="+", db_index=False)
    #: Code of a regency, a city or, where a firm says no more, a province; empty without a place.
    region = models.CharField(max_length=5)
    dimension = models.CharField(max_length=40)
    line = models.PositiveSmallIntegerField()
    firms = models.IntegerField()
    levels = models.BigIntegerField()
    weights = models.BigIntegerField()
    #: Firms below level 2, at which things are done regularly.
    low = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "region", "dimension", "line"],
                name="assessments_standing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.dimension} {self.firms}"


class Assessed(models.Model):
    """How many firms of a region have an assessment that counts, and what they need together."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="+", db_index=False)
    region = models.CharField(max_length=5)
    firms = models.IntegerField()
    needs = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "region"], name="assessments_assessed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.firms}"
