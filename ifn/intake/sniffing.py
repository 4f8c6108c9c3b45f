"""What a column holds, told by its cells where its header is not known; pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ifn.directory import clean
from ifn.linkage.normalise import company_name, plain
from ifn.regions.gazetteer import Gazetteer, What

#: So many cells at least, and so great a share of those with anything in them, must be alike.
FEWEST: Final = 3
ALIKE: Final = 0.8
#: Not every firm writes its legal form, and hardly anything but firms has one.
NAMES_ALIKE: Final = 0.4
#: What looks like a phone number, a business number or a postcode and is none.
SPEAKS_AGAINST: Final = frozenset(
    (
        *("fax", "faks", "faksimile", "facsimile", "npwp", "nik", "ktp", "rekening", "kbli"),
        *("hs", "omzet", "omset", "turnover", "kapasitas", "capacity", "investasi", "harga"),
        *("pemilik", "owner", "direktur", "pimpinan", "bank", "pembeli", "buyer", "pelanggan"),
        *("afiliasi", "parent", "induk", "lahir", "asal", "tujuan", "ekspor", "export", "pemasok"),
    )
)
_BETWEEN: Final = re.compile(r"[/;,|\n]|\bdan\b|\batau\b", re.IGNORECASE)
_NUMBER_STARTS: Final = ("+", "(", "0", "62", "8")
_HANDLE: Final = re.compile(
    r"@[a-z0-9_.]{2,30}|(https?://)?(www\.)?instagram\.com/.+", re.IGNORECASE
)
#: How codes of the trades of leather and shoes begin (KBLI), which lie among the postcodes.
_TRADES: Final = ("151", "152")


def sniffed(
    rows: Sequence[Sequence[str]], columns: Mapping[int, str], gazetteer: Gazetteer | None
) -> dict[str, int]:
    """Return fields and where they seem to stand, each once: the columns most alike go first.

    ``rows`` are those below the header, ``columns`` the places to look at, with their headers.
    """
    tests = dict(TESTS)
    if gazetteer is not None:
        tests["city"] = lambda cell: names_regency(cell, gazetteer)
        tests["province"] = lambda cell: _names(cell, What.PROVINCE, gazetteer)
    found: list[tuple[float, int, int, str]] = []
    for place, header in columns.items():
        if SPEAKS_AGAINST & set(plain(header).split()):
            continue
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        for order, (field, test) in enumerate(tests.items()):
            share = 0.0 if test(header) else _share(cells, test)  # else it is no header
            if share >= (NAMES_ALIKE if field == "name" else ALIKE) and _varies(field, cells):
                found.append((-share, order, place, field))
    fields: dict[str, int] = {}
    for _likeness, _order, place, field in sorted(found):
        if field not in fields and place not in fields.values():
            fields[field] = place
    return fields


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if len(cells) >= FEWEST else 0.0


def _varies(field: str, cells: Sequence[str]) -> bool:
    """Say whether cells recur as those of this field do: places do, names and numbers do not."""
    if field in {"city", "province"}:
        return True
    kinds = len(set(cells))
    return kinds > 1 if field == "postcode" else 2 * kinds > len(cells)


def is_email(cell: str) -> bool:
    """Say whether a cell is one e-mail address or several."""
    return all(map(_is_one_email, _parts(cell)))


def _is_one_email(text: str) -> bool:
    try:
        clean.email(text)
    except clean.Refused:
        return False
    return True


def is_phone(cell: str) -> bool:
    """Say whether a cell is one phone number or several, as Indonesians write them."""
    if _is_one_phone(cell):
        return True
    parts = _parts(cell)
    return len(parts) > 1 and all(map(_is_one_phone, parts))


def _is_one_phone(text: str) -> bool:
    bare = text.strip()
    if not bare[:1].isalpha() and not bare.startswith(_NUMBER_STARTS):
        return False  # an amount of money, an area, a code
    try:
        clean.phone(bare)
    except clean.Refused:
        return False
    return True


def is_nib(cell: str) -> bool:
    """Say whether a cell is a business identification number, and no phone number."""
    digits = re.sub(r"[\s.'-]", "", cell)
    return len(digits) == 13 and digits.isascii() and digits.isdigit() and not is_phone(cell)  # noqa: PLR2004


def is_postcode(cell: str) -> bool:
    """Say whether a cell is a postcode; a code of a trade has five digits too."""
    digits = cell.replace(" ", "")
    known = re.fullmatch(r"[1-9][0-9]{4}", digits) is not None
    return known and not digits.startswith(_TRADES)


def is_instagram(cell: str) -> bool:
    """Say whether a cell is an Instagram name with its sign, or its address."""
    return _HANDLE.fullmatch(cell.strip()) is not None


def names_firm(cell: str) -> bool:
    """Say whether a cell names a firm with its legal form."""
    return bool(company_name(cell).legal_form) and any(map(str.isalpha, cell))


def names_regency(cell: str, gazetteer: Gazetteer) -> bool:
    """Say whether a cell names a regency or a city, and nothing else."""
    return _names(cell, What.REGENCY, gazetteer)


def _names(cell: str, what: What, gazetteer: Gazetteer) -> bool:
    mentions = gazetteer.mentions(cell)
    return bool(mentions) and mentions[0].what is what and all(one.alone for one in mentions)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(cell) if part.strip()]


#: In the order in which one column is taken for one of several.
TESTS: Final[Mapping[str, Callable[[str], bool]]] = {
    "email": is_email,
    "phone": is_phone,
    "nib": is_nib,
    "postcode": is_postcode,
    "instagram": is_instagram,
    "name": names_firm,
}
