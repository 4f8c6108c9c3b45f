"""The words of the trade, in two languages, with the names people really use."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ifn.regions.models import Region


class Vocabulary(models.TextChoices):
    """The lists of words; values are the names used in the reference data."""

    ROLE = "value_chain_role", _("Role in the chain")
    PRODUCT = "product_type", _("Product")
    MATERIAL = "material", _("Material")
    PROCESS = "process", _("Process")
    CONSTRUCTION = "construction", _("Construction")
    MACHINE = "machine", _("Machine")
    CERTIFICATE = "certification", _("Certificate")
    LEGALITY = "business_legality", _("Legality")
    KBLI = "kbli2020", _("Business classification (KBLI 2020)")
    HS = "hs_heading", _("HS heading")
    SIZE_SYSTEM = "size_system", _("Size system")
    CLUSTER = "cluster", _("Cluster")
    SCALE = "business_scale", _("Business scale")
    UNIT = "unit", _("Unit")
    OPPORTUNITY = "opportunity_type", _("Kind of opportunity")
    PROGRAMME = "programme_type", _("Kind of programme")


class TermQuerySet(models.QuerySet["Term"]):
    """Filters that keep their meaning wherever they are chained."""

    def of(self, vocabulary: str) -> Self:
        """Return the terms of one vocabulary."""
        return self.filter(vocabulary=vocabulary)


class Term(models.Model):
    """One word of a vocabulary: the role CO_OUTSOLE is "Produsen sol luar", "Outsole maker"."""

    vocabulary = models.CharField(_("vocabulary"), max_length=24, choices=Vocabulary.choices)
    code = models.CharField(_("code"), max_length=24)
    name_id = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField(_("place in the list"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
        help_text="Where a cluster lies; other terms have none.",
    )
    is_active = models.BooleanField(_("in use"), default=True)
    shipped = models.JSONField(
        default=dict,
        help_text="The values this row was last loaded with; a value that differs was edited here.",
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "code"], name="vocabulary_term_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary}:{self.code}"

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_id


class Synonym(models.Model):
    """Another word for a term: a trade word, an abbreviation, a common spelling."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="synonyms")
    language = models.CharField(_("language"), max_length=2, choices=[("id", "id"), ("en", "en")])
    text = models.CharField(_("word"), max_length=100)
    is_shipped = models.BooleanField(
        default=False, help_text="Came with the reference data; others were added in the platform."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language", "text"], name="vocabulary_synonym_once"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["id", "en"]), name="vocabulary_synonym_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} → {self.term_id}"
