"""Chains that the platform proposes for a brief, and the links that nobody could take."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models import User
from ifn.connections.chaining.facts import Brief, Outcome
from ifn.connections.chaining.serial import brief_from_json, outcome_from_json
from ifn.regions.models import Region

#: So long a chain is kept that nobody saved.
KEPT: Final = timedelta(days=30)


class ChainQuerySet(models.QuerySet["Chain"]):
    """Filters that keep their meaning wherever they are chained."""

    def made_by(self, person: User | None, visitor: str) -> Self:
        """Return what a person made, or a visitor who is not signed in."""
        if person is not None:
            return self.filter(person=person)
        return self.filter(person=None, visitor=visitor) if visitor else self.none()

    def saved(self) -> Self:
        """Return those that somebody keeps under a name."""
        return self.filter(saved_at__isnull=False)


class Chain(models.Model):
    """A brief, and what came of it: made in the background, opened by its token."""

    class State(models.TextChoices):
        """How far it has come."""

        QUEUED = "queued", _("Waiting")
        WORKING = "working", _("Being worked out")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")

    token = models.CharField(max_length=24, unique=True, editable=False)
    #: Who made it: an account, or a visitor by what their session remembers.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True
    )
    visitor = models.CharField(max_length=24, blank=True, db_index=True)
    brief = models.JSONField()
    outcome = models.JSONField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    job = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    #: Since when whoever has the link may open it.
    shared_at = models.DateTimeField(_("shared"), null=True, blank=True)

    objects = ChainQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "working", "done", "failed"]),
                name="connections_chain_state_known",
            ),
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(visitor=""), name="connections_chain_made_by_one"
            ),
            models.CheckConstraint(
                condition=Q(state="done", outcome__isnull=False)
                | (~Q(state="done") & Q(outcome=None)),
                name="connections_chain_done_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "working"], finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="connections_chain_finished_when_over",
            ),
            models.CheckConstraint(
                condition=Q(saved_at=None, name="") | (Q(saved_at__isnull=False) & ~Q(name="")),
                name="connections_chain_saved_under_a_name",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(saved_at=None),
                name="connections_chain_unsaved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.state}"

    @property
    def kept_until(self) -> datetime:
        """Return until when it stays if nobody saves it."""
        return self.asked_at + KEPT

    @property
    def wanted(self) -> Brief:
        """Return the brief."""
        return brief_from_json(self.brief)

    @property
    def found(self) -> Outcome | None:
        """Return what came of it, once there is something."""
        return outcome_from_json(self.outcome) if self.outcome else None


class UnfilledLink(models.Model):
    """Somebody's brief needed a link near a place, and nobody could take it; says not whose."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    link = models.CharField(_("link of the chain"), max_length=16)
    #: The condition that kept the nearest from it; empty where nobody plays the role.
    kept_away_by = models.CharField(max_length=24, blank=True)
    noted_at = models.DateTimeField(_("noted"))

    class Meta:
        indexes = [models.Index(fields=["noted_at"], name="connections_unfilled_noted")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.link}"
