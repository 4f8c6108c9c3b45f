"""A questionnaire part by part, in the reader's language, for pages and paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ifn.assessments.instruments import wording
from ifn.assessments.instruments.document import LEVELS, Dimension, Document, Kind, Question
from ifn.assessments.models import InstrumentVersion
from ifn.ui import pieces
from ifn.ui.numbers import readable

_STATES = {
    InstrumentVersion.State.DRAFT: ("", "edit"),
    InstrumentVersion.State.IN_USE: ("good", "check"),
    InstrumentVersion.State.RETIRED: ("", "clock"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a person reads it."""

    code: str
    kind: str
    kind_name: str
    text: str
    hint: str
    condition: str
    unit: str
    is_required: bool
    weight: str
    #: What can be answered: the value, its words.
    options: tuple[tuple[str, str], ...]
    has_own_words: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension with its questions."""

    code: str
    name: str
    weight: str
    #: Of the weight of all, in per cent; empty where it gets no level.
    share: str
    questions: tuple[Asked, ...]
    number: int


def language() -> str:
    """Return the language in force, one of ours."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def parts(document: Document) -> list[Part]:
    """Return the dimensions with their questions, numbered from 1."""
    return [part(document, one, number) for number, one in enumerate(document.dimensions, start=1)]


def part(document: Document, one: Dimension, number: int = 1) -> Part:
    """Return one dimension with its questions."""
    share = document.shares.get(one.code)
    return Part(
        one.code,
        one.name.said(language()),
        readable(float(one.weight)),
        readable(round(100 * float(share), 1)) if share is not None else "",
        tuple(asked(question, document) for question in document.questions_of(one.code)),
        number,
    )


def asked(one: Question, document: Document) -> Asked:
    """Return a question in the reader's language."""
    said = language()
    return Asked(
        one.code,
        one.kind.value,
        str(wording.KINDS[one.kind]),
        one.text.said(said),
        one.hint.said(said),
        wording.condition(one.condition, document, said) if one.condition else "",
        one.unit.said(said),
        one.is_required,
        readable(float(one.weight)) if one.is_scored else "",
        options(one, document),
        bool(one.anchors),
    )


def options(one: Question, document: Document) -> tuple[tuple[str, str], ...]:
    """Return what can be answered to a question, each with its words."""
    said = language()
    match one.kind:
        case Kind.SCALE:
            if not (one.anchors or document.levels):
                return tuple((str(level), "") for level in range(LEVELS))
            return tuple(
                (str(level), document.anchor(one, level).said(said)) for level in range(LEVELS)
            )
        case Kind.YES_NO:
            return (("yes", _("Yes")), ("no", _("No")))
        case Kind.CHOICE:
            return tuple((choice.code, choice.text.said(said)) for choice in one.choices)
        case _:
            return ()


def names(document: Document) -> Mapping[str, str]:
    """Return the names of the dimensions by their codes."""
    return {one.code: one.name.said(language()) for one in document.dimensions}


def state_badge(version: InstrumentVersion) -> str:
    """Return where a version stands, as a badge."""
    tone, icon = _STATES[InstrumentVersion.State(version.state)]
    return pieces.badge(version.get_state_display(), tone, icon)
