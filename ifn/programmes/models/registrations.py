"""Who wants to come to a batch, who may, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business
from ifn.programmes.models.batches import Batch


class Registration(models.Model):
    """A business that registered for a batch, with the person who comes.

    An accepted one holds a numbered seat, which no other of its batch has and which is never
    greater than the quota: the database refuses both. A waiting one has a number in the line, the
    smallest moves up first. What a firm says of its owners is self-declared.
    """

    class State(models.TextChoices):
        """Where it stands."""

        REGISTERED = "registered", _("Registered")
        PROPOSED = "proposed", _("Proposed by the regional office")
        ACCEPTED = "accepted", _("Accepted")
        WAITING = "waiting", _("On the waiting list")
        REFUSED = "refused", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REPLACED = "replaced", _("Replaced by another")

    class Way(models.TextChoices):
        """Who registered it."""

        SELF = "self", _("The firm itself")
        REGIONAL = "regional", _("The regional office")
        OFFICER = "officer", _("The network's office")

    #: Those about whom is still to be decided, and those who no longer want or may come.
    UNDECIDED = (State.REGISTERED, State.PROPOSED)
    GONE = (State.REFUSED, State.WITHDRAWN, State.REPLACED)

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="registrations")
    business = models.ForeignKey(
        Business, models.CASCADE, related_name="+", verbose_name=_("business")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("who comes"), max_length=120)
    phone = models.CharField(_("phone number"), max_length=16, blank=True)
    is_women_owned = models.BooleanField(_("owned by women"), null=True, blank=True)
    is_youth_owned = models.BooleanField(_("led by young people"), null=True, blank=True)
    motive = models.TextField(_("what they hope for"), max_length=1000, blank=True)

    way = models.CharField(_("registered by"), max_length=8, choices=Way.choices)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    registered_at = models.DateTimeField(_("registered"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    since = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    line = models.PositiveIntegerField(_("number in the line"), null=True, blank=True)
    #: Who came instead.
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, related_name="+", null=True, blank=True
    )

    #: The audit record keeps digests of these, not their values.
    audit_private = frozenset({"name", "phone", "motive"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "business"], name="programmes_registration_once"
            ),
            models.UniqueConstraint(fields=["batch", "seat"], name="programmes_seat_once"),
            models.UniqueConstraint(fields=["batch", "line"], name="programmes_line_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("registered", "proposed", "accepted", "waiting"),
                        *("refused", "withdrawn", "replaced"),
                    ]
                ),
                name="programmes_registration_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", seat__isnull=False, seat__gte=1)
                | (~Q(state="accepted") & Q(seat=None)),
                name="programmes_registration_accepted_has_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", line__isnull=False, line__gte=1)
                | (~Q(state="waiting") & Q(line=None)),
                name="programmes_registration_waits_in_line",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "replaced"]) | ~Q(reason=""),
                name="programmes_registration_no_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["self", "regional", "officer"]),
                name="programmes_registration_way_known",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"),
                name="programmes_registration_phone_is_e164",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "since"], name="programmes_registration_age"),
            models.Index(
                fields=["phone"], condition=~Q(phone=""), name="programmes_registration_phone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.business_id} {self.state}"

    @property
    def is_undecided(self) -> bool:
        """Say whether somebody still has to decide about it."""
        return self.state in self.UNDECIDED

    @property
    def is_gone(self) -> bool:
        """Say whether it no longer counts."""
        return self.state in self.GONE


class RegistrationStep(models.Model):
    """What was decided about a registration: by whom, why, and what the rule had proposed."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=Registration.State.choices)
    at = models.DateTimeField(_("when"))
    #: Nobody where the waiting list moved up by itself.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    #: What the rule proposed then, with place and points; empty where nothing was proposed.
    proposal = models.JSONField(default=dict)
    is_deviation = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_deviation=False) | ~Q(reason=""),
                name="programmes_registrationstep_deviation_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.state} {self.at:%Y-%m-%d}"
