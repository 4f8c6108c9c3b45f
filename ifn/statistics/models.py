"""Figures of the sector as their sources give them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FigureQuerySet(models.QuerySet["Figure"]):
    """Filters that keep their meaning wherever they are chained."""

    def reported(self) -> Self:
        """Leave out what is doubtful."""
        return self.filter(status=Figure.Status.REPORTED)

    def of_whole_years(self) -> Self:
        """Return only figures of one calendar year, not of a month, a half or a span."""
        return self.filter(period__regex=r"^[0-9]{4}$")


class Figure(models.Model):
    """One number that one source gives for one period.

    Sources that contradict each other are rows of their own. A row compares only with rows of the
    same indicator, scope and measure.
    """

    class Scope(models.TextChoices):
        """What the number is of; numbers of different scopes never stand in one line."""

        FOOTWEAR = "footwear", _("footwear")
        LEATHER_GOODS_FOOTWEAR = "leather_goods_footwear", _("leather, leather goods and footwear")
        NETWORK = "network", _("BPIPI and the network")
        NOT_STATED = "not_stated", _("scope not stated")

    class Measure(models.TextChoices):
        """What is counted: a rank by pairs is another than a rank by value."""

        VALUE = "value", _("money")
        VOLUME = "volume", _("pairs or weight")
        COUNT = "count", _("businesses, people or entries")
        NOT_STATED = "not_stated", _("measure not stated")

    class Unit(models.TextChoices):
        """The unit of the source."""

        USD_BILLION = "usd_billion", _("billion US dollars")
        USD_MILLION = "usd_million", _("million US dollars")
        IDR_TRILLION = "idr_trillion", _("trillion rupiah")
        IDR_BILLION = "idr_billion", _("billion rupiah")
        MILLION_PAIRS = "million_pairs", _("million pairs")
        PAIRS_PER_PERSON = "pairs_per_person", _("pairs a person")
        THOUSAND_TONNES = "thousand_tonnes", _("thousand tonnes")
        PERCENT = "percent", _("percent")
        RANK = "rank", _("rank")
        BUSINESSES = "businesses", _("businesses")
        PEOPLE = "people", _("people")
        PROFILES = "profiles", _("profiles")
        ENTRIES = "entries", _("entries")

    class Status(models.TextChoices):
        """Whether the number may be relied on as far as its source may."""

        REPORTED = "reported", _("reported")
        DOUBTFUL = "doubtful", _("doubtful")

    indicator = models.CharField(_("indicator"), max_length=40)
    name_id = models.CharField(_("name, Indonesian"), max_length=120)
    name_en = models.CharField(_("name, English"), max_length=120)
    scope = models.CharField(_("scope"), max_length=24, choices=Scope.choices)
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices)
    period = models.CharField(
        _("period"),
        max_length=24,
        help_text="2023, 2023-Q1, 2023-H1, 2023-08, 2023-08-05, 2023-01/2023-08 or ../2024.",
    )
    year = models.PositiveSmallIntegerField(_("year in which the period ends"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    source_title = models.CharField(_("title of the source"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120)
    source_date = models.CharField(
        _("published"), max_length=10, blank=True, help_text="As exact as known: 2024-09-22, 2024."
    )
    url = models.URLField(_("address of the source"), max_length=400)
    note = models.CharField(_("note, English"), max_length=300, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "scope", "measure", "period", "url"],
                name="statistics_figure_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(
                    scope__in=["footwear", "leather_goods_footwear", "network", "not_stated"]
                ),
                name="statistics_figure_scope_known",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=["value", "volume", "count", "not_stated"]),
                name="statistics_figure_measure_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    unit__in=[
                        "usd_billion",
                        "usd_million",
                        "idr_trillion",
                        "idr_billion",
                        "million_pairs",
                        "pairs_per_person",
                        "thousand_tonnes",
                        "percent",
                        "rank",
                        "businesses",
                        "people",
                        "profiles",
                        "entries",
                    ]
                ),
                name="statistics_figure_unit_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reported", "doubtful"]),
                name="statistics_figure_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(url="") & ~Q(publisher=""), name="statistics_figure_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.scope} {self.measure} {self.period}: {self.publisher}"
