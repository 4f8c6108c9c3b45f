"""A project: what it began with, who takes part, who looks on."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ifn.collaboration.models.calls import Call
from ifn.collaboration.models.words import ROLES, Role, in_reading_language
from ifn.connections.models import Enquiry
from ifn.directory.models import Business
from ifn.programmes.models import Action
from ifn.programmes.models.reached import Reached


class ProjectQuerySet(models.QuerySet["Project"]):
    """Filters that keep their meaning wherever they are chained."""

    def shown(self) -> Self:
        """Return those that visitors may see."""
        return self.filter(is_public=True, state__in=Project.SHOWN)


class Project(models.Model):
    """What partners make together, from its origin to what came of it.

    ``led_by`` leads it; where it is empty the office does. What it began with is told by
    ``origin``: a competition entry, a request, an idea, or one of the rooms below.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Completed")
        STOPPED = "stopped", _("Stopped")

    class Origin(models.TextChoices):
        """What it began with."""

        COMPETITION = "competition", _("Competition entry")
        CALL = "call", _("Call for partners")
        ENQUIRY = "enquiry", _("Agreed enquiry")
        PLAN = "plan", _("Action plan after mentoring")
        REQUEST = "request", _("Request")
        IDEA = "idea", _("Idea")

    SHOWN = (State.RUNNING, State.PAUSED, State.DONE)
    LIVING = (State.PLANNED, State.RUNNING, State.PAUSED)

    code = models.CharField(_("code"), max_length=8, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    title_id = models.CharField(_("title, Indonesian"), max_length=140, blank=True)
    title_en = models.CharField(_("title, English"), max_length=140, blank=True)
    summary_id = models.TextField(_("summary, Indonesian"), max_length=4000, blank=True)
    summary_en = models.TextField(_("summary, English"), max_length=4000, blank=True)
    led_by = models.ForeignKey(
        Business, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("led by")
    )
    #: Whether visitors find it among those that run; each partner says for itself if it is named.
    is_public = models.BooleanField(_("visitors may see that it runs"), default=False)

    origin = models.CharField(
        _("began with"), max_length=12, choices=Origin.choices, default=Origin.IDEA
    )
    origin_title = models.CharField(_("title of what it began with"), max_length=200, blank=True)
    origin_by = models.CharField(_("whose it was"), max_length=160, blank=True)
    origin_on = models.DateField(_("day of it"), null=True, blank=True)
    call = models.ForeignKey(Call, models.SET_NULL, related_name="+", null=True, blank=True)
    enquiry = models.ForeignKey(Enquiry, models.SET_NULL, related_name="+", null=True, blank=True)
    action = models.ForeignKey(Action, models.SET_NULL, related_name="+", null=True, blank=True)
    #: The project whose result this one goes on with.
    follows = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)

    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    created_at = models.DateTimeField(_("entered"))
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(_("part of the demo network"), default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "running", "paused", "done", "stopped"]),
                name="collaboration_project_state_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    origin__in=["competition", "call", "enquiry", "plan", "request", "idea"]
                ),
                name="collaboration_project_origin_known",
            ),
            models.CheckConstraint(
                condition=~Q(title_id="", title_en=""), name="collaboration_project_titled"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paused", "stopped"]) | ~Q(reason=""),
                name="collaboration_project_stop_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(follows=None) | ~Q(follows=F("pk")),
                name="collaboration_project_not_after_itself",
            ),
            #: What was agreed, and what is to be done, becomes one project, not two.
            models.UniqueConstraint(
                fields=["enquiry"], name="collaboration_project_of_enquiry_once"
            ),
            models.UniqueConstraint(fields=["action"], name="collaboration_project_of_action_once"),
        ]
        indexes = [
            models.Index(
                fields=["state", "-since"],
                condition=Q(is_public=True),
                name="collaboration_project_shown",
            ),
            models.Index(fields=["-since", "-id"], name="collaboration_project_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("collaboration:project", args=[self.code])

    @property
    def title(self) -> str:
        """Return the title in the reader's language, or in the other one."""
        return in_reading_language(self.title_id, self.title_en)

    @property
    def summary(self) -> str:
        """Return the summary in the reader's language, or in the other one."""
        return in_reading_language(self.summary_id, self.summary_en)

    @property
    def is_shown(self) -> bool:
        """Say whether visitors may see it."""
        return self.is_public and self.state in self.SHOWN

    @property
    def is_living(self) -> bool:
        """Say whether anything may still be changed in it."""
        return self.state in self.LIVING


class ProjectPartner(Reached):
    """Who does what in a project: a firm of the directory, or somebody by name.

    It takes part once it accepted. Whoever leaves stays in the record with what was done.
    """

    class State(models.TextChoices):
        """Whether it takes part."""

        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Takes part")
        DECLINED = "declined", _("Declined")
        LEFT = "left", _("Left")

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    business = models.ForeignKey(
        Business, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("profile")
    )
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    does = models.CharField(_("what it does"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.INVITED)
    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    #: Whether visitors may read that it takes part: its own decision.
    is_named = models.BooleanField(_("may be named to visitors"), default=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    audit_private = frozenset({"email", "phone"})

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "business", "role"],
                condition=Q(business__isnull=False),
                name="collaboration_partner_firm_once",
            ),
            models.UniqueConstraint(
                fields=["project", "name", "role"],
                condition=Q(business=None),
                name="collaboration_partner_name_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=ROLES), name="collaboration_partner_role_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["invited", "accepted", "declined", "left"]),
                name="collaboration_partner_state_known",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"),
                name="collaboration_partner_phone_is_e164",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.name} {self.role}"

    @property
    def takes_part(self) -> bool:
        """Say whether it accepted and did not leave."""
        return self.state == self.State.ACCEPTED


class Guest(Reached):
    """Somebody who may look into one project, and write notes there, by a link."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="guests")
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("from where"), max_length=120, blank=True)
    may_write = models.BooleanField(_("may write notes"), default=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    audit_private = frozenset({"name", "email", "phone"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="collaboration_guest_once"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"),
                name="collaboration_guest_phone_is_e164",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.pk}"
