"""A batch, its money, its mentors, its partners and what these promised."""

from typing import Final, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ifn.assessments.models import Instrument
from ifn.directory.models import Business
from ifn.programmes.choosing import Weights
from ifn.programmes.models.reached import Reached
from ifn.programmes.planning.clocks import name_of, zone_of
from ifn.regions.models import Region

#: More people in one batch is a slip.
MOST_SEATS: Final = 500


def usual_weights() -> dict[str, int]:
    """Return the weights with which a batch begins."""
    return Weights().as_dict()


class BatchQuerySet(models.QuerySet["Batch"]):
    """Filters that keep their meaning wherever they are chained."""

    def shown(self) -> Self:
        """Return those that visitors may see: everything but plans."""
        return self.exclude(state=Batch.State.PLANNED)


class Batch(models.Model):
    """A group of firms that is mentored together, from the plan to its end.

    Days are those of the place. Money is in rupiah. Of ``weights`` and conditions everybody who
    registers is told. What must hold of seats and quota the database itself refuses (``guarding``).
    """

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open for registration")
        SELECTING = "selecting", _("Choosing participants")
        CONFIRMED = "confirmed", _("Participants confirmed")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    class Mode(models.TextChoices):
        """Where people meet."""

        ON_SITE = "on_site", _("On site")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("On site and online")

    class Admits(models.TextChoices):
        """How people get a seat."""

        CHOSEN = "chosen", _("The office chooses by the stated rule")
        FIRST = "first", _("Whoever registers first has a seat")

    code = models.CharField(_("code"), max_length=20, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    title_id = models.CharField(_("title, Indonesian"), max_length=140, blank=True)
    title_en = models.CharField(_("title, English"), max_length=140, blank=True)
    about_id = models.TextField(_("about, Indonesian"), max_length=4000, blank=True)
    about_en = models.TextField(_("about, English"), max_length=4000, blank=True)
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    #: The questionnaire whose dimensions it is about, and the codes of these.
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", null=True, blank=True
    )
    dimensions = models.JSONField(_("dimensions of assessments"), default=list, blank=True)

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("region")
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    online_address = models.URLField(_("online meeting"), max_length=300, blank=True)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    registers_until = models.DateField(_("registration until"), null=True, blank=True)
    quota = models.PositiveSmallIntegerField(_("seats"))
    admits = models.CharField(
        _("how seats are given"), max_length=8, choices=Admits.choices, default=Admits.CHOSEN
    )

    #: Codes of roles, processes and regions; an empty list asks for nothing.
    for_roles = models.JSONField(_("for these roles"), default=list, blank=True)
    for_processes = models.JSONField(_("for these processes"), default=list, blank=True)
    for_regions = models.JSONField(_("for these regions"), default=list, blank=True)
    needs_assessment = models.BooleanField(_("only assessed firms"), default=False)
    least_completeness = models.PositiveSmallIntegerField(
        _("least completeness of the profile, percent"), default=0
    )
    #: Whoever took part in the same topic within so many years is not proposed; 0 asks nothing.
    repeat_years = models.PositiveSmallIntegerField(_("years between two of a topic"), default=2)
    weights = models.JSONField(_("weights"), default=usual_weights)
    #: So many percent of the sessions held make a certificate of completion.
    completion_share = models.PositiveSmallIntegerField(
        _("attendance for completion, percent"), default=80
    )

    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    created_at = models.DateTimeField(_("entered"))
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(_("part of the demo network"), default=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("planned", "open", "selecting", "confirmed", "running"),
                        *("completed", "postponed", "cancelled"),
                    ]
                ),
                name="programmes_batch_state_known",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["on_site", "online", "hybrid"]),
                name="programmes_batch_mode_known",
            ),
            models.CheckConstraint(
                condition=Q(admits__in=["chosen", "first"]), name="programmes_batch_admits_known"
            ),
            models.CheckConstraint(
                condition=~Q(title_id="", title_en=""), name="programmes_batch_titled"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="programmes_batch_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(registers_until=None) | Q(registers_until__lte=F("ends_on")),
                name="programmes_batch_registers_before_its_end",
            ),
            models.CheckConstraint(
                condition=Q(instrument__isnull=False) | Q(dimensions=[]),
                name="programmes_batch_dimensions_of_something",
            ),
            models.CheckConstraint(
                condition=Q(quota__gte=1, quota__lte=MOST_SEATS),
                name="programmes_batch_has_seats",
            ),
            models.CheckConstraint(
                condition=Q(completion_share__gte=1, completion_share__lte=100)
                & Q(least_completeness__lte=100),
                name="programmes_batch_percents",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["postponed", "cancelled"]) | ~Q(reason=""),
                name="programmes_batch_stop_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_on"], name="programmes_batch_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("programmes:batch", args=[self.code])

    @property
    def title(self) -> str:
        """Return the title in the reader's language, or in the other one."""
        return _first(self.title_en, self.title_id)

    @property
    def about(self) -> str:
        """Return what it is about in the reader's language, or in the other one."""
        return _first(self.about_en, self.about_id)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of its place; of Jakarta where it has none."""
        return zone_of(self.region_id)

    @property
    def zone_name(self) -> str:
        """Return what people call its time: WIB, WITA or WIT."""
        return name_of(self.zone)

    @property
    def rule(self) -> Weights:
        """Return the weights by which participants are proposed."""
        return Weights(**self.weights)

    @property
    def is_announced(self) -> bool:
        """Say whether people are told at once what is decided about them."""
        return self.admits == self.Admits.FIRST or self.state in {
            *(self.State.CONFIRMED, self.State.RUNNING, self.State.COMPLETED)
        }

    @property
    def is_shown(self) -> bool:
        """Say whether visitors may see it."""
        return self.state != self.State.PLANNED

    @property
    def is_over(self) -> bool:
        """Say whether nothing more happens in it."""
        return self.state in {self.State.COMPLETED, self.State.CANCELLED}


def _first(english: str, indonesian: str) -> str:
    if get_language() == "en":
        return english or indonesian
    return indonesian or english


class StateChange(models.Model):
    """A step in the life of a batch: into which state, when, who, why; days where they moved."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="changes")
    state = models.CharField(_("state"), max_length=10, choices=Batch.State.choices)
    at = models.DateTimeField(_("when"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.state} {self.at:%Y-%m-%d}"


class BudgetLine(models.Model):
    """What something is to cost, what it did cost, and who pays; rupiah."""

    class Source(models.TextChoices):
        """Who pays."""

        STATE = "apbn", _("State budget (APBN)")
        REGION = "apbd", _("Regional budget (APBD)")
        PARTNER = "partner", _("Partner")
        PARTICIPANTS = "peserta", _("Participants")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="budget")
    label = models.CharField(_("for what"), max_length=120)
    source = models.CharField(_("who pays"), max_length=8, choices=Source.choices)
    planned = models.DecimalField(_("planned, rupiah"), max_digits=14, decimal_places=2)
    spent = models.DecimalField(_("spent, rupiah"), max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["apbn", "apbd", "partner", "peserta"]),
                name="programmes_budgetline_source_known",
            ),
            models.CheckConstraint(
                condition=Q(planned__gte=0, spent__gte=0),
                name="programmes_budgetline_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.label}"


class Mentor(Reached):
    """Who teaches in a batch; a name is enough, for many have no account."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="mentors")
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("from where"), max_length=120, blank=True)
    subject = models.CharField(_("teaches what"), max_length=120, blank=True)

    #: The audit record keeps digests of these, not their values.
    audit_private = frozenset({"name", "email", "phone"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "name"], name="programmes_mentor_once"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"),
                name="programmes_mentor_phone_is_e164",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Partner(Reached):
    """An organisation that takes part: one of the directory, or one by name."""

    class Kind(models.TextChoices):
        """What it is."""

        GOVERNMENT = "government", _("Local government")
        BRAND = "brand", _("Brand")
        DESIGNER = "designer", _("Designer")
        ACADEMIC = "academic", _("University or school")
        MARKETPLACE = "marketplace", _("Marketplace")
        TOURISM = "tourism", _("Tourism")
        OTHER = "other", _("Other")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="partners")
    business = models.ForeignKey(
        Business, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("profile")
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    role = models.CharField(_("role in the batch"), max_length=160, blank=True)

    #: The audit record keeps digests of these, not their values.
    audit_private = frozenset({"email", "phone"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("government", "brand", "designer", "academic"),
                        *("marketplace", "tourism", "other"),
                    ]
                ),
                name="programmes_partner_kind_known",
            ),
            models.UniqueConstraint(fields=["batch", "name"], name="programmes_partner_once"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"),
                name="programmes_partner_phone_is_e164",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """What a partner promised for a batch, and whether it came."""

    class State(models.TextChoices):
        """What came of it."""

        PROMISED = "promised", _("Promised")
        KEPT = "kept", _("Kept")
        DROPPED = "dropped", _("Not kept")

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="commitments")
    what = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PROMISED
    )
    since = models.DateTimeField(_("since"))
    #: Why it was not kept.
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["promised", "kept", "dropped"]),
                name="programmes_commitment_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""),
                name="programmes_commitment_dropped_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.what[:40]}"
