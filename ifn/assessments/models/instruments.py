"""Questionnaires and their versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Instrument(models.Model):
    """A questionnaire through all its versions."""

    #: Its name in addresses and in XLSForm (``form_id``).
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_id = models.CharField(_("name, Indonesian"), max_length=120)
    name_en = models.CharField(_("name, English"), max_length=120)
    created_at = models.DateTimeField(_("begun"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    is_demo = models.BooleanField(_("part of the demo network"), default=False)
    shipped = models.JSONField(
        default=dict,
        help_text="The names, and the digest of the content, that the platform loaded last.",
    )
    #: Another number whenever what counts of it changes by region; the database writes it.
    stamp = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class InstrumentVersion(models.Model):
    """One version of a questionnaire, a whole document.

    ``content`` is read by ``instruments.reading``. The database refuses to change what a version
    asks once it is no draft any more; see ``assessments.freezing``.
    """

    class State(models.TextChoices):
        """Whether firms are asked with it."""

        DRAFT = "draft", _("Draft")
        IN_USE = "in_use", _("In use")
        RETIRED = "retired", _("Retired")

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="versions", db_index=False
    )
    #: From 1, without gaps.
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DRAFT, db_index=True
    )
    content = models.JSONField(_("content"))
    #: SHA-256 of the content, by which a copy on a phone is known.
    digest = models.CharField(max_length=64)
    #: Of each dimension, whether its levels may be compared with those of the version before.
    comparable = models.JSONField(default=dict)
    #: Of each dimension, the first version with which its levels may be compared; with use.
    lines = models.JSONField(default=dict)
    #: Rises with every change of the draft, so that a second editor is noticed.
    edition = models.PositiveIntegerField(default=1)

    created_at = models.DateTimeField(_("begun"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    changed_at = models.DateTimeField(_("changed"))
    used_at = models.DateTimeField(_("in use since"), null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="assessments_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(state="in_use"),
                name="assessments_version_one_in_use",
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(state="draft"),
                name="assessments_version_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_use", "retired"]),
                name="assessments_version_state_known",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="assessments_version_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", used_at=None, retired_at=None)
                | Q(state="in_use", used_at__isnull=False, retired_at=None)
                | Q(state="retired", used_at__isnull=False, retired_at__isnull=False),
                name="assessments_version_dated_by_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} v{self.number}"

    @property
    def is_draft(self) -> bool:
        """Say whether it may still be changed."""
        return self.state == self.State.DRAFT
