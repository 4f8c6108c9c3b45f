"""A short test before and after, with one right answer to each question."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.programmes.models.batches import Batch
from ifn.programmes.models.registrations import Registration


class Quiz(models.Model):
    """A test of a batch: ``questions`` is a list of ``{"text", "choices", "right"}``.

    Once somebody has answered, its questions no longer change.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="quizzes")
    title = models.CharField(_("title"), max_length=140)
    questions = models.JSONField(_("questions"), default=list)
    #: Which round is open for answers now; none where it is empty.
    is_open = models.CharField(max_length=4, blank=True)
    created_at = models.DateTimeField(_("entered"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open__in=["", "pre", "post"]), name="programmes_quiz_round_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.title}"


class QuizAnswer(models.Model):
    """What a participant chose, before or after; ``chosen`` has a number or nothing a question."""

    class Round(models.TextChoices):
        """When it was answered."""

        PRE = "pre", _("Before")
        POST = "post", _("After")

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="answers", db_index=False)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="quiz_answers")
    round = models.CharField(_("round"), max_length=4, choices=Round.choices)
    chosen = models.JSONField(_("chosen"))
    right = models.PositiveSmallIntegerField(_("right answers"))
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "registration", "round"], name="programmes_quizanswer_once"
            ),
            models.CheckConstraint(
                condition=Q(round__in=["pre", "post"]), name="programmes_quizanswer_round_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.registration_id} {self.round}"
