"""JSON into a questionnaire, or everything that is wrong with it."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from ifn.assessments.instruments.conditions import (
    Comparison,
    Condition,
    Group,
    Joint,
    Operator,
    number,
)
from ifn.assessments.instruments.document import (
    HIGHEST,
    LEVELS,
    LOWEST,
    Choice,
    Dimension,
    Document,
    Kind,
    Question,
    Text,
)
from ifn.assessments.instruments.faults import Fault, Unreadable

#: A code: a letter, then letters, digits and underscores; as XLSForm allows for names.
CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
#: A choice may begin with a digit.
CHOICE_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,39}")
MOST_DIMENSIONS: Final = 40
MOST_QUESTIONS: Final = 400
MOST_CHOICES: Final = 100
MOST_TESTS: Final = 20
DEEPEST: Final = 3
LONGEST_TEXT: Final = 1000
HEAVIEST: Final = Decimal(1000)
_LARGEST: Final = Decimal(10) ** 15

Part = TypeVar("Part")


def read(content: object) -> Document:
    """Return the questionnaire that JSON holds.

    A draft may lack texts, levels and questions (``checking.missing`` says what); what is there
    must be sound.

    Raises:
        Unreadable: Something is no part of a questionnaire, too much, or there twice.

    """
    return _Reading().document(content)


class _Reading:
    """One pass over a document, which gathers what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.part = ""

    def document(self, content: object) -> Document:
        top = self._mapping(content)
        dimensions = self._parts(top.get("dimensions"), self._dimension, MOST_DIMENSIONS)
        questions = self._parts(top.get("questions"), self._question, MOST_QUESTIONS)
        self.part = ""
        made = Document(
            dimensions=tuple(dimensions),
            questions=in_order(dimensions, questions),
            levels=self._levels(top.get("levels")),
            is_proposal=top.get("is_proposal") is True,
            basis=tuple(self._string(one, 400) for one in self._list(top.get("basis"), 40)),
        )
        self._codes(made, questions)
        if self.faults:
            raise Unreadable(self.faults)
        return made

    def _codes(self, made: Document, questions: Sequence[Question]) -> None:
        """Note codes that are there twice, and questions of a dimension that is not."""
        for codes in ([one.code for one in made.dimensions], [one.code for one in questions]):
            self._once(codes)
        known = {one.code for one in made.dimensions}
        for one in questions:
            if one.dimension not in known:
                self.faults.append(Fault("dimension_unknown", one.code, one.dimension))

    def _once(self, codes: Sequence[str]) -> None:
        seen: set[str] = set()
        for code in codes:
            if code.lower() in seen:
                self.faults.append(Fault("code_twice", code, code))
            seen.add(code.lower())

    def _dimension(self, given: Mapping[str, Any]) -> Dimension:
        code = self._code(given.get("code"), CODE)
        self.part = code
        return Dimension(code, self._text(given.get("name")), self._weight(given.get("weight", 1)))

    def _question(self, given: Mapping[str, Any]) -> Question:
        code = self._code(given.get("code"), CODE)
        self.part = code
        kind = self._kind(given.get("kind"))
        return Question(
            code=code,
            dimension=self._string(given.get("dimension"), 40),
            kind=kind,
            text=self._text(given.get("text")),
            hint=self._text(given.get("hint")),
            weight=self._weight(given.get("weight", 1)),
            is_required=given.get("required") is True,
            condition=self._condition(given.get("condition")),
            anchors=self._levels(given.get("anchors")) if kind == Kind.SCALE else (),
            unit=self._text(given.get("unit")) if kind == Kind.NUMBER else Text(),
            minimum=self._number(given.get("minimum")) if kind == Kind.NUMBER else None,
            maximum=self._number(given.get("maximum")) if kind == Kind.NUMBER else None,
            choices=self._choices(given.get("choices")) if kind == Kind.CHOICE else (),
        )

    def _kind(self, given: object) -> Kind:
        try:
            return Kind(str(given))
        except ValueError:
            self._fault("kind_unknown", given)
            return Kind.TEXT

    def _choices(self, given: object) -> tuple[Choice, ...]:
        made = [
            Choice(
                self._code(one.get("code"), CHOICE_CODE),
                self._text(one.get("text")),
                self._score(one.get("score")),
            )
            for one in map(self._mapping, self._list(given, MOST_CHOICES))
        ]
        part = self.part
        self._once([one.code for one in made])
        self.part = part
        return tuple(made)

    def _score(self, given: object) -> Decimal | None:
        found = self._number(given)
        if found is not None and not LOWEST <= found <= HIGHEST:
            self._fault("score_out_of_range", given)
        return found

    def _condition(self, given: object, depth: int = 0) -> Condition | None:
        if given is None:
            return None
        made = self._condition_part(self._mapping(given), depth)
        if made is None:
            self._fault("condition_unreadable")
        return made

    def _condition_part(self, given: Mapping[str, Any], depth: int) -> Condition | None:
        for joint in Joint:
            if joint.value in given and depth < DEEPEST:
                parts = self._list(given[joint.value], MOST_TESTS)
                made = [self._condition_part(self._mapping(one), depth + 1) for one in parts]
                whole = tuple(one for one in made if one is not None)
                return Group(joint, whole) if whole and len(whole) == len(made) else None
        operator, value = given.get("operator"), given.get("value")
        if operator not in set(Operator) or not isinstance(value, bool | int | str):
            return None
        return Comparison(self._string(given.get("question"), 40), Operator(operator), value)

    def _levels(self, given: object) -> tuple[Text, ...]:
        made = tuple(self._text(one) for one in self._list(given, LEVELS))
        if made and len(made) != LEVELS:
            self._fault("levels_not_five", len(made))
        return made if any(made) else ()

    def _parts(
        self, given: object, one: Callable[[Mapping[str, Any]], Part], most: int
    ) -> list[Part]:
        return [one(self._mapping(part)) for part in self._list(given, most)]

    def _mapping(self, given: object) -> Mapping[str, Any]:
        if isinstance(given, Mapping):
            return given
        self._fault("not_a_document")
        return {}

    def _list(self, given: object, most: int) -> Sequence[Any]:
        if given is None:
            return ()
        if not isinstance(given, list | tuple):
            self._fault("not_a_document")
            return ()
        if len(given) > most:
            self._fault("too_many", most)
        return given[:most]

    def _text(self, given: object) -> Text:
        if given is None:
            return Text()
        words = self._mapping(given)
        return Text(*(self._string(words.get(key), LONGEST_TEXT) for key in ("id", "en")))

    def _string(self, given: object, longest: int) -> str:
        if given is None:
            return ""
        if not isinstance(given, str):
            self._fault("not_a_text", given)
            return ""
        if len(given) > longest:
            self._fault("text_too_long", longest)
        return " ".join(given.replace("\0", "").split())

    def _code(self, given: object, pattern: re.Pattern[str]) -> str:
        if not (isinstance(given, str) and pattern.fullmatch(given)):
            self._fault("code_unusable", given)
            return ""
        return given

    def _weight(self, given: object) -> Decimal:
        found = self._number(given)
        if found is None or not 0 <= found <= HEAVIEST:
            self._fault("weight_unusable", given)
            return Decimal(0)
        return found

    def _number(self, given: object) -> Decimal | None:
        if given is None:
            return None
        is_number = isinstance(given, int | float | str) and not isinstance(given, bool)
        found = number(str(given)) if is_number else None
        if found is None or abs(found) > _LARGEST:
            self._fault("number_unusable", given)
            return None
        return found

    def _fault(self, code: str, detail: object = "") -> None:
        self.faults.append(Fault(code, self.part, str(detail)[:80]))


def in_order(
    dimensions: Sequence[Dimension], questions: Sequence[Question]
) -> tuple[Question, ...]:
    """Return questions as they are asked: dimension by dimension, each in its own order."""
    places = {one.code: place for place, one in enumerate(dimensions)}
    return tuple(sorted(questions, key=lambda one: places.get(one.dimension, len(places))))
