"""Find the names of regions in text as people write it; pure, over tables given as plain data.

A *mention* is a stretch of words that names one region, or several that share the name. Names are
compared without spaces, case, accents and punctuation, so "Gunung kidul" is Gunungkidul and
"Pasarkemis" is Pasar Kemis.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from rapidfuzz.distance import OSA

REGENCY, CITY = "kabupaten", "kota"
#: Words before a name that say what it is.
KIND_BEFORE = {"kab": REGENCY, "kabupaten": REGENCY, "kota": CITY, "kotamadya": CITY, "kodya": CITY}
#: English words after a name that say the same.
KIND_AFTER = {"regency": REGENCY, "kabupaten": REGENCY, "city": CITY, "municipality": CITY}
DISTRICT = {"kec", "kecamatan"}
VILLAGE = {"kel", "kelurahan", "desa", "ds", "dusun", "dsn", "dukuh", "kp", "kampung", "kampong"}
ROAD = {"jl", "jln", "jalan", "raya", "road", "street", "lingkar", "gang", "gg"}
ROAD_ENDS = {"no", "nomor", "km", "blok", "block", "rt", "rw", "kawasan", "komplek", "kompleks"}
#: English points of the compass stand before the name, Indonesian ones behind it.
COMPASS = {
    "north": "utara",
    "south": "selatan",
    "east": "timur",
    "west": "barat",
    "central": "tengah",
    "southwest": "barat daya",
    "southeast": "tenggara",
}
#: Provinces as people write them beside the official names.
PROVINCE_ALIASES = {
    "11": "NAD;Nanggroe Aceh Darussalam",
    "12": "Sumut;North Sumatra",
    "13": "Sumbar;West Sumatra",
    "16": "Sumsel;South Sumatra",
    "19": "Babel;Bangka Belitung;Bangka Belitung Islands",
    "21": "Kepri;Riau Islands",
    "31": "Jakarta;DKI Jakarta;DKI;Jakarta Raya;Daerah Khusus Jakarta;DKJ",
    "32": "Jabar",
    "33": "Jateng",
    "34": "Yogyakarta;DIY;DI Yogyakarta;D I Yogyakarta;Jogja;Jogjakarta;Yogya",
    "35": "Jatim",
    "52": "NTB",
    "53": "NTT",
    "61": "Kalbar",
    "62": "Kalteng",
    "63": "Kalsel",
    "64": "Kaltim",
    "65": "Kaltara",
    "71": "Sulut",
    "72": "Sulteng",
    "73": "Sulsel",
    "74": "Sultra;Southeast Sulawesi",
    "76": "Sulbar",
    "82": "Malut",
}
#: Words that may stand beside a name without being a place of their own.
BESIDE = {*KIND_BEFORE, *KIND_AFTER, *DISTRICT, *VILLAGE, "indonesia"}
LONGEST_NAME = 5


class What(Enum):
    """What a mention names."""

    PROVINCE = auto()
    REGENCY = auto()
    PLACE = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name regions; ``explicit`` when words beside them say what kind it is.

    ``alone`` says that nothing else stands between two commas but such words and a postcode.
    """

    what: What
    codes: tuple[str, ...]
    text: str
    explicit: bool = False
    in_road: bool = False
    alone: bool = False
    misspelt: bool = False


@dataclass(frozen=True, slots=True)
class LocalName:
    """A district, town or estate and the regency or city it lies in."""

    name: str
    region: str


@dataclass(frozen=True, slots=True)
class PostcodeRange:
    """Postcodes ``first`` to ``last``, both included, of one region."""

    first: str
    last: str
    region: str


def words_of(text: str) -> list[list[str]]:
    """Split text at commas and the like into segments of plain words.

    >>> words_of("Kab.Bogor, JL  Raya 5")
    [['kab', 'bogor'], ['jl', 'raya', '5']]
    """
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    segments = (re.findall(r"[a-z]+|[0-9]+", part) for part in re.split(r"[,;/|()\n\uff0c]", text))
    return [_indonesian(words) for words in segments if words]


def _indonesian(words: list[str]) -> list[str]:
    """Turn "west java" into "jawa barat": the point of the compass behind, Java as Jawa."""
    words = [{"java": "jawa", "sumatra": "sumatera"}.get(word, word) for word in words]
    found: list[str] = []
    position = 0
    while position < len(words):
        word = words[position]
        if word in COMPASS and position + 1 < len(words):
            found += [words[position + 1], *COMPASS[word].split()]
            position += 2
        else:
            found.append(word)
            position += 1
    return found


class Gazetteer:
    """The names of all regions, ready to be looked up.

    ``names`` gives each code its official name: "Kabupaten Bogor", "Kota Administrasi Jakarta
    Pusat", "Jawa Barat".
    """

    def __init__(
        self,
        names: Mapping[str, str],
        places: Iterable[LocalName] = (),
        postcodes: Iterable[PostcodeRange] = (),
    ) -> None:
        self.kinds = {code: _kind(name) for code, name in names.items()}
        self._postcodes = sorted(postcodes, key=lambda one: one.first)
        found: defaultdict[tuple[What, str], dict[str, None]] = defaultdict(dict)
        for code, name in names.items():
            what = What.REGENCY if self.kinds[code] else What.PROVINCE
            found[what, compact(_bare(name))][code] = None
        for code, aliases in PROVINCE_ALIASES.items():
            if code in names:
                for alias in aliases.split(";"):
                    found[What.PROVINCE, compact(alias)][code] = None
        for place in places:
            if place.region in names:
                found[What.PLACE, compact(place.name)][place.region] = None
        self._index = {key: tuple(codes) for key, codes in found.items()}
        self._long_names = {
            what: [name for kind, name in self._index if kind is what and len(name) >= 5]  # noqa: PLR2004
            for what in What
        }

    def find(self, what: What, words: Sequence[str]) -> tuple[str, ...]:
        """Return the codes of the regions that these words name, all of them, exactly."""
        return self._index.get((what, compact("".join(words))), ())

    def by_postcode(self, postcode: str) -> str:
        """Return the region whose range holds the postcode, or nothing."""
        for one in self._postcodes:
            if one.first <= postcode <= one.last:
                return one.region
        return ""

    def mentions(self, text: str) -> list[Mention]:
        """Return every mention in a text, in order, longest names first."""
        found: list[Mention] = []
        for words in words_of(text):
            found += _Reader(self, words).read()
        return found

    def guess(self, what: What, text: str) -> Mention | None:
        """Return the one name that a misspelt text must mean, or nothing.

        One error is forgiven from five letters, two from nine (optimal string alignment); two
        names equally near are no answer.
        """
        written = compact("".join(word for part in words_of(text) for word in part))
        allowed = 0 if len(written) < 5 else 1 if len(written) < 9 else 2  # noqa: PLR2004
        if not allowed:
            return None
        near: defaultdict[int, list[str]] = defaultdict(list)
        for name in self._long_names[what]:
            distance = OSA.distance(written, name, score_cutoff=allowed)
            if distance <= allowed:
                near[distance].append(name)
        if not near or len(best := near[min(near)]) > 1:
            return None
        return Mention(what, self._index[what, best[0]], best[0], misspelt=True)


class _Reader:
    """Reads one segment from left to right."""

    def __init__(self, gazetteer: Gazetteer, words: list[str]) -> None:
        self.gazetteer = gazetteer
        self.words = words
        self.in_road = False
        self.before = ""

    def read(self) -> list[Mention]:
        found: list[Mention] = []
        position = 0
        while position < len(self.words):
            mention, length = self._at(position)
            if mention:
                found.append(mention)
                self.before = ""
            else:
                self._notice(self.words[position])
            position += length
        return found

    def _notice(self, word: str) -> None:
        if word in ROAD:
            self.in_road = True
        elif word in ROAD_ENDS or word.isdigit() or self._says_what(word):
            self.in_road = False
        self.before = word

    @staticmethod
    def _says_what(word: str) -> bool:
        return word in KIND_BEFORE or word in DISTRICT or word in VILLAGE

    def _at(self, position: int) -> tuple[Mention | None, int]:
        for length in range(min(LONGEST_NAME, len(self.words) - position), 0, -1):
            words = self.words[position : position + length]
            mention = self._read_as(words, position, length)
            if mention:
                return mention, length
        return None, 1

    def _read_as(self, words: list[str], position: int, length: int) -> Mention | None:
        end = position + length
        rest = [*self.words[:position], *self.words[end:]]
        alone = all(word in BESIDE or _is_postcode(word) for word in rest)
        seen = partial(Mention, text=" ".join(words), in_road=self.in_road, alone=alone)
        in_smaller = self.before in DISTRICT or self.before in VILLAGE
        if not in_smaller:
            if codes := self.gazetteer.find(What.REGENCY, words):
                after = self.words[end] if end < len(self.words) else ""
                kind = KIND_BEFORE.get(self.before) or KIND_AFTER.get(after)
                named = tuple(code for code in codes if self.gazetteer.kinds[code] == kind)
                return seen(What.REGENCY, named or codes, explicit=bool(named))
            if codes := self.gazetteer.find(What.PROVINCE, words):
                return seen(What.PROVINCE, codes)
        if codes := self.gazetteer.find(What.PLACE, words):
            return seen(What.PLACE, codes, explicit=in_smaller)
        return None


def _is_postcode(word: str) -> bool:
    return word.isdigit() and len(word) == 5  # noqa: PLR2004


def compact(text: str) -> str:
    """Return only the letters and digits, lower case: what names are compared by."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())


def _kind(name: str) -> str:
    first = name.partition(" ")[0].casefold()
    return first if first in {REGENCY, CITY} else ""


def _bare(name: str) -> str:
    return re.sub(r"^(Kabupaten|Kota) (Administrasi )?", "", name)
