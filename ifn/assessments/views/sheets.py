"""The answers of one dimension as a form: what stands there, what was sent, what is wrong."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ifn.assessments.actions.answering import Change, Saved
from ifn.assessments.instruments import wording
from ifn.assessments.instruments.document import Dimension, Document, Kind, Question
from ifn.assessments.models import Photo, Side
from ifn.assessments.queries.assessments import Sheet
from ifn.assessments.views import writing
from ifn.assessments.views.writing import Asked
from ifn.ui.numbers import readable

#: Behind a question's name: its evidence, and what of both the writer saw.
WORDS, BASE, WORDS_BASE, FILE = "-bukti", "-awal", "-bukti-awal", "-foto"
#: Sides in addresses of controls.
SIDES = {Side.OWN.value: "u", Side.ASSESSOR.value: "p"}
LONGEST_BASE = 5_000


@dataclass(slots=True)
class View:
    """One side of one question: what stands there, and whether this person may write it."""

    side: str
    label: str
    name: str
    may_write: bool
    value: str = ""
    words: str = ""
    said: str = ""
    base: str = "null"
    words_base: str = ""
    fault: str = ""
    photos: Sequence[Photo] = ()


@dataclass(slots=True)
class Line:
    """A question with both its sides."""

    asked: Asked
    views: list[View] = field(default_factory=list)
    #: Levels between the two views; nothing where one is missing.
    gap: int | None = None


def name_of(question: str, side: str) -> str:
    """Return the name of a control."""
    return f"{SIDES[side]}-{question}"


def lines(
    document: Document,
    dimension: Dimension,
    sheet: Sheet,
    sides: frozenset[str],
    saved: Saved | None = None,
) -> list[Line]:
    """Return the questions of a dimension, the sides that may be written or were answered."""
    faults = _faults(saved)
    unsaved = {(one.question, one.side, one.field): one.sent for one in _unsaved(saved)}
    found = []
    for one in document.questions_of(dimension.code):
        line = Line(writing.asked(one, document))
        for side in Side:
            view = _view(one, side, sheet, document, may_write=side.value in sides)
            view.fault = faults.get((one.code, side.value), "")
            view.value = shown(unsaved.get((one.code, side.value, "value"), view.value))
            view.words = str(unsaved.get((one.code, side.value, "words"), view.words))
            if view.may_write or view.said or view.words or view.photos:
                line.views.append(view)
        line.gap = gap(one, sheet)
        found.append(line)
    return found


def gap(one: Question, sheet: Sheet) -> int | None:
    """Return by how many levels the firm sees itself higher than the assessor does."""
    own, other = (sheet.values[side].get(one.code) for side in (Side.OWN, Side.ASSESSOR))
    if one.kind != Kind.SCALE or own is None or other is None:
        return None
    return int(own) - int(other)


def _view(one: Question, side: Side, sheet: Sheet, document: Document, *, may_write: bool) -> View:
    answer = sheet.answers.get((one.code, side.value))
    value = answer.value if answer else None
    words = answer.words if answer else ""
    return View(
        side=side.value,
        label=str(side.label),
        name=name_of(one.code, side.value),
        may_write=may_write,
        value=shown(value),
        words=words,
        said=said(one, value, document),
        base=json.dumps(value),
        words_base=words,
        photos=sheet.photos.get((one.code, side.value), ()),
    )


def shown(value: Any) -> str:
    """Return an answer as a control holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def said(one: Question, value: Any, document: Document) -> str:
    """Return an answer in words."""
    if value is None:
        return ""
    words = dict(writing.options(one, document)).get(shown(value), shown(value))
    if one.kind == Kind.NUMBER:
        words = readable(float(value))
    if one.kind == Kind.SCALE:
        return f"{value} – {words}" if words else str(value)
    return f"{words} {one.unit.said(writing.language())}".strip()


def changes(
    document: Document, codes: Sequence[str], sides: frozenset[str], data: QueryDict
) -> list[Change]:
    """Return what a form says of questions, for the sides that this person may write."""
    found = []
    for code in codes:
        if document.by_code[code].kind == Kind.PHOTO:
            continue
        for side in sorted(sides):
            name = name_of(code, side)
            # Radio buttons that were never touched send nothing: then nothing was said.
            if name in data:
                base = _base(data.get(name + BASE, ""))
                found.append(Change(code, side, "value", base, _localised(str(data[name]))))
            if name + WORDS in data:
                words = str(data[name + WORDS]).replace("\r\n", "\n")
                base = str(data.get(name + WORDS_BASE, "")).replace("\r\n", "\n")
                found.append(Change(code, side, "words", base, words))
    return found


def _localised(given: str) -> str:
    """Return a number as it is kept where it was written with a decimal comma."""
    plain = given.strip()
    head, comma, tail = plain.rpartition(",")
    if comma and tail.isdigit() and head.replace(".", "").lstrip("-").isdigit():
        return f"{head.replace('.', '')}.{tail}"
    return given


def _base(given: str) -> Any:
    try:
        return json.loads(given[:LONGEST_BASE])
    except ValueError:
        return None


def _unsaved(saved: Saved | None) -> list[Change]:
    if saved is None:
        return []
    return [change for change, _why in [*saved.refused, *saved.conflicts]]


def _faults(saved: Saved | None) -> Mapping[tuple[str, str], str]:
    if saved is None:
        return {}
    found = {(change.question, change.side): wording.refusal(why) for change, why in saved.refused}
    for change, here in saved.conflicts:
        found[change.question, change.side] = _(
            "Somebody else changed this meanwhile to “%(here)s”. Yours stands here and is not "
            "saved yet; save again to keep it."
        ) % {"here": shown(here) or _("empty")}
    return found
