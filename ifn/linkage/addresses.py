"""Addresses for comparison: street words, house number, block, RT/RW, kilometre, place; pure."""

import re
from dataclasses import dataclass

from ifn.linkage.names import modern
from ifn.linkage.normalise import plain

#: Words that say what kind of thing a name is; they tell nobody apart and are left out.
KINDS = {
    *("jl", "jln", "jalan", "gg", "gang", "kel", "kelurahan", "desa", "ds", "dusun", "dsn", "dk"),
    *("kec", "kecamatan", "kp", "kampung", "kampong", "komp", "komplek", "kompleks", "perum"),
    *("perumahan", "indonesia", "prov", "propinsi", "provinsi", "street", "st", "road", "rd"),
    *("avenue", "ave", "av", "boulevard", "blvd", "blv", "drive", "dr", "lane", "ln", "la"),
    *("place", "pl", "highway", "hwy", "near", "at", "and", "between", "off", "dan", "dekat"),
    *("samping", "depan", "belakang", "kode", "pos", "kodepos", "of", "the", "in"),
}
#: One word for each way of writing it.
SAME = {
    "ry": "raya",
    "ind": "industri",
    "kaw": "kawasan",
    "ps": "pasar",
    "psr": "pasar",
    "lt": "lantai",
    "jatim": "jawa timur",
    "jateng": "jawa tengah",
    "jabar": "jawa barat",
    "diy": "yogyakarta",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "dki": "jakarta",
    "jkt": "jakarta",
    "sby": "surabaya",
    "bdg": "bandung",
    "smg": "semarang",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "kalbar": "kalimantan barat",
    "kaltim": "kalimantan timur",
    "kalsel": "kalimantan selatan",
    "kalteng": "kalimantan tengah",
    "sulsel": "sulawesi selatan",
    "sulut": "sulawesi utara",
    "sumatra": "sumatera",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
}
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}
SAME |= {word: f"{n}{_SUFFIX.get(n, 'th')}" for n, word in enumerate(_ORDINALS, start=1)}
_TOKENS = re.compile(r"[0-9]+(?:st|nd|rd|th)\b|[0-9]+|[^\W\d_]+")
_DECIMAL = re.compile(r"\b(km\.?\s*[0-9]+)[.,]([0-9]+)", re.IGNORECASE)
#: Words before the name of a regency or city, and what they say it is.
KIND_OF_PLACE = {
    "kab": "kabupaten",
    "kabupaten": "kabupaten",
    "kota": "kota",
    "kotamadya": "kota",
    "kodya": "kota",
    "kotif": "kota",
}
#: Words after which the name of a regency has ended.
_END_OF_PLACE = KINDS | set(KIND_OF_PLACE) | {"rt", "rw", "no", "jawa", "banten", "nusa", "km"}
POSTCODE_DIGITS = 5
#: A part of an address with a number of its own: what the number is kept as.
_NUMBERED = {"rt": "rt", "rw": "rw", "km": "km", "blok": "block", "blk": "block", "block": "block"}
_HOUSE_WORDS = {"no", "nomor", "number", "nr", "kav", "kavling", "ruko"}
#: Words that are not just part of a name.
_SIGNS = KINDS | _HOUSE_WORDS | set(_NUMBERED) | set(KIND_OF_PLACE)


@dataclass(frozen=True, slots=True)
class Place:
    """A regency or city: its name without kind, its kind where it is said, its code.

    ``written`` is what people call it. A code of two digits only says in which province it lies.
    """

    name: str = ""
    kind: str = ""
    code: str = ""
    written: str = ""
    #: The name and kind of another one that the address states.
    beside: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Address:
    """``words`` name the street and what lies around it; ``parts`` are block, RT, RW, kilometre."""

    words: tuple[str, ...]
    houses: frozenset[str]
    parts: tuple[tuple[str, str], ...]
    postcode: str
    place: Place


def parse_place(written: str, code: str = "") -> Place:
    """Return a place; "Kab. Bima" and "Kota Bima" have one name and two kinds.

    >>> place = parse_place("KAB. SIDOARJO, JATIM")
    >>> place.name, place.kind
    ('sidoarjo', 'kabupaten')
    """
    tokens = list(map(modern, plain(written.partition(",")[0]).split()))
    kind = next((KIND_OF_PLACE[word] for word in tokens if word in KIND_OF_PLACE), "")
    rest = [SAME.get(word, word) for word in tokens if word not in KIND_OF_PLACE]
    rest = [word for word in rest if word not in {"city", "regency", "kec", "adm", "administrasi"}]
    return Place(" ".join(rest or tokens), kind if rest else "", code, written.strip())


def parse_address(written: str, postcode: str = "") -> Address:
    """Take an address apart.

    >>> parse_address("Jl. Melati No.45 RT.003/RW 04, Kab. Sidoarjo 61256").houses
    frozenset({'45'})
    """
    tokens = list(map(modern, _TOKENS.findall(plain_with_decimals(written))))
    reader = _Reader(tokens)
    while reader.place < len(tokens):
        reader.step()
    return Address(
        tuple(reader.words),
        frozenset(reader.houses or reader.loose),
        tuple(sorted(reader.parts.items())),
        reader.postcode or "".join(filter(str.isdigit, postcode)),
        Place(" ".join(reader.regency), reader.kind, written=" ".join(reader.regency).title()),
    )


def plain_with_decimals(written: str) -> str:
    """Return plain words, with the comma of a kilometre kept as a letter d."""
    return plain(_DECIMAL.sub(r"\1d\2", written))


class _Reader:
    """Walks over the tokens of an address once."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.place = tokens, 0
        self.words: list[str] = []
        self.houses: list[str] = []
        self.loose: list[str] = []
        self.parts: dict[str, str] = {}
        self.postcode, self.kind = "", ""
        self.regency: list[str] = []

    def step(self) -> None:
        """Read what begins at the present token."""
        token = self.tokens[self.place]
        self.place += 1
        if token not in _SIGNS and not token[0].isdigit():
            self.words += SAME[token].split() if token in SAME else (token,)
        elif token in _NUMBERED and self._label():
            self.parts.setdefault(_NUMBERED[token], self._take_label())
        elif token in _HOUSE_WORDS:
            self._houses()
        elif token in KIND_OF_PLACE:
            self._regency(KIND_OF_PLACE[token])
        elif token.isdigit():
            self._number(token)
        elif token not in KINDS:
            self.words += SAME.get(token, token).split()

    def _peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _label(self) -> bool:
        after = self._peek()
        return after.isdigit() or len(after) == 1

    def _take_label(self) -> str:
        label = self._peek().lstrip("0") or "0"
        self.place += 1
        if label.isalpha() and self._peek().isdigit():
            label += self._peek().lstrip("0")
            self.place += 1
        elif self._peek() == "d":  # the comma of a kilometre
            label += "." + (self.tokens[self.place + 1 : self.place + 2] or ["0"])[0]
            self.place += 2
        return label

    def _houses(self) -> None:
        while self._peek().isdigit():
            self.houses.append(self._with_letter(self._peek()))

    def _with_letter(self, number: str) -> str:
        """Return a house number with the letter behind it, and go past both."""
        self.place += 1
        after = self._peek()
        if len(after) == 1 and after.isalpha() and after not in {"n", "s", "e", "w"}:
            self.place += 1
            return (number.lstrip("0") or "0") + after
        return number.lstrip("0") or "0"

    def _number(self, token: str) -> None:
        if self.place > 1 and len(token) == POSTCODE_DIGITS:
            self.postcode = token
        elif not self.loose:
            self.place -= 1
            self.loose.append(self._with_letter(token))
        elif self.tokens[self.place - 2].isdigit():  # 48/49
            self.loose.append(token.lstrip("0") or "0")

    def _regency(self, kind: str) -> None:
        taken: list[str] = []
        while (word := self._peek()).isalpha() and word not in _END_OF_PLACE and word not in SAME:
            taken.append(word)
            self.place += 1
        self.words += taken
        if taken and not self.regency:
            self.kind, self.regency = kind, taken[:3]
