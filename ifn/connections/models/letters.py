"""What one asker wrote, to one firm or to several at once."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.connections.models.opportunities import Opportunity
from ifn.directory.models import Business
from ifn.vocabulary.models import Term

#: More is a slip of the finger: the country makes some hundred million pairs a month.
LARGEST_QUANTITY: Final = 100_000_000


class Letter(models.Model):
    """A message with its facts; what each firm does with it is an ``Enquiry`` of its own.

    Whoever wrote it is a person with an account, perhaps for a business, or a visitor, who shows
    first that the address is theirs.
    """

    class State(models.TextChoices):
        """Whether the firms have it."""

        UNPROVEN = "unproven", _("Waits for the sender's confirmation")
        HELD = "held", _("Waits for the office")
        SENT = "sent", _("Sent")
        SPAM = "spam", _("Spam")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    business = models.ForeignKey(Business, models.SET_NULL, related_name="+", null=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone number"), max_length=16, blank=True)
    #: Who asks, as limits and blocks know them: an account, or a keyed digest of an address.
    asker = models.CharField(max_length=64)
    language = models.CharField(max_length=2, default="id")

    text = models.TextField(_("message"), max_length=2000)
    quantity = models.PositiveIntegerField(_("quantity"), null=True)
    unit = models.ForeignKey(Term, models.PROTECT, related_name="+", null=True)
    deadline = models.DateField(_("needed by"), null=True)
    #: What it answers; nothing where somebody wrote to a firm without one.
    opportunity = models.ForeignKey(Opportunity, models.SET_NULL, related_name="+", null=True)
    #: Of the words and facts, by which one sent twice is known; and of the letters alone.
    digest = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, db_index=True)
    #: The word that the sender's machine solved; nothing where it solved none.
    challenge = models.CharField(max_length=64, blank=True)

    #: What a visitor without e-mail sends to the office from the number they left.
    proof_code = models.CharField(max_length=8, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    #: Why a person looks at it first: values of ``reasons.Held``.
    held_for = models.JSONField(default=list)
    written_at = models.DateTimeField(_("written"))
    proven_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    audit_private = frozenset({"name", "email", "phone"})

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["unproven", "held", "sent", "spam"]),
                name="connections_letter_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="connections_letter_dated_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="unproven") | Q(state="spam") | Q(proven_at__isnull=False),
                name="connections_letter_proven_first",
            ),
            models.CheckConstraint(
                condition=Q(quantity=None, unit=None)
                | Q(quantity__gt=0, quantity__lte=LARGEST_QUANTITY, unit__isnull=False),
                name="connections_letter_quantity_has_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["id", "en"]), name="connections_letter_language_known"
            ),
            models.UniqueConstraint(
                fields=["challenge"],
                condition=~Q(challenge=""),
                name="connections_letter_challenge_counts_once",
            ),
            models.UniqueConstraint(
                fields=["proof_code"],
                condition=~Q(proof_code=""),
                name="connections_letter_proof_code_once",
            ),
        ]
        indexes = [
            models.Index(fields=["asker", "-written_at"], name="connections_letter_of_asker"),
            models.Index(
                fields=["state", "written_at"],
                condition=Q(state__in=["unproven", "held"]),
                name="connections_letter_waiting",
            ),
            models.Index(fields=["written_at"], name="connections_letter_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.asker[:12]} {self.state}"

    @property
    def writer(self) -> str:
        """Return the name of the person who wrote it; empty once it was taken out."""
        return self.person.name if self.person else self.name

    @property
    def is_number_denied(self) -> bool:
        """Say whether the code of an unproven letter came from another number than it names."""
        return self.state == self.State.UNPROVEN and self.judged_at is not None


class Trace(models.Model):
    """One of a few numbers that a letter shares with letters of nearly the same words.

    They are kept for as long as such letters are looked for (``enquiring.likeness``).
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="+")
    band = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("trace of a letter")
        verbose_name_plural = _("traces of letters")

    def __str__(self) -> str:
        return f"{self.letter_id} {self.band:x}"


class LetterFile(models.Model):
    """A picture or PDF that came with a letter; it lies where no address leads."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="files")
    file = models.CharField(max_length=200)
    #: What its giver called it.
    name = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("file of a letter")
        verbose_name_plural = _("files of letters")

    def __str__(self) -> str:
        return f"{self.letter_id} {self.file}"


class Tally(models.Model):
    """How many letters one asker wrote on one day; counted by one statement."""

    asker = models.CharField(max_length=64)
    on = models.DateField(db_index=True)
    letters = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("letters of a day")
        verbose_name_plural = _("letters of days")
        constraints = [
            models.UniqueConstraint(fields=["asker", "on"], name="connections_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.asker[:12]} {self.on}: {self.letters}"
