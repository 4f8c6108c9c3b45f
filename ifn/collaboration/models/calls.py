"""A call for partners: what it is for, who is wanted, by which rule it is decided."""

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ifn.collaboration.models.words import ROLES, Role, in_reading_language
from ifn.directory.models import Business

#: The points that an evaluator gives for one criterion: 0 to this.
MOST_POINTS: Final = 10
_STATES: Final = [
    "draft",
    "review",
    "open",
    "screening",
    "panel",
    "decided",
    "cancelled",
    "refused",
]


class CallQuerySet(models.QuerySet["Call"]):
    """Filters that keep their meaning wherever they are chained."""

    def shown(self) -> Self:
        """Return those that visitors may see: what was opened once, unless it was cancelled."""
        return self.filter(state__in=Call.SHOWN)


class Call(models.Model):
    """A call, by the office where ``business`` is empty, else by a firm.

    Days are those of Jakarta; ``closes_on`` is the last day on which firms may apply. Money is in
    rupiah. Criteria and conditions stand still once it opens, as the database ensures
    (``guarding``); terms only ever get a new version.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        OPEN = "open", _("Open for applications")
        SCREENING = "screening", _("Checking who is eligible")
        PANEL = "panel", _("With the panel")
        DECIDED = "decided", _("Decided")
        CANCELLED = "cancelled", _("Cancelled")
        REFUSED = "refused", _("Not accepted by the office")

    SHOWN = (State.OPEN, State.SCREENING, State.PANEL, State.DECIDED)
    WRITABLE = (State.DRAFT, State.REFUSED)

    code = models.CharField(_("code"), max_length=8, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    business = models.ForeignKey(
        Business, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("by")
    )
    title_id = models.CharField(_("title, Indonesian"), max_length=140, blank=True)
    title_en = models.CharField(_("title, English"), max_length=140, blank=True)
    aim_id = models.TextField(_("aim, Indonesian"), max_length=4000, blank=True)
    aim_en = models.TextField(_("aim, English"), max_length=4000, blank=True)
    brings_id = models.TextField(_("what partners bring, Indonesian"), max_length=2000, blank=True)
    brings_en = models.TextField(_("what partners bring, English"), max_length=2000, blank=True)
    gets_id = models.TextField(_("what partners get, Indonesian"), max_length=2000, blank=True)
    gets_en = models.TextField(_("what partners get, English"), max_length=2000, blank=True)
    budget = models.DecimalField(
        _("budget, rupiah"), max_digits=14, decimal_places=0, null=True, blank=True
    )
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("applications until"))
    decides_on = models.DateField(_("decision by"))

    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    created_at = models.DateTimeField(_("entered"))
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(_("part of the demo network"), default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for partners")
        verbose_name_plural = _("calls for partners")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=_STATES), name="collaboration_call_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(title_id="", title_en=""), name="collaboration_call_titled"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on"), closes_on__lte=F("decides_on")),
                name="collaboration_call_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0),
                name="collaboration_call_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "refused"]) | ~Q(reason=""),
                name="collaboration_call_no_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_on"], name="collaboration_call_by_end")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("collaboration:call", args=[self.code])

    @property
    def title(self) -> str:
        """Return the title in the reader's language, or in the other one."""
        return in_reading_language(self.title_id, self.title_en)

    @property
    def aim(self) -> str:
        """Return the aim in the reader's language, or in the other one."""
        return in_reading_language(self.aim_id, self.aim_en)

    @property
    def brings(self) -> str:
        """Return what partners bring in the reader's language, or in the other one."""
        return in_reading_language(self.brings_id, self.brings_en)

    @property
    def gets(self) -> str:
        """Return what partners get in the reader's language, or in the other one."""
        return in_reading_language(self.gets_id, self.gets_en)

    @property
    def is_shown(self) -> bool:
        """Say whether visitors may see it."""
        return self.state in self.SHOWN


class CallPhase(models.Model):
    """A stretch of days that a call announces: what happens in them."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="phases")
    label_id = models.CharField(_("what happens, Indonesian"), max_length=120, blank=True)
    label_en = models.CharField(_("what happens, English"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(label_id="", label_en=""), name="collaboration_callphase_labelled"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="collaboration_callphase_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.label}"

    @property
    def label(self) -> str:
        """Return what happens in the reader's language, or in the other one."""
        return in_reading_language(self.label_id, self.label_en)


class CallTerms(models.Model):
    """Rights and licence terms of a call as they read from a day on; never rewritten."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField(_("version"))
    text_id = models.TextField(_("terms, Indonesian"), max_length=8000, blank=True)
    text_en = models.TextField(_("terms, English"), max_length=8000, blank=True)
    made_at = models.DateTimeField(_("since"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="collaboration_terms_once"),
            models.CheckConstraint(
                condition=~Q(text_id="", text_en=""), name="collaboration_terms_say_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} v{self.number}"

    @property
    def text(self) -> str:
        """Return the terms in the reader's language, or in the other one."""
        return in_reading_language(self.text_id, self.text_en)


class CallRole(models.Model):
    """Whom a call wants: the role, how many, under which conditions."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    wanted = models.PositiveSmallIntegerField(_("how many"), default=1)
    conditions_id = models.TextField(_("conditions, Indonesian"), max_length=1000, blank=True)
    conditions_en = models.TextField(_("conditions, English"), max_length=1000, blank=True)
    #: Codes of what a firm's profile must say; an empty list asks for nothing.
    for_chain_roles = models.JSONField(_("roles in the chain"), default=list, blank=True)
    for_processes = models.JSONField(_("processes"), default=list, blank=True)
    for_certificates = models.JSONField(_("certificates"), default=list, blank=True)
    for_regions = models.JSONField(_("regions"), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "role"], name="collaboration_callrole_once"),
            models.CheckConstraint(
                condition=Q(role__in=ROLES), name="collaboration_callrole_known"
            ),
            models.CheckConstraint(
                condition=Q(wanted__gte=1, wanted__lte=100), name="collaboration_callrole_wanted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.role}"

    @property
    def conditions(self) -> str:
        """Return the conditions in the reader's language, or in the other one."""
        return in_reading_language(self.conditions_id, self.conditions_en)


class Criterion(models.Model):
    """By what a panel decides: a name and its weight in percent; all of a call make 100."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    name_id = models.CharField(_("criterion, Indonesian"), max_length=120, blank=True)
    name_en = models.CharField(_("criterion, English"), max_length=120, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight, percent"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_id="", name_en=""), name="collaboration_criterion_named"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="collaboration_criterion_weight"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.name} {self.weight} %"

    @property
    def name(self) -> str:
        """Return the name in the reader's language, or in the other one."""
        return in_reading_language(self.name_id, self.name_en)


class CallStep(models.Model):
    """A step in the life of a call: into which state, when, who, why."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=Call.State.choices)
    at = models.DateTimeField(_("when"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.call_id} {self.state} {self.at:%Y-%m-%d}"
