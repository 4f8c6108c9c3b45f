"""Lists as they came in, and what was decided for each of their rows."""

from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business, Source
from ifn.regions.models import Region


def private_files() -> Storage:
    """Return where files lie that no address leads to."""
    return storages["private"]


class ListQuerySet(models.QuerySet["List"]):
    """Filters that keep their meaning wherever they are chained."""

    def under_review(self) -> Self:
        """Return lists whose rows wait for decisions."""
        return self.filter(state=List.State.REVIEW)


class List(models.Model):
    """A list that came in: which file, read how, from whom, stated when, how far it has come.

    ``recipe`` is a digest of sheet, mapping and choices; the same file read in the same way is the
    same list. ``mapping`` says how it is read, in the list's own words (``mapping.Columns.said``).
    """

    class State(models.TextChoices):
        """How far a list has come."""

        RECEIVED = "received", _("Received")  # kept, being read
        UNREADABLE = "unreadable", _("Cannot be read")
        MAPPING = "mapping", _("Waits for its columns")  # read; a guess is made
        LINKING = "linking", _("Is compared with the directory")
        REVIEW = "review", _("Waits for decisions")
        APPLYING = "applying", _("Is applied")
        APPLIED = "applied", _("Applied")
        UNDOING = "undoing", _("Is undone")
        UNDONE = "undone", _("Undone")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Basis(models.TextChoices):
        """Why the office may keep what the list says about people."""

        PUBLIC_TASK = "public_task", _("A public task of the office")
        CONSENT = "consent", _("Consent of those listed, collected by who made the list")
        PUBLISHED = "published", _("Published by who made the list")
        CONTRACT = "contract", _("Needed for a service those listed asked for")

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("digest of the file"), max_length=64)
    size = models.PositiveIntegerField(_("size, bytes"), default=0)
    #: Name in the private storage; empty for lists of before files were kept.
    file = models.CharField(max_length=200, blank=True)
    recipe = models.CharField(_("digest of the mapping"), max_length=32, blank=True)
    #: ``[[name, rows], …]`` of the file.
    sheets = models.JSONField(default=list)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    mapping = models.JSONField(_("mapping"), default=dict)
    #: What a person or the command said of words in type columns (``intake.types``), if anything.
    stated_types = models.JSONField(default=dict, blank=True)
    #: For rows that say nothing about their place.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    stated_on = models.DateField(_("stated on"))
    basis = models.CharField(
        _("legal basis"), max_length=12, choices=Basis.choices, default=Basis.PUBLIC_TASK
    )
    basis_note = models.CharField(_("about the legal basis"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("received"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
        help_text=_("Empty when it was loaded from the command line."),
    )
    #: Whose scope the list is for: a partner organisation, or regions (codes); neither: the office.
    organisation = models.ForeignKey(
        Business, models.PROTECT, null=True, blank=True, related_name="+"
    )
    scope = models.JSONField(_("only regions"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    #: Why it cannot be read, in the uploader's language.
    fault = models.CharField(max_length=300, blank=True)
    linked_at = models.DateTimeField(_("compared"), null=True)
    released_at = models.DateTimeField(_("released"), null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    #: The job that works on it, for its progress (``jobs.queries.progress_of``).
    job = models.CharField(max_length=40, blank=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "recipe", "source"],
                condition=~Q(recipe="") & ~Q(state__in=["withdrawn", "undone"]),
                name="intake_list_once",
            ),
            models.UniqueConstraint(
                fields=["sha256", "source"],
                condition=Q(state__in=["received", "mapping"]),
                name="intake_list_received_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("received", "unreadable", "mapping", "linking", "review"),
                        *("applying", "applied", "undoing", "undone", "withdrawn"),
                    ]
                ),
                name="intake_list_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applying", "applied"])
                | Q(organisation=None, scope=[])
                | ~Q(released_at=None),
                name="intake_list_of_others_released_before_applied",
            ),
        ]
        indexes = [models.Index(fields=["source", "-stated_on"], name="intake_list_by_source")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.sha256[:8]}.{self.recipe[:8]})"

    @property
    def is_of_office(self) -> bool:
        """Say whether the office itself brought it, so that nobody has to release it."""
        return self.organisation_id is None and not self.scope


class Reading(models.Model):
    """How a source's lists are read: what a person last said about columns with these headers."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    #: Digest of the header's cells, so that a source may have several kinds of list.
    header = models.CharField(max_length=32)
    mapping = models.JSONField()
    stated_types = models.JSONField(default=dict)
    region = models.ForeignKey(Region, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "header"], name="intake_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.header}"


class RowQuerySet(models.QuerySet["Row"]):
    """Filters that keep their meaning wherever they are chained."""

    def undecided(self) -> Self:
        """Return rows that a person has to decide."""
        return self.filter(state=Row.State.MAYBE, decision="")

    def to_apply(self) -> Self:
        """Return rows that are decided and not applied."""
        return self.filter(
            decision__in=[Row.Decision.CREATE, Row.Decision.JOIN],
            state__in=[Row.State.NEW, Row.State.SAME, Row.State.MAYBE, Row.State.TWICE],
        )


class Row(models.Model):
    """One row of a list: its cells as they stood, what they mean, and what became of it.

    ``plant`` and ``stated`` are digests (see ``linkage.identity``): the same plant of the same
    firm, and the same name and place in the same words.
    """

    class State(models.TextChoices):
        """What is known of a row, or what became of it."""

        UNREAD = "unread", _("Not compared yet")
        ABOVE = "above", _("Above the list")  # banner lines and the header
        NEW = "new", _("New")
        SAME = "same", _("Same as a profile")
        MAYBE = "maybe", _("Maybe a profile")
        TWICE = "twice", _("Twice in the list")
        ERROR = "error", _("Error")
        SKIPPED = "skipped", _("Left out")
        APPLIED = "applied", _("Applied")
        UNDONE = "undone", _("Undone")

    class Decision(models.TextChoices):
        """What is to be done, by rule or by a person (``decided_by``)."""

        CREATE = "create", _("Enter as a new profile")
        JOIN = "join", _("Is this profile")
        SKIP = "skip", _("Leave out")

    class Outcome(models.TextChoices):
        """What applying did."""

        CREATED = "created", _("New profile")
        REVISED = "revised", _("Profile brought up to date")
        UNCHANGED = "unchanged", _("Nothing to change")

    raw = models.JSONField(_("cells"), default=list)
    position = models.PositiveIntegerField(_("row"), help_text=_("As the spreadsheet counts."))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.UNREAD)
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    #: What the reason is about: the field of an error, for instance.
    column = models.CharField(_("column"), max_length=100, blank=True)
    details = models.JSONField(_("details"), default=dict)
    #: The clean facts (``directory.serial``); empty when the row has an error.
    facts = models.JSONField(default=dict)
    name = models.CharField(_("name"), max_length=200, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name=_("region")
    )
    #: ``[{"business": pk, "probability": 0.93, "evidence": [[code, value], …], "signals": {…}},
    #: …]``, best first; signals are all that was found, evidence what counted most.
    candidates = models.JSONField(default=list)
    probability = models.FloatField(_("likeliness"), null=True)
    business = models.ForeignKey(
        Business, models.PROTECT, null=True, related_name="+", verbose_name=_("profile")
    )
    decision = models.CharField(_("decision"), max_length=6, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.CharField(_("why"), max_length=300, blank=True)
    #: Fields for which a person chose the list's word over what stands (or not), by name.
    chosen = models.JSONField(default=dict)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, blank=True)
    applied_at = models.DateTimeField(_("applied"), null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    #: What applying wrote: ``{field: [before, after]}``, with what undoing needs.
    written = models.JSONField(default=dict)
    list = models.ForeignKey(List, models.CASCADE, related_name="rows", db_index=False)
    plant = models.CharField(max_length=32, blank=True)
    stated = models.CharField(max_length=32, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="intake_row_once"),
            models.UniqueConstraint(
                fields=["plant"],
                condition=Q(state="applied", outcome="created"),
                name="intake_row_plant_created_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("unread", "above", "new", "same", "maybe", "twice", "error"),
                        *("skipped", "applied", "undone"),
                    ]
                ),
                name="intake_row_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(decision="join") | Q(business__isnull=False),
                name="intake_row_joined_has_profile",
            ),
            models.CheckConstraint(
                condition=~Q(state="applied")
                | (Q(business__isnull=False, applied_at__isnull=False) & ~Q(outcome="")),
                name="intake_row_applied_has_profile",
            ),
        ]
        indexes = [
            models.Index(fields=["list", "state", "position"], name="intake_row_by_state"),
            models.Index(
                fields=["stated"], condition=Q(state="applied"), name="intake_row_applied_stated"
            ),
            models.Index(
                fields=["list"],
                condition=Q(state="maybe", decision=""),
                name="intake_row_undecided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}:{self.position}"


class Verdict(models.Model):
    """What a person said about words of a list and a profile, so that nobody is asked again.

    ``stated`` is the digest of a row's name and place (``Row.stated``).
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="+", db_index=False)
    stated = models.CharField(max_length=32)
    is_same = models.BooleanField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    said_at = models.DateTimeField(_("said"))
    #: What was found of the two, by code, when a person looked at them one by one.
    signals = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stated", "business"], name="intake_verdict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stated} {'=' if self.is_same else '≠'} {self.business_id}"
