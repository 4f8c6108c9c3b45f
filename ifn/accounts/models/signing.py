"""What people sign in with, where they are signed in, and how often somebody tried to."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models.people import User


class Session(AbstractBaseSession):
    """A browser that is known from one page to the next; of somebody when it is signed in."""

    account = models.ForeignKey(User, models.CASCADE, related_name="+", null=True)
    #: Browser and system in words, such as "Chrome, Android"; the place is not kept.
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    #: Kept up to date within the hour.
    seen_at = models.DateTimeField()

    @property
    def handle(self) -> str:
        """Return a name for pages; the key itself would let a reader into the session."""
        return salted_hmac("ifn.accounts.handle", self.session_key, algorithm="sha256").hexdigest()[
            :20
        ]


class Link(models.Model):
    """A link that was sent to somebody, for one use; of each purpose and subject there is one.

    A newer one takes the place of the one before. Only the digest of its key is kept.
    """

    class Purpose(models.TextChoices):
        """What opening it does."""

        SIGN_IN = "sign-in", _("Sign in")
        REGISTER = "register", _("Confirm a registration")
        EMAIL = "email", _("Confirm a new e-mail address")
        UNDO_EMAIL = "undo-email", _("Keep the e-mail address of before")

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    #: Whom or what it is for: a person's key, or an address that has no account yet.
    subject = models.CharField(max_length=280)
    digest = models.CharField(max_length=64, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject"], name="accounts_link_one_of_each"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["sign-in", "register", "email", "undo-email"]),
                name="accounts_link_purpose_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.purpose}"


class Authenticator(models.Model):
    """An app that shows a code which changes every half minute (TOTP)."""

    person = models.OneToOneField(User, models.CASCADE, related_name="authenticator")
    #: Sealed with a key made from the installation's secret.
    secret = models.CharField(max_length=250)
    #: The half minute of the last code that was taken: each code opens once.
    last_step = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def __str__(self) -> str:
        return f"{self.person_id} {self.created_at:%Y-%m-%d}"


class Passkey(models.Model):
    """A key that a person's phone, computer or security key keeps (WebAuthn)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=60)
    #: Identifier and public key as the device gave them, in base64url.
    credential = models.CharField(max_length=1400, unique=True)
    public = models.TextField()
    #: What the device knows the person by; the same for all keys of one person.
    handle = models.CharField(max_length=64)
    #: Counts uses, where the device does; one that falls back belongs to a copy.
    uses = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")

    def __str__(self) -> str:
        return f"{self.person_id} {self.name}"


class RecoveryCode(models.Model):
    """A code on paper for whoever has lost the other factors; it opens once."""

    person = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes", db_index=False)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "digest"], name="accounts_recovery_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.digest[:8]}"
