"""What phones sent, and where it said something else than what was there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.assessments.models.assessments import Assessment, Side


class Package(models.Model):
    """Answers from a phone, kept as they came; sent again, they get the same receipt."""

    uuid = models.UUIDField(unique=True)
    #: Nothing where no assessment could be found or begun; ``refusal`` says why.
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="packages", null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    received_at = models.DateTimeField(_("received"))
    #: When the phone says it sent it; believed for nothing.
    device_at = models.DateTimeField(null=True)
    content = models.JSONField()
    #: What became of every answer, as it was told to the phone.
    receipt = models.JSONField(default=dict)
    refusal = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("package from a phone")
        verbose_name_plural = _("packages from phones")
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False) | ~Q(refusal=""),
                name="assessments_package_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Conflict(models.Model):
    """One field of one answer that a phone and somebody else changed to different values."""

    class Field(models.TextChoices):
        """What of an answer."""

        VALUE = "value", _("Answer")
        WORDS = "words", _("Evidence")

    class Choice(models.TextChoices):
        """Which of the two was kept."""

        HERE = "here", _("What stood here")
        SENT = "sent", _("What the phone sent")

    package = models.ForeignKey(Package, models.CASCADE, related_name="conflicts", db_index=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="conflicts")
    question = models.CharField(max_length=40)
    side = models.CharField(max_length=8, choices=Side.choices)
    field = models.CharField(max_length=5, choices=Field.choices)
    #: What the phone had seen, what stood here when it sent, and what it sent.
    base = models.JSONField(null=True)
    here = models.JSONField(null=True)
    sent = models.JSONField(null=True)
    found_at = models.DateTimeField()
    choice = models.CharField(max_length=4, choices=Choice.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        constraints = [
            models.UniqueConstraint(
                fields=["package", "question", "side", "field"],
                name="assessments_conflict_once",
            ),
            models.CheckConstraint(
                condition=Q(choice="", decided_at=None)
                | Q(choice__in=["here", "sent"], decided_at__isnull=False),
                name="assessments_conflict_dated_when_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question} {self.side} {self.field}"
