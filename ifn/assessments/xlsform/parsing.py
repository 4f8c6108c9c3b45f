"""The sheets of an XLSForm into a questionnaire, or every cell that is wrong and what to do."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ifn.assessments.instruments import expressions
from ifn.assessments.instruments.conditions import Condition, Group, Joint
from ifn.assessments.instruments.document import LEVELS, Document, Kind
from ifn.assessments.instruments.faults import Unreadable
from ifn.assessments.instruments.reading import CHOICE_CODE, CODE, read
from ifn.assessments.instruments.writing import condition as plain_condition
from ifn.assessments.xlsform import columns
from ifn.assessments.xlsform.columns import Sheet, Workbook

#: Where questions outside of every group go.
OTHER: Final = "OTHER"
_BOUND: Final = re.compile(r"\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)")
_SELECT: Final = re.compile(r"select[_ ]one\s+(\w[\w.-]*)", re.IGNORECASE)
_LEVEL_NAMES: Final = [str(level) for level in range(LEVELS)]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell; ``code`` is one of ``wording.CELL_FAULTS``."""

    sheet: str
    #: As a spreadsheet counts, from 1; 0 is about the whole sheet.
    row: int
    column: str
    code: str
    detail: str = ""


class NotAForm(ValueError):  # noqa: N818
    """The sheets are no XLSForm that can be taken; ``faults`` says why, cell by cell."""

    def __init__(self, faults: list[CellFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet with its cells by heading."""

    number: int
    cells: Mapping[tuple[str, str], str]
    places: Mapping[str, int]

    def get(self, name: str) -> str:
        """Return a cell, in whatever language its heading is."""
        return self.cells.get((name, "")) or self.cells.get((name, "id"), "")

    def text(self, name: str) -> dict[str, str]:
        """Return the words of a cell in both languages; without a language they are Indonesian."""
        words = {code: self.cells.get((name, code), "") for code in ("id", "en")}
        words["id"] = words["id"] or self.cells.get((name, ""), "")
        return {code: said for code, said in words.items() if said}

    def column(self, name: str) -> str:
        """Return the letter of a column and its heading."""
        place = self.places.get(name)
        return f"{columns.letter(place)} ({name})" if place is not None else name


def document(workbook: Workbook) -> Document:
    """Return the questionnaire of a workbook.

    Raises:
        NotAForm: A cell holds what a questionnaire here cannot have.

    """
    return _Parsing(workbook).document()


class _Parsing:
    """One pass over the sheets, which gathers what is wrong."""

    def __init__(self, workbook: Workbook) -> None:
        self.sheets = {name.strip().lower(): sheet for name, sheet in workbook.items()}
        self.faults: list[CellFault] = []
        self.lists: dict[str, list[Line]] = {}
        self.kinds: dict[str, Kind] = {}
        self.levels: list[dict[str, str]] = []
        self.dimensions: list[dict[str, Any]] = []
        self.questions: list[dict[str, Any]] = []
        self.at: dict[str, int] = {}

    def document(self) -> Document:
        if columns.SURVEY not in self.sheets:
            raise NotAForm([CellFault(columns.SURVEY, 0, "", "sheet_missing")])
        self._read_choices()
        lines = list(_lines(self.sheets[columns.SURVEY]))
        if not any(("type", "") in line.cells for line in lines):
            self.faults.append(CellFault(columns.SURVEY, 1, "type", "column_missing", "type"))
            raise NotAForm(self.faults)
        self.kinds = {one.get("name"): kind for one in lines if (kind := self._kind(one))}
        self._read_survey(lines)
        settings = next(iter(_lines(self.sheets.get(columns.SETTINGS, []))), None)
        return self._made(settings)

    def _made(self, settings: Line | None) -> Document:
        content: dict[str, Any] = {
            "dimensions": self.dimensions,
            "questions": self.questions,
            "levels": self.levels,
        }
        if settings is not None:
            content["is_proposal"] = settings.get(columns.PROPOSAL).lower() in columns.TRUE
            content["basis"] = settings.get(columns.BASIS).splitlines()
        if self.faults:
            raise NotAForm(self.faults)
        try:
            return read(content)
        except Unreadable as refused:
            raise NotAForm(
                [
                    CellFault(columns.SURVEY, self.at.get(one.part, 0), "", one.code, one.detail)
                    for one in refused.faults
                ]
            ) from None

    def _read_choices(self) -> None:
        for line in _lines(self.sheets.get(columns.CHOICES, [])):
            name = line.get("list_name") or line.get("list")
            if not name:
                self._fault(columns.CHOICES, line, "list_name", "list_unnamed")
                continue
            if not CHOICE_CODE.fullmatch(line.get("name")):
                self._fault(columns.CHOICES, line, "name", "choice_unusable", line.get("name"))
            self.lists.setdefault(name, []).append(line)

    def _read_survey(self, lines: list[Line]) -> None:
        group: Line | None = None
        for line in lines:
            kind = line.get("type").lower().replace(" ", "_")
            if kind == "begin_group":
                if group is not None:
                    self._fault(columns.SURVEY, line, "type", "group_in_group")
                group = line
                self._add_dimension(line)
            elif kind == "end_group":
                if group is None:
                    self._fault(columns.SURVEY, line, "type", "group_not_begun")
                group = None
            elif kind not in columns.SILENT:
                self._add_question(line, group)
        if group is not None:
            self._fault(columns.SURVEY, group, "type", "group_not_ended", group.get("name"))

    def _add_dimension(self, line: Line) -> None:
        code = self._code(line)
        weight = line.get(columns.WEIGHT)
        self.at[code] = line.number
        self.dimensions.append({"code": code, "name": line.text("label"), "weight": weight or 1})

    def _add_question(self, line: Line, group: Line | None) -> None:
        kind = self._kind(line)
        if kind is None:
            self._fault(columns.SURVEY, line, "type", "type_unknown", line.get("type"))
            return
        if group is None and OTHER not in {one["code"] for one in self.dimensions}:
            name = {"id": "Lain-lain", "en": "Other"}
            self.dimensions.append({"code": OTHER, "name": name, "weight": 0})
        code = self._code(line)
        self.at[code] = line.number
        made: dict[str, Any] = {
            "code": code,
            "dimension": group.get("name") if group else OTHER,
            "kind": kind.value,
            "text": line.text("label"),
            "hint": line.text("hint"),
            "weight": line.get(columns.WEIGHT) or 1,
            "required": line.get("required").lower() in columns.TRUE,
            "condition": self._condition(line, group),
            "unit": {"id": line.get(columns.UNIT_ID), "en": line.get(columns.UNIT_EN)},
        }
        self.questions.append(made | self._answers(line, kind) | self._bounds(line, kind))

    def _kind(self, line: Line) -> Kind | None:
        given = " ".join(line.get("type").split())
        plain = {
            "text": Kind.TEXT,
            "integer": Kind.NUMBER,
            "decimal": Kind.NUMBER,
            "range": Kind.NUMBER,
            "image": Kind.PHOTO,
        }.get(given.lower())
        found = _SELECT.fullmatch(given)
        if plain or not found:
            return plain
        said = line.get(columns.KIND)
        if said in {Kind.SCALE, Kind.YES_NO, Kind.CHOICE}:
            return Kind(said)
        names = [one.get("name") for one in self.lists.get(found[1], [])]
        if sorted(names) == _LEVEL_NAMES:
            return Kind.SCALE
        return Kind.YES_NO if set(names) == {expressions.YES, expressions.NO} else Kind.CHOICE

    def _answers(self, line: Line, kind: Kind) -> dict[str, Any]:
        """Return what a question offers to choose from: the words of levels, or choices."""
        found = _SELECT.fullmatch(" ".join(line.get("type").split()))
        if kind not in {Kind.SCALE, Kind.CHOICE} or not found:
            return {}
        listed = self.lists.get(found[1])
        if listed is None:
            self._fault(columns.SURVEY, line, "type", "list_unknown", found[1])
            return {}
        if kind == Kind.CHOICE:
            return {"choices": [self._choice(one) for one in listed]}
        by_name = {one.get("name"): one.text("label") for one in listed}
        if sorted(by_name) != _LEVEL_NAMES:
            self._fault(columns.SURVEY, line, "type", "scale_not_five", found[1])
            return {}
        words = [by_name[name] for name in _LEVEL_NAMES]
        if found[1] == columns.LEVELS_LIST:
            self.levels = words
            return {}
        return {"anchors": words}

    def _choice(self, line: Line) -> dict[str, Any]:
        made: dict[str, Any] = {"code": line.get("name"), "text": line.text("label")}
        score = line.get(columns.SCORE)
        return made | ({"score": score} if score else {})

    def _bounds(self, line: Line, kind: Kind) -> dict[str, Any]:
        """Return the smallest and largest number that a constraint allows."""
        given = line.get("constraint")
        if kind != Kind.NUMBER or not given:
            return {}
        parts = re.split(r"\s+and\s+", given.strip().strip("()"))
        found = [_BOUND.fullmatch(part.strip()) for part in parts]
        bounds = {}
        for one in found:
            if one is None:
                self._fault(columns.SURVEY, line, "constraint", "constraint_unknown", given)
                return {}
            bounds["minimum" if one[1] == ">=" else "maximum"] = one[2]
        return bounds

    def _condition(self, line: Line, group: Line | None) -> dict[str, Any] | None:
        found: list[Condition] = []
        for one in (group, line):
            if one is None:
                continue
            try:
                parsed = expressions.parsed(one.get("relevant"), self.kinds)
            except expressions.NotUnderstood as refused:
                self._fault(columns.SURVEY, one, "relevant", "relevant_unknown", refused.where)
                continue
            if parsed is not None:
                found.append(parsed)
        if not found:
            return None
        whole = found[0] if len(found) == 1 else Group(Joint.AND, tuple(found))
        return plain_condition(whole)

    def _code(self, line: Line) -> str:
        code = line.get("name")
        if not CODE.fullmatch(code):
            self._fault(columns.SURVEY, line, "name", "code_unusable", code)
        return code

    def _fault(self, sheet: str, line: Line, column: str, code: str, detail: str = "") -> None:
        fault = CellFault(sheet, line.number, line.column(column), code, detail[:60])
        if fault not in self.faults:
            self.faults.append(fault)


def _lines(sheet: Sheet) -> Iterator[Line]:
    """Yield the rows of a sheet that hold anything, with the number a spreadsheet shows."""
    if not sheet:
        return
    headings = [columns.heading(cell) for cell in sheet[0]]
    places = {one.name: place for place, one in reversed(list(enumerate(headings))) if one}
    for number, row in enumerate(sheet[1:], start=2):
        cells = {
            (one.name, one.language): cell.strip()
            for one, cell in zip(headings, row, strict=False)
            if one and cell.strip()
        }
        if cells:
            yield Line(number, cells, places)
