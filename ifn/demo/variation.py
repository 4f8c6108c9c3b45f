"""As many further invented businesses as are asked for, over all regions. Pure.

Each business depends on the seed and its own place in the row alone, so any stretch of the row can
be made on its own, in any process. Trades, regions and words are unevenly common, as in life.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from ifn.demo.facts import DemoBusiness, Draft, invent, slug_of
from ifn.demo.network import SEED, drafts
from ifn.demo.trades import Place, Trade, places, table, trades

#: Trades of which there are many; the others are counted once each.
COMMON = {
    "formal_workshop": 16,
    "leather_sandal": 12,
    "foam_sandal": 12,
    "sneaker_maklon": 10,
    "womens": 10,
    "retailer": 8,
    "brand": 8,
    "school_maker": 6,
    "kids_maker": 5,
    "upper_stitch": 5,
    "material_shop": 5,
    "goodyear": 4,
    "bags": 4,
    "repair": 4,
    "tenun_maker": 4,
    "pdl": 3,
    "sole_rubber": 3,
    "sole_tpr": 3,
    "insole": 3,
    "hardware": 3,
    "wholesaler": 3,
    "organisation": 3,
}
#: Places of the known clusters get this share; the rest spreads over all regencies.
CLUSTERED = 0.6
PRODUCTS = ("SNEAKER", "SANDAL", "FLAT", "LOAFER", "BOOT", "KIDS", "RUN", "SCHOOL", "ETHNIC")
BRANDED = {"brand", "retailer", "wholesaler", "souvenir"}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places a business may be in, with the running weights of the further ones."""

    known: Sequence[Place]
    further: Sequence[Place]
    weights: Sequence[float]


def gazetteer(regencies: Iterable[tuple[str, str, float, float]]) -> Gazetteer:
    """Return the places for a large network from (code, name, latitude, longitude) of regencies.

    The order of regencies decides how common they are: the hundredth is a hundred times rarer.
    """
    further = [
        Place(code, "", _town(name), latitude, longitude, f"{code[:2]}000")
        for code, name, latitude, longitude in regencies
    ]
    weights = list(accumulate(1 / rank for rank in range(1, len(further) + 1)))
    return Gazetteer(tuple(places().values()), further, weights)


def _town(name: str) -> str:
    return name.removeprefix("Kabupaten ").removeprefix("Kota ").removeprefix("Administrasi ")


@cache
def _data() -> dict[str, Any]:
    return table("variation")


@cache
def _syllables(kind: str) -> tuple[str, ...]:
    return tuple(_data()["syllables"][kind].split())


@cache
def _weighted_trades() -> tuple[Sequence[Trade], Sequence[int]]:
    known = list(trades().values())
    return known, list(accumulate(COMMON.get(trade.key, 1) for trade in known))


def _skewed(random: Random, words: Sequence[str]) -> str:
    """Choose a word; the first are far more common than the last."""
    return words[int(len(words) * random.random() ** 2)]


def _joined(random: Random, first: str, last: str) -> str:
    return _skewed(random, _syllables(first)) + _skewed(random, _syllables(last))


def _owner(random: Random) -> str:
    if random.random() < 0.75:  # noqa: PLR2004  # three of four names are of Javanese form
        return _joined(random, "people_first", "people_last")
    return _joined(random, "sunda_first", "sunda_last")


def _village(random: Random) -> str:
    return _joined(random, "village_first", "village_last")


def _coin(random: Random) -> str:
    syllables = _syllables("coin")
    return "".join(_skewed(random, syllables) for _ in range(random.choice((2, 3, 3)))).title()


def variation(index: int, where: Gazetteer, *, today: date, seed: int = SEED) -> DemoBusiness:
    """Return the business at one place of the row; the first places are the written network."""
    written = _written()
    if index <= len(written):
        return invent(written[index - 1], seed=seed, today=today)
    random = Random(f"{seed}:row:{index}")  # noqa: S311  # invented names, not secrets
    made = invent(_draft(index, where, today, random), seed=seed, today=today)
    return replace(made, is_variation=True)


@cache
def _written() -> tuple[Draft, ...]:
    return tuple(drafts())


def _draft(index: int, where: Gazetteer, today: date, random: Random) -> Draft:
    known, weights = _weighted_trades()
    trade = random.choices(known, cum_weights=weights)[0]
    noun_id, noun_en, words = _data()["trade"][trade.key]
    place = _place(where, random)
    coin = _coin(random)
    trait = random.choice(_data()["text"]["traits"])
    own = random.choice(_data()["text"]["owns"])
    slots = {
        "owner": _owner(random),
        "village": _village(random),
        "village2": _village(random),
        "coin": coin,
    }
    name = _name(random, words.split(), slots)
    return _with_market(
        Draft(
            slug=f"{slug_of(name)}-{index}",
            index=index,
            name=name,
            trade=trade,
            place=place,
            since=today.year - 1 - int(45 * random.random() ** 1.6),
            summary=(
                f"{noun_id} di {place.locality}, {place.town}: {trait[0]}.",
                f"{noun_en} in {place.locality}, {place.town}: {trait[1]}.",
            ),
            own=(own[0].format(**slots), own[1].format(**slots)),
            roles=trade.roles,
            brands=(coin,) if random.random() < 0.3 else (),  # noqa: PLR2004  # three in ten
        ),
        random,
    )


def _with_market(draft: Draft, random: Random) -> Draft:
    """Give organisations a role and services, and those who sell something to sell."""
    if draft.trade.is_organisation:
        text = _data()["text"]
        services = random.choice(text["organisation"])
        role = random.choice(text["roles"].split())
        return replace(draft, roles=(role,), services=(services[0], services[1]))
    if draft.trade.key in BRANDED:
        sold = random.sample(PRODUCTS, 2)
        return replace(draft, also=tuple(f"p:{code}" for code in sold))
    return draft


def _place(where: Gazetteer, random: Random) -> Place:
    if not where.further or random.random() < CLUSTERED:
        known = where.known
        place = known[int(len(known) * random.random() ** 1.7)]
    else:
        place = random.choices(where.further, cum_weights=where.weights)[0]
    return replace(place, locality=_village(random))


def _name(random: Random, words: Sequence[str], slots: dict[str, str]) -> str:
    word = random.choice(words)
    person, village, coin = slots["owner"], slots["village"], slots["coin"]
    tail = random.choice(("Jaya", "Putra", "Makmur", "Sejahtera", "Mandiri", "Abadi", "Karya"))
    return random.choice(
        (
            f"{word} {person}",
            f"{word} {person} {tail}",
            f"{coin} {word}",
            f"{coin} {tail}",
            f"{word} {village}",
            f"{word} {coin} {village}",
            f"{person} {tail} {word}",
        )
    )
