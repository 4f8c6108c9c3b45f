"""What belongs to one profile: capabilities, certificates, contacts, pictures, brands.

A constraint that begins with the business is an index by business, so there is no second one.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models import Consent
from ifn.vocabulary.models import Term


class Visibility(models.TextChoices):
    """Who sees a fact."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Signed-in members")
    NOBODY = "nobody", _("Nobody")


class Capability(models.Model):
    """A role, product, material, process, construction or machine that a business has."""

    business = models.ForeignKey(
        "Business", models.CASCADE, related_name="capabilities", db_index=False
    )
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    monthly_pairs = models.PositiveIntegerField(
        _("capacity of this process, pairs per month"), null=True, blank=True
    )
    units = models.PositiveSmallIntegerField(_("number of machines"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "term"], name="directory_capability_once"),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.term_id}"


class Certificate(models.Model):
    """A certificate as the business states it; the statement is not a verification."""

    business = models.ForeignKey(
        "Business", models.CASCADE, related_name="certificates", db_index=False
    )
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "term", "number"], name="directory_certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None)
                | Q(expires_on=None)
                | Q(issued_on__lte=F("expires_on")),
                name="directory_certificate_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.term_id} {self.number}"


class Contact(models.Model):
    """One way to reach a business, with its own visibility; phone numbers are E.164."""

    class Kind(models.TextChoices):
        """How it is used."""

        WHATSAPP = "whatsapp", _("WhatsApp")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        WEBSITE = "website", _("Website")
        INSTAGRAM = "instagram", _("Instagram")
        MARKETPLACE = "marketplace", _("Marketplace")

    business = models.ForeignKey(
        "Business", models.CASCADE, related_name="contacts", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    value = models.CharField(_("number or address"), max_length=200)
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility.choices, default=Visibility.NOBODY
    )
    position = models.PositiveSmallIntegerField(default=0)
    #: Of whoever is reached by it; a phone number or e-mail address is shown to nobody without.
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+", null=True, blank=True)

    #: Kinds that reach a person.
    PERSONAL = frozenset({Kind.WHATSAPP, Kind.PHONE, Kind.EMAIL})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "kind", "value"], name="directory_contact_once"
            ),
            models.CheckConstraint(
                condition=Q(visibility="nobody")
                | ~Q(kind__in=["whatsapp", "phone", "email"])
                | Q(consent__isnull=False),
                name="directory_contact_shown_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["whatsapp", "phone"]) | Q(value__startswith="+"),
                name="directory_contact_phone_is_e164",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "members", "nobody"]),
                name="directory_contact_visibility_known",
            ),
        ]
        indexes = [
            models.Index(fields=["value"], name="directory_contact_by_value"),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.kind}"


class Brand(models.Model):
    """A name under which a business sells."""

    business = models.ForeignKey("Business", models.CASCADE, related_name="brands", db_index=False)
    name = models.CharField(_("brand"), max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "name"], name="directory_brand_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SpokenLanguage(models.Model):
    """A language in which the business answers."""

    class Code(models.TextChoices):
        """ISO 639-1 codes of the languages met in the trade."""

        INDONESIAN = "id", _("Indonesian")
        ENGLISH = "en", _("English")
        MANDARIN = "zh", _("Mandarin")
        KOREAN = "ko", _("Korean")
        JAPANESE = "ja", _("Japanese")
        ARABIC = "ar", _("Arabic")
        JAVANESE = "jv", _("Javanese")
        SUNDANESE = "su", _("Sundanese")

    business = models.ForeignKey(
        "Business", models.CASCADE, related_name="languages", db_index=False
    )
    code = models.CharField(_("language"), max_length=2, choices=Code.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "code"], name="directory_language_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Picture(models.Model):
    """A picture with its renditions; drawings of the demo network are SVG and have none.

    ``widths`` lists the widths in pixels for which a WebP and a JPEG file exist beside ``file``.
    """

    business = models.ForeignKey("Business", models.CASCADE, related_name="pictures")
    file = models.CharField(_("file"), max_length=200)
    width = models.PositiveIntegerField(_("width, pixels"))
    height = models.PositiveIntegerField(_("height, pixels"))
    widths = models.JSONField(default=list)
    caption_id = models.CharField(_("caption, Indonesian"), max_length=160, blank=True)
    caption_en = models.CharField(_("caption, English"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(_("added"))
    #: SHA-256 of what was uploaded; empty for drawings.
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "digest"],
                condition=~Q(digest=""),
                name="directory_picture_once",
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="directory_picture_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def caption(self) -> str:
        """Return the caption in the reader's language, or in the other one."""
        if get_language() == "en":
            return self.caption_en or self.caption_id
        return self.caption_id or self.caption_en
