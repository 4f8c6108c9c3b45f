"""Who has which work, which new profiles were looked at, and lists kept under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business, Verification


class Assignment(models.Model):
    """A piece of work that one person has taken, so that nobody does it twice.

    ``kind`` is that of ``ifn.moderation.work``, ``subject`` the key of what the work is about.
    """

    kind = models.CharField(max_length=12)
    subject = models.PositiveBigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="moderation_assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.person_id}"


class Look(models.Model):
    """That somebody of the staff looked at a profile which a member had published."""

    business = models.OneToOneField(Business, models.CASCADE, related_name="+")
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    looked_at = models.DateTimeField(_("looked at"))

    def __str__(self) -> str:
        return f"{self.business_id} on {self.looked_at:%Y-%m-%d}"


class Told(models.Model):
    """That an officer told the people of a business of a verification that ends soon."""

    verification = models.OneToOneField(Verification, models.CASCADE, related_name="+")
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    told_at = models.DateTimeField(_("told"))

    def __str__(self) -> str:
        return f"{self.verification_id} on {self.told_at:%Y-%m-%d}"


class SavedFilter(models.Model):
    """A filter of the work list under a name, for its maker alone or for all of the staff.

    It holds an address, never work: whoever opens it sees what is theirs to see.
    """

    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("shared with colleagues"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], name="moderation_savedfilter_name_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.person_id})"
