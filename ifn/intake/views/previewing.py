"""The first rows of a list as they would be entered, with faults beside the cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ifn.directory import wording
from ifn.directory.models import Business
from ifn.directory.profile import Profile
from ifn.intake.deciding import Decision
from ifn.intake.models import Row
from ifn.intake.views.choosing import Column
from ifn.intake.views.writing import ROW_LOOKS
from ifn.intake.wording import notes_of, reason_of
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

CONTACTS = frozenset({"phone", "whatsapp", "email", "website", "instagram"})
#: Fields of a list that together say one thing of a profile.
PLACE = frozenset({"city", "province"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: as it stands, as it would be entered, and what is wrong with it."""

    raw: str
    clean: str
    fault: str

    @property
    def is_other(self) -> bool:
        """Say whether cleaning changed it."""
        return bool(self.clean) and self.clean != self.raw


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview."""

    position: int
    label: str
    tone: str
    icon: str
    #: What is wrong or to be looked at, where no shown cell is it.
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The preview: the columns that are taken, and the rows."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def table(decisions: Iterable[Decision], columns: Sequence[Column]) -> Table:
    """Return decided rows as a table of the columns that are taken."""
    taken = tuple(one for one in columns if one.field)
    return Table(taken, tuple(_line(one, taken) for one in decisions))


def _line(decision: Decision, columns: Sequence[Column]) -> Line:
    tone, icon = ROW_LOOKS[decision.state]
    said = [*reason_of(decision.reason, decision.details), *notes_of(decision.details)]
    words = " ".join(said)
    is_fault = decision.state == Row.State.ERROR
    at_fault = decision.column if is_fault else ""
    has_city = any(one.field == "city" for one in columns)
    cells = tuple(
        _cell(decision, one, words if _is_at(one, at_fault) else "")
        if one.field != "province" or not has_city
        else _cell(replace(decision, profile=None), one, "")
        for one in columns
    )
    has_place = any(cell.fault for cell in cells)
    return Line(
        position=decision.position,
        label=str(Row.State(decision.state).label),
        tone=tone,
        icon=icon,
        note="" if has_place else words,
        cells=cells,
    )


def _is_at(column: Column, at_fault: str) -> bool:
    return bool(at_fault) and at_fault in {column.field, column.header}


def _cell(decision: Decision, column: Column, fault: str) -> Cell:
    raw = str(decision.raw[column.place]).strip() if column.place < len(decision.raw) else ""
    clean = cleaned(decision.profile, column.field) if decision.profile and raw else ""
    return Cell(raw, clean, fault)


def cleaned(profile: Profile, field: str) -> str:
    """Return in words what a profile holds of a list's field."""
    if field in PLACE:
        return all_regions().full_name(profile.region)
    if field in CONTACTS:
        return ", ".join(one.value for one in profile.contacts if one.kind == field)
    match field:
        case "type":
            words = (lexicon().get(one.vocabulary, one.code) for one in profile.capabilities)
            return ", ".join(word.name for word in words if word)
        case "name":
            form = dict(Business.LegalForm.choices).get(profile.legal_form)
            return f"{profile.name} · {form}" if form else profile.name
        case "country":
            return ""
    return wording.said(profile, field)
