"""Invent lists of firms with their variants, so that it is known which records are one.

Made of the words in ``linkage_words``: nothing here is copied from a list of real firms.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks import linkage_words as words

#: How often each thing happens to a record on its way into another list.
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV", 5: "V", 6: "VI", 7: "VII"}
STREET = ("street", "house", "village", "rt")
MOVED, CALLED_ANEW, MISSING_PHONE, MISSING_ADDRESS = 0.04, 0.07, 0.25, 0.08


@dataclass(frozen=True, slots=True)
class Firm:
    """One plant of one firm, as it is; ``number`` says who it is."""

    number: int
    form: str
    name: tuple[str, ...]
    street: str
    house: str
    village: str
    rt: str
    city: str
    province: str
    phone: str
    email: str = ""
    site: str = ""
    nib: str = ""
    instagram: str = ""
    product: str = ""
    brand: str = ""
    english: bool = False
    plant: str = ""
    #: Its last word tells it from another firm of the same house, so that no list leaves it out.
    is_sister: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A record as a list has it."""

    number: int
    name: str
    address: str
    city: str
    phone: str
    email: str = ""
    site: str = ""
    nib: str = ""
    instagram: str = ""
    region: str = ""
    postcode: str = ""
    product: str = ""
    cases: tuple[str, ...] = ()


@dataclass(slots=True)
class Inventor:
    """Makes firms and writes them down, differently each time; the same for the same seed."""

    seed: int
    english: bool = False
    #: How much lists differ: 1 is usual, 2 is a mess.
    mess: float = 1.0
    columns: frozenset[str] = words.ALL_COLUMNS
    chance: random.Random = field(init=False)
    made: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311  # not for secrets

    def happens(self, share: float) -> bool:
        """Say yes in this share of cases, more often in a messy list."""
        return self.chance.random() < share * self.mess

    def word(self) -> str:
        """Return a made-up word."""
        count = self.chance.choice((2, 2, 3))
        return "".join(self.chance.choice(words.SYLLABLES) for _ in range(count)).capitalize()

    def firm(self) -> Firm:
        """Invent a firm."""
        self.made += 1
        pick = self.chance.choice
        name = self._name()
        city, province = pick(words.PLACES).split("|")
        stem = "".join(name[:2]).lower()
        if self.english:
            city, province = pick(words.TOWNS)[0], ""
        return Firm(
            number=self.made,
            form="" if self.english else pick(words.FORMS),
            name=name,
            street=self._street(),
            house=str(self.chance.randint(1, 40 if self.chance.random() < 0.5 else 400)),
            village=pick(words.VILLAGES),
            rt=f"{self.chance.randint(1, 9)}/{self.chance.randint(1, 12)}",
            city=city,
            province=province,
            phone=self._phone(),
            email=pick((f"{stem}@gmail.com", f"info@{stem}.co.id", f"{stem}{self.made}@yahoo.com")),
            site=f"www.{stem}.co.id",
            nib="".join(str(self.chance.randint(0, 9)) for _ in range(13)),
            instagram="".join(name[:2]).lower() + pick(("", "_id", ".official", str(self.made))),
            product=" ".join(self.chance.sample(words.PRODUCTS, 2)),
            brand=self.word() if self.chance.random() < 0.2 else "",
            english=self.english,
            plant=self._plant() if self.chance.random() < 0.06 else "",
        )

    def _name(self) -> tuple[str, ...]:
        pick, many = self.chance.choice, self.chance.random()
        if self.english:
            parts = [pick(words.ENGLISH), pick((*words.ENGLISH, self.word())), pick(words.KINDS)]
            return tuple(
                dict.fromkeys(parts[: 2 if many < 0.4 else 3] if many > 0.15 else [self.word()])
            )
        own = [self.word() for _ in range(self.chance.choice((0, 1, 1, 1, 2)))]
        common = self.chance.sample(
            words.COMMON, 2 if not own else self.chance.choice((0, 1, 1, 2))
        )
        trade = [pick(words.TRADE)] if many < 0.3 else []
        return (*own, *common, *trade)

    def _street(self) -> str:
        if self.english:
            side = self.chance.choice(("", "", "N. ", "S. ", "E. ", "W. "))
            if self.chance.random() < 0.35:
                return f"{side}{self.chance.randint(13, 90)}th St."
            return f"{side}{self.chance.choice(words.AVENUES)} {self.chance.choice(words.WAYS)[0]}"
        return self.chance.choice((*words.STREETS, self.word()))

    def _phone(self) -> str:
        number = "".join(str(self.chance.randint(0, 9)) for _ in range(8))
        area = self.chance.choice(("021", "031", "022", "0812", "0857", "0321"))
        return f"310{number[:7]}" if self.english else area + number[: 11 - len(area) + 1]

    # How others stand near a firm without being it.

    def neighbour(self, firm: Firm) -> Firm:
        """Invent somebody who is easily taken for a firm: a plant, a namesake, a tenant."""
        other = self.firm()
        kind = self.chance.choice(words.NEIGHBOURS)
        where = firm if self.chance.random() < 0.3 else other
        if kind == "plant":
            keeps = self.chance.random() < 0.4
            plant = self._plant()
            apart = self.chance.random() < 0.5 or not (plant and firm.plant)
            return replace(
                other,
                **(_where(where, of_city=True) if apart else _where(firm)),
                form=firm.form,
                name=firm.name,
                brand=firm.brand,
                phone=firm.phone if self.chance.random() < 0.3 else other.phone,
                email=firm.email if keeps else other.email,
                site=firm.site if self.chance.random() < 0.6 else other.site,
                nib=firm.nib,
                instagram=firm.instagram if keeps else other.instagram,
                product=firm.product,
                plant=plant,
            )
        if kind == "namesake" and set(firm.name) <= {*words.COMMON, *words.TRADE, *words.ENGLISH}:
            return replace(other, name=firm.name, form=self.chance.choice((firm.form, other.form)))
        if kind == "cousin":
            changed = list(firm.name)
            changed[self.chance.randrange(len(changed))] = self._other_word()
            return replace(
                other,
                name=tuple(changed),
                form=firm.form,
                city=where.city,
                province=where.province,
            )
        if kind == "kind" and not self.english:
            swapped = {"Kab.": "Kota", "Kota": "Kab."}
            head, _space, rest = firm.city.partition(" ")
            city = f"{swapped[head]} {rest}"
            if f"{city}|{firm.province}" in words.PLACES:
                place: dict[str, Any] = {"city": city, "province": firm.province}
                return replace(other, name=firm.name, form=firm.form, **place)
        sister = (self._sister(firm), firm.form, 0.5) if kind == "sister" else None
        name, form, shares = sister or (other.name, other.form, 0.35)
        return replace(
            other,
            name=name,
            form=form,
            is_sister=sister is not None,
            street=firm.street,
            house=firm.house,
            village=firm.village,
            rt=firm.rt,
            city=firm.city,
            province=firm.province,
            phone=firm.phone if self.chance.random() < shares else other.phone,
        )

    def _sister(self, firm: Firm) -> tuple[str, ...]:
        """Return the name of another firm of the same house: it shares words and has its own."""
        kept = list(firm.name[: max(1, len(firm.name) - 1)])
        last = self.chance.choice((*words.TRADE, *words.COMMON, self.word()))
        return (*kept, self.chance.choice(words.KINDS) if self.english else last)

    def _plant(self) -> str:
        number = 1 + self.made % 90  # no two plants have one
        unit = f" Unit {ROMAN[number]}" if number in ROMAN else f" Pabrik {number}"
        pick = self.chance.choice
        place = pick(words.PLACES).partition("|")[0].partition(" ")[2]
        town = pick(words.TOWNS)[0] if self.english else place
        forms = (
            "",
            "",
            "",
            f" ({town})",
            f" ({town})",
            f" Plant {number}",
            f" {number}",
            unit,
            f" Cabang {number}",
        )
        return self.chance.choice(forms)

    def _other_word(self) -> str:
        return self.chance.choice(
            (self.word(), self.chance.choice((*words.COMMON, *words.ENGLISH)))
        )


def _where(firm: Firm, *, of_city: bool = False) -> dict[str, Any]:
    """Return the address of a firm or only its city, for a neighbour there."""
    fields = ("city", "province") if of_city else (*STREET, "city", "province")
    return {field: getattr(firm, field) for field in fields}


def truth(left: Iterable[Written], right: Iterable[Written]) -> set[tuple[int, int]]:
    """Return the places, from 0, of records that are one."""
    by_number: dict[int, list[int]] = {}
    for place, record in enumerate(right):
        by_number.setdefault(record.number, []).append(place)
    return {
        (place, other)
        for place, record in enumerate(left)
        for other in by_number.get(record.number, ())
    }


def truth_within(records: list[Written]) -> set[tuple[int, int]]:
    """Return the places, from 0, of records of one list that are one."""
    return {(a, b) for a, b in truth(records, records) if a < b}
