"""Tests of a batch and what their items tell: difficulty p and discrimination. Pure.

``p`` is the share of right answers (0 nobody, 1 everybody). Discrimination is the correlation of an
item with the points in all other items: near 1 it tells those who know from those who do not, near
0 it tells nothing, below 0 something is wrong with the item. It is not stated for fewer than five
answers, or where all answer alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

FEWEST_ANSWERS: Final = 5
MOST_QUESTIONS: Final = 40
MOST_CHOICES: Final = 6
FEWEST_CHOICES: Final = 2


class BadQuestion(ValueError):  # noqa: N818
    """A question cannot be asked; ``place`` says which, beginning with 1."""

    def __init__(self, place: int, why: str) -> None:
        super().__init__(place, why)
        self.place, self.why = place, why


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices; ``right`` is the number of the right one, beginning with 0."""

    text: str
    choices: tuple[str, ...]
    right: int


@dataclass(frozen=True, slots=True)
class Item:
    """What the answers to one question tell."""

    answers: int
    difficulty: float | None
    discrimination: float | None
    #: How many chose each.
    chosen: tuple[int, ...]


def questions_of(stored: Sequence[Any]) -> list[Question]:
    """Return the questions of a quiz as plain values."""
    return [Question(one["text"], tuple(one["choices"]), one["right"]) for one in stored]


def read(text: str) -> list[Question]:
    """Return the questions written as text: a line for each, its choices below it with ``-``.

    The right choice begins with ``*``. Empty lines are passed over.

    Raises:
        BadQuestion: A question lacks choices, or has none or two right ones.

    """
    asked: list[tuple[str, list[tuple[str, bool]]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line[0] not in "-*":
            asked.append((line, []))
        elif not asked:
            raise BadQuestion(1, "begins")
        else:
            asked[-1][1].append((line[1:].strip(), line[0] == "*"))
    if not asked or len(asked) > MOST_QUESTIONS:
        raise BadQuestion(len(asked), "number")
    return [_question(place, *one) for place, one in enumerate(asked, start=1)]


def _question(place: int, text: str, choices: list[tuple[str, bool]]) -> Question:
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES or not all(one for one, _ in choices):
        raise BadQuestion(place, "choices")
    right = [number for number, (_, is_right) in enumerate(choices) if is_right]
    if len(right) != 1:
        raise BadQuestion(place, "right")
    return Question(text, tuple(one for one, _ in choices), right[0])


def written(questions: Sequence[Question]) -> str:
    """Return questions as the text that ``read`` takes."""
    blocks = [
        "\n".join(
            [
                one.text,
                *(f"{'*' if n == one.right else '-'} {c}" for n, c in enumerate(one.choices)),
            ]
        )
        for one in questions
    ]
    return "\n\n".join(blocks)


def points(questions: Sequence[Question], chosen: Sequence[int | None]) -> int:
    """Return how many answers are right."""
    return sum(one.right == choice for one, choice in zip(questions, chosen, strict=True))


def items(questions: Sequence[Question], answers: Sequence[Sequence[int | None]]) -> list[Item]:
    """Return what the answers of all participants tell about each question."""
    marks = [
        [float(one.right == choice) for one, choice in zip(questions, answer, strict=True)]
        for answer in answers
    ]
    return [
        Item(
            len(answers),
            sum(row[place] for row in marks) / len(marks) if marks else None,
            _discrimination(marks, place),
            tuple(
                sum(answer[place] == number for answer in answers)
                for number in range(len(one.choices))
            ),
        )
        for place, one in enumerate(questions)
    ]


def _discrimination(marks: Sequence[Sequence[float]], place: int) -> float | None:
    if len(marks) < FEWEST_ANSWERS:
        return None
    own = [row[place] for row in marks]
    rest = [sum(row) - row[place] for row in marks]
    mean_own, mean_rest = sum(own) / len(own), sum(rest) / len(rest)
    spread = sqrt(
        sum((one - mean_own) ** 2 for one in own) * sum((one - mean_rest) ** 2 for one in rest)
    )
    if not spread:
        return None
    together = sum((a - mean_own) * (b - mean_rest) for a, b in zip(own, rest, strict=True))
    return round(together / spread, 2)
