"""Pairs of profiles that may be about one business, what a person said of each, and merges."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.directory.models.business import Business


class Twins(models.Model):
    """Two profiles that may be one; ``left`` was entered first.

    A pair is kept when it is decided, so that nobody is asked about it again.
    """

    class Verdict(models.TextChoices):
        """What a person said."""

        WAITING = "waiting", _("Waits for a decision")
        SAME = "same", _("The same business")
        APART = "apart", _("Two businesses")

    left = models.ForeignKey("Business", models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey("Business", models.CASCADE, related_name="+")
    #: How likely they are one, 0 to 1, and the evidence as ``[code, value]``, heaviest first.
    probability = models.FloatField(_("likeliness"), default=0.0)
    evidence = models.JSONField(_("evidence"), default=list)
    #: All that was found, by code, from which it can be weighed again; empty: never compared.
    signals = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found"))
    #: Who of the staff thinks so; such a pair waits until it is decided, however unlike.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    verdict = models.CharField(
        _("decision"), max_length=8, choices=Verdict.choices, default=Verdict.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="directory_twins_once"),
            models.CheckConstraint(
                condition=Q(left__lt=F("right")), name="directory_twins_in_order"
            ),
            models.CheckConstraint(
                condition=Q(verdict="waiting", decided_at=None)
                | (Q(verdict__in=["same", "apart"]) & ~Q(decided_at=None)),
                name="directory_twins_dated_when_decided",
            ),
        ]
        indexes = [
            models.Index(
                fields=["found_at"],
                condition=Q(verdict="waiting"),
                name="directory_twins_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.left_id} = {self.right_id}? {self.verdict}"


class TwinsLook(models.Model):
    """Up to where the nightly job looked for twins: profiles changed later are looked at next."""

    #: There is one row.
    ONLY = 1

    changed_at = models.DateTimeField()
    after = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"up to {self.changed_at:%Y-%m-%d %H:%M}, {self.after}"


class Merge(models.Model):
    """Two profiles made one: which stayed, which is gone, and how both stood, for the way back.

    The facts of the one that is gone stay with it, untouched, behind a redirect.
    """

    kept = models.ForeignKey("Business", models.CASCADE, related_name="+")
    gone = models.ForeignKey("Business", models.CASCADE, related_name="+", db_index=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    #: By group of fields whose word counted: ``gone`` or ``both``; all else is the kept one's.
    chosen = models.JSONField(default=dict)
    #: The kept one before: profile, attributions, day of confirmation.
    before = models.JSONField(default=dict)
    #: The status of the one that is gone before.
    status = models.CharField(max_length=10, choices=Business.Status.choices)
    #: What moved, by kind: keys, and what is needed to put it back.
    moved = models.JSONField(default=dict)
    #: What rooms above this one carried along, by names of theirs.
    carried = models.JSONField(default=dict)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="directory_merge_one_stands"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="directory_merge_of_two"),
        ]
        indexes = [models.Index(fields=["gone", "kept"], name="directory_merge_of_pair")]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
