"""The next step up from what a firm answered: where it stands lowest, and what comes above. Pure.

Nothing is written down here of what firms should do: aims are the questionnaire's own words for
the level above the one that was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ifn.assessments.instruments.conditions import Value
from ifn.assessments.instruments.document import HIGHEST, Document, Kind, Question, Text

#: From this level on a dimension needs nothing for now.
ENOUGH: Final = Decimal(3)


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a firm stands in one question, and the next level of it."""

    question: Question
    score: Decimal
    #: What was answered, and what is aimed at, in words; empty where the levels have none.
    now: Text
    then: Text


def lowest(document: Document, dimension: str, values: Mapping[str, Value | None]) -> Aim | None:
    """Return the aim for the question of a dimension that stands lowest; the first of equals.

    Heavier questions come before lighter ones of the same level. Nothing where none was answered,
    or all stand at the highest.
    """
    found = [
        (score, -one.weight, place, one)
        for place, one in enumerate(document.questions_of(dimension))
        if (score := one.score(values.get(one.code))) is not None and score < HIGHEST
    ]
    if not found:
        return None
    score, _weight, _place, question = min(found, key=lambda each: each[:3])
    now, then = _words(document, question, score)
    return Aim(question, score, now, then)


def _words(document: Document, question: Question, score: Decimal) -> tuple[Text, Text]:
    if question.kind == Kind.CHOICE:
        ranked = sorted(
            (one for one in question.choices if one.score is not None),
            key=lambda one: one.score or Decimal(0),
        )
        now = next((one.text for one in ranked if one.score == score), Text())
        then = next((one.text for one in ranked if (one.score or 0) > score), Text())
        return now, then
    if question.kind == Kind.SCALE:
        names = question.anchors or document.levels
        level = int(score)
        return _named(names, level), _named(names, level + 1)
    return Text("belum", "not yet"), Text("ya", "yes")


def _named(names: tuple[Text, ...], level: int) -> Text:
    return names[level] if level < len(names) else Text()
