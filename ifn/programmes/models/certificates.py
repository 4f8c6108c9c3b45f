"""What a participant gets at the end, and the work of making it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.numbers import spoken
from ifn.programmes.models.batches import Batch
from ifn.programmes.models.registrations import Registration

PREFIX = "SR"


class Certificate(models.Model):
    """A certificate of one registration: that somebody was there, or that they completed it.

    Name, firm, title and days are kept as they were printed. The database refuses one for who was
    at no session.
    """

    class Kind(models.TextChoices):
        """What it says."""

        ATTENDANCE = "attendance", _("Attendance")
        COMPLETION = "completion", _("Completion")

    code = models.CharField(_("code"), max_length=8, unique=True)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="certificates")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    firm = models.CharField(_("business"), max_length=120)
    title = models.CharField(_("title"), max_length=140)
    attended = models.PositiveSmallIntegerField(_("sessions attended"))
    held = models.PositiveSmallIntegerField(_("sessions held"))
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    file = models.CharField(_("file"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    #: The audit record keeps a digest of it, not its value.
    audit_private = frozenset({"name"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind"],
                condition=Q(withdrawn_at=None),
                name="programmes_certificate_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["attendance", "completion"]),
                name="programmes_certificate_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(attended__gte=1, attended__lte=F("held")),
                name="programmes_certificate_for_who_was_there",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(reason=""),
                name="programmes_certificate_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return self.public_code

    @property
    def public_code(self) -> str:
        """Return the code as it is printed: SR-7K3M2PX-Q."""
        return spoken(self.code, prefix=PREFIX)


class Issuing(models.Model):
    """The making of all certificates of a batch: asked for, how far it is, done."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="issuings")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    asked_at = models.DateTimeField(_("asked for"))
    total = models.PositiveSmallIntegerField(_("participants"))
    done = models.PositiveSmallIntegerField(_("looked at"), default=0)
    made = models.PositiveSmallIntegerField(_("made"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(finished_at=None),
                name="programmes_issuing_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.done}/{self.total}"
