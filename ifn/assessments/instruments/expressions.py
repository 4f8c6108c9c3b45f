"""Conditions as XLSForm writes them: ``${CUT_2} = 'yes' and (${WORKERS} > 5 or ${A} = 'b')``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ifn.assessments.instruments.conditions import (
    Comparison,
    Condition,
    Group,
    Joint,
    Operator,
    Value,
)
from ifn.assessments.instruments.document import Kind, Question
from ifn.assessments.instruments.reading import DEEPEST

_TOKEN: Final = re.compile(
    r"\s*(?:\$\{\s*(?P<name>\w+)\s*\}|(?P<sign><=|>=|!=|=|<|>)|'(?P<single>[^']*)'"
    r"|\"(?P<double>[^\"]*)\"|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>and|or)\b|(?P<mark>[()]))"
)
YES, NO = "yes", "no"


class NotUnderstood(ValueError):  # noqa: N818
    """An expression is none of the simple ones that are understood; ``where`` it stops being so."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def written(condition: Condition, questions: Mapping[str, Question]) -> str:
    """Return a condition as an expression."""
    if isinstance(condition, Group):
        parts = [
            f"({written(part, questions)})" if isinstance(part, Group) else written(part, questions)
            for part in condition.parts
        ]
        return f" {condition.joint.value} ".join(parts)
    value = condition.value
    if isinstance(value, bool):
        said = f"'{YES if value else NO}'"
    else:
        asked = questions.get(condition.question)
        is_number = isinstance(value, int) or (asked is not None and asked.kind == Kind.NUMBER)
        # The levels of a scale are names of choices there, and so are text.
        is_plain = is_number and not (asked is not None and asked.kind == Kind.SCALE)
        said = str(value) if is_plain else f"'{value}'"
    return f"${{{condition.question}}} {condition.operator.value} {said}"


def parsed(text: str, kinds: Mapping[str, Kind]) -> Condition | None:
    """Return the condition that an expression states; nothing for an empty one.

    ``kinds`` are those of the questions, by which ``'yes'`` is told from a word.

    Raises:
        NotUnderstood: It holds something else than comparisons, and, or, and brackets.

    """
    if not text.strip():
        return None
    tokens = _tokens(text)
    reader = _Reader(tokens, kinds)
    condition = reader.joined(0)
    if reader.place != len(tokens):
        raise NotUnderstood(reader.rest())
    return condition


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, place = [], 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise NotUnderstood(text[place:].strip()[:40])
        tokens.append((found.lastgroup, found[found.lastgroup]))
        place = found.end()
    return tokens


@dataclass(slots=True)
class _Reader:
    tokens: list[tuple[str, str]]
    kinds: Mapping[str, Kind]
    place: int = field(default=0)

    def rest(self) -> str:
        return " ".join(text for _kind, text in self.tokens[self.place :])[:40]

    def take(self, kind: str, *texts: str) -> str | None:
        """Return the next token's text and go on, if it is of this kind and one of these."""
        if self.place < len(self.tokens):
            found, text = self.tokens[self.place]
            if found == kind and (not texts or text in texts):
                self.place += 1
                return text
        return None

    def joined(self, depth: int) -> Condition:
        """Read ``or`` over ``and``, as XPath binds them."""
        parts = [self.all_of(depth)]
        while self.take("word", "or"):
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Group(Joint.OR, tuple(parts))

    def all_of(self, depth: int) -> Condition:
        parts = [self.one(depth)]
        while self.take("word", "and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else Group(Joint.AND, tuple(parts))

    def one(self, depth: int) -> Condition:
        if self.take("mark", "("):
            if depth >= DEEPEST - 1:
                raise NotUnderstood(self.rest())
            inner = self.joined(depth + 1)
            if not self.take("mark", ")"):
                raise NotUnderstood(self.rest() or ")")
            return inner
        name, sign = self.take("name"), self.take("sign")
        if name is None or sign is None:
            raise NotUnderstood(self.rest())
        return Comparison(name, Operator(sign), self.value(name))

    def value(self, name: str) -> Value:
        for kind in ("single", "double", "number"):
            text = self.take(kind)
            if text is not None:
                return self.meant(name, text)
        raise NotUnderstood(self.rest())

    def meant(self, name: str, text: str) -> Value:
        kind = self.kinds.get(name)
        if kind == Kind.YES_NO and text in {YES, NO}:
            return text == YES
        if kind == Kind.SCALE and text.isdecimal():
            return int(text)
        return text
