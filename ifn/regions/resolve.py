"""Which region does a dirty place mean? Pure: text in, a code with its confidence out.

Every hint adds evidence for some regions. A hint that is right with probability p, where others are
silent, weighs -ln(1 - p), and the confidence of a region is 1 - e^-(sum of its weights); what
contradicts the winner takes a share away. The probabilities below are judgements, set on the places
of published factory lists, and stand in one table so that they can be argued about.

Twenty-six names belong to both a regency and a city. Such a name alone resolves to the province:
only a word beside it (Kab., Kota), a district or the postcode may choose.
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from ifn.regions.gazetteer import Gazetteer, Mention, What, compact


class Note(StrEnum):
    """Why a region was chosen, or what speaks against it; callers put it into words."""

    KIND_STATED = "kind_stated"
    SHARED_NAME = "shared_name"
    PLACE_KNOWN = "place_known"
    ADDRESS_DECIDED = "address_decided"
    POSTCODE_DECIDED = "postcode_decided"
    SPELLING_FORGIVEN = "spelling_forgiven"
    PROVINCE_DIFFERS = "province_differs"
    POSTCODE_DIFFERS = "postcode_differs"
    PROVINCE_ONLY = "province_only"
    AMBIGUOUS = "ambiguous"
    NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceText:
    """A place as a list states it; any part may be empty."""

    city: str = ""
    province: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The region a place means: ``level`` is "regency", "province" or nothing.

    ``candidates`` names the regions between which the text does not choose. ``confidence`` runs
    from 0 to 1.
    """

    code: str = ""
    level: str = ""
    confidence: float = 0.0
    notes: tuple[Note, ...] = ()
    candidates: tuple[str, ...] = ()


# Probability that the hint names the right regency or city, taken alone.
CITY_WITH_KIND = 0.95  # "Kabupaten Serang" in the column of cities
CITY_UNIQUE = 0.9  # "Majalengka"
CITY_SHARED = 0.5  # "Tangerang": a regency and a city
CITY_NAMED_AS_PROVINCE = 0.4  # "Yogyakarta" is written for the whole province
CITY_IS_PLACE = 0.8  # "Cikupa"
MISSPELT = 0.85  # share left when the spelling had to be forgiven
ADDRESS_WITH_KIND = 0.7  # "… Kab. Bogor"
ADDRESS_SEGMENT = 0.75  # "…, Garut, …" standing alone between commas
ADDRESS_WORD = 0.4
ADDRESS_DISTRICT = 0.6  # "Kec. Klari"
ADDRESS_PLACE = 0.5  # "Pasar Kemis": two words or more
ADDRESS_SHORT_PLACE = 0.35  # "Taman" may be anything
ADDRESS_ROAD = 0.2  # a road is named for where it leads
POSTCODE = 0.6
PROVINCE = 0.4
ISLAND = 0.1
#: Confidence in a province that only follows from regions of one name lying in it.
SHARED_PROVINCE = 0.8
#: Islands that lists state in place of a province, with the first digit of most of their codes.
ISLANDS = {"jawa": "3", "java": "3", "sumatera": "1", "sumatra": "1", "kalimantan": "6"}
# Share of the confidence left when something speaks against the winner.
PROVINCE_AGAINST = 0.85
POSTCODE_AGAINST = 0.9

ENOUGH = 0.5
#: Two regions whose weights are nearer than this are not told apart.
APART = 0.15


@dataclass(slots=True)
class _Evidence:
    weights: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    notes: defaultdict[str, set[Note]] = field(default_factory=lambda: defaultdict(set))
    provinces: dict[str, float] = field(default_factory=dict)
    in_city: set[str] = field(default_factory=set)
    stated_province: str = ""
    postcode_region: str = ""

    def add(self, codes: tuple[str, ...], probability: float, *notes: Note) -> None:
        """Add one hint for each of these regions; a hint that says nothing leaves no note."""
        for code in codes if probability else ():
            self.weights[code] -= math.log(1 - probability)
            self.notes[code].update(notes)

    def add_province(self, code: str, confidence: float) -> None:
        self.provinces[code] = max(confidence, self.provinces.get(code, 0.0))


def resolve(place: PlaceText, gazetteer: Gazetteer) -> Resolved:
    """Return the region that a place means, as far as its text decides."""
    evidence = _Evidence()
    _read_province(place.province, gazetteer, evidence)
    _read_city(place.city, gazetteer, evidence)
    _read_address(place.address, gazetteer, evidence)
    _read_postcode(place, gazetteer, evidence)
    for code in evidence.weights:
        if code[:2] in evidence.provinces:
            evidence.weights[code] -= math.log(1 - PROVINCE)
    return _decide(evidence)


def _read_province(text: str, gazetteer: Gazetteer, evidence: _Evidence) -> None:
    mentions = [one for one in gazetteer.mentions(text) if one.what is What.PROVINCE]
    guessed = None if mentions else gazetteer.guess(What.PROVINCE, text)
    if guessed:
        mentions = [guessed]
    for mention in mentions:
        evidence.stated_province = mention.codes[0]
        evidence.add_province(mention.codes[0], 0.85 if mention.misspelt else 0.95)
    if not mentions and (prefix := ISLANDS.get(compact(text))):
        for code in gazetteer.kinds:
            if code.startswith(prefix) and gazetteer.kinds[code]:
                evidence.weights[code] -= math.log(1 - ISLAND)


def _read_city(text: str, gazetteer: Gazetteer, evidence: _Evidence) -> None:
    mentions = gazetteer.mentions(text)
    if not mentions:
        guesses = (
            gazetteer.guess(what, text) for what in (What.REGENCY, What.PROVINCE, What.PLACE)
        )
        mentions = [guess for guess in guesses if guess][:1]
    for mention in mentions:
        share = MISSPELT if mention.misspelt else 1.0
        notes = {Note.SPELLING_FORGIVEN} if mention.misspelt else set()
        for code in gazetteer.find(What.PROVINCE, [mention.text]):
            if not mention.explicit:  # "Yogyakarta" may well mean the province
                evidence.add_province(code, 0.8 * share)
        if mention.what is not What.PROVINCE:
            evidence.add(mention.codes, _city(mention, gazetteer) * share, *notes, *_named(mention))
            if len(mention.codes) == 1:
                evidence.in_city.update(mention.codes)


def _city(mention: Mention, gazetteer: Gazetteer) -> float:
    if len(mention.codes) > 1:
        return CITY_SHARED
    if mention.what is What.PLACE:
        return CITY_IS_PLACE
    if mention.explicit:
        return CITY_WITH_KIND
    if gazetteer.find(What.PROVINCE, [mention.text]):
        return CITY_NAMED_AS_PROVINCE
    return CITY_UNIQUE


def _named(mention: Mention) -> set[Note]:
    if mention.what is What.PLACE:
        return {Note.PLACE_KNOWN}
    if mention.explicit:
        return {Note.KIND_STATED}
    return {Note.SHARED_NAME} if len(mention.codes) > 1 else set()


def _read_address(text: str, gazetteer: Gazetteer, evidence: _Evidence) -> None:
    for mention in gazetteer.mentions(text):
        if mention.what is not What.PROVINCE:
            evidence.add(
                mention.codes, _in_address(mention), Note.ADDRESS_DECIDED, *_named(mention)
            )
        elif not mention.in_road:
            evidence.add_province(mention.codes[0], 0.8 if mention.alone else 0.6)


def _in_address(mention: Mention) -> float:
    if mention.what is What.PLACE:
        return _place_in_address(mention)
    if mention.explicit:
        return ADDRESS_WITH_KIND
    if mention.in_road:
        return 0.0  # Jalan Raya Serang runs through Tangerang
    known = ADDRESS_SEGMENT if mention.alone else ADDRESS_WORD
    return known if len(mention.codes) == 1 else known / 2


def _place_in_address(mention: Mention) -> float:
    if mention.explicit or mention.alone:
        known = ADDRESS_DISTRICT
    elif mention.in_road:
        known = ADDRESS_ROAD
    else:
        known = ADDRESS_PLACE if " " in mention.text else ADDRESS_SHORT_PLACE
    return known if len(mention.codes) == 1 else known / 2


def _read_postcode(place: PlaceText, gazetteer: Gazetteer, evidence: _Evidence) -> None:
    stated = re.findall(r"(?<![0-9])[0-9]{5}(?![0-9])", place.postcode or place.address)
    region = gazetteer.by_postcode(stated[-1]) if stated else ""
    # Five digits abroad look the same: they count only where something else points to Indonesia.
    if region and (evidence.weights or evidence.provinces):
        evidence.postcode_region = region
        evidence.add((region,), POSTCODE, Note.POSTCODE_DECIDED)


def _decide(evidence: _Evidence) -> Resolved:
    ranked = sorted(evidence.weights.items(), key=lambda one: (-one[1], one[0]))
    if not ranked or 1 - math.exp(-ranked[0][1]) < ENOUGH:
        return _province(evidence, ())
    best, weight = ranked[0]
    rivals = tuple(code for code, other in ranked if weight - other < APART)
    if len(rivals) > 1:
        return _province(evidence, rivals)
    confidence = 1 - math.exp(-weight)
    notes = set(evidence.notes[best])
    if best in evidence.in_city:  # the column of cities named it; the rest only agreed
        notes -= {Note.ADDRESS_DECIDED, Note.POSTCODE_DECIDED}
    if evidence.stated_province not in {"", best[:2]}:
        confidence *= PROVINCE_AGAINST
        notes.add(Note.PROVINCE_DIFFERS)
    if evidence.postcode_region not in {"", best}:
        confidence *= POSTCODE_AGAINST
        notes.add(Note.POSTCODE_DIFFERS)
    return Resolved(best, "regency", round(confidence, 2), tuple(sorted(notes)))


def _province(evidence: _Evidence, rivals: tuple[str, ...]) -> Resolved:
    notes = {Note.AMBIGUOUS} if rivals else set()
    provinces = {code[:2] for code in rivals} or set(evidence.provinces)
    if len(provinces) > 1 and evidence.stated_province:
        provinces = {evidence.stated_province}
    if len(provinces) != 1:
        return Resolved(notes=tuple(notes) or (Note.NOTHING_FOUND,), candidates=rivals)
    code = provinces.pop()
    if evidence.stated_province not in {"", code}:
        notes.add(Note.PROVINCE_DIFFERS)
    confidence = evidence.provinces.get(code, SHARED_PROVINCE)
    notes.add(Note.PROVINCE_ONLY)
    return Resolved(code, "province", round(confidence, 2), tuple(sorted(notes)), rivals)
