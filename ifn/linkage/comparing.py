"""Compare two records: a probability that they are one plant of one firm, and why; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ifn.linkage import contacts
from ifn.linkage.addresses import Address, Place
from ifn.linkage.calibrating import probability
from ifn.linkage.evidence import EXACT, Evidence, Weights, log_odds_of, shipped
from ifn.linkage.likeness import Overlap, Rarity, overlap
from ifn.linkage.names import SOLE_TRADE, Name
from ifn.linkage.records import Prepared, Record, prepare

#: A phone, e-mail or site that more records than this have belongs to somebody between them.
MOST_SHARING: Final = 4
#: What a name is worth that is only another name of the firm, such as its brand.
OTHER_NAME: Final = 0.95
#: Log-odds beyond this say no more than certainty.
CERTAIN: Final = 15.0
#: Shared words that tell as much as this make a name rare.
RARE_ENOUGH: Final = 2.0
#: From here on names are one name misspelt, and names of places and streets one place.
SAME_NAME, LIKE_PLACE = 0.85, 0.8
PROVINCE_DIGITS: Final = 2
#: Two towns: every one has a Jalan Mawar 2, so that what agrees of a street says nothing.
ELSEWHERE: Final = frozenset(("other_regency", "other_kind", "other_province"))
#: What says that two places may be one.
AGREEING: Final = frozenset(("same_place", "near_place"))
OF_A_STREET: Final = frozenset(
    ("street", "street_within", "street_own", "same_house", "near_house", "same_part")
)
#: What must agree of an address for the town to be a mistake.
STREET_AND_NUMBER: Final = frozenset(("street", "same_house"))
Signals = Iterator[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two records are one, what counted, and which exact keys they have in common.

    ``log_odds`` are what the evidence adds up to, before they are corrected to a probability.
    """

    probability: float
    log_odds: float
    evidence: tuple[Evidence, ...]
    exact_keys: frozenset[str]
    signals: Mapping[str, float]
    #: What the regencies or cities of the two are called, as far as they are known.
    places: tuple[str, str] = ("", "")


def compare(
    one: Record | Prepared,
    other: Record | Prepared,
    *,
    rarity: Rarity | None = None,
    weights: Weights | None = None,
) -> Comparison:
    """Compare two records; which of them comes first makes no difference."""
    left = prepare(one) if isinstance(one, Record) else one
    right = prepare(other) if isinstance(other, Record) else other
    found = weighed(dict(signals(left, right, rarity or Rarity())), weights)
    return replace(found, places=(left.place.written, right.place.written))


def weighed(found: Mapping[str, float], weights: Weights | None = None) -> Comparison:
    """Turn what was found into a probability and named evidence, the heaviest first."""
    weights = weights or shipped()
    told = [
        Evidence(code, value, log_odds_of(code, value, weights.terms))
        for code, value in found.items()
    ]
    told.sort(key=lambda part: (-abs(part.weight), part.code))
    log_odds = weights.start + sum(part.weight for part in told)
    log_odds = max(-CERTAIN, min(CERTAIN, log_odds))
    return Comparison(
        probability(weights.calibration.corrected(log_odds)),
        log_odds,
        tuple(told),
        frozenset(EXACT[code] for code in found if code in EXACT),
        found,
    )


def signals(one: Prepared, other: Prepared, rarity: Rarity) -> Signals:
    """Yield everything that can be said about two records, each signal once."""
    if one.name.words and other.name.words:
        yield from _names(one.name, other.name, rarity)
    places = dict(_places(one.place, other.place))
    yield from places.items()
    elsewhere = not ELSEWHERE.isdisjoint(places)
    streets = dict(_streets(one.address, other.address, rarity))
    contacts_found = dict(_contacts(one, other, rarity))
    if elsewhere:
        if _is_whole(streets, contacts_found):
            yield "address_elsewhere", streets["street"] + streets["street_within"]
        streets = {code: value for code, value in streets.items() if code not in OF_A_STREET}
    yield from streets.items()
    yield from contacts_found.items()
    yield from _extras(one, other)


def _is_whole(streets: Mapping[str, float], contacts_found: Mapping[str, float]) -> bool:
    """Say whether street and number agree, and RT/RW or a contact with them."""
    if not streets.keys() >= STREET_AND_NUMBER:
        return False
    if streets["street"] + streets["street_within"] < LIKE_PLACE:
        return False
    return streets.get("same_part") == 1 or not EXACT.keys().isdisjoint(contacts_found)


def _names(one: Name, other: Name, rarity: Rarity) -> Signals:
    like, best = _best(one, other, rarity)
    yield "name", like
    if best.own > 0:
        yield "name_own", best.own
    if best.strangers:
        yield "name_strangers", 1.0
    if like > 0:
        yield "name_within", best.within - best.like
    if like >= SAME_NAME:
        yield "name_rare", min(best.shared, RARE_ENOUGH) / RARE_ENOUGH
    yield from _additions(one, other)
    yield from _forms(one.form, other.form)


def _best(one: Name, other: Name, rarity: Rarity) -> tuple[float, Overlap]:
    """Return how alike two names are in the best of the ways their firms are called."""
    best = overlap(one.words, other.words, rarity.of_name)
    like = best.like
    for left, right in _other_names(one, other):
        found = overlap(left, right, rarity.of_name)
        if found.like * OTHER_NAME > like:
            best, like = found, found.like * OTHER_NAME
    return like, best


def _additions(one: Name, other: Name) -> Signals:
    if one.others and other.others and not _any_alike(one.others, other.others):
        yield "other_addition", 1.0
    if one.plants and other.plants:
        yield ("same_plant" if one.plants & other.plants else "other_plant"), 1.0
    elif one.plants or other.plants:
        yield "one_plant", 1.0


def _other_names(one: Name, other: Name) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield names against names where one is not the first name of its firm, but say its brand."""
    for more in one.others:
        yield more, other.words
        yield one.words + more, other.words
    for more in other.others:
        yield one.words, more
        yield one.words, other.words + more


def _any_alike(ours: tuple[tuple[str, ...], ...], theirs: tuple[tuple[str, ...], ...]) -> bool:
    return any(_near(" ".join(one), " ".join(other)) for one in ours for other in theirs)


def _forms(one: str, other: str) -> Signals:
    if one and other:
        alike = one == other or {one, other} <= SOLE_TRADE
        yield ("same_form" if alike else "other_form"), 1.0


def _streets(one: Address, other: Address, rarity: Rarity) -> Signals:
    if one.words and other.words:
        found: Overlap = overlap(one.words, other.words, rarity.of_street)
        yield "street", found.like
        yield "street_within", found.within - found.like
        yield "street_own", found.own
    if one.houses and other.houses:
        yield _houses(one.houses, other.houses), 1.0
    ours, theirs = dict(one.parts), dict(other.parts)
    both = ours.keys() & theirs.keys()
    if both:
        agree = sum(ours[part] == theirs[part] for part in both) / len(both)
        if agree > 0:
            yield "same_part", agree
        if agree < 1:
            yield "other_part", 1 - agree
    if one.postcode and other.postcode:
        yield ("same_postcode" if one.postcode == other.postcode else "other_postcode"), 1.0


def _houses(one: frozenset[str], other: frozenset[str]) -> str:
    if one & other:
        return "same_house"
    bare = [
        {number.rstrip("abcdefghijklmnopqrstuvwxyz") for number in each} for each in (one, other)
    ]
    return "near_house" if bare[0] & bare[1] else "other_house"


def _places(one: Place, other: Place) -> Signals:
    if one.code and other.code:
        said = _codes(one, other)
    elif one.name and other.name:
        said = _names_of_places(one, other)
    else:
        return
    if said not in AGREEING and _named_beside(one, other):
        said = "near_place"
    yield said, 1.0


def _named_beside(one: Place, other: Place) -> bool:
    """Say whether the address of one names the place of the other."""
    ours, theirs = ({(each.name, each.kind), each.beside} for each in (one, other))
    return any(
        left[0] and left[0] == right[0] and ("" in (left[1], right[1]) or left[1] == right[1])
        for left in ours
        for right in theirs
    )


def _codes(one: Place, other: Place) -> str:
    if one.code[:PROVINCE_DIGITS] != other.code[:PROVINCE_DIGITS]:
        return "other_province"
    if min(len(one.code), len(other.code)) > PROVINCE_DIGITS:
        if one.code == other.code:
            return "same_place"
        return "other_kind" if one.name and one.name == other.name else "other_regency"
    if one.name and other.name:
        said = _names_of_places(one, other)
        return "other_regency" if said == "other_place" else said
    return "same_place" if (one.code, one.name) == (other.code, other.name) else "near_place"


def _names_of_places(one: Place, other: Place) -> str:
    kinds_differ = bool(one.kind and other.kind and one.kind != other.kind)
    if one.name == other.name:
        return "other_kind" if kinds_differ else "same_place"
    if _near(one.name, other.name):
        return "near_place"
    return "other_regency" if one.kind and other.kind else "other_place"


def _near(one: str, other: str) -> bool:
    found = overlap(one.split(), other.split(), lambda _word: 1.0)
    return found.like >= LIKE_PLACE or found.within >= 1


def _contacts(one: Prepared, other: Prepared, rarity: Rarity) -> Signals:
    sets = (
        ("phone", one.phones, other.phones),
        ("email", one.emails, other.emails),
        ("site", one.sites, other.sites),
        ("instagram", one.instagram, other.instagram),
        (
            "nib",
            frozenset([one.nib] if one.nib else ()),
            frozenset([other.nib] if other.nib else ()),
        ),
    )
    shared = False
    for kind, ours, theirs in sets:
        if not (ours and theirs):
            continue
        both = ours & theirs
        if not both and kind == "phone" and contacts.near(ours, theirs):
            yield "near_phone", 1.0
        elif not both:
            yield f"other_{kind}", 1.0
        elif kind != "nib" and min(rarity.keys[kind, key] for key in both) > MOST_SHARING:
            shared = True
        else:
            yield f"same_{kind}", 1.0
    if shared:
        yield "shared_contact", 1.0


def _extras(one: Prepared, other: Prepared) -> Signals:
    ours, theirs = dict(one.extra), dict(other.extra)
    both = sorted(ours.keys() & theirs.keys())
    if both:
        likes = [overlap(ours[label], theirs[label], lambda _word: 1.0).like for label in both]
        yield "extra", sum(likes) / len(likes)
