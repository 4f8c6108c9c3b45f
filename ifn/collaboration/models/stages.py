"""The way of a project: its stages, what is to be done by whom, what was decided, what waits."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ifn.collaboration.models.projects import Project, ProjectPartner


class Stage(models.Model):
    """A part of the way of a project; a project may leave stages out.

    The database refuses to begin one before an earlier one was begun or left out, and to end one
    before the earlier ones are over.
    """

    class Kind(models.TextChoices):
        """What is done in it, in the order of the work."""

        BRIEF = "brief", _("Brief")
        DESIGN = "design", _("Design")
        DEVELOPMENT = "development", _("Development")
        SAMPLING = "sampling", _("Sampling")
        TEST = "test", _("Test")
        PRODUCTION = "production", _("Production")
        DISTRIBUTION = "distribution", _("Distribution")
        RELEASE = "release", pgettext_lazy("of a project", "Release")
        FOLLOW_UP = "follow_up", _("Follow-up")

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        LEFT_OUT = "left_out", _("Left out")

    project = models.ForeignKey(Project, models.CASCADE, related_name="stages")
    kind = models.CharField(_("stage"), max_length=12, choices=Kind.choices)
    #: From 1, as in ``Kind``.
    place = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    planned_until = models.DateField(_("to be done by"), null=True, blank=True)
    begun_on = models.DateField(_("begun"), null=True, blank=True)
    ended_on = models.DateField(_("done on"), null=True, blank=True)
    #: What came of it, in a sentence; the line from origin to product tells it.
    result = models.CharField(_("what came of it"), max_length=300, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="collaboration_stage_once"),
            models.UniqueConstraint(
                fields=["project", "place"], name="collaboration_stage_place_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("brief", "design", "development", "sampling", "test"),
                        *("production", "distribution", "release", "follow_up"),
                    ]
                ),
                name="collaboration_stage_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "left_out"], begun_on=None, ended_on=None)
                | Q(state="running", begun_on__isnull=False, ended_on=None)
                | Q(state="done", begun_on__isnull=False, ended_on__isnull=False),
                name="collaboration_stage_dated",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(begun_on__lte=F("ended_on")),
                name="collaboration_stage_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.state}"


class Milestone(models.Model):
    """Something one partner is to have done by a day, and what shows that it is."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Given up")

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    stage = models.ForeignKey(
        Stage, models.SET_NULL, related_name="milestones", null=True, blank=True
    )
    what = models.CharField(_("what is to be there"), max_length=300)
    #: Nobody where the whole project waits for it.
    owner = models.ForeignKey(
        ProjectPartner, models.RESTRICT, related_name="milestones", null=True, blank=True
    )
    due_on = models.DateField(_("by when"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    since = models.DateTimeField(_("since"))
    evidence = models.TextField(_("what shows it"), max_length=2000, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "dropped"]),
                name="collaboration_milestone_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(evidence=""),
                name="collaboration_milestone_done_is_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""),
                name="collaboration_milestone_dropped_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(state="open"),
                name="collaboration_milestone_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.what[:40]}"


class Note(models.Model):
    """What was decided, or said at a meeting; written once, never rewritten."""

    class Kind(models.TextChoices):
        """What it is."""

        DECISION = "decision", _("Decision")
        MEETING = "meeting", _("Meeting notes")
        COMMENT = "comment", _("Comment")

    project = models.ForeignKey(Project, models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.TextField(_("text"), max_length=4000)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("written"))
    #: Who wrote it: a person with an account, or a partner or guest by link, by name.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True
    )
    by = models.CharField(_("by"), max_length=160, blank=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["decision", "meeting", "comment"]),
                name="collaboration_note_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.on}"


class Risk(models.Model):
    """What may go wrong or stands still, how grave it is, and on whom it waits."""

    class Gravity(models.IntegerChoices):
        """How much it would cost the project."""

        LOW = 1, _("Low")
        MIDDLE = 2, pgettext_lazy("how grave", "Medium")
        HIGH = 3, _("High")

    project = models.ForeignKey(Project, models.CASCADE, related_name="risks")
    what = models.CharField(_("what may go wrong, or what waits"), max_length=300)
    gravity = models.PositiveSmallIntegerField(
        _("how grave"), choices=Gravity.choices, default=Gravity.MIDDLE
    )
    waits_on = models.ForeignKey(
        ProjectPartner, models.RESTRICT, related_name="risks", null=True, blank=True
    )
    plan = models.CharField(_("what is done about it"), max_length=400, blank=True)
    raised_at = models.DateTimeField(_("raised"))
    ended_at = models.DateTimeField(_("over since"), null=True, blank=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gravity__gte=1, gravity__lte=3), name="collaboration_risk_gravity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.what[:40]}"


class ProjectStep(models.Model):
    """A step in the life of a project, a stage or a partner: what, when, who, why."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="steps")
    #: As the audit names it, without the room: ``stage.begun``, ``partner.accepted``, ``paused``.
    event = models.CharField(max_length=40)
    stage = models.ForeignKey(Stage, models.SET_NULL, related_name="+", null=True)
    partner = models.ForeignKey(ProjectPartner, models.SET_NULL, related_name="+", null=True)
    at = models.DateTimeField(_("when"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.project_id} {self.event} {self.at:%Y-%m-%d}"


#: The order of the stages, from 1.
PLACES: Final = {kind: place for place, kind in enumerate(Stage.Kind.values, start=1)}
