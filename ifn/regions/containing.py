"""Which places lie in which: "this region, or one inside it", asked of the database and of codes.

The code of a regency or city begins with that of its province and a point.
"""

from collections.abc import Iterable

from django.db.models import Q


def inside(codes: Iterable[str], *paths: str) -> Q:
    """Return the condition that one of these regions, or one in it, is where a path leads.

    Each path leads to a code, such as ``business__region__code``. No code means no place.
    """
    found = Q(pk__in=[])
    for code in sorted(codes):
        for path in paths:
            found |= Q(**{path: code}) | Q(**{f"{path}__startswith": f"{code}."})
    return found


def lies_in(code: str | None, outer: Iterable[str]) -> bool:
    """Say whether a region is one of those, or lies in one."""
    return bool(code) and any(f"{code}.".startswith(f"{one}.") for one in outer)
