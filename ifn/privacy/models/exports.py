"""A copy of what is kept about a person, made for them and kept for a few days."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """One copy as a ZIP in the private store; nobody but its person opens it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    made_at = models.DateTimeField(_("made"), null=True)
    expires_at = models.DateTimeField(_("valid until"), null=True)
    file = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(made_at=None),
                name="privacy_export_one_in_the_making",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d %H:%M}"


class Sweep(models.Model):
    """When a rule of retention was last carried out, and with what result."""

    rule = models.CharField(max_length=24, primary_key=True)
    last_at = models.DateTimeField(_("last run"))
    #: In the last night that found anything, and since the beginning.
    last_count = models.PositiveIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.rule} {self.last_at:%Y-%m-%d}"
