"""Where each fact of a profile comes from, and when it was stated."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """Who or what stated facts: the business itself, an officer, a list, the demo."""

    class Kind(models.TextChoices):
        """How much weight a reader will give it."""

        SELF = "self", _("Stated by the business")
        ASSISTED = "assisted", _("Stated by the business, written down by the office")
        OFFICER = "officer", _("Entered by the network's office")
        LIST = "list", _("Taken from a published list")
        DEMO = "demo", _("Invented for the demo network")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    label = models.CharField(_("name"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "label"], name="directory_source_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["self", "assisted", "officer", "list", "demo"]),
                name="directory_source_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.label}"


class Attribution(models.Model):
    """Says for one field of one profile who stated it and when.

    A row for the ``WHOLE`` profile stands for all fields without a row of their own: what is
    entered at once was stated at once.
    """

    WHOLE = "*"

    business = models.ForeignKey(
        "Business",
        models.CASCADE,
        related_name="attributions",
        db_index=False,  # the constraint is one already
    )
    field = models.CharField(_("field"), max_length=24)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    stated_on = models.DateField(_("stated on"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "field"], name="directory_attribution_once_per_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id}.{self.field}"
