"""Which column holds what: said by a person, or guessed from headers and cells; pure.

Headers are known in both languages. What a column with another header holds is told by its cells
(``sniffing``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ifn.intake.sniffing import sniffed
from ifn.linkage.identity import fingerprint
from ifn.linkage.normalise import plain
from ifn.regions.gazetteer import Gazetteer

#: Headers seen for each field, in both languages, as ``plain`` makes them; ";" between them.
HEADERS = {
    "name": "factory name;name;nama;nama perusahaan;nama usaha;nama ikm;nama pabrik;company;"
    "company name;supplier name;facility name;facility;nama industri;nama pelaku usaha;"
    "business name;perusahaan;supplier;nama lembaga",
    "address": "address;alamat;street address;factory address;facility address;alamat perusahaan;"
    "alamat usaha;alamat pabrik;street;jalan;full address;alamat lengkap",
    "city": "city;kota;kabupaten;kab kota;kabupaten kota;kota kabupaten;regency;city regency;town;"
    "kab;regency or city;kabupaten atau kota",
    "province": "province;provinsi;propinsi;state;state province;province state",
    "postcode": "postal code;postcode;zip;zip code;kode pos;kodepos;post code",
    "country": "country;negara;country region;country name;nation",
    "workers": "workers;total workers;number of workers;jumlah tenaga kerja;tenaga kerja;karyawan;"
    "jumlah karyawan;employees;number of employees;jumlah pekerja;pekerja;naker",
    "phone": "phone;telephone;telepon;telp;no telp;no telepon;nomor telepon;phone number;tel",
    "whatsapp": "whatsapp;wa;no wa;nomor wa;nomor whatsapp;hp;no hp;nomor hp;handphone;mobile",
    "email": "email;e mail;alamat email;surel;email address",
    "website": "website;web;situs;situs web;laman;url;homepage",
    "instagram": "instagram;ig;akun instagram",
    "nib": "nib;nomor induk berusaha;no nib",
    "founded_year": "founded;year founded;founded year;tahun berdiri;berdiri;established",
    "brands": "brand;brands;merek;merk;jenama;nama merek;nama merk",
}
TYPE_HEADERS = (
    "type;types;factory type;facility type;product type;product type type;sector;sektor;jenis;"
    "jenis usaha;jenis produk;jenis industri;kategori;category;produk;product;products;"
    "processing type;facility processing type;bidang usaha;komoditi;komoditas;peran;role;"
    "type of business"
)
FIELDS = tuple(HEADERS)
_FIELD_OF = {header: name for name, headers in HEADERS.items() for header in headers.split(";")}
_TYPES = frozenset(TYPE_HEADERS.split(";"))
#: How far down the header may stand, below banners and notes; rows up to there are looked at.
HEADER_WITHIN = 40
#: Digits in a row that is no header: years stand in headers, numbers of anything do not.
MOST_DIGITS = 4


class NoHeader(Exception):  # noqa: N818
    """No row looks like a header with a name in it."""


class UnknownColumn(Exception):  # noqa: N818
    """A column was named that the header does not have; ``columns`` are those it has."""

    def __init__(self, wanted: str, columns: Sequence[str]) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.columns = [column for column in columns if column]


class UnknownField(Exception):  # noqa: N818
    """A column was given for a field that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person said about the columns; all of it may be left to guessing.

    A column is named by its header, or by its place counted from 0, as headers may be alike or
    missing. ``header_row`` counts from 1 as spreadsheets do. ``only`` keeps rows whose cell in that
    column is that text. With ``guesses=False`` only what was named is taken.
    """

    fields: Mapping[str, str | int] = field(default_factory=dict)
    types: Sequence[str | int] = ()
    only: Mapping[str | int, str] = field(default_factory=dict)
    header_row: int | None = None
    guesses: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything is: positions count from 0, ``header_row`` is the row's index."""

    header_row: int
    header: tuple[str, ...]
    fields: Mapping[str, int]
    types: tuple[int, ...]
    only: Mapping[int, str]

    def kept(self) -> dict[str, Any]:
        """Return the mapping as a list keeps it; ``from_kept`` reads it back."""
        return {
            "header_row": self.header_row + 1,
            "header": list(self.header),
            "fields": dict(self.fields),
            "types": list(self.types),
            "only": {str(place): text for place, text in self.only.items()},
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Columns":
        """Return the columns that ``kept`` was made of."""
        return cls(
            kept["header_row"] - 1,
            tuple(kept["header"]),
            kept["fields"],
            tuple(kept["types"]),
            {int(place): text for place, text in kept["only"].items()},
        )

    def said(self) -> dict[str, object]:
        """Return the mapping in the list's own words, to be kept and printed."""
        return {
            "fields": {name: self.header[place] for name, place in self.fields.items()},
            "types": [self.header[place] for place in self.types],
            "only": {self.header[place]: text for place, text in self.only.items()},
            "header_row": self.header_row + 1,
        }


def header_digest(header: Sequence[str]) -> str:
    """Return the digest under which it is remembered how lists with this header are read."""
    return fingerprint(header)


def columns_of(
    rows: Sequence[Sequence[str]], wanted: Wanted, gazetteer: Gazetteer | None = None
) -> Columns:
    """Find the header and say which column holds what.

    What the person named is taken; only fields they did not name are guessed, and no column is
    guessed twice. Headers go before cells. Regencies and provinces are told by the ``gazetteer``.

    Raises:
        NoHeader: No row holds the named columns, or any header known for a name.
        UnknownColumn: The header lacks a column the person named.
        UnknownField: The person named a field that there is not.

    """
    for name in wanted.fields:
        if name not in FIELDS:
            raise UnknownField(name)
    place = _header_row(rows, wanted)
    header = tuple(rows[place])
    named = {name: _column(header, column) for name, column in wanted.fields.items()}
    types = tuple(_column(header, column) for column in wanted.types)
    only = {_column(header, column): text for column, text in wanted.only.items()}
    found = dict(named)
    if wanted.guesses:
        taken = {*named.values(), *types}
        found = _by_headers(header, taken) | found
        found = _by_cells(rows, place, {*taken, *only}, gazetteer) | found
    fields = {name: found[name] for name in FIELDS if name in found}
    if "name" not in fields:
        raise NoHeader
    if not wanted.types and wanted.guesses:
        types = tuple(
            position
            for position, cell in enumerate(header)
            if plain(cell) in _TYPES and position not in fields.values()
        )
    return Columns(place, header, fields, types, only)


def _by_headers(header: Sequence[str], taken: Collection[int]) -> dict[str, int]:
    """Return the first column with a known header for each field."""
    guessed: dict[str, int] = {}
    for position, cell in enumerate(header):
        name = _FIELD_OF.get(plain(cell), "")
        if name and position not in taken:
            guessed.setdefault(name, position)
    return guessed


def _by_cells(
    rows: Sequence[Sequence[str]],
    header_row: int,
    taken: Collection[int],
    gazetteer: Gazetteer | None,
) -> dict[str, int]:
    """Return fields told by their cells, of columns whose headers say nothing."""
    silent = {
        position: cell
        for position, cell in enumerate(rows[header_row])
        if position not in taken and plain(cell) not in _FIELD_OF and plain(cell) not in _TYPES
    }
    return sniffed(rows[header_row + 1 : HEADER_WITHIN], silent, gazetteer)


def _header_row(rows: Sequence[Sequence[str]], wanted: Wanted) -> int:
    if wanted.header_row is not None:
        if not 1 <= wanted.header_row <= len(rows):
            raise NoHeader
        return wanted.header_row - 1
    mentioned = [*wanted.fields.values(), *wanted.types, *wanted.only]
    named = {plain(one) for one in mentioned if isinstance(one, str)}
    best, most = 0, 0
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        cells = {plain(cell) for cell in row if cell}
        known = sum(cell in _FIELD_OF or cell in _TYPES for cell in cells)
        score = 100 * len(cells & named) + known
        if score > most:
            best, most = place, score
    return best if most else _unknown_header(rows, wanted)


def _unknown_header(rows: Sequence[Sequence[str]], wanted: Wanted) -> int:
    """Return the first row that may be a header though none of its words is known."""
    looked_at = [[cell for cell in row if cell] for row in rows[:HEADER_WITHIN]]
    widest = max(map(len, looked_at), default=0)
    for place, cells in enumerate(looked_at if wanted.guesses else ()):
        digits = max((sum(map(str.isdigit, cell)) for cell in cells), default=0)
        if 2 * len(cells) > widest > 1 and digits <= MOST_DIGITS:
            return place
    raise NoHeader


def _column(header: Sequence[str], wanted: str | int) -> int:
    if isinstance(wanted, int):
        if not 0 <= wanted < len(header):
            raise UnknownColumn(str(wanted + 1), header)
        return wanted
    for same in (str.strip, plain):
        places = [place for place, cell in enumerate(header) if same(cell) == same(wanted)]
        if places and plain(wanted):
            return places[0]
    raise UnknownColumn(wanted, header)
