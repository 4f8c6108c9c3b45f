"""What a project holds in its hands: files in versions, and the specification of what it makes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.collaboration.models.projects import Project


class ProjectFile(models.Model):
    """A file of a project, by name, with all its versions; who may see it is said once."""

    class Visible(models.TextChoices):
        """Who may see it."""

        LEADS = "leads", _("Only whoever leads the project")
        PARTNERS = "partners", _("All partners")
        GUESTS = "guests", _("Partners and guests")

    project = models.ForeignKey(Project, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=120)
    visible = models.CharField(
        _("who may see it"), max_length=8, choices=Visible.choices, default=Visible.PARTNERS
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="collaboration_file_once"),
            models.CheckConstraint(
                condition=Q(visible__in=["leads", "partners", "guests"]),
                name="collaboration_file_visible_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.name}"


class FileVersion(models.Model):
    """One version of a file: a picture or a PDF that lies where no address leads; kept for good."""

    of = models.ForeignKey(ProjectFile, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size, bytes"))
    words = models.CharField(_("what is new"), max_length=300, blank=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="collaboration_version_once"),
            models.UniqueConstraint(
                fields=["of", "digest"], name="collaboration_version_same_file_once"
            ),
            models.CheckConstraint(condition=~Q(file=""), name="collaboration_version_there"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} v{self.number}"

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown in a page."""
        return self.file.endswith(".jpg")


class Specification(models.Model):
    """What a project makes, in figures. Prices are in rupiah, weight in grams of one piece."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="specification")
    product = models.CharField(_("product"), max_length=120, blank=True)
    material = models.CharField(_("material"), max_length=200, blank=True)
    construction = models.CharField(_("construction"), max_length=120, blank=True)
    hardness = models.PositiveSmallIntegerField(_("hardness, Shore A"), null=True, blank=True)
    size_from = models.DecimalField(
        _("smallest size, EU"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    size_to = models.DecimalField(
        _("largest size, EU"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    weight = models.PositiveIntegerField(_("weight of one piece, gram"), null=True, blank=True)
    price_from = models.DecimalField(
        _("price from, rupiah"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    price_to = models.DecimalField(
        _("price to, rupiah"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    changed_at = models.DateTimeField(_("changed"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hardness=None) | Q(hardness__gte=1, hardness__lte=100),
                name="collaboration_specification_shore_a",
            ),
            models.CheckConstraint(
                condition=Q(size_from=None)
                | Q(size_to=None)
                | Q(size_from__gte=10, size_from__lte=F("size_to"), size_to__lte=60),
                name="collaboration_specification_sizes",
            ),
            models.CheckConstraint(
                condition=Q(price_from=None) | Q(price_to=None) | Q(price_from__lte=F("price_to")),
                name="collaboration_specification_prices",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.product}"


class TestResult(models.Model):
    """What a laboratory measured, against what a standard asks."""

    specification = models.ForeignKey(Specification, models.CASCADE, related_name="results")
    standard = models.CharField(_("standard"), max_length=80)
    measured = models.CharField(_("what was measured"), max_length=120)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    least = models.DecimalField(
        _("at least"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    most = models.DecimalField(_("at most"), max_digits=12, decimal_places=3, null=True, blank=True)
    laboratory = models.CharField(_("laboratory"), max_length=160, blank=True)
    on = models.DateField(_("day"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")),
                name="collaboration_testresult_bounds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.specification_id} {self.standard} {self.measured}"

    @property
    def passes(self) -> bool | None:
        """Say whether the value lies within what the standard asks; None where it asks nothing."""
        if self.least is None and self.most is None:
            return None
        is_low = self.least is not None and self.value < self.least
        is_high = self.most is not None and self.value > self.most
        return not (is_low or is_high)
