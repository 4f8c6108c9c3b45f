"""What a project shows the world, with the yes of every partner, and what it changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ifn.collaboration.models.projects import Project, ProjectPartner
from ifn.collaboration.models.words import in_reading_language


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Filters that keep their meaning wherever they are chained."""

    def shown(self) -> Self:
        """Return those that visitors may see."""
        return self.filter(state=Release.State.PUBLISHED)


class Release(models.Model):
    """The page on which a project's result is told.

    ``text_version`` counts what was changed in what partners agree to. The database refuses to
    publish one to which a partner who takes part has not agreed as it reads now.
    """

    class State(models.TextChoices):
        """Who sees it."""

        DRAFT = "draft", _("Draft")
        ASKING = "asking", _("Partners are asked")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    project = models.OneToOneField(Project, models.PROTECT, related_name="release")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    title_id = models.CharField(_("title, Indonesian"), max_length=140, blank=True)
    title_en = models.CharField(_("title, English"), max_length=140, blank=True)
    story_id = models.TextField(_("story, Indonesian"), max_length=8000, blank=True)
    story_en = models.TextField(_("story, English"), max_length=8000, blank=True)
    how_id = models.TextField(_("how to get it, Indonesian"), max_length=1000, blank=True)
    how_en = models.TextField(_("how to get it, English"), max_length=1000, blank=True)
    text_version = models.PositiveIntegerField(_("version of the text"), default=1)
    published_on = models.DateField(_("published"), null=True, blank=True)
    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "asking", "published", "withdrawn"]),
                name="collaboration_release_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(title_id="", title_en=""), name="collaboration_release_titled"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False),
                name="collaboration_release_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""),
                name="collaboration_release_withdrawn_why",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_on"], name="collaboration_release_newest")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("collaboration:release", args=[self.slug])

    @property
    def title(self) -> str:
        """Return the title in the reader's language, or in the other one."""
        return in_reading_language(self.title_id, self.title_en)

    @property
    def story(self) -> str:
        """Return the story in the reader's language, or in the other one."""
        return in_reading_language(self.story_id, self.story_en)

    @property
    def how(self) -> str:
        """Return how to get it in the reader's language, or in the other one."""
        return in_reading_language(self.how_id, self.how_en)


class ReleasePicture(models.Model):
    """A picture of a release in the sizes in use, with its credit."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="pictures")
    file = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)
    caption_id = models.CharField(_("caption, Indonesian"), max_length=200, blank=True)
    caption_en = models.CharField(_("caption, English"), max_length=200, blank=True)
    credit = models.CharField(_("picture by"), max_length=120, blank=True)
    place = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "digest"], name="collaboration_picture_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.file[-12:]}"

    @property
    def caption(self) -> str:
        """Return the caption in the reader's language, or in the other one."""
        return in_reading_language(self.caption_id, self.caption_en)


class ReleaseConsent(models.Model):
    """What a partner says to a release as its text read in one version."""

    class State(models.TextChoices):
        """What it said."""

        ASKED = "asked", _("Asked")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back")

    release = models.ForeignKey(Release, models.CASCADE, related_name="consents")
    partner = models.ForeignKey(ProjectPartner, models.PROTECT, related_name="+")
    state = models.CharField(_("answer"), max_length=10, choices=State.choices)
    text_version = models.PositiveIntegerField(_("version of the text"))
    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    #: Nobody where it was said by a link.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "partner"], name="collaboration_consent_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "refused", "withdrawn"]),
                name="collaboration_consent_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.partner_id} {self.state}"


class Impact(models.Model):
    """A figure of what a project changed, that no record of the platform gives, with its source.

    Pairs made, recipients and re-orders are counted from batches, receipts and enquiries; this is
    for what partners report besides: pairs of the final product, jobs, value.
    """

    class Kind(models.TextChoices):
        """What is counted."""

        PAIRS = "pairs", _("Pairs made with it")
        JOBS = "jobs", _("Jobs")
        POTENTIAL = "potential", _("Value, potential")
        COMMITTED = "committed", _("Value, committed")
        REALISED = "realised", _("Value, realised")

    project = models.ForeignKey(Project, models.CASCADE, related_name="impacts")
    partner = models.ForeignKey(
        ProjectPartner, models.SET_NULL, related_name="+", null=True, blank=True
    )
    kind = models.CharField(_("what is counted"), max_length=10, choices=Kind.choices)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=0)
    on = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=300)
    said_at = models.DateTimeField(_("entered"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["pairs", "jobs", "potential", "committed", "realised"]),
                name="collaboration_impact_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(source=""), name="collaboration_impact_has_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.amount}"
