"""A questionnaire as the three sheets of an XLSForm."""

from collections.abc import Iterator
from decimal import Decimal

from ifn.assessments.instruments.document import Choice, Dimension, Document, Kind, Question, Text
from ifn.assessments.instruments.expressions import NO, YES, written
from ifn.assessments.instruments.writing import plain_number
from ifn.assessments.xlsform import columns
from ifn.assessments.xlsform.columns import Workbook

_YES_NO = (Choice(YES, Text("Ya", "Yes")), Choice(NO, Text("Tidak", "No")))
_SURVEY = [
    *("type", "name"),
    *(f"label::{name}" for name in columns.LANGUAGES.values()),
    *(f"hint::{name}" for name in columns.LANGUAGES.values()),
    *("required", "relevant", "constraint"),
    *(columns.WEIGHT, columns.KIND, columns.UNIT_ID, columns.UNIT_EN),
]
_CHOICES = [
    *("list_name", "name"),
    *(f"label::{name}" for name in columns.LANGUAGES.values()),
    columns.SCORE,
]
_SETTINGS = [
    *("form_title", "form_id", "version", "default_language"),
    *(columns.PROPOSAL, columns.BASIS),
]


def sheets(document: Document, *, code: str, title: str, version: str) -> Workbook:
    """Return the sheets of a questionnaire with its name, its code and its version."""
    settings = [title, code, version, columns.LANGUAGES["id"]]
    settings += [YES if document.is_proposal else NO, "\n".join(document.basis)]
    return {
        columns.SURVEY: [_SURVEY, *_survey(document)],
        columns.CHOICES: [_CHOICES, *_choices(document)],
        columns.SETTINGS: [_SETTINGS, settings],
    }


def _survey(document: Document) -> Iterator[list[str]]:
    for one in document.dimensions:
        yield _group(one)
        for asked in document.questions_of(one.code):
            yield _question(asked, document)
        yield ["end_group", *[""] * (len(_SURVEY) - 1)]


def _group(one: Dimension) -> list[str]:
    row = ["begin_group", one.code, one.name.id, one.name.en]
    return [*row, "", "", "", "", "", _number(one.weight), "", "", ""]


def _question(one: Question, document: Document) -> list[str]:
    return [
        _type(one),
        one.code,
        *(one.text.id, one.text.en, one.hint.id, one.hint.en),
        YES if one.is_required else "",
        written(one.condition, document.by_code) if one.condition else "",
        _constraint(one),
        _number(one.weight),
        one.kind.value,
        *(one.unit.id, one.unit.en),
    ]


def _type(one: Question) -> str:
    lists = {Kind.SCALE: columns.LEVELS_LIST, Kind.YES_NO: columns.YES_NO_LIST}
    match one.kind:
        case Kind.SCALE if not one.anchors:
            return f"select_one {lists[Kind.SCALE]}"
        case Kind.YES_NO:
            return f"select_one {lists[Kind.YES_NO]}"
        case Kind.SCALE | Kind.CHOICE:
            return f"select_one {one.code}"
        case Kind.NUMBER:
            return "decimal"
        case Kind.PHOTO:
            return "image"
        case _:
            return "text"


def _constraint(one: Question) -> str:
    bounds = [
        f". {sign} {value:f}"
        for sign, value in ((">=", one.minimum), ("<=", one.maximum))
        if value is not None
    ]
    return " and ".join(bounds)


def _choices(document: Document) -> Iterator[list[str]]:
    if document.levels:
        yield from _levels(columns.LEVELS_LIST, document.levels)
    if any(one.kind == Kind.YES_NO for one in document.questions):
        for choice in _YES_NO:
            yield [columns.YES_NO_LIST, choice.code, choice.text.id, choice.text.en, ""]
    for one in document.questions:
        if one.anchors:
            yield from _levels(one.code, one.anchors)
        for choice in one.choices:
            words = (choice.text.id, choice.text.en)
            yield [one.code, choice.code, *words, _number(choice.score)]


def _levels(name: str, levels: tuple[Text, ...]) -> Iterator[list[str]]:
    for level, words in enumerate(levels):
        yield [name, str(level), words.id, words.en, str(level)]


def _number(value: Decimal | None) -> str:
    plain = plain_number(value)
    return "" if plain is None else str(plain)
