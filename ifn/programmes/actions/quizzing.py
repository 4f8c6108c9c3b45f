"""Tests before and after: written by the office, answered once in each round."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.programmes.models import Batch, Quiz, QuizAnswer, Registration
from ifn.programmes.planning.items import Question, points, questions_of


class IsAnswered(Exception):  # noqa: N818
    """Somebody has answered, so the questions stay as they are."""


class NotAsked(Exception):  # noqa: N818
    """The test is not open, or not for this participant."""


class AnsweredAlready(Exception):  # noqa: N818
    """The participant has answered in this round."""


@transaction.atomic
def write_quiz(
    batch: Batch,
    quiz: Quiz | None,
    title: str,
    questions: Sequence[Question],
    *,
    actor: User,
    at: datetime,
) -> Quiz:
    """Enter a test, or change one that nobody has answered.

    Raises:
        IsAnswered: Somebody has answered; only the title may change.

    """
    one = quiz or Quiz(batch=batch, created_at=at, created_by=actor)
    stored = [asdict(question) | {"choices": list(question.choices)} for question in questions]
    if quiz:
        one = Quiz.objects.select_for_update().get(pk=quiz.pk)
        if one.questions != stored and QuizAnswer.objects.filter(quiz=one).exists():
            raise IsAnswered
    one.title, one.questions = title, stored
    one.save()
    record("programmes.quiz.written", one, actor=actor, at=at, questions=len(stored))
    return one


@transaction.atomic
def open_round(quiz: Quiz, wanted: str, *, actor: User, at: datetime) -> None:
    """Open a test for the round before or after, or close it."""
    one = Quiz.objects.select_for_update().get(pk=quiz.pk)
    before, one.is_open = one.is_open, wanted
    one.save(update_fields=["is_open"])
    record(
        "programmes.quiz.opened",
        one,
        actor=actor,
        at=at,
        before={"round": before},
        after={"round": wanted},
    )


@transaction.atomic
def answer(
    quiz: Quiz, registration: Registration, chosen: Sequence[int | None], *, at: datetime
) -> QuizAnswer:
    """Keep what a participant chose in the round that is open.

    Raises:
        AnsweredAlready: They answered in this round.
        NotAsked: The test is closed, or they have no seat in its batch.

    """
    one = Quiz.objects.select_for_update().get(pk=quiz.pk)
    rows = Registration.objects.filter(batch=one.batch_id, seat__isnull=False)
    questions = questions_of(one.questions)
    if (
        not one.is_open
        or len(chosen) != len(questions)
        or not rows.filter(pk=registration.pk).exists()
    ):
        raise NotAsked
    try:
        with transaction.atomic():
            return QuizAnswer.objects.create(
                quiz=one,
                registration=registration,
                round=one.is_open,
                chosen=list(chosen),
                right=points(questions, chosen),
                answered_at=at,
            )
    except IntegrityError:
        raise AnsweredAlready from None
