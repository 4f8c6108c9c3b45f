"""People, and what they were given to do and where."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ifn.regions.models import Region


class User(AbstractBaseUser):
    """A person; what they may do comes from their role, duties and territory, and their businesses.

    At least one of e-mail (lower case) and phone (E.164) is there to sign in with.
    """

    class Role(models.TextChoices):
        """What a person is to the platform; whoever is not signed in is a visitor."""

        MEMBER = "member", _("Member")
        REGIONAL = "regional", _("Regional officer")
        OFFICER = "officer", _("Officer")
        ADMINISTRATOR = "administrator", _("Administrator")

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("phone number"), max_length=16, unique=True, null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("part of the demo network"), default=False)
    joined_at = models.DateTimeField(_("joined"))
    #: Of the messages they get: the language they last signed in with.
    language = models.CharField(_("language"), max_length=2, default="id")
    #: Since when signing in asks for a second factor; nothing while there is none.
    secured_at = models.DateTimeField(_("second factor since"), null=True, blank=True)

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
                condition=Q(role__in=["member", "regional", "officer", "administrator"]),
                name="accounts_user_role_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["id", "en"]), name="accounts_user_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email or self.phone})"

    def get_session_auth_hash(self) -> str:
        """Return what a session must know to go on: it ends with the password or the factors."""
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return the same under the keys before this one."""
        return map(self._session_hash, settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str) -> str:
        since = self.secured_at.isoformat() if self.secured_at else ""
        text = f"{self.password}\n{since}"
        return salted_hmac("ifn.accounts.session", text, secret, algorithm="sha256").hexdigest()

    @property
    def erased_email(self) -> str:
        """Return the address that stands in the account once it is erased; it leads nowhere."""
        return f"dihapus-{self.pk}@dihapus.invalid"

    @property
    def is_erased(self) -> bool:
        """Say whether nothing is left here of whoever the account belonged to."""
        return not self.is_active and self.email == self.erased_email

    @property
    def is_staff(self) -> bool:
        """Say whether the person works for the network: in its office or in a region."""
        return self.role != self.Role.MEMBER

    @property
    def is_office(self) -> bool:
        """Say whether the person works in the network's own office."""
        return self.role in {self.Role.OFFICER, self.Role.ADMINISTRATOR}

    @property
    def is_administrator(self) -> bool:
        """Say whether the person looks after people and settings."""
        return self.role == self.Role.ADMINISTRATOR

    @cached_property
    def duties(self) -> frozenset[str]:
        """Return what an officer was given to do; read once for each object, for staff only."""
        if self.role != self.Role.OFFICER:
            return frozenset()
        return frozenset(Duty.objects.filter(person=self).values_list("kind", flat=True))

    def know_duties(self, kinds: str) -> None:
        """Take over the duties as ``Joined`` gives them, so that they are not asked for."""
        if self.role == self.Role.OFFICER:
            vars(self)["duties"] = frozenset(filter(None, kinds.split(",")))

    @cached_property
    def territory(self) -> frozenset[str]:
        """Return the codes of the regions a regional officer works for; read once, as duties."""
        if self.role != self.Role.REGIONAL:
            return frozenset()
        return frozenset(Territory.objects.filter(person=self).values_list("region_id", flat=True))


class Joined(models.Aggregate):
    """The texts of a group in one, with commas between them and in no order."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = models.TextField()

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **options: Any) -> Any:
        """Write it as the database calls it."""
        if connection.vendor == "sqlite":
            options["function"] = "group_concat"
        return super().as_sql(compiler, connection, *given, **options)


class Duty(models.Model):
    """Something an officer was given to do, and with it what that takes."""

    class Kind(models.TextChoices):
        """The desks of the network's office."""

        VERIFIER = "verifier", _("Verification")
        BROKER = "broker", _("Business matching")
        PROGRAMME = "programme", _("Programmes")
        EVENTS = "events", _("Events")
        DATA = "data", _("Data")

    person = models.ForeignKey(User, models.CASCADE, related_name="held_duties", db_index=False)
    kind = models.CharField(_("duty"), max_length=12, choices=Kind.choices)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="accounts_duty_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["verifier", "broker", "programme", "events", "data"]),
                name="accounts_duty_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Territory(models.Model):
    """A region that a regional officer works for: a province, or a regency or city."""

    person = models.ForeignKey(User, models.CASCADE, related_name="territories", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            models.UniqueConstraint(fields=["person", "region"], name="accounts_territory_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.region_id}"
