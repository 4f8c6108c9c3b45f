"""What a questionnaire holds: levels, dimensions and questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ifn.assessments.instruments.conditions import Condition, Value

#: The lowest and the highest level of a scale.
LOWEST: Final = 0
HIGHEST: Final = 4
LEVELS: Final = HIGHEST - LOWEST + 1


class Kind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    PHOTO = "photo"


#: Kinds whose answers can make a level.
SCORED: Final = frozenset({Kind.SCALE, Kind.YES_NO, Kind.CHOICE})


@dataclass(frozen=True, slots=True)
class Text:
    """Words in both languages; one may be missing while a draft is written."""

    id: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.en)

    @property
    def is_whole(self) -> bool:
        """Say whether both languages are there."""
        return bool(self.id and self.en)

    def said(self, language: str) -> str:
        """Return the words in a language, else in the other one."""
        return (self.en or self.id) if language == "en" else (self.id or self.en)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; ``score`` is the level it stands for, if it stands for one."""

    code: str
    text: Text
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question; what a kind does not use stays empty.

    ``weight`` counts within the dimension; a question of weight 0 is asked and not scored.
    """

    code: str
    dimension: str
    kind: Kind
    text: Text
    hint: Text = field(default_factory=Text)
    weight: Decimal = Decimal(1)
    is_required: bool = False
    condition: Condition | None = None
    #: A text per level of a scale, lowest first; the common ones where there are none.
    anchors: tuple[Text, ...] = ()
    unit: Text = field(default_factory=Text)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def is_scored(self) -> bool:
        """Say whether its answer counts for the level of the dimension."""
        if self.kind == Kind.CHOICE and all(one.score is None for one in self.choices):
            return False
        return self.kind in SCORED and self.weight > 0

    def score(self, value: Value | None) -> Decimal | None:
        """Return the level an answer stands for; nothing where it stands for none."""
        if value is None or not self.is_scored:
            return None
        if self.kind == Kind.YES_NO:
            return Decimal(HIGHEST if value else LOWEST)
        if self.kind == Kind.SCALE:
            return Decimal(int(value))
        return next((one.score for one in self.choices if one.code == value), None)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A side of the firm that gets a level of its own; of weight 0: facts beside the levels."""

    code: str
    name: Text
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole questionnaire; questions stand in the order of their dimensions."""

    dimensions: tuple[Dimension, ...] = ()
    questions: tuple[Question, ...] = ()
    #: What the five levels are called, lowest first.
    levels: tuple[Text, ...] = ()
    #: Whether the office has not approved it, so that pages must say it is a proposal.
    is_proposal: bool = False
    #: What it was made from, line by line.
    basis: tuple[str, ...] = ()

    @property
    def by_code(self) -> Mapping[str, Question]:
        """Return the questions by their codes."""
        return MappingProxyType({one.code: one for one in self.questions})

    @property
    def dimensions_by_code(self) -> Mapping[str, Dimension]:
        """Return the dimensions by their codes."""
        return MappingProxyType({one.code: one for one in self.dimensions})

    def questions_of(self, dimension: str) -> tuple[Question, ...]:
        """Return the questions of a dimension in order."""
        return tuple(one for one in self.questions if one.dimension == dimension)

    @property
    def scored_dimensions(self) -> tuple[Dimension, ...]:
        """Return the dimensions that get a level."""
        asked = {one.dimension for one in self.questions if one.is_scored}
        return tuple(one for one in self.dimensions if one.weight > 0 and one.code in asked)

    @property
    def shares(self) -> Mapping[str, Decimal]:
        """Return the share of each scored dimension in the weight of all, between 0 and 1."""
        scored = self.scored_dimensions
        total = sum((one.weight for one in scored), Decimal(0))
        return MappingProxyType({one.code: one.weight / total for one in scored})

    def anchor(self, question: Question, level: int) -> Text:
        """Return what a level of a scale means, in the question's words or the common ones."""
        return (question.anchors or self.levels)[level]
