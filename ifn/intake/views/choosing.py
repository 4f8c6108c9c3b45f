"""What a person chose for the columns of a list: read from a form, shown in it, guessed for it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from django.utils.translation import gettext as _

from ifn.intake.labels import FIELD_LABELS, TYPE_LABEL
from ifn.intake.models import List, Row
from ifn.intake.types import SKIP, VOCABULARIES, read_words
from ifn.linkage.normalise import plain
from ifn.vocabulary.queries import Lexicon

TYPE: Final = "type"
#: So many columns are offered, and so many values of a column; a form has its limits.
MOST_COLUMNS: Final = 500
MOST_VALUES: Final = 60
#: Rows looked at for the values of a type column.
ROWS_READ: Final = 20_000
SAMPLES: Final = 3
#: What may be said of a value besides a term.
GUESS, NOTHING, UNKNOWN = "guess", "nothing", ""
OFFERED: Final = ("role", "product")
_SHORT: Final = {full: short for short, full in VOCABULARIES.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: what stands in it, and what it is taken to hold."""

    place: int
    header: str
    samples: tuple[str, ...]
    field: str

    @property
    def control(self) -> str:
        """Return the name of its control."""
        return f"kolom-{self.place}"

    @property
    def letter(self) -> str:
        """Return what a spreadsheet calls it."""
        letters, left = "", self.place
        while left >= 0:
            letters = chr(ord("A") + left % 26) + letters
            left = left // 26 - 1
        return letters


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a type column: how often it stands there, and what it is taken to mean."""

    text: str
    number: int
    guess: str
    chosen: str
    control: str

    @property
    def is_unknown(self) -> bool:
        """Say whether nobody has said yet what it means."""
        return not self.guess and self.chosen == UNKNOWN


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one type column."""

    column: Column
    values: tuple[Value, ...]
    #: How many more values there are than are shown.
    more: int


def field_choices() -> list[tuple[str, str]]:
    """Return what a column may hold."""
    found = [(name, str(label)) for name, label in FIELD_LABELS.items()]
    return [("", _("Leave out")), found[0], (TYPE, str(TYPE_LABEL)), *found[1:]]


def header_of(received: List, row: int) -> list[str]:
    """Return the cells of a row, by its number in the spreadsheet."""
    found = Row.objects.filter(list=received, position=row).values_list("raw", flat=True).first()
    return [str(cell).strip() for cell in found or ()]


def header_in(received: List) -> list[str]:
    """Return the headings of a list as it is read, else its first row."""
    kept = received.mapping.get("header")
    return [str(cell).strip() for cell in kept] if kept else header_of(received, 1)


def columns_of(
    received: List, header: Sequence[str], row: int, fields: Mapping[int, str]
) -> list[Column]:
    """Return the columns of a header with samples; those without anything are left out."""
    rows = list(
        Row.objects.filter(list=received, position__gt=row)
        .order_by("position")
        .values_list("raw", flat=True)[:50]
    )
    found = []
    for place, title in enumerate(header):
        cells = (str(one[place]).strip() for one in rows if place < len(one))
        samples = tuple(dict.fromkeys(cell[:80] for cell in cells if cell))[:SAMPLES]
        if title or samples:
            found.append(Column(place, title, samples, fields.get(place, "")))
    return found[:MOST_COLUMNS]


def fields_said(mapping: Mapping[str, Any]) -> dict[int, str]:
    """Return by place what a mapping that a list keeps says."""
    types = {int(place): TYPE for place in mapping.get("types", ())}
    return types | {int(place): name for name, place in mapping.get("fields", {}).items()}


def fields_sent(given: Mapping[str, str], columns: Iterable[Column]) -> dict[int, str]:
    """Return by place what a form says of each column."""
    known = {TYPE, *FIELD_LABELS}
    said = {one.place: given.get(one.control, "") for one in columns}
    return {place: name for place, name in said.items() if name in known}


def faults_in(columns: Iterable[Column]) -> list[str]:
    """Return in words what cannot be: no name, or two columns for one field."""
    chosen: dict[str, list[Column]] = {}
    for one in columns:
        if one.field and one.field != TYPE:
            chosen.setdefault(one.field, []).append(one)
    found = []
    if "name" not in chosen:
        found.append(_("Say which column holds the name of the business."))
    for name, several in chosen.items():
        if len(several) > 1:
            titles = ", ".join(f"“{one.header or one.letter}”" for one in several)
            found.append(
                _("Only one column can be “%(field)s”; you chose %(columns)s.")
                % {"field": FIELD_LABELS[name], "columns": titles}
            )
    return found


def values_of(
    received: List,
    columns: Iterable[Column],
    row: int,
    words: Lexicon,
    chosen: Mapping[str, str],
) -> list[Values]:
    """Return the values of the type columns, the most frequent first; one query."""
    wanted = [one for one in columns if one.field == TYPE]
    if not wanted:
        return []
    counted: dict[int, Counter[str]] = {one.place: Counter() for one in wanted}
    rows = (
        Row.objects.filter(list=received, position__gt=row)
        .order_by("position")
        .values_list("raw", flat=True)[:ROWS_READ]
    )
    for cells in rows.iterator(chunk_size=2_000):
        for place, counter in counted.items():
            text = " ".join(str(cells[place]).split()) if place < len(cells) else ""
            if plain(text):
                counter[text] += 1
    return [_values(one, counted[one.place], words, chosen) for one in wanted]


def _values(
    column: Column, counter: Counter[str], words: Lexicon, chosen: Mapping[str, str]
) -> Values:
    merged: dict[str, tuple[str, int]] = {}
    for text, number in counter.most_common():
        first, before = merged.get(plain(text), (text, 0))
        merged[plain(text)] = first, before + number
    every = sorted(merged.items(), key=lambda one: (-one[1][1], one[0]))
    found = []
    for key, (text, number) in every[:MOST_VALUES]:
        control = f"nilai-{column.place}-{crc32(key.encode()):08x}"
        guess = guess_of(column, text, words)
        said = chosen.get(control, GUESS if guess else UNKNOWN)
        found.append(Value(text[:120], number, guess, said, control))
    return Values(column, tuple(found), max(0, len(every) - MOST_VALUES))


def guess_of(column: Column, text: str, words: Lexicon) -> str:
    """Return in words what a value is taken to mean by itself; nothing if that is not known."""
    reading = read_words([(column.header, text)], words.phrases)
    if reading.skip:
        return _("not of the footwear chain, left out")
    names = (words.get(*key) for key in reading.terms)
    return ", ".join(word.name for word in names if word)


Meanings = dict[str, dict[str, list[str] | str]]


def stated(values: Iterable[Values], words: Lexicon) -> Meanings:
    """Return what was said of values in the form of ``intake.types``; nothing if all is guessed.

    Values that are guessed are said, too: a stated column has to explain each of its values.
    """
    values = list(values)
    if all(one.chosen in {GUESS, UNKNOWN} for column in values for one in column.values):
        return {}
    return {
        column.column.header: {
            one.text: said
            for one in column.values
            if (said := _said(column.column, one, words)) is not None
        }
        for column in values
    }


def _said(column: Column, value: Value, words: Lexicon) -> list[str] | str | None:
    match value.chosen:
        case "guess":
            reading = read_words([(column.header, value.text)], words.phrases)
            if reading.skip:
                return SKIP
            return [f"{_SHORT[vocabulary]}:{code}" for vocabulary, code in reading.terms]
        case "nothing":
            return []
        case "skip":
            return SKIP
        case "":
            return None
    return [value.chosen]


def controls_said(
    values: Iterable[Values], kept: Mapping[str, Mapping[str, list[str] | str]]
) -> dict[str, str]:
    """Return by control what was said before of the values, where a form can say it."""
    columns = {
        plain(header): {plain(text): said for text, said in one.items()}
        for header, one in kept.items()
    }
    found = {}
    for column in values:
        meanings = columns.get(plain(column.column.header), {})
        for one in column.values:
            said = meanings.get(plain(one.text))
            if said == SKIP:
                found[one.control] = SKIP
            elif said == []:
                found[one.control] = NOTHING
            elif said and len(said) == 1 and said[0].partition(":")[0] in OFFERED:
                found[one.control] = said[0]
    return found


def term_choices(words: Lexicon) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the terms that a value may mean, by vocabulary."""
    titles = {"role": _("Role in the chain"), "product": _("Product")}
    return [
        (
            titles[short],
            [(f"{short}:{one.code}", one.name) for one in words.of(VOCABULARIES[short])],
        )
        for short in OFFERED
    ]
