"""What people agreed to: for which purpose, in which words, how, when, and until when."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Filters that keep their meaning wherever they are chained."""

    def standing(self) -> Self:
        """Return those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def about_contacts(self) -> Self:
        """Return those with which contacts of profiles are shown."""
        return self.filter(purpose__in=Consent.ABOUT_CONTACTS)


class Consent(models.Model):
    """One yes, to one purpose and about one thing; it ends by withdrawal and is kept as proof.

    ``version`` is the number of the words that were shown; ``accounts.consenting`` has them all.
    """

    class Purpose(models.TextChoices):
        """What the platform asks leave for; it does nothing else that needs it."""

        CONTACT_PUBLIC = "contact_public", _("Have a contact shown to everybody")
        CONTACT_MEMBERS = "contact_members", _("Have a contact shown to signed-in members")
        NEWS = "news", _("Write to me about programmes and opportunities")
        OUTCOMES_PUBLIC = "outcomes_public", _("Show everybody that orders were agreed")

    class How(models.TextChoices):
        """How it was given."""

        SELF = "self", _("Given on this platform by the person")
        PHONE = "phone", _("Given on the phone, written down by the office")
        PAPER = "paper", _("Given on paper or during a visit, written down by the office")
        BEFORE = "before", _("Published by the business before consent was recorded")
        DEMO = "demo", _("Invented for the demo network; nobody is behind it")

    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("version of the text"))
    how = models.CharField(_("how it was given"), max_length=8, choices=How.choices)
    #: Who gave it: somebody with an account, or whoever it was, in words.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    given_by = models.CharField(_("given by"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    #: What it is about: the number of a profile and, for a contact, its kind and value; or nothing.
    profile = models.CharField(_("profile"), max_length=8, blank=True)
    field = models.CharField(_("field"), max_length=12, blank=True)
    value = models.CharField(_("number or address"), max_length=200, blank=True)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    #: The record keeps digests of these, not their values.
    audit_private = frozenset({"given_by", "value"})

    objects = ConsentQuerySet.as_manager()

    #: Purposes that are about one contact of a profile.
    ABOUT_CONTACTS = (Purpose.CONTACT_PUBLIC, Purpose.CONTACT_MEMBERS)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    purpose__in=["contact_public", "contact_members", "news", "outcomes_public"]
                ),
                name="accounts_consent_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(how__in=["before", "demo"])
                | Q(how="self", person__isnull=False)
                | (Q(how__in=["phone", "paper"]) & ~Q(given_by="") & Q(recorded_by__isnull=False)),
                name="accounts_consent_says_who_gave_it",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="accounts_consent_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["profile", "field", "value", "purpose"],
                condition=Q(withdrawn_at=None) & ~Q(profile=""),
                name="accounts_consent_one_stands",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None, profile="", person__isnull=False),
                name="accounts_consent_one_of_a_person",
            ),
        ]
        indexes = [models.Index(fields=["profile", "field"], name="accounts_consent_of_profile")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version} {self.profile or self.person_id}"
