"""A profile: a workshop, factory, supplier, brand, designer, or an organisation around them."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ifn.directory.models.details import Visibility
from ifn.directory.numbers import compact, spoken
from ifn.regions.containing import inside
from ifn.regions.models import Region


class BusinessQuerySet(models.QuerySet["Business"]):
    """Filters that keep their meaning wherever they are chained."""

    def listed(self) -> Self:
        """Return only profiles that visitors may see."""
        return self.filter(status=Business.Status.LISTED)

    def named(self, words: str) -> Self:
        """Return those whose name has these words in it, or whose number this is; none for none."""
        words = " ".join(words.split())
        if not words:
            return self.none()
        return self.filter(Q(name__icontains=words) | Q(number=compact(words)))

    def counted(self) -> Self:
        """Return the firms that the office counts: listed, or entered and not listed yet.

        Hidden profiles, those that were merged into another and partner organisations are none.
        """
        return self.filter(kind=Business.Kind.BUSINESS, status__in=Business.COUNTED)

    def in_regions(self, codes: Iterable[str]) -> Self:
        """Return profiles anywhere in these provinces, regencies or cities."""
        return self.filter(inside(codes, "region__code"))


class Business(models.Model):
    """A profile in the directory.

    Quantities are in pairs, capacity in pairs per month, times in days. Empty means not known.
    The three notions of size are three fields because the three rules count different things.
    """

    class Kind(models.TextChoices):
        """Whether the profile makes or sells footwear, or serves those who do."""

        BUSINESS = "business", _("Business")
        ORGANISATION = "organisation", _("Partner organisation")

    class Status(models.TextChoices):
        """Who sees the profile."""

        DRAFT = "draft", _("Draft")
        LISTED = "listed", _("Listed")
        HIDDEN = "hidden", _("Hidden")
        MERGED = "merged", _("Merged into another")

    #: Whom the office counts as a firm of a region.
    COUNTED = (Status.LISTED, Status.DRAFT)

    class LegalForm(models.TextChoices):
        """Legal forms as Indonesian law and trade know them."""

        SOLE = "perorangan", _("Sole proprietor (UD)")
        PT_SOLE = "pt_perorangan", _("Single-owner limited company (PT Perorangan)")
        PT = "pt", _("Limited company (PT)")
        CV = "cv", _("Limited partnership (CV)")
        COOPERATIVE = "koperasi", _("Cooperative")
        JOINT_GROUP = "kub", _("Joint business group (KUB)")
        FOUNDATION = "yayasan", _("Foundation or association")
        PUBLIC = "instansi", _("Public body")

    class SoleSource(models.TextChoices):
        """Where the soles come from."""

        OWN = "own", _("Makes its own soles")
        PARTNER = "partner", _("Made by a partner")
        BOUGHT = "bought", _("Buys from the market")

    class SamplePolicy(models.TextChoices):
        """On what terms a sample is made."""

        FREE = "free", _("Free")
        PAID = "paid", _("Paid")
        REFUNDED = "refunded", _("Paid, refunded with the order")
        NONE = "none", _("No samples")

    class Precision(models.TextChoices):
        """How exactly the point on the map is known."""

        EXACT = "exact", _("Exact")
        STREET = "street", _("Street")
        VILLAGE = "village", _("Village or district")
        REGION = "region", _("Only the regency or city")

    class MinistrySize(models.TextChoices):
        """Ministry of Industry regulation 64/2016: workers and investment."""

        SMALL = "IK", _("Small industry")
        MEDIUM = "IM", _("Medium industry")
        LARGE = "IB", _("Large industry")

    class StatisticsSize(models.TextChoices):
        """Statistics Indonesia (BPS): workers only."""

        MICRO = "mikro", _("Micro: 1-4 workers")
        SMALL = "kecil", _("Small: 5-19 workers")
        MEDIUM = "sedang", _("Medium: 20-99 workers")
        LARGE = "besar", _("Large: 100 workers or more")

    class MsmeSize(models.TextChoices):
        """Government regulation 7/2021 on MSMEs: capital or yearly sales."""

        MICRO = "mikro", _("Micro")
        SMALL = "kecil", _("Small")
        MEDIUM = "menengah", _("Medium")
        LARGE = "besar", _("Large")

    number = models.CharField(_("number"), max_length=8, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, db_index=False)  # found by number
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.BUSINESS)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    #: The profile that stands for this one since they were merged; never one that is merged itself.
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        db_index=False,  # few are merged: directory_business_merged
    )
    is_demo = models.BooleanField(_("part of the demo network"), default=False)

    name = models.CharField(_("name"), max_length=120)
    legal_form = models.CharField(
        _("legal form"), max_length=16, choices=LegalForm.choices, blank=True
    )
    summary_id = models.CharField(_("in one line, Indonesian"), max_length=160, blank=True)
    summary_en = models.CharField(_("in one line, English"), max_length=160, blank=True)
    story_id = models.TextField(_("story, Indonesian"), max_length=4000, blank=True)
    story_en = models.TextField(_("story, English"), max_length=4000, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    nib = models.CharField(_("NIB"), max_length=13, blank=True)
    size_ministry = models.CharField(
        _("size by the Ministry of Industry"),
        max_length=10,
        choices=MinistrySize.choices,
        blank=True,
    )
    size_statistics = models.CharField(
        _("size by Statistics Indonesia"), max_length=10, choices=StatisticsSize.choices, blank=True
    )
    size_msme = models.CharField(
        _("size by the MSME rule"), max_length=10, choices=MsmeSize.choices, blank=True
    )
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)

    monthly_capacity = models.PositiveIntegerField(
        _("capacity, pairs per month"), null=True, blank=True
    )
    capacity_visibility = models.CharField(
        _("who sees the capacity"),
        max_length=10,
        choices=Visibility.choices,
        default=Visibility.NOBODY,
    )
    minimum_order = models.PositiveIntegerField(_("minimum order, pairs"), null=True, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(_("lead time, days"), null=True, blank=True)
    size_from = models.DecimalField(
        _("smallest size, EU"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    size_to = models.DecimalField(
        _("largest size, EU"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    sample_policy = models.CharField(
        _("samples"), max_length=10, choices=SamplePolicy.choices, blank=True
    )
    sample_days = models.PositiveSmallIntegerField(_("days for a sample"), null=True, blank=True)
    sole_source = models.CharField(
        _("soles"), max_length=10, choices=SoleSource.choices, blank=True
    )
    takes_job_orders = models.BooleanField(_("takes job orders (maklon)"), null=True, blank=True)
    has_own_production = models.BooleanField(_("produces for itself"), null=True, blank=True)
    sells_locally = models.BooleanField(_("sells in its region"), default=False)
    sells_nationally = models.BooleanField(_("sells across Indonesia"), default=False)
    exports = models.BooleanField(_("exports"), default=False)
    export_countries = models.CharField(_("exports to"), max_length=200, blank=True)
    services_id = models.TextField(_("what it offers, Indonesian"), max_length=2000, blank=True)
    services_en = models.TextField(_("what it offers, English"), max_length=2000, blank=True)

    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,  # directory_business_by_region is one already
        verbose_name=_("region"),
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    address_visibility = models.CharField(
        _("who sees address and point"),
        max_length=10,
        choices=Visibility.choices,
        default=Visibility.NOBODY,
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the point"), max_length=10, choices=Precision.choices, blank=True
    )

    created_at = models.DateTimeField(_("entered"))
    updated_at = models.DateTimeField(_("changed"))
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    completeness = models.PositiveSmallIntegerField(_("completeness, percent"), default=0)
    version = models.PositiveIntegerField(
        default=1, help_text="Rises with every change, so that a second editor is noticed."
    )

    #: The audit record keeps digests of these, not their values.
    audit_private = frozenset(
        {"contacts", "nib", "workers", "address", "postcode", "latitude", "longitude"}
    )

    objects = BusinessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "listed", "hidden", "merged"]),
                name="directory_business_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into=None)),
                name="directory_business_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="directory_business_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["business", "organisation"]),
                name="directory_business_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(nib="") | Q(nib__regex=r"^[0-9]{13}$"),
                name="directory_business_nib_is_13_digits",
            ),
            models.CheckConstraint(
                condition=Q(size_from=None) | Q(size_to=None) | Q(size_from__lte=F("size_to")),
                name="directory_business_sizes_in_order",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, precision="")
                | (
                    Q(latitude__gte=-11.5, latitude__lte=6.5)
                    & Q(longitude__gte=94.5, longitude__lte=141.5)
                    & ~Q(precision="")
                ),
                name="directory_business_point_in_indonesia",
            ),
            models.CheckConstraint(
                condition=Q(completeness__lte=100), name="directory_business_completeness_percent"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-updated_at"], name="directory_business_newest"),
            models.Index(fields=["region", "status"], name="directory_business_by_region"),
            models.Index(fields=["nib"], condition=~Q(nib=""), name="directory_business_by_nib"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="directory_business_merged",
            ),
            # Where the demo network was tried out, real profiles are few among its many.
            models.Index(fields=["id"], condition=Q(is_demo=False), name="directory_business_real"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.public_number})"

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("site:business", args=[self.slug, self.number])

    @property
    def public_number(self) -> str:
        """Return the number as it is written and said: IFN-7K3M-Q."""
        return spoken(self.number)

    @property
    def summary(self) -> str:
        """Return the one-line summary in the reader's language, or in the other one."""
        return _first(self.summary_en, self.summary_id)

    @property
    def story(self) -> str:
        """Return the story in the reader's language, or in the other one."""
        return _first(self.story_en, self.story_id)

    @property
    def services(self) -> str:
        """Return what an organisation offers, in the reader's language, or in the other one."""
        return _first(self.services_en, self.services_id)


def _first(english: str, indonesian: str) -> str:
    if get_language() == "en":
        return english or indonesian
    return indonesian or english
