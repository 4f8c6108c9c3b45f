"""What is to be done after the days together: by whom, until when, and what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.programmes.models.batches import Commitment, Mentor, Partner
from ifn.programmes.models.registrations import Registration


class Side(models.TextChoices):
    """Who does something, and who says how it goes."""

    FIRM = "firm", _("The firm")
    MENTOR = "mentor", _("Mentor")
    OFFICE = "office", _("The office")
    PARTNER = "partner", _("Partner")


_SIDES = ["firm", "mentor", "office", "partner"]


class Mentorship(models.Model):
    """A mentor goes on looking after a participant of the same batch, as the database ensures."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="mentorships", db_index=False)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="mentorships")
    since = models.DateTimeField(_("since"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "registration"], name="programmes_mentorship_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.registration_id}"


class ActionQuerySet(models.QuerySet["Action"]):
    """Filters that keep their meaning wherever they are chained."""

    def open(self) -> "ActionQuerySet":
        """Return those that are still to be done."""
        return self.filter(state__in=Action.OPEN)


class Action(models.Model):
    """Something that one participant, their mentor, the office or a partner is to do.

    The database refuses one of whoever has no seat, and a mentor or partner of another batch.
    """

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("Planned")
        DOING = "doing", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Given up")

    OPEN = (State.PLANNED, State.DOING)

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="actions")
    what = models.CharField(_("what is to be done"), max_length=300)
    #: Why: in the office's words, or as the assessment says.
    why = models.CharField(_("why"), max_length=400, blank=True)
    #: The dimension of assessments it is about; empty where it is about none.
    dimension = models.CharField(_("dimension"), max_length=40, blank=True)
    owner = models.CharField(_("who does it"), max_length=8, choices=Side.choices)
    mentor = models.ForeignKey(
        Mentor, models.RESTRICT, related_name="actions", null=True, blank=True
    )
    partner = models.ForeignKey(
        Partner, models.RESTRICT, related_name="actions", null=True, blank=True
    )
    due_on = models.DateField(_("by when"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    #: What whoever does it said last of how it went.
    evidence = models.TextField(_("how it went"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    #: That of the form it was written in, so that a form sent twice makes one.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("entered"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__in=_SIDES), name="programmes_action_owner_known"
            ),
            models.CheckConstraint(
                condition=Q(owner="mentor", mentor__isnull=False)
                | (~Q(owner="mentor") & Q(mentor=None)),
                name="programmes_action_mentor_named",
            ),
            models.CheckConstraint(
                condition=Q(owner="partner", partner__isnull=False)
                | (~Q(owner="partner") & Q(partner=None)),
                name="programmes_action_partner_named",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "doing", "done", "dropped"]),
                name="programmes_action_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""),
                name="programmes_action_dropped_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=["planned", "doing"]),
                name="programmes_action_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.what[:40]}"

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be done."""
        return self.state in self.OPEN


class ActionStep(models.Model):
    """A step of an action: written, moved to another day, begun, done; who said so, when."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=8, choices=Action.State.choices)
    due_on = models.DateField(_("by when"))
    at = models.DateTimeField(_("when"))
    side = models.CharField(_("who said so"), max_length=8, choices=Side.choices)
    #: Nobody where it was said by a link.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    words = models.TextField(_("words"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=_SIDES), name="programmes_actionstep_side_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.state} {self.at:%Y-%m-%d}"


class ActionFile(models.Model):
    """A photo or a PDF that shows how an action went; it lies where no address leads."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="files")
    file = models.CharField(_("file"), max_length=200)
    side = models.CharField(_("who added it"), max_length=8, choices=Side.choices)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=_SIDES), name="programmes_actionfile_side_known"
            ),
            models.CheckConstraint(condition=~Q(file=""), name="programmes_actionfile_there"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.file[-12:]}"

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown in a page."""
        return self.file.endswith(".jpg")


class Visit(models.Model):
    """Somebody looked after a participant: at the firm, by phone, online; and what comes next."""

    class Way(models.TextChoices):
        """How they met."""

        ON_SITE = "on_site", _("At the firm")
        PHONE = "phone", _("By phone")
        ONLINE = "online", _("Online")

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="visits")
    #: The mentor who was there; nobody where it was somebody of the office.
    mentor = models.ForeignKey(
        Mentor, models.RESTRICT, related_name="visits", null=True, blank=True
    )
    #: Who wrote it with an account.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    on = models.DateField(_("day"))
    way = models.CharField(_("how"), max_length=8, choices=Way.choices)
    notes = models.TextField(_("what was seen"), max_length=4000)
    next_step = models.CharField(_("what comes next"), max_length=400, blank=True)
    #: Whether the firm does not read it.
    is_internal = models.BooleanField(_("only for the office and the mentor"), default=False)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(_("entered"))

    #: The audit record keeps a digest of it, not its value.
    audit_private = frozenset({"notes", "next_step"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=["on_site", "phone", "online"]),
                name="programmes_visit_way_known",
            ),
            models.CheckConstraint(condition=~Q(notes=""), name="programmes_visit_says"),
        ]
        indexes = [
            models.Index(fields=["registration", "-on"], name="programmes_visit_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.on}"


class CommitmentStep(models.Model):
    """What was said of a promise: kept, not yet with a new day, or not possible and why."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=8, choices=Commitment.State.choices)
    due_on = models.DateField(_("by when"), null=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    at = models.DateTimeField(_("when"))
    side = models.CharField(_("who said so"), max_length=8, choices=Side.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""),
                name="programmes_commitmentstep_dropped_why",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["office", "partner"]),
                name="programmes_commitmentstep_side_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.state} {self.at:%Y-%m-%d}"


class Reminder(models.Model):
    """When somebody was last reminded of what is overdue: at most once a week.

    ``reader`` is a keyed digest of an account or address, from which nobody can be told.
    """

    reader = models.CharField(max_length=48, unique=True)
    told_on = models.DateField(_("told on"))

    def __str__(self) -> str:
        return f"{self.reader[:8]} {self.told_on}"
