"""Somebody says that something about a profile is wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business


class Report(models.Model):
    """One report; whoever made it may have left an address for the answer, or an account."""

    class Kind(models.TextChoices):
        """What is wrong."""

        MISTAKE = "mistake", _("A fact is wrong")
        CLOSED = "closed", _("The business has closed")
        MOVED = "moved", _("The business has moved")
        FAKE = "fake", _("There is no such business, or it pretends to be another")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        """Where the report stands."""

        OPEN = "open", _("Open")
        IN_WORK = "in_work", _("In work")
        FIXED = "fixed", _("Answered: put right")
        NOT_FIXED = "not_fixed", _("Answered: left as it is")

    business = models.ForeignKey(Business, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone number"), max_length=16, blank=True)
    #: In which language the answer goes out.
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(_("made"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    answer = models.CharField(_("answer"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["mistake", "closed", "moved", "fake", "other"]),
                name="moderation_report_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "in_work"], answered_at=None)
                | Q(state__in=["fixed", "not_fixed"], answered_at__isnull=False),
                name="moderation_report_dated_when_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_fixed") | ~Q(answer=""),
                name="moderation_report_no_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["id", "en"]), name="moderation_report_language_known"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "made_at"], name="moderation_report_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.business_id} {self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        """Say whether the office still has to answer."""
        return self.state in {self.State.OPEN, self.State.IN_WORK}
