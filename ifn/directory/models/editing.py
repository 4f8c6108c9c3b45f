"""Profiles on their way to being changed, and the way back from the last change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a person has entered into a profile's steps and not yet published.

    ``data`` holds the forms as they were sent, right or wrong, so that nothing entered is lost;
    ``base`` is the profile as it stood when the draft was begun.
    """

    business = models.ForeignKey("Business", models.CASCADE, related_name="drafts", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    base = models.JSONField()
    data = models.JSONField(default=dict)
    begun_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "person"], name="directory_draft_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} by {self.person_id}"


class Revision(models.Model):
    """How a profile stood before its last change, so that whoever made it can take it back."""

    business = models.OneToOneField("Business", models.CASCADE, related_name="last_revision")
    #: The version that the change made; a newer one cannot be taken back by this row.
    version = models.PositiveIntegerField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(_("made"))
    profile = models.JSONField()
    #: ``{field: [key of the source, day]}`` as it stood before.
    attributions = models.JSONField(default=dict)
    confirmed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.business_id} before {self.version}"
