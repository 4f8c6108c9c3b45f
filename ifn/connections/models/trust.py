"""What keeps enquiries worth reading: blocks and complaints, and how firms usually answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.connections.enquiring import reasons
from ifn.connections.enquiring.states import Side
from ifn.connections.matching.facts import Answering
from ifn.connections.models.enquiries import Enquiry
from ifn.directory.models import Business


class Block(models.Model):
    """A firm wants no more enquiries of one asker."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="+", db_index=False)
    asker = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["business", "asker"], name="connections_block_once"),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.asker[:12]}"


class Complaint(models.Model):
    """One side reports an enquiry to the office; each side does so once."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="complaints", db_index=False)
    side = models.CharField(max_length=8, choices=Side.choices)
    reason = models.CharField(max_length=10, choices=reasons.Complaint.choices)
    words = models.CharField(max_length=400, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("report about an enquiry")
        verbose_name_plural = _("reports about enquiries")
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "side"], name="connections_complaint_once"),
            models.CheckConstraint(
                condition=Q(reason__in=reasons.Complaint.values),
                name="connections_complaint_reason_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=Q(answered_at=None),
                name="connections_complaint_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.side} {self.reason}"


class Habit(models.Model):
    """How a firm usually answers, counted every night; firms with too few answers have none."""

    business = models.OneToOneField(Business, models.CASCADE, related_name="+")
    share = models.FloatField()
    days = models.FloatField()
    count = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        verbose_name = _("answering habit")
        verbose_name_plural = _("answering habits")
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="connections_habit_share_of_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.share:.2f} {self.days:.1f}"

    @property
    def answering(self) -> Answering:
        """Return it as matching takes it."""
        return Answering(self.share, self.days, self.count)
