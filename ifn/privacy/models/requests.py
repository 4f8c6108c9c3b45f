"""Somebody asks something of the data kept about them; the law gives the office 3 × 24 hours."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business

#: From the moment a request comes in, or a breach is noticed.
CLOCK: Final = timedelta(hours=72)
#: States in which the office still has to act.
OPEN: Final = ("unproven", "open")


class DataRequest(models.Model):
    """One request, from the moment it came in to the proof of what was done."""

    class Kind(models.TextChoices):
        """What is asked for."""

        ACCESS = "access", _("See and get a copy of my data")
        CORRECTION = "correction", _("Correct my data")
        ERASURE = "erasure", _("Erase my data")
        WITHDRAWAL = "withdrawal", _("Withdraw consent")
        OBJECTION = "objection", _("Object to a use of my data")

    class Way(models.TextChoices):
        """How it came in."""

        FORM = "form", _("Form on this platform")
        ACCOUNT = "account", _("Form, signed in")
        PHONE = "phone", _("Phone")
        LETTER = "letter", _("Letter or visit")

    class State(models.TextChoices):
        """Where it stands."""

        UNPROVEN = "unproven", _("Waiting for proof of who asks")
        OPEN = "open", _("In work")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    class Proven(models.TextChoices):
        """How it was shown that the request comes from whom it is about."""

        ACCOUNT = "account", _("Signed in to the account")
        CONTACT = "contact", _("Link sent to the e-mail address on the profile")
        EMAIL = "email", _("Link sent to the e-mail address given")
        OFFICER = "officer", _("Checked by an officer")

    class Ground(models.TextChoices):
        """Why the law lets the office say no."""

        NOT_THEIRS = "not_theirs", _("It was not shown that the data are about whoever asks")
        LEGAL_DUTY = "legal_duty", _("A law obliges the office to keep the data")
        PUBLIC_TASK = "public_task", _("The data are needed for a public task given by law")
        CLAIMS = "claims", _("The data are needed for a legal claim")
        NOTHING = "nothing", _("Nothing is kept about whoever asks")

    number = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("what is asked for"), max_length=10, choices=Kind.choices)
    way = models.CharField(_("how it came in"), max_length=8, choices=Way.choices)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.UNPROVEN
    )
    #: Whose account, and which profile, it is about; either, both or, for letters, neither.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    business = models.ForeignKey(Business, models.SET_NULL, related_name="+", null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone number"), max_length=16, blank=True)
    text = models.TextField(_("in their words"), max_length=2000, blank=True)
    language = models.CharField(max_length=2, default="id")
    received_at = models.DateTimeField(_("came in"))
    due_at = models.DateTimeField(_("due"))
    proven = models.CharField(max_length=8, choices=Proven.choices, blank=True)
    proven_at = models.DateTimeField(null=True)
    proven_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    ground = models.CharField(_("legal ground"), max_length=12, choices=Ground.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    #: What was done, as it stood at the end, and its SHA-256; nobody is named in it.
    proof = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    #: The record keeps digests of these, not their values.
    audit_private = frozenset({"name", "email", "phone", "text"})

    class Meta:
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["access", "correction", "erasure", "withdrawal", "objection"]
                ),
                name="privacy_datarequest_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("received_at")), name="privacy_datarequest_has_a_clock"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unproven", "open"], ended_at=None)
                | Q(state__in=["done", "refused"], ended_at__isnull=False),
                name="privacy_datarequest_dated_when_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "done"]) | Q(proven_at__isnull=False),
                name="privacy_datarequest_nothing_done_unproven",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (~Q(ground="") & ~Q(reason="")),
                name="privacy_datarequest_no_has_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(digest=""), name="privacy_datarequest_has_a_proof"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="privacy_datarequest_by_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.state}"

    @property
    def is_open(self) -> bool:
        """Say whether the office still has to act."""
        return self.state in OPEN

    def is_late(self, at: datetime) -> bool:
        """Say whether more than 72 hours had gone by when it ended, or have by now."""
        return (self.ended_at or at) > self.due_at


class Step(models.Model):
    """One thing to do for a request in one room; ``privacy.steps`` says what each key does."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="steps")
    key = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    #: How many rows it removed or emptied; nothing for what a person did by hand.
    count = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], name="privacy_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.key}"


class Note(models.Model):
    """What was said about a request: among the office, or to whoever asked."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    is_message = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} {self.written_at:%Y-%m-%d %H:%M}"
