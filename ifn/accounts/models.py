"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Find a person by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address or E.164 phone number."""
        return self.get(Q(email=username) | Q(phone=username))


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
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False),
                name="accounts_user_can_sign_in",
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

    def clean(self) -> None:
        """Keep the e-mail address in one spelling."""
        super().clean()
        self.email = self.email.lower() if self.email else None

    def get_short_name(self) -> str:
        """Return the first word of the name."""
        return self.name.split(" ", 1)[0]

    def natural_key(self) -> tuple[Any, ...]:
        """Return what the person signs in with."""
        return (self.email or self.phone,)
