"""People who sign in, and how often somebody tried to."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractBaseUser):
    """A person; what they may do comes from their role and, later, from their businesses.

    At least one of e-mail (lower case) and phone (E.164) is there to sign in with.
    """

    class Role(models.TextChoices):
        """What a person is to the platform; whoever is not signed in is a visitor."""

        MEMBER = "member", _("Member")
        OFFICER = "officer", _("Officer")
        ADMINISTRATOR = "administrator", _("Administrator")

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("phone number"), max_length=16, unique=True, null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("part of the demo network"), default=False)
    joined_at = models.DateTimeField(_("joined"))

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    #: The record of who did what keeps only a digest of these.
    audit_private: ClassVar[frozenset[str]] = frozenset({"name", "email", "phone"})

    objects = BaseUserManager["User"]()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False),
                name="accounts_user_can_sign_in",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
                name="accounts_user_email_is_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__startswith="+"),
                name="accounts_user_phone_is_e164",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["member", "officer", "administrator"]),
                name="accounts_user_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email or self.phone})"

    @property
    def is_staff(self) -> bool:
        """Say whether the person works for the network's office."""
        return self.role in {self.Role.OFFICER, self.Role.ADMINISTRATOR}

    @property
    def is_administrator(self) -> bool:
        """Say whether the person looks after people and settings."""
        return self.role == self.Role.ADMINISTRATOR


class Tries(models.Model):
    """How often a password was tried for one account from one place within a while.

    The bucket is a keyed digest, so the table tells nobody who signs in or from where.
    """

    bucket = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("tries to sign in")
        verbose_name_plural = _("tries to sign in")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=0) & Q(number__lte=1000), name="accounts_tries_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bucket[:8]}: {self.number}"
