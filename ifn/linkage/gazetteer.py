"""Which regency, city or province does a record mean? Pure, over the names of all that there are.

A regency and a city of one name are two places. Who writes only the name means either: then the
province is what is certain, and the name is kept beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from rapidfuzz.distance import OSA

from ifn.linkage.addresses import KIND_OF_PLACE, SAME
from ifn.linkage.names import modern
from ifn.linkage.normalise import plain
from ifn.linkage.records import Record

#: Letters of the code of a province.
PROVINCE: Final = 2
#: Words behind a name that say its kind.
_KIND_BEHIND: Final = {"regency": "kabupaten", "city": "kota", "municipality": "kota"}
#: English points of the compass stand before the name, Indonesian ones behind it.
_COMPASS: Final = {
    "west": "barat",
    "east": "timur",
    "north": "utara",
    "south": "selatan",
    "central": "tengah",
}
#: How people write some places, as the words of their official names.
_SHORT: Final = SAME | {
    "java": "jawa",
    "jakbar": "jakarta barat",
    "jaksel": "jakarta selatan",
    "jakpus": "jakarta pusat",
    "jaktim": "jakarta timur",
    "jakut": "jakarta utara",
    "tangsel": "tangerang selatan",
    "kepri": "kepulauan riau",
    "babel": "kepulauan bangka belitung",
    "kaltara": "kalimantan utara",
    "sulteng": "sulawesi tengah",
    "sultra": "sulawesi tenggara",
    "sulbar": "sulawesi barat",
    "malut": "maluku utara",
    "nad": "aceh",
}
#: Words of official names that nobody says.
_UNSAID: Final = {"daerah", "khusus", "ibukota", "istimewa", "administrasi", "adm"}
#: What follows these words is smaller than a regency, or a street.
_SMALLER: Final = {
    *("kec", "kecamatan", "kel", "kelurahan", "desa", "ds", "dusun", "dsn"),
    *("kp", "kampung", "jl", "jln", "jalan", "gg", "gang", "raya"),
}
_SEGMENTS: Final = re.compile(r"[,;/|\n]")
_LONGEST: Final = 4
#: A name of so many letters may have one mistake in it, and one of so many two.
_ONE_MISTAKE, _TWO_MISTAKES = 5, 9


@dataclass(frozen=True, slots=True)
class _Mention:
    """A stretch of words that names regions; ``kind`` where it is said beside the name."""

    codes: tuple[str, ...]
    kind: str
    #: Nothing else stands between two commas but its kind and a postcode.
    alone: bool


class Gazetteer:
    """The provinces, regencies and cities by name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names`` are official ones by code: "52.06" is "Kabupaten Bima", "52" a province."""
        self.names = dict(names)
        found: defaultdict[str, list[str]] = defaultdict(list)
        self._bare: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for code, name in self.names.items():
            words = [word for word in _words(name) if word not in _UNSAID]
            if len(code) > PROVINCE and words[0] in KIND_OF_PLACE:
                self._kinds[code] = KIND_OF_PLACE[words.pop(0)]
            self._bare[code] = " ".join(words)
            found["".join(words)].append(code)
        self._index = {name: tuple(codes) for name, codes in found.items()}
        #: Lists repeat their mistakes: what each name that is none may mean, "" for nothing.
        self._guessed: dict[str, str] = {}

    def located(self, record: Record) -> Record:
        """Return a record with the code and the official name of its place, as far as they show."""
        stated = record.region or record.city.strip()
        if len(stated) > PROVINCE and stated in self.names:
            named = self._regencies(self._mentions(record.city))
            if named and stated not in named:  # one of the two columns is wrong
                return record
            return replace(record, region=stated, city=self.names[stated])
        if record.region and record.region not in self.names:
            return record
        regencies, provinces = self._meant(record)
        if len(regencies) == 1:
            code = regencies.pop()
            return replace(record, region=code, city=self.names[code])
        inside = {code[:PROVINCE] for code in regencies} or provinces
        if len(inside) != 1:
            return record
        names = {self._bare[code] for code in regencies}
        return replace(
            record,
            region=next(iter(inside)),
            city=next(iter(names)) if len(names) == 1 else "" if provinces else record.city,
        )

    def _meant(self, record: Record) -> tuple[set[str], set[str]]:
        """Return the regencies that a record may mean, and the provinces."""
        stated = list(self._mentions(record.city)) or self._misspelt(record.city)
        beside = [one for one in self._mentions(record.address) if one.kind or one.alone]
        provinces = self._provinces([*stated, *beside]) | {record.region} - {""}
        regencies = self._regencies(stated)
        within = {code for code in regencies if code[:PROVINCE] in provinces}
        if not provinces or within:
            regencies = within or regencies
        if len(regencies) != 1:
            named = self._regencies(beside)
            regencies = (regencies & named or regencies) if regencies else named
        return regencies, provinces

    def _regencies(self, mentions: Iterable[_Mention]) -> set[str]:
        """Return the regencies that are named, without those that may be a province as well."""
        found: set[str] = set()
        for one in mentions:
            if one.kind or all(len(code) > PROVINCE for code in one.codes):
                found.update(code for code in one.codes if len(code) > PROVINCE)
        return found

    def _provinces(self, mentions: Iterable[_Mention]) -> set[str]:
        codes = chain.from_iterable(one.codes for one in mentions if not one.kind)
        return {code for code in codes if len(code) == PROVINCE}

    def _mentions(self, text: str) -> Iterator[_Mention]:
        for segment in _SEGMENTS.split(text):
            words = _words(segment)
            place = 0
            while place < len(words):
                length = self._longest(words, place)
                if length:
                    yield self._mention(words, place, length)
                place += length or 1

    def _longest(self, words: Sequence[str], place: int) -> int:
        """Return how many words from here on are a name, or 0."""
        if place and words[place - 1] in _SMALLER:
            return 0
        lengths = range(min(_LONGEST, len(words) - place), 0, -1)
        return next((n for n in lengths if "".join(words[place : place + n]) in self._index), 0)

    def _mention(self, words: Sequence[str], place: int, length: int) -> _Mention:
        kind = KIND_OF_PLACE.get(words[place - 1], "") if place else ""
        behind = words[place + length :]
        if not kind and behind:
            last = KIND_OF_PLACE.get(behind[0], "") if len(behind) == 1 else ""  # Bima (Kota)
            kind = _KIND_BEHIND.get(behind[0], last)
        codes = self._index["".join(words[place : place + length])]
        of_kind = tuple(code for code in codes if self._kinds.get(code) == kind)
        rest = [*words[:place], *words[place + length :]]
        alone = all(
            word.isdigit() or word in KIND_OF_PLACE or word in _KIND_BEHIND for word in rest
        )
        return _Mention(of_kind or codes, kind if of_kind else "", alone)

    def _misspelt(self, text: str) -> list[_Mention]:
        """Return the one place that is meant by a name with a mistake in it."""
        words = _words(text.partition(",")[0])
        kind = next((KIND_OF_PLACE[word] for word in words if word in KIND_OF_PLACE), "")
        written = "".join(word for word in words if word not in KIND_OF_PLACE)
        if written not in self._guessed:
            self._guessed[written] = self._guess(written)
        meant = self._guessed[written]
        if not meant:
            return []
        codes = self._index[meant]
        of_kind = tuple(code for code in codes if self._kinds.get(code) == kind)
        return [_Mention(of_kind or codes, kind if of_kind else "", alone=True)]

    def _guess(self, written: str) -> str:
        """Return the one name that is nearest, or nothing."""
        allowed = (len(written) >= _ONE_MISTAKE) + (len(written) >= _TWO_MISTAKES)
        near: defaultdict[int, list[str]] = defaultdict(list)
        for name in self._index if allowed else ():
            distance = OSA.distance(written, name, score_cutoff=allowed)
            if distance <= allowed:
                near[distance].append(name)
        best = near[min(near)] if near else []
        return best[0] if len(best) == 1 else ""


def _words(text: str) -> list[str]:
    """Return words in one spelling, with the point of the compass behind: Jawa Barat."""
    words = plain(text).split()
    turned: list[str] = []
    while words:
        word = words.pop(0)
        if word in _COMPASS and words:
            turned += [words.pop(0), _COMPASS[word]]
        else:
            turned.append(word)
    return [modern(part) for word in turned for part in _SHORT.get(word, word).split()]
