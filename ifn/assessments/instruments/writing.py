"""A questionnaire as JSON has it, and its digest."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from ifn.assessments.instruments.conditions import Condition, Group
from ifn.assessments.instruments.document import Choice, Dimension, Document, Question, Text


def content(document: Document) -> dict[str, Any]:
    """Return a document as plain JSON; what is empty is left out."""
    return _filled(
        {
            "is_proposal": document.is_proposal,
            "basis": list(document.basis),
            "levels": [_text(one) for one in document.levels],
            "dimensions": [_dimension(one) for one in document.dimensions],
            "questions": [_question(one) for one in document.questions],
        }
    )


def digest(document: Document) -> str:
    """Return the SHA-256 of a document, the same however its JSON was laid out."""
    plain = json.dumps(content(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _dimension(one: Dimension) -> dict[str, Any]:
    return {"code": one.code, "name": _text(one.name), "weight": plain_number(one.weight)}


def _question(one: Question) -> dict[str, Any]:
    # A scale without anchors has none to leave out; a weight is always said.
    return _filled(
        {
            "code": one.code,
            "dimension": one.dimension,
            "kind": one.kind.value,
            "text": _text(one.text),
            "hint": _text(one.hint),
            "required": one.is_required,
            "condition": condition(one.condition) if one.condition else None,
            "anchors": [_text(anchor) for anchor in one.anchors],
            "unit": _text(one.unit),
            "minimum": plain_number(one.minimum),
            "maximum": plain_number(one.maximum),
            "choices": [_choice(choice) for choice in one.choices],
        }
    ) | {"weight": plain_number(one.weight)}


def _choice(one: Choice) -> dict[str, Any]:
    made: dict[str, Any] = {"code": one.code, "text": _text(one.text)}
    return made if one.score is None else made | {"score": plain_number(one.score)}


def condition(one: Condition) -> dict[str, Any]:
    """Return a condition as plain JSON."""
    if isinstance(one, Group):
        return {one.joint.value: [condition(part) for part in one.parts]}
    return {"question": one.question, "operator": one.operator.value, "value": one.value}


def plain_number(value: Decimal | None) -> int | float | None:
    """Return a number as JSON has it, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _text(text: Text) -> dict[str, str]:
    return {key: words for key, words in (("id", text.id), ("en", text.en)) if words}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    # A zero is no emptiness.
    return {key: value for key, value in values.items() if value or type(value) in {int, float}}
