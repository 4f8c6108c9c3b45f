"""What belongs to one opportunity: terms, drafts, versions, states, files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.connections.models.opportunities import Opportunity
from ifn.vocabulary.models import Term


class OpportunityTerm(models.Model):
    """A role, product, material, construction, process, machine or certificate that is meant."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="terms", db_index=False
    )
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "term"], name="connections_opportunityterm_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.term_id}"


class OpportunityDraft(models.Model):
    """What a person has entered into an opportunity's steps and not yet posted.

    ``data`` holds the forms as they were sent, right or wrong, so that nothing entered is lost.
    """

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="drafts", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    #: The version of the opportunity that the draft began with.
    version = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    begun_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "person"], name="connections_opportunitydraft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} by {self.person_id}"


class OpportunityVersion(models.Model):
    """How an opportunity stood before a change, once others had seen it."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="versions", db_index=False
    )
    version = models.PositiveIntegerField()
    particulars = models.JSONField()
    replaced_at = models.DateTimeField(_("replaced"))
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "version"], name="connections_opportunityversion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} version {self.version}"


class StateChange(models.Model):
    """A step in the life of an opportunity: into which state, when, who, why."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="changes")
    state = models.CharField(_("state"), max_length=10, choices=Opportunity.State.choices)
    at = models.DateTimeField(_("when"))
    #: Nobody where the day did it, or somebody by a link without signing in.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.state} {self.at:%Y-%m-%d}"


class Attachment(models.Model):
    """A picture with its renditions, or a PDF that lies where no address leads."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="attachments")
    #: For a picture the base of its files' names, as in ``directory.Picture``.
    file = models.CharField(_("file"), max_length=200)
    #: How its sender called a PDF; only for showing.
    name = models.CharField(_("name"), max_length=100, blank=True)
    width = models.PositiveIntegerField(_("width, pixels"), null=True)
    height = models.PositiveIntegerField(_("height, pixels"), null=True)
    widths = models.JSONField(default=list)
    added_at = models.DateTimeField(_("added"))
    #: SHA-256 of what was uploaded.
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "digest"], name="connections_attachment_once"
            ),
            models.CheckConstraint(
                condition=Q(width=None, height=None) | Q(width__gt=0, height__gt=0),
                name="connections_attachment_picture_has_a_size",
            ),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown in a page."""
        return self.width is not None
