"""What the office does for needs that nobody answers: notes, and firms brought together."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.connections.models.enquiries import Enquiry
from ifn.connections.models.letters import Letter
from ifn.connections.models.opportunities import Opportunity
from ifn.directory.models import Business

#: Characters of a note of the desk.
LONGEST_NOTE: Final = 400


class Introduction(models.Model):
    """Two that the office brought together by one message to both.

    They are two businesses, or a business and whoever wrote a letter without having one.
    """

    first = models.ForeignKey(Business, models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Business, models.CASCADE, related_name="+", null=True)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="+", null=True)
    text = models.TextField(_("message"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    made_on = models.DateField(_("introduced on"))
    made_at = models.DateTimeField(_("introduced"))
    #: How many people of each were written to.
    first_told = models.PositiveSmallIntegerField(default=0)
    second_told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second", "made_on"], name="connections_introduction_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")), name="connections_introduction_of_two"
            ),
            models.CheckConstraint(
                condition=Q(second=None) ^ Q(letter=None),
                name="connections_introduction_to_firm_or_asker",
            ),
            models.UniqueConstraint(
                fields=["first", "letter", "made_on"],
                condition=Q(letter__isnull=False),
                name="connections_introduction_to_asker_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id or self.letter_id} {self.made_on}"

    @property
    def names(self) -> tuple[str, str]:
        """Return who was brought together: two businesses, or a business and a person."""
        if self.second is not None:
            return self.first.name, self.second.name
        return self.first.name, self.letter.writer if self.letter else ""


class DeskNote(models.Model):
    """What the office did about a request or an enquiry; ``settled`` takes it off the desk."""

    class Kind(models.TextChoices):
        """What was done."""

        NOTE = "note", _("Note")
        CALLED = "called", _("Spoke on the phone")
        INTRODUCED = "introduced", _("Introduced two businesses")
        SETTLED = "settled", _("Settled")

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="+", null=True)
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="+", null=True)
    introduction = models.ForeignKey(Introduction, models.SET_NULL, related_name="+", null=True)
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("in words"), max_length=LONGEST_NOTE, blank=True)
    #: Where the enquiry stood then: what was settled waits again when it moves on and stays.
    state = models.CharField(max_length=12)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note of the broker desk")
        verbose_name_plural = _("notes of the broker desk")
        constraints = [
            models.CheckConstraint(
                condition=Q(opportunity=None) ^ Q(enquiry=None),
                name="connections_desknote_about_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["note", "called", "introduced", "settled"]),
                name="connections_desknote_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="introduced") | ~Q(text=""),
                name="connections_desknote_says_something",
            ),
            models.UniqueConstraint(
                fields=["opportunity", "state"],
                condition=Q(kind="settled"),
                name="connections_desknote_request_settled_once",
            ),
            models.UniqueConstraint(
                fields=["enquiry", "state"],
                condition=Q(kind="settled"),
                name="connections_desknote_enquiry_settled_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.opportunity_id or self.enquiry_id}"
