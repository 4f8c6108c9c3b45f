"""What the network checked about a business, topic by topic; and what was told before it ends."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.regions.models import Region
from ifn.vocabulary.models import Term


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Filters that keep their meaning wherever they are chained."""

    def standing(self) -> Self:
        """Return those neither withdrawn nor replaced; the day says whether one still holds."""
        return self.filter(withdrawn_at=None, replaced_at=None)


class Verification(models.Model):
    """One topic of one business, checked on a day by somebody who had evidence.

    It holds until ``expires_on``, that day included, by the calendar alone. A newer check of the
    topic replaces it; it is never changed and never deleted, only withdrawn with a reason.
    """

    class Topic(models.TextChoices):
        """What was checked."""

        LEGALITY = "legality", _("Legality")
        CAPABILITY = "capability", _("Capability")
        PLACE = "place", _("Place")
        ORDER = "order", _("Order confirmed by a buyer")

    class State(models.TextChoices):
        """Where it stands on a day."""

        VALID = "valid", _("Valid")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REPLACED = "replaced", _("Replaced by a newer check")

    business = models.ForeignKey(
        "Business", models.CASCADE, related_name="verifications", db_index=False
    )
    topic = models.CharField(_("topic"), max_length=10, choices=Topic.choices)
    checked_on = models.DateField(_("checked on"))
    expires_on = models.DateField(_("valid until"))
    #: The region whose office checked it; nothing for the network's own office.
    office = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True, blank=True)
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    note = models.CharField(_("what was checked and how"), max_length=500)
    #: A file in the private storage: never public, opened only through a page that asks a policy.
    evidence = models.CharField(_("evidence"), max_length=80, unique=True)
    #: SHA-256 of what was sent, so that the same form sent twice is noticed.
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("entered"))
    replaced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(_("why it was withdrawn"), max_length=200, blank=True)
    #: When its people and the verifier were told that it ends soon.
    told_at = models.DateTimeField(null=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "topic"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="directory_verification_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=["legality", "capability", "place", "order"]),
                name="directory_verification_topic_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("checked_on")),
                name="directory_verification_expires_after",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                name="directory_verification_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(replaced_at=None),
                name="directory_verification_ends_one_way",
            ),
            models.CheckConstraint(
                condition=~Q(evidence=""), name="directory_verification_has_evidence"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "topic"], name="directory_verification_past"),
            models.Index(
                fields=["expires_on"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="directory_verification_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.topic} {self.checked_on:%Y-%m-%d}"

    def state_on(self, today: date) -> State:
        """Return where it stands on a day."""
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.replaced_at:
            return self.State.REPLACED
        return self.State.VALID if self.expires_on >= today else self.State.EXPIRED


class CertificateNotice(models.Model):
    """That the people of a profile were told once that a certificate ends; see ``tasks``.

    The certificate is named and not pointed at: its row is written anew when its list changes.
    """

    business = models.ForeignKey("Business", models.CASCADE, related_name="+", db_index=False)
    term = models.ForeignKey(Term, models.CASCADE, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField()
    told_at = models.DateTimeField()
    messages = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "term", "number", "expires_on"],
                name="directory_certificatenotice_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.term_id} {self.number} {self.expires_on:%Y-%m-%d}"
