"""When a question is asked at all: comparisons with earlier answers, joined by and or or."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

#: An answer: a level, yes or no, the code of a choice, a number written out, a text.
Value = bool | int | str


class Operator(StrEnum):
    """How an answer is compared."""

    IS = "="
    IS_NOT = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class Joint(StrEnum):
    """How conditions are joined."""

    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison with the answer to one question."""

    question: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which all, or any, must hold."""

    joint: Joint
    parts: tuple["Condition", ...]


Condition = Comparison | Group


def holds(condition: Condition | None, answers: Mapping[str, Value | None]) -> bool:
    """Say whether a condition holds; as in XLSForm, what is unanswered differs from any value."""
    if condition is None:
        return True
    if isinstance(condition, Group):
        join = all if condition.joint == Joint.AND else any
        return join(holds(part, answers) for part in condition.parts)
    return _compares(answers.get(condition.question), condition.operator, condition.value)


def comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """Yield every comparison of a condition."""
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from comparisons(part)
    elif condition is not None:
        yield condition


def _compares(answer: Value | None, operator: Operator, value: Value) -> bool:
    left, right = number(answer), number(value)
    if operator in {Operator.IS, Operator.IS_NOT}:
        is_same = answer == value and isinstance(answer, bool) is isinstance(value, bool)
        if left is not None and right is not None:
            is_same = left == right
        return is_same is (operator == Operator.IS)
    if left is None or right is None:
        return False
    return {
        Operator.LESS: left < right,
        Operator.AT_MOST: left <= right,
        Operator.MORE: left > right,
        Operator.AT_LEAST: left >= right,
    }[operator]


def number(value: Value | None) -> Decimal | None:
    """Return what a value is as a number; yes, no and words are none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
