"""Pairs by size as people write them: one size a line, such as "39 40" or "39,5: 20". Pure."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

_ENTRY: Final = re.compile(
    r"(\d{2}(?:[.,]\d)?)\s*(?:[:=x×-]|\s)\s*(\d{1,7})(?:\s*(?:psg|pasang|pairs?))?"
)
_SMALLEST, _LARGEST, _MOST = Decimal(10), Decimal(60), 1_000_000


class NoSizes(ValueError):  # noqa: N818
    """What was written is no list of sizes with pairs; it holds the line that is not one."""


def read(text: str) -> dict[Decimal, int]:
    """Return pairs by size; a size that is written twice adds up.

    Raises:
        NoSizes: A line holds no size with its pairs, or a size that no shoe has.

    """
    found: dict[Decimal, int] = {}
    for line in filter(None, (one.strip() for one in re.split(r"[\n;]", text))):
        entry = _ENTRY.fullmatch(line.lower())
        if entry is None:
            raise NoSizes(line)
        size, pairs = Decimal(entry[1].replace(",", ".")).quantize(Decimal("0.1")), int(entry[2])
        total = found.get(size, 0) + pairs
        if not _SMALLEST <= size <= _LARGEST or total > _MOST:
            raise NoSizes(line)
        found[size] = total
    return found


def written(sizes: Mapping[Decimal, int]) -> str:
    """Return pairs by size as they are written."""
    return "\n".join(f"{shown(size)}: {pairs}" for size, pairs in sorted(sizes.items()))


def shown(size: Decimal) -> str:
    """Return a size as it stands on a shoe: 39 or 39.5."""
    return f"{size:f}".removesuffix(".0")
