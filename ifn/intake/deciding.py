"""What does a row say? Decided from the row and plain tables; nothing is written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ifn.directory import clean
from ifn.directory.profile import CapabilityFact, ContactFact, Profile
from ifn.intake.mapping import Columns
from ifn.intake.models import Row
from ifn.intake.types import Reading, Stated, read_stated, read_words
from ifn.linkage.identity import fingerprint, identity
from ifn.linkage.normalise import company_name, plain
from ifn.regions.containing import lies_in
from ifn.regions.gazetteer import Gazetteer
from ifn.regions.resolve import Note, PlaceText, Resolved, resolve

INDONESIA = {"indonesia", "id", "idn", "ri", "republik indonesia", "republic of indonesia"}
LONGEST_NAME = 120
LONGEST_ADDRESS = 300
LONGEST_BRAND = 80
MOST_WORKERS = 1_000_000
#: Notes about a place that a person should look at; below this confidence too.
DOUBTFUL = frozenset(
    {Note.PROVINCE_ONLY, Note.PROVINCE_DIFFERS, Note.POSTCODE_DIFFERS, Note.SPELLING_FORGIVEN}
)
DOUBTFUL_BELOW = 0.7
#: What a spreadsheet shows where a formula failed: nothing was stated.
FAILED = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
_YEAR = re.compile(r"(?<![0-9])(?:1[6-9]|20)[0-9]{2}(?![0-9])")

#: What the example in our own template begins with, in both languages.
EXAMPLES = ("contoh:", "example:")

State = Row.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What rows are read by: names of regions, words of the trade, and what a person stated."""

    gazetteer: Gazetteer
    phrases: Mapping[str, Sequence[tuple[str, str]]]
    stated_types: Stated | None = None
    #: For rows that say nothing about their place.
    region: str = ""
    #: Regions that the list may speak of; empty: every region.
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one row says by itself; ``profile`` is what a new row states.

    ``column`` names the field that an error is about.
    """

    position: int
    raw: Sequence[str]
    state: str
    reason: str = ""
    column: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    profile: Profile | None = None
    plant: str = ""
    stated: str = ""


class _Left(Exception):  # noqa: N818
    """The row becomes no profile."""

    def __init__(self, state: str, reason: str, field: str = "", **details: Any) -> None:
        super().__init__(reason)
        self.state, self.reason, self.field, self.details = state, reason, field, details


def decide(position: int, row: Sequence[str], columns: Columns, guide: Guide) -> Decision:
    """Say what a row states, or why it states nothing of use; ``position`` counts from 1."""
    return _Row(position, row, columns, guide).decided()


class _Row:
    """One row on its way to a decision; collects notes as it goes."""

    def __init__(self, position: int, row: Sequence[str], columns: Columns, guide: Guide) -> None:
        self.position = position
        self.row = row
        self.columns = columns
        self.guide = guide
        self.notes: list[dict[str, str]] = []

    def decided(self) -> Decision:
        details: dict[str, Any] = {"name": self._line("name")[:LONGEST_NAME]}
        stated = fingerprint(
            self._cell(name) for name in ("name", "address", "city", "province", "postcode")
        )
        try:
            self._check_chosen()
            name = self._name()
            self._check_country()
            terms = self._types().terms
            place = self._place()
            details |= {
                "region": place.code,
                "confidence": place.confidence,
                "place": [str(note) for note in place.notes],
            }
            profile = self._profile(name, terms, place)
        except _Left as left:
            return Decision(
                position=self.position,
                raw=self.row,
                state=left.state,
                reason=left.reason,
                column=left.field,
                details=details | left.details,
                stated=stated,
            )
        who = identity(
            profile.name,
            profile.address,
            profile.region,
            profile.postcode,
            legal_form=profile.legal_form,
        )
        return Decision(
            position=self.position,
            raw=self.row,
            state=State.NEW,
            details=details | ({"notes": self.notes} if self.notes else {}),
            profile=profile,
            plant=who.plant,
            stated=stated,
        )

    def _cell(self, name: str) -> str:
        place = self.columns.fields.get(name)
        return self._at(place) if place is not None else ""

    def _at(self, place: int) -> str:
        cell = self.row[place] if place < len(self.row) else ""
        return "" if cell in FAILED else cell

    def _line(self, name: str) -> str:
        return clean.plain_line(self._cell(name))

    def _note(self, code: str, **details: str) -> None:
        self.notes.append({"code": code, **details})

    def _check_chosen(self) -> None:
        for place, text in self.columns.only.items():
            if plain(self._at(place)) != plain(text):
                raise _Left(State.SKIPPED, "not_chosen", column=self.columns.header[place])

    def _name(self) -> str:
        try:
            name = clean.name(self._cell("name"))
        except clean.Refused:
            raise _Left(State.ERROR, "no_name", "name") from None
        if name.casefold().startswith(EXAMPLES):
            raise _Left(State.SKIPPED, "example", "name")
        if len(name) > LONGEST_NAME:
            raise _Left(State.ERROR, "name_too_long", "name", most=LONGEST_NAME)
        return name

    def _check_country(self) -> None:
        country = self._line("country")
        if country and plain(country) not in INDONESIA:
            raise _Left(State.ERROR, "other_country", "country", country=country[:60])

    def _types(self) -> Reading:
        cells = [(self.columns.header[place], self._at(place)) for place in self.columns.types]
        if self.guide.stated_types is not None:
            reading = read_stated(cells, self.guide.stated_types)
        else:
            reading = read_words(cells, self.guide.phrases)
        said = ", ".join(clean.plain_line(value) for _column, value in cells if value)[:120]
        if reading.skip:
            raise _Left(State.SKIPPED, "not_footwear", type=said)
        if reading.unknown and (self.guide.stated_types is not None or not reading.terms):
            raise _Left(State.ERROR, "type_unknown", "type", type=", ".join(reading.unknown)[:120])
        if not reading.terms:
            self._note("no_role")
        return reading

    def _place(self) -> Resolved:
        text = PlaceText(
            city=self._line("city"),
            province=self._line("province"),
            address=self._line("address"),
            postcode=self._cell("postcode"),
        )
        place = resolve(text, self.guide.gazetteer)
        if not place.code and self.guide.region:
            place = Resolved(self.guide.region, "regency", 1.0)
        if not place.code:
            said = ", ".join(filter(None, (text.city, text.province))) or text.address
            reason = "place_unknown" if said else "no_place"
            raise _Left(State.ERROR, reason, "city", place=said[:120])
        if not self._is_in_scope(place.code):
            raise _Left(State.ERROR, "outside_scope", "city", region=place.code)
        if DOUBTFUL & set(place.notes) or place.confidence < DOUBTFUL_BELOW:
            self._note("place_doubtful", region=place.code)
        return place

    def _is_in_scope(self, code: str) -> bool:
        scope = self.guide.scope
        return not scope or lies_in(code, scope)

    def _profile(self, name: str, terms: tuple[tuple[str, str], ...], place: Resolved) -> Profile:
        company = company_name(name)
        address = self._line("address")
        if len(address) > LONGEST_ADDRESS:
            raise _Left(State.ERROR, "address_too_long", "address", most=LONGEST_ADDRESS)
        return Profile(
            name=company.name,
            legal_form=company.legal_form,
            brands=self._brands(),
            founded_year=self._year(),
            nib=self._nib(),
            workers=self._number("workers", MOST_WORKERS),
            capabilities=tuple(CapabilityFact(*key) for key in terms),
            region=place.code,
            address=address,
            postcode=self._postcode(),
            contacts=tuple(self._contacts()),
        )

    def _brands(self) -> tuple[str, ...]:
        names = (name.strip() for name in self._line("brands").replace(";", ",").split(","))
        return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= LONGEST_BRAND))

    def _number(self, name: str, most: int, *, least: int = 0) -> int | None:
        written = self._cell(name)
        if not plain(written):
            return None
        try:
            number = clean.whole_number(written, largest=most)
        except clean.Refused:
            number = -1
        if number < least:
            self._note("dropped", field=name, given=written[:40])
            return None
        return number

    def _year(self) -> int | None:
        """Return the one year that is named, alone or in a day written in any style."""
        years = set(_YEAR.findall(self._cell("founded_year")))
        if len(years) == 1:
            return int(years.pop())
        return self._number("founded_year", 2100, least=1600)

    def _nib(self) -> str:
        written = self._cell("nib")
        if not plain(written):
            return ""
        try:
            return clean.nib(written)
        except clean.Refused:
            self._note("dropped", field="nib", given=written[:40])
            return ""

    def _postcode(self) -> str:
        written = self._cell("postcode")
        digits = plain(written).replace(" ", "")
        if len(digits) == 5 and digits.isascii() and digits.isdigit():  # noqa: PLR2004
            return digits
        if digits:
            self._note("dropped", field="postcode", given=written[:40])
        return ""

    def _contacts(self) -> Iterator[ContactFact]:
        """Yield contacts that nobody sees: a list is not the consent of those it names."""
        for kind in ("whatsapp", "phone", "email", "website", "instagram"):
            written = self._cell(kind)
            if not plain(written):
                continue
            try:
                yield ContactFact(kind, clean.CONTACT_CLEANERS[kind](written))
            except clean.Refused:
                self._note("dropped", field=kind, given=written[:40])
