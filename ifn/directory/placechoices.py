"""Regencies and cities to choose from in a form, by province."""

from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from ifn.regions.queries import all_regions


def region_choices(*, with_provinces: bool = False) -> list[Any]:
    """Return the places by province, each starting with what people type to jump to it.

    ``with_provinces`` offers each province as a whole before its places.
    """
    regions = all_regions()
    found: list[Any] = [("", _("Choose …"))]
    for province in regions.provinces:
        places = sorted(
            (
                (place.code, _name_first(place.short_name))
                for place in regions.regencies(province.code)
            ),
            key=itemgetter(1),
        )
        if with_provinces:
            name = _("%(province)s, whole province") % {"province": province.short_name}
            places.insert(0, (province.code, name))
        found.append((province.short_name, places))
    return found


def _name_first(name: str) -> str:
    """Return "Bantul, Kab." for "Kab. Bantul": a list jumps to what an entry starts with."""
    kind, _space, rest = name.partition(" ")
    return f"{rest}, {kind}" if kind in {"Kab.", "Kota"} else name
