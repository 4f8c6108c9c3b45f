"""Somebody says that a profile without an owner is theirs, and shows it in one of four ways."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business

#: States in which somebody still has to do something.
OPEN: Final = ("begun", "waiting", "more_asked")
#: Wrong codes before a new one must be sent.
MOST_TRIES: Final = 5
#: How a claim ends, or ended once granted.
OVER: Final = ("granted", "refused", "withdrawn", "revoked", "expired")


class ClaimLink(models.Model):
    """A link, or its printed code, that an officer hands over; it opens once.

    The link's token is shown when it is made and never kept: this row has its digest.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    #: For whom it is, in the officer's words.
    note = models.CharField(_("for whom"), max_length=80, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(used_at=None),
                name="moderation_claimlink_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} until {self.expires_at:%Y-%m-%d}"


class Claim(models.Model):
    """A person's wish to look after a profile, from the first step to the decision and after."""

    class Way(models.TextChoices):
        """How the person shows that the business is theirs."""

        LINK = "link", _("A link or code handed over by an officer")
        EMAIL = "email", _("A code sent to the e-mail on the profile")
        PHONE = "phone", _("A code sent to the number on the profile")
        EVIDENCE = "evidence", _("Evidence for an officer to judge")

    class State(models.TextChoices):
        """Who has to do what next: begun and asked the claimant, waiting the office."""

        BEGUN = "begun", _("Begun")
        WAITING = "waiting", _("Waiting for the office")
        MORE_ASKED = "more_asked", _("The office asks for more")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REVOKED = "revoked", _("Revoked")
        EXPIRED = "expired", _("Expired")

    business = models.ForeignKey(Business, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    begun_at = models.DateTimeField(_("begun"))
    #: Since when it is in its state.
    since = models.DateTimeField(_("since"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    #: Why it was refused or revoked; the claimant reads it.
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["link", "email", "phone", "evidence"]),
                name="moderation_claim_way_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN, *OVER]), name="moderation_claim_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, decided_at=None)
                | Q(state__in=OVER, decided_at__isnull=False),
                name="moderation_claim_dated_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "revoked"]) | ~Q(reason=""),
                name="moderation_claim_no_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["business", "person"],
                condition=Q(state__in=OPEN),
                name="moderation_claim_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "since"], name="moderation_claim_by_age"),
            models.Index(fields=["business", "state"], name="moderation_claim_of_profile"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.business_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to do something."""
        return self.state in OPEN


class ClaimCode(models.Model):
    """Six digits sent to a contact of the profile; few tries, a short life, only a digest."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__lte=5), name="moderation_claimcode_few_tries"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} until {self.expires_at:%Y-%m-%d %H:%M}"


class ClaimNote(models.Model):
    """What was said about a claim: by the claimant, to the claimant, or among the staff."""

    class Kind(models.TextChoices):
        """Who may read it."""

        CLAIMANT = "claimant", _("From the claimant")
        QUESTION = "question", _("To the claimant")
        INTERNAL = "internal", _("For the staff only")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    text = models.TextField(max_length=2000)
    #: Its name in the store of private files, random and ours.
    file = models.CharField(max_length=120, blank=True)
    #: How the claimant called the file; only for showing.
    file_name = models.CharField(max_length=100, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["claimant", "question", "internal"]),
                name="moderation_claimnote_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.kind} {self.pk}"
