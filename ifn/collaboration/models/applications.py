"""Who wants to take part in a call, who was asked to, and how the panel judges it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ifn.collaboration.models.calls import MOST_POINTS, Call, CallRole, CallTerms, Criterion
from ifn.directory.models import Business


class Invitation(models.Model):
    """A firm that was asked to apply for a role, with the reasons for which it fits."""

    class State(models.TextChoices):
        """What came of it."""

        SENT = "sent", _("Invited")
        APPLIED = "applied", pgettext_lazy("of an invitation", "Applied")
        DECLINED = "declined", _("Declined")

    wanted = models.ForeignKey(CallRole, models.CASCADE, related_name="invitations")
    business = models.ForeignKey(Business, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.SENT)
    since = models.DateTimeField(_("since"))
    #: Why it was thought to fit, as the matching said then.
    reasons = models.JSONField(default=list, blank=True)
    words = models.CharField(_("words to the firm"), max_length=600, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wanted", "business"], name="collaboration_invitation_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "applied", "declined"]),
                name="collaboration_invitation_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wanted_id} {self.business_id} {self.state}"


class Application(models.Model):
    """A firm that applies for a role of a call, under the terms it accepted.

    One that was chosen has accepted the terms as they read now: the database refuses another.
    """

    class State(models.TextChoices):
        """Where it stands."""

        SUBMITTED = "submitted", _("Submitted")
        ELIGIBLE = "eligible", _("Eligible")
        INELIGIBLE = "ineligible", _("Not eligible")
        CHOSEN = "chosen", _("Chosen")
        NOT_CHOSEN = "not_chosen", _("Not chosen")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    LIVING = (State.SUBMITTED, State.ELIGIBLE, State.CHOSEN)

    call = models.ForeignKey(Call, models.CASCADE, related_name="applications")
    wanted = models.ForeignKey(CallRole, models.PROTECT, related_name="applications")
    business = models.ForeignKey(Business, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    pitch = models.TextField(_("what you would do, and with what"), max_length=4000)
    address = models.URLField(_("link to your work"), max_length=300, blank=True)
    terms = models.ForeignKey(CallTerms, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("terms accepted"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    applied_at = models.DateTimeField(_("applied"))
    version = models.PositiveIntegerField(default=1)
    #: That of the form it was written in, so that a form sent twice makes one.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    audit_private = frozenset({"pitch"})

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                fields=["wanted", "business"], name="collaboration_application_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("submitted", "eligible", "ineligible"),
                        *("chosen", "not_chosen", "withdrawn"),
                    ]
                ),
                name="collaboration_application_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ineligible", "not_chosen"]) | ~Q(reason=""),
                name="collaboration_application_no_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["call", "state"], name="collaboration_application_call")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.business_id} {self.state}"


class ApplicationStep(models.Model):
    """What was decided about an application: by whom, when, why."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=Application.State.choices)
    at = models.DateTimeField(_("when"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.application_id} {self.state} {self.at:%Y-%m-%d}"


class Evaluator(models.Model):
    """A person of the panel of a call; before declaring conflicts nobody gives points."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="evaluators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    declared_at = models.DateTimeField(_("conflicts declared"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="collaboration_evaluator_once")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person_id}"


class Conflict(models.Model):
    """Why an evaluator does not judge an application: found by the platform, or declared."""

    class Kind(models.TextChoices):
        """What the two have in common."""

        BUSINESS = "business", _("Works for the firm")
        PROJECT = "project", _("Works with the firm in a project")
        PEOPLE = "people", _("Works with somebody of the firm elsewhere")
        DECLARED = "declared", _("Declared")

    evaluator = models.ForeignKey(Evaluator, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    words = models.CharField(_("what it is"), max_length=400, blank=True)
    at = models.DateTimeField(_("when"))

    audit_private = frozenset({"words"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluator", "application"], name="collaboration_conflict_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["business", "project", "people", "declared"]),
                name="collaboration_conflict_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind="declared") | ~Q(words=""),
                name="collaboration_conflict_declared_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator_id} {self.application_id} {self.kind}"


class Score(models.Model):
    """The points of one evaluator for one criterion of one application; 0 to ten.

    The database refuses points of who has a conflict, has not declared, or sits on another panel.
    """

    evaluator = models.ForeignKey(Evaluator, models.CASCADE, related_name="scores")
    application = models.ForeignKey(Application, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="scores")
    points = models.PositiveSmallIntegerField(_("points"))
    words = models.CharField(_("why"), max_length=600, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluator", "application", "criterion"], name="collaboration_score_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=MOST_POINTS),
                name="collaboration_score_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.criterion_id} {self.points}"
