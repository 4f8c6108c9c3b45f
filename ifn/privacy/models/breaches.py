"""Personal data got lost or into wrong hands: what is known, done and told, only ever added to."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Breach(models.Model):
    """One breach; its clock runs from the moment it was noticed."""

    title = models.CharField(_("what happened, in one line"), max_length=160)
    noticed_at = models.DateTimeField(_("noticed"))
    due_at = models.DateTimeField(_("authority and people told by"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered"))
    authority_told_at = models.DateTimeField(_("authority told"), null=True)
    people_told_at = models.DateTimeField(_("people told"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    #: When data officers were reminded that the clock runs out.
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("noticed_at")), name="privacy_breach_has_a_clock"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(authority_told_at__isnull=False, people_told_at__isnull=False),
                name="privacy_breach_told_before_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"


class BreachEntry(models.Model):
    """What became known or was done; a row is added and never changed."""

    class Kind(models.TextChoices):
        """What the entry is about."""

        HAPPENED = "happened", _("What happened, and when")
        DATA = "data", _("Which data, and of how many people")
        MEASURE = "measure", _("What was done against it")
        AUTHORITY = "authority", _("The authority was told")
        PEOPLE = "people", _("The people were told, or why not")
        CLOSED = "closed", _("Closed")

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="entries")
    kind = models.CharField(_("about"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("in words"), max_length=4000)
    people = models.PositiveIntegerField(_("people affected"), null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["happened", "data", "measure", "authority", "people", "closed"]
                ),
                name="privacy_breachentry_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id} {self.kind} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry.

        Raises:
            ValueError: It is there already; what was written stays.

        """
        if not self._state.adding:
            raise ValueError("An entry of a breach is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: what was written stays.

        Raises:
            ValueError: Always.

        """
        raise ValueError("An entry of a breach is never removed.")
