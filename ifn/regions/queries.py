"""Regions in memory: what pages, search and place resolution ask for at every turn."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ifn.regions.editions import Kept
from ifn.regions.gazetteer import Gazetteer, LocalName, PostcodeRange
from ifn.regions.models import Region, short_name


@dataclass(frozen=True, slots=True)
class Place:
    """A province, regency or city as a plain value; ``province`` is empty for a province."""

    code: str
    name: str
    kind: str
    province: str
    latitude: float
    longitude: float

    @property
    def is_province(self) -> bool:
        """Say whether this is a province."""
        return not self.province

    @property
    def short_name(self) -> str:
        """Return the name as people write it: Kab. Sidoarjo, Kota Bima, Jakarta Pusat."""
        return short_name(self.name)


@dataclass(frozen=True, slots=True)
class Regions:
    """All regions: by code, provinces in order of code, regencies and cities of a province."""

    by_code: Mapping[str, Place]
    provinces: tuple[Place, ...] = field(init=False)
    _members: Mapping[str, tuple[Place, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        places = [self.by_code[code] for code in sorted(self.by_code)]
        provinces = tuple(place for place in places if place.is_province)
        members = {
            province.code: tuple(place for place in places if place.province == province.code)
            for province in provinces
        }
        object.__setattr__(self, "by_code", MappingProxyType({one.code: one for one in places}))
        object.__setattr__(self, "provinces", provinces)
        object.__setattr__(self, "_members", MappingProxyType(members))

    def get(self, code: str | None) -> Place | None:
        """Return the region of that code, or nothing."""
        return self.by_code.get(code or "")

    def regencies(self, province: str) -> tuple[Place, ...]:
        """Return the regencies and cities of a province in order of code."""
        return self._members.get(province, ())

    def province_of(self, code: str | None) -> Place | None:
        """Return the province a region lies in; a province lies in itself."""
        return self.get((code or "")[:2])

    def within(self, code: str) -> tuple[str, ...]:
        """Return the codes of a region and of all it contains."""
        return (code, *(place.code for place in self.regencies(code)))

    def full_name(self, code: str | None) -> str:
        """Return "Kab. Sidoarjo, Jawa Timur", a province's own name, or nothing."""
        place, province = self.get(code), self.province_of(code)
        if place is None or province is None:
            return ""
        if place.is_province:
            return place.short_name
        return f"{place.short_name}, {province.short_name}"


def regions_from(rows: Iterable[Region]) -> Regions:
    """Build the lookup from rows."""
    return Regions(
        {
            row.code: Place(
                row.code, row.name, row.kind, row.province_id or "", row.latitude, row.longitude
            )
            for row in rows
        }
    )


#: ``all_regions()`` returns the regions as they stand; cheap to call on every page.
all_regions = Kept("regions", lambda: regions_from(Region.objects.all()))


DATA = Path(__file__).parent / "data"


@cache
def _local_names() -> list[LocalName]:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        return [LocalName(row["name"], row["region"]) for row in csv.DictReader(file)]


@cache
def _postcodes() -> list[PostcodeRange]:
    with (DATA / "postcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [PostcodeRange(row["first"], row["last"], row["region"]) for row in rows]


def _gazetteer() -> Gazetteer:
    names = dict(Region.objects.values_list("code", "name"))
    return Gazetteer(names, _local_names(), _postcodes())


#: ``gazetteer()`` returns what ``regions.resolve`` looks names up in.
gazetteer = Kept("regions", _gazetteer)
