"""What was made, by size; to whom it goes, by which rule; who has it in hand."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ifn.collaboration.models.projects import Project, ProjectPartner
from ifn.connections.models import Enquiry
from ifn.directory.models import Business


class ProductionBatch(models.Model):
    """A number of pairs that was made at once and is handed out; quantities are in pairs.

    What was made, allocated and handed out always adds up: ``BatchSize`` counts, the database
    keeps the counts (``guarding``) and refuses more than there is.
    """

    class Rule(models.TextChoices):
        """By what pairs are shared out."""

        EQUAL = "equal", _("The same for each")
        ASKED = "asked", _("In proportion to what each asked for")
        CAPACITY = "capacity", _("In proportion to what each makes in a month")
        HAND = "hand", _("Decided one by one")

    class State(models.TextChoices):
        """How far it is."""

        MADE = "made", _("Made, to be allocated")
        HANDING = "handing", _("Being handed out")
        CLOSED = "closed", _("Closed")

    project = models.ForeignKey(Project, models.PROTECT, related_name="batches")
    code = models.CharField(_("code"), max_length=8, unique=True)
    what = models.CharField(_("what was made"), max_length=160)
    made_by = models.ForeignKey(
        ProjectPartner, models.PROTECT, related_name="+", null=True, blank=True
    )
    made_on = models.DateField(_("made on"))
    rule = models.CharField(_("rule"), max_length=8, choices=Rule.choices, default=Rule.EQUAL)
    #: The rule in words, as it is told to those who get some and those who do not.
    rule_words = models.CharField(_("the rule in words"), max_length=400, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.MADE)
    since = models.DateTimeField(_("since"))
    created_at = models.DateTimeField(_("entered"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("batch of a project")
        verbose_name_plural = _("batches of projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__in=["equal", "asked", "capacity", "hand"]),
                name="collaboration_batch_rule_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["made", "handing", "closed"]),
                name="collaboration_batch_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.what}"


class BatchSize(models.Model):
    """How many pairs of one size were made, are allocated, were handed out.

    ``allocated`` and ``handed`` are kept by triggers from the lines of allocations.
    """

    batch = models.ForeignKey(ProductionBatch, models.CASCADE, related_name="sizes")
    size = models.DecimalField(_("size, EU"), max_digits=4, decimal_places=1)
    made = models.PositiveIntegerField(_("made, pairs"))
    allocated = models.PositiveIntegerField(_("allocated, pairs"), default=0)
    handed = models.PositiveIntegerField(_("handed out, pairs"), default=0)

    class Meta:
        ordering = ["size"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "size"], name="collaboration_size_once"),
            models.CheckConstraint(
                condition=Q(size__gte=10, size__lte=60), name="collaboration_size_is_one"
            ),
            models.CheckConstraint(
                condition=Q(made__lte=1_000_000)
                & Q(allocated__gte=0, allocated__lte=F("made"))
                & Q(handed__gte=0, handed__lte=F("allocated")),
                name="collaboration_size_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.size}"

    @property
    def free(self) -> int:
        """Return the pairs that nobody was promised."""
        return self.made - self.allocated

    @property
    def stock(self) -> int:
        """Return the pairs that are still there."""
        return self.made - self.handed


class Allocation(models.Model):
    """What one firm gets of a batch, why, and under which code it is handed out."""

    batch = models.ForeignKey(ProductionBatch, models.CASCADE, related_name="allocations")
    business = models.ForeignKey(Business, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=10, unique=True)
    asked = models.PositiveIntegerField(_("asked for, pairs"), null=True, blank=True)
    #: Why so many: what the rule said then, in its figures.
    basis = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    allocated_at = models.DateTimeField(_("allocated"))
    allocated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "business"], name="collaboration_allocation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.business_id}"

    def get_absolute_url(self) -> str:
        """Return the address at which the receipt is signed by its code."""
        return reverse("collaboration:receive", args=[self.code])


class AllocationLine(models.Model):
    """How many pairs of one size are promised to a firm, and how many it has in hand.

    The database refuses a size of another batch.
    """

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="lines")
    size = models.ForeignKey(BatchSize, models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField(_("pairs"))
    handed = models.PositiveIntegerField(_("handed out, pairs"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allocation", "size"], name="collaboration_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(handed__gte=0, handed__lte=F("quantity")),
                name="collaboration_line_handed_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id} {self.size_id} {self.quantity}"


class Receipt(models.Model):
    """That a firm got what was allocated to it, signed once, by whom and how."""

    class Way(models.TextChoices):
        """How it was signed."""

        CODE = "code", _("By code or QR")
        PAPER = "paper", _("On paper")

    allocation = models.OneToOneField(Allocation, models.PROTECT, related_name="receipt")
    way = models.CharField(_("how"), max_length=8, choices=Way.choices)
    name = models.CharField(_("who received it"), max_length=120)
    on = models.DateField(_("day"))
    pairs = models.PositiveIntegerField(_("pairs"))
    words = models.CharField(_("remark"), max_length=400, blank=True)
    #: The signed sheet, which lies where no address leads; empty where there is none.
    file = models.CharField(_("signed sheet"), max_length=200, blank=True)
    at = models.DateTimeField(_("entered"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    audit_private = frozenset({"name"})
    #: Stands for the name once that is not kept any longer.
    EMPTIED = "–"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["code", "paper"]), name="collaboration_receipt_way_known"
            ),
        ]
        indexes = [models.Index(fields=["on"], name="collaboration_receipt_by_day")]

    def __str__(self) -> str:
        return f"{self.allocation_id} {self.on}"

    @property
    def is_emptied(self) -> bool:
        """Say whether the name of who signed is no longer kept."""
        return self.name == self.EMPTIED


class Feedback(models.Model):
    """What a firm says of what it got, once it used it."""

    receipt = models.OneToOneField(Receipt, models.CASCADE, related_name="feedback")
    rating = models.PositiveSmallIntegerField(_("how good, 1 to 5"))
    words = models.TextField(_("in words"), max_length=2000, blank=True)
    would_order = models.BooleanField(_("would order again"), null=True, blank=True)
    pairs_wanted = models.PositiveIntegerField(_("pairs wanted"), null=True, blank=True)
    at = models.DateTimeField(_("when"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5), name="collaboration_feedback_rating"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.rating}"


class Reorder(models.Model):
    """An enquiry by which a firm that got some asks the maker for more."""

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="reorders")
    enquiry = models.OneToOneField(Enquiry, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"))

    def __str__(self) -> str:
        return f"{self.allocation_id} {self.enquiry_id}"


class BatchTally(models.Model):
    """What of a batch is counted, by triggers (``counting``), so that sums read no receipts."""

    batch = models.OneToOneField(
        ProductionBatch, models.CASCADE, related_name="tally", primary_key=True
    )
    made = models.PositiveIntegerField(_("made, pairs"), default=0)
    handed = models.PositiveIntegerField(_("handed out, pairs"), default=0)
    receipts = models.PositiveIntegerField(_("receipts"), default=0)
    reorders = models.PositiveIntegerField(_("orders of more"), default=0)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.made} {self.handed} {self.receipts}"
