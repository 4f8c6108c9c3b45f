"""Lists as they came in, and what was decided for each of their rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business, Source


class List(models.Model):
    """A list that was loaded: which file, read how, from whom, stated when, with what result.

    ``recipe`` is a digest of the sheet, the mapping and the rows chosen: the same file read in the
    same way is the same list, and is loaded once.
    """

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("digest of the file"), max_length=64)
    recipe = models.CharField(_("digest of the mapping"), max_length=32)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    mapping = models.JSONField(_("mapping"), default=dict)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    stated_on = models.DateField(_("stated on"))
    received_at = models.DateTimeField(_("received"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
        help_text=_("Empty when it was loaded from the command line."),
    )
    loaded = models.PositiveIntegerField(_("rows loaded"), default=0)
    already_there = models.PositiveIntegerField(_("rows already there"), default=0)
    refused = models.PositiveIntegerField(_("rows refused"), default=0)
    skipped = models.PositiveIntegerField(_("rows left out"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "recipe"], name="intake_list_loaded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.sha256[:8]}.{self.recipe[:8]})"


class Row(models.Model):
    """One row of a list: its cells as they stood, and what became of it.

    ``plant`` and ``stated`` are digests (see ``linkage.identity``): the same plant of the same
    firm, and the same name and place in the same words.
    """

    class State(models.TextChoices):
        """What became of a row."""

        LOADED = "loaded", _("Loaded")
        ALREADY_THERE = "already_there", _("Already there")
        REFUSED = "refused", _("Refused")
        SKIPPED = "skipped", _("Left out")

    raw = models.JSONField(_("cells"), default=list)
    list = models.ForeignKey(List, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(_("row"), help_text=_("As the spreadsheet counts."))
    state = models.CharField(_("state"), max_length=14, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    details = models.JSONField(_("details"), default=dict)
    business = models.ForeignKey(
        Business, models.PROTECT, null=True, related_name="+", verbose_name=_("profile")
    )
    plant = models.CharField(max_length=32, blank=True)
    stated = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="intake_row_decided_once"),
            models.UniqueConstraint(
                fields=["plant"],
                condition=Q(state="loaded"),
                name="intake_row_plant_loaded_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["loaded", "already_there", "refused", "skipped"]),
                name="intake_row_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="loaded") | (Q(business__isnull=False) & ~Q(plant="")),
                name="intake_row_loaded_has_profile",
            ),
        ]
        indexes = [
            models.Index(
                fields=["stated"], condition=Q(state="loaded"), name="intake_row_loaded_stated"
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_id}:{self.position}"
