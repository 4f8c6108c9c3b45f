"""One change to a questionnaire at a time; each returns a new document."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from ifn.assessments.instruments.conditions import Comparison, Condition, Group
from ifn.assessments.instruments.document import Dimension, Document, Question
from ifn.assessments.instruments.reading import in_order


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


Part = TypeVar("Part", bound=_Coded)


def with_dimension(document: Document, one: Dimension, *, instead_of: str = "") -> Document:
    """Return the document with a dimension at its end, or in place of another."""
    dimensions = _with(document.dimensions, one, instead_of)
    questions = tuple(
        replace(asked, dimension=one.code)
        if instead_of and asked.dimension == instead_of
        else asked
        for asked in document.questions
    )
    return _of(document, dimensions, questions)


def with_question(document: Document, one: Question, *, instead_of: str = "") -> Document:
    """Return the document with a question at the end of its dimension, or in place of another.

    Conditions that named the other name this one.
    """
    questions = _with(document.questions, one, instead_of)
    if instead_of and instead_of != one.code:
        questions = [
            replace(asked, condition=_renamed(asked.condition, instead_of, one.code))
            for asked in questions
        ]
    return _of(document, document.dimensions, questions)


def without(document: Document, code: str) -> Document:
    """Return the document without a question, or a dimension and its questions."""
    return _of(
        document,
        tuple(one for one in document.dimensions if one.code != code),
        tuple(one for one in document.questions if code not in {one.code, one.dimension}),
    )


def moved(document: Document, code: str, by: int) -> Document:
    """Return the document with a dimension, or a question within its own, some places further."""
    if code in document.dimensions_by_code:
        dimensions = _moved(document.dimensions, code, by)
        return _of(document, dimensions, document.questions)
    asked = document.by_code.get(code)
    if asked is None:
        return document
    within = _moved(document.questions_of(asked.dimension), code, by)
    others = tuple(one for one in document.questions if one.dimension != asked.dimension)
    return _of(document, document.dimensions, [*others, *within])


def _of(
    document: Document, dimensions: Sequence[Dimension], questions: Sequence[Question]
) -> Document:
    return replace(
        document, dimensions=tuple(dimensions), questions=in_order(dimensions, questions)
    )


def _with(parts: Sequence[Part], one: Part, instead_of: str) -> list[Part]:
    if instead_of not in {part.code for part in parts}:
        return [*parts, one]
    return [one if part.code == instead_of else part for part in parts]


def _moved(parts: Sequence[Part], code: str, by: int) -> list[Part]:
    made = list(parts)
    here = next(place for place, one in enumerate(made) if one.code == code)
    there = min(max(here + by, 0), len(made) - 1)
    made.insert(there, made.pop(here))
    return made


def _renamed(condition: Condition | None, before: str, after: str) -> Condition | None:
    if isinstance(condition, Group):
        parts = tuple(_renamed(part, before, after) or part for part in condition.parts)
        return replace(condition, parts=parts)
    if isinstance(condition, Comparison) and condition.question == before:
        return replace(condition, question=after)
    return condition
