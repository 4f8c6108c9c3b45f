"""Which of Indonesia's three times a place has. Pure."""

from typing import Final
from zoneinfo import ZoneInfo

WEST, MIDDLE, EAST = map(ZoneInfo, ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"))
_NAMES: Final = {WEST: "WIB", MIDDLE: "WITA", EAST: "WIT"}
#: Provinces by the first two digits of their codes: Presidential decree 41/1987 and those since.
_MIDDLE: Final = frozenset(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"])
_EAST: Final = frozenset(["81", "82", "91", "92", "93", "94", "95", "96", "97"])


def zone_of(region: str | None) -> ZoneInfo:
    """Return the time zone of a region by its code; that of Jakarta where there is none."""
    province = (region or "")[:2]
    if province in _MIDDLE:
        return MIDDLE
    return EAST if province in _EAST else WEST


def name_of(zone: ZoneInfo) -> str:
    """Return what people call a time."""
    return _NAMES[zone]
