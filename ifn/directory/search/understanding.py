"""What a visitor's words say beyond words: numbers, nearness, and who is looked for. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from ifn.directory import clean
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon, phrase

#: Words for "somebody who makes or sells it": they narrow nothing, as everybody here does.
ACTORS: Final = frozenset(
    """
    pembuat produsen pemasok penjual pedagang penyedia pengusaha usaha tukang jasa cari mencari
    butuh beli jual perusahaan pt cv ud maker makers manufacturer manufacturers manufacturing
    producer producers supplier suppliers seller vendor company companies find looking need needed
    who makes make business businesses near dekat sekitar indonesia indonesian
    """.split()  # noqa: SIM905  # sixty quoted words read worse
)
#: Words for what everything here is about; beside a trade word they narrow nothing.
GENERAL: Final = frozenset({"sepatu", "shoe", "shoes", "footwear"})
#: Roles that make no footwear: of "lem sepatu" or "acuan sepatu" only the first word tells.
_AROUND_FOOTWEAR: Final = ("UP_", "CO_", "EQ_", "SV_")
#: Said of everybody's terms; a number beside it has been taken out already.
_FILLERS = re.compile(
    r"\b(?:low|small|rendah|kecil|sedikit)\s+"
    r"(?:moq|min(?:imum|imal)?\.?\s*(?:orders?|pesan(?:an)?))\b"
    r"|\b(?:minimum|minimal)\s+(?:orders?|pesan(?:an)?)\b",
    re.IGNORECASE,
)
#: Names of places shorter than this are taken as they are; longer ones may have one or two slips.
SHORTEST_MENDED: Final = 5
SHORTEST_MENDED_TWICE: Final = 8
_PAIRS = r"(?:\s*(?:pasang|psg|pairs?|prs?|kodi|lusin|dozen))?"
_AMOUNT = rf"(\d[\d.,]*\s*(?:rb|ribu|k|juta|jt)?\b{_PAIRS})"
_MINIMUM = re.compile(
    rf"\b(?:min(?:imum|imal)?\.?(?:\s*(?:order|pesan(?:an)?))?|moq|low\s+moq)\.?\s*:?\s*{_AMOUNT}",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    rf"\b(?:kapasitas|capacity|kap\.?)\s*:?\s*(?:min\.?\s*)?{_AMOUNT}"
    r"(?:\s*(?:/|per)\s*(?:bulan|bln|month))?",
    re.IGNORECASE,
)
_NEAR = re.compile(r"\b(?:dekat|sekitar|near|around)\s+(.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """Typed words, taken apart."""

    words: str
    minimum: int | None = None
    capacity: int | None = None
    near: str = ""


def take_apart(text: str, regions: Regions, lexicon: Lexicon) -> Wording:
    """Return the words to search for, and the numbers and the place that were among them.

    "maklon sneakers min 50 pasang" asks for a minimum order of at most 50 pairs; "kapasitas 5000"
    for at least that many a month; "sol dekat Mojokerto" for what is near. Words that only say
    "somebody who makes" are left out when others remain, and so is "sepatu" beside a trade word.
    """
    text, capacity = _amount(_CAPACITY, text)
    text, minimum = _amount(_MINIMUM, text)
    near = ""
    found = _NEAR.search(text)
    if found and (near := region_named(found[1], regions)):
        text = text[: found.start()]
    words = _FILLERS.sub(" ", text).split()
    kept = [word for word in words if word.strip(".,").lower() not in ACTORS]
    kept = _without_general(kept or words, lexicon)
    return Wording(" ".join(kept or text.split()), minimum, capacity, near)


def _without_general(words: list[str], lexicon: Lexicon) -> list[str]:
    """Leave "sepatu" out beside a word for what goes into shoes or serves their makers."""
    others = [word for word in words if word.lower() not in GENERAL]
    if len(others) == len(words) or lexicon.meanings(" ".join(words)):
        return words
    if any(
        vocabulary == "value_chain_role" and code.startswith(_AROUND_FOOTWEAR)
        for word in (*others, " ".join(others))
        for vocabulary, code in lexicon.meanings(word)
    ):
        return others
    return words


def _amount(pattern: re.Pattern[str], text: str) -> tuple[str, int | None]:
    found = pattern.search(text)
    if not found:
        return text, None
    try:
        amount = clean.whole_number(found[1])
    except clean.Refused:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), amount or None


def region_named(name: str, regions: Regions) -> str:
    """Return the region of that name; of a city and a regency of one name, the city.

    One slip is forgiven from five letters on, two from eight.
    """
    global _named  # noqa: PLW0603  # made once per edition of the regions
    if _named[0] is not regions:
        _named = (regions, _by_name(regions))
    wanted = phrase(name)
    found = _named[1].get(wanted)
    if found is None and len(wanted) >= SHORTEST_MENDED:
        near = extractOne(
            wanted,
            _named[1].keys(),
            scorer=OSA.distance,
            score_cutoff=2 if len(wanted) >= SHORTEST_MENDED_TWICE else 1,
        )
        found = _named[1][near[0]] if near else None
    return found or ""


_named: tuple[Regions | None, dict[str, str]] = (None, {})


def _by_name(regions: Regions) -> dict[str, str]:
    """Return the codes of regions by every name they have; cities come before regencies."""
    places = sorted(
        regions.by_code.values(),
        key=lambda place: (place.kind != "kota", place.is_province, place.code),
    )
    found: dict[str, str] = {}
    for place in places:
        for name in (phrase(place.name), phrase(place.short_name), _bare(place.name)):
            found.setdefault(name, place.code)
    return found


def _bare(name: str) -> str:
    return re.sub(r"^(?:kabupaten|kota administrasi|kota) ", "", phrase(name))
