"""One firm asked once: its answers, photos and levels."""

import uuid
from collections.abc import Iterable
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.assessments.models.instruments import Instrument, InstrumentVersion
from ifn.directory.models import Business

HIGHEST: Final = 4


class Side(models.TextChoices):
    """Whose view an answer is."""

    OWN = "own", _("The firm's own view")
    ASSESSOR = "assessor", _("The assessor's view")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Filters that keep their meaning wherever they are chained."""

    def of_firms(self, pks: Iterable[int]) -> Self:
        """Return those of these firms, also of profiles that were merged into one of them."""
        return self.filter(Q(business__in=pks) | Q(business__merged_into__in=pks))

    def approved(self) -> Self:
        """Return those that count."""
        return self.filter(state=Assessment.State.APPROVED)

    def open(self) -> Self:
        """Return those that can still be answered."""
        return self.filter(state__in=Assessment.OPEN)


class Assessment(models.Model):
    """A firm asked with one version of a questionnaire.

    All times but ``device_at`` are the server's. ``revision`` rises with every change, and answers
    keep the one they were written in.
    """

    class Mode(models.TextChoices):
        """How the firm was asked."""

        SELF = "self", _("Filled in by the firm")
        PHONE = "phone", _("By phone")
        VISIT = "visit", _("On a visit")

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waits for approval")
        RETURNED = "returned", _("Sent back")
        APPROVED = "approved", _("Approved")
        ASIDE = "aside", _("Set aside")

    #: Can still be answered.
    OPEN: Final = (State.DRAFT, State.RETURNED)
    #: Nobody has said yet whether it counts.
    UNDECIDED: Final = (*OPEN, State.SUBMITTED)

    #: Given by whoever starts it, also without signal, so that starting twice starts once.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.ForeignKey(Business, models.CASCADE, related_name="+", db_index=False)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="assessments", db_index=False
    )
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="assessments")
    mode = models.CharField(_("how"), max_length=5, choices=Mode.choices)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    #: The day of which it speaks: of the visit, the call, or when the firm handed it in.
    assessed_on = models.DateField(_("day"))
    note = models.TextField(_("note"), max_length=2000, blank=True)

    started_at = models.DateTimeField(_("begun"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    changed_at = models.DateTimeField(_("changed"))
    submitted_at = models.DateTimeField(_("handed in"), null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    #: Why it was sent back, for whoever fills it in.
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    #: When the phone that started it says it did; believed for nothing.
    device_at = models.DateTimeField(null=True)
    #: Whether it is the firm's last approved one of this questionnaire.
    is_latest = models.BooleanField(default=False)
    #: What is missing over all dimensions, 0 to 1; with approval.
    need = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=["self", "phone", "visit"]),
                name="assessments_assessment_mode_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at=None, decided_at=None)
                | Q(state="submitted", submitted_at__isnull=False)
                | Q(
                    state__in=["returned", "approved"],
                    submitted_at__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(state="aside", decided_at__isnull=False),
                name="assessments_assessment_dated_by_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""),
                name="assessments_assessment_returned_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_latest=False) | Q(state="approved"),
                name="assessments_assessment_latest_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(need=None) | Q(need__gte=0, need__lte=1),
                name="assessments_assessment_need_is_a_share",
            ),
            models.UniqueConstraint(
                fields=["business", "instrument"],
                condition=Q(is_latest=True),
                name="assessments_assessment_one_is_latest",
            ),
        ]
        indexes = [
            models.Index(fields=["business", "-assessed_on"], name="assessments_of_firm"),
            models.Index(
                fields=["instrument", "-need", "id"],
                condition=Q(is_latest=True),
                name="assessments_by_need",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(state="submitted"),
                name="assessments_waiting",
            ),
            models.Index(fields=["-changed_at", "-id"], name="assessments_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} {self.state}"

    @property
    def is_open(self) -> bool:
        """Say whether it can still be answered."""
        return self.state in self.OPEN

    @property
    def firm(self) -> Business:
        """Return the profile that stands for the firm: itself, or what it was merged into."""
        return self.business.merged_into or self.business


class Answer(models.Model):
    """What one side answered to one question; an empty value was taken back."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="answers", db_index=False
    )
    question = models.CharField(max_length=40)
    side = models.CharField(max_length=8, choices=Side.choices)
    #: As ``instruments.answering`` cleans it.
    value = models.JSONField(null=True)
    #: What the answer rests on, in words.
    words = models.TextField(_("evidence"), max_length=1000, blank=True)
    #: Of the assessment, when it was written last.
    revision = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "side"], name="assessments_answer_once_a_side"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["own", "assessor"]), name="assessments_answer_side_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question} {self.side}"


class Photo(models.Model):
    """A photo that shows what an answer says; its file lies where no address leads."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="photos", db_index=False
    )
    question = models.CharField(max_length=40)
    side = models.CharField(max_length=8, choices=Side.choices)
    file = models.CharField(max_length=200)
    #: SHA-256 of what was sent, by which one sent twice is known.
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("photo of an assessment")
        verbose_name_plural = _("photos of assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "side", "digest"],
                name="assessments_photo_once",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["own", "assessor"]), name="assessments_photo_side_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question} {self.digest[:8]}"


class ScoreQuerySet(models.QuerySet["Score"]):
    """Filters that keep their meaning wherever they are chained."""

    def current(self) -> Self:
        """Return the levels that count today: one for each firm, questionnaire and dimension."""
        return self.filter(is_current=True)


class Score(models.Model):
    """The level of one dimension as one side sees it, written when handed in and when approved."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="scores", db_index=False
    )
    business = models.ForeignKey(Business, models.CASCADE, related_name="+", db_index=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", db_index=False)
    dimension = models.CharField(max_length=40)
    side = models.CharField(max_length=8, choices=Side.choices)
    #: 0 to 4.
    level = models.DecimalField(max_digits=3, decimal_places=2)
    #: Share of the dimension's weight that was answered, 0 to 1.
    answered = models.DecimalField(max_digits=3, decimal_places=2)
    #: Share of the dimension in the weight of all, 0 to 1.
    weight = models.DecimalField(max_digits=5, decimal_places=4)
    #: First version whose levels of this dimension may be compared with this one.
    line = models.PositiveSmallIntegerField()
    #: Of the firm's latest approved assessment, and of the side that counts there.
    is_current = models.BooleanField(default=False)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "dimension", "side"], name="assessments_score_once_a_side"
            ),
            models.UniqueConstraint(
                fields=["business", "instrument", "dimension"],
                condition=Q(is_current=True),
                name="assessments_score_one_counts",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["own", "assessor"]), name="assessments_score_side_known"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=0, level__lte=HIGHEST), name="assessments_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(answered__gt=0, answered__lte=1),
                name="assessments_score_answered_is_a_share",
            ),
        ]
        indexes = [
            models.Index(
                F("instrument"),
                F("dimension"),
                F("level"),
                condition=Q(is_current=True),
                name="assessments_score_by_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.dimension} {self.side} {self.level}"
