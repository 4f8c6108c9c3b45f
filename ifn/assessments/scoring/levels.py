"""Levels and needs of one firm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ifn.assessments.instruments.conditions import Value, holds
from ifn.assessments.instruments.document import HIGHEST, Document, Question

CENT: Final = Decimal("0.01")
#: Needs are shares of shares, so they keep more places.
FINE: Final = Decimal("0.0001")
Answers = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Level:
    """How far one dimension is, 0 to 4, and the share of its weight that was answered, 0 to 1."""

    dimension: str
    level: Decimal
    answered: Decimal
    #: Of the dimension in the weight of all scored ones, 0 to 1.
    weight: Decimal


def applies(document: Document, answers: Answers) -> frozenset[str]:
    """Return the codes of the questions that are asked of whoever answered so far."""
    # An answer to a question that is no longer asked says nothing about later ones.
    valid: dict[str, Value | None] = {}
    for one in document.questions:
        if holds(one.condition, valid):
            valid[one.code] = answers.get(one.code)
    return frozenset(valid)


def levels(
    document: Document, answers: Answers, *, asked: frozenset[str] | None = None
) -> list[Level]:
    """Return the level of each dimension of which anything scored was answered, in order.

    ``asked`` are the questions that apply, where other facts than these answers decide that.
    """
    asked = applies(document, answers) if asked is None else asked
    made = []
    for code, share in document.shares.items():
        questions = [
            one for one in document.questions_of(code) if one.is_scored and one.code in asked
        ]
        found = _level(code, questions, answers, share)
        if found:
            made.append(found)
    return made


def _level(
    code: str, questions: Iterable[Question], answers: Answers, share: Decimal
) -> Level | None:
    points = answered = whole = Decimal(0)
    for one in questions:
        whole += one.weight
        score = one.score(answers.get(one.code))
        if score is not None:
            points += one.weight * score
            answered += one.weight
    if not answered:
        return None
    return Level(
        code,
        (points / answered).quantize(CENT, ROUND_HALF_UP),
        (answered / whole).quantize(CENT, ROUND_HALF_UP),
        share.quantize(FINE, ROUND_HALF_UP),
    )


def need(level: Decimal, weight: Decimal) -> Decimal:
    """Return how much is missing to the highest level, weighted; between 0 and the weight."""
    return ((HIGHEST - level) / HIGHEST * weight).quantize(FINE, ROUND_HALF_UP)


def total_need(found: Iterable[Level]) -> Decimal:
    """Return the need of a firm over all its dimensions, between 0 and 1.

    Dimensions without an answer count neither way: the weights of the others make the whole.
    """
    known = list(found)
    whole = sum((one.weight for one in known), Decimal(0))
    if not whole:
        return Decimal(0)
    lacking = sum((need(one.level, one.weight) for one in known), Decimal(0))
    return (lacking / whole).quantize(FINE, ROUND_HALF_UP)
