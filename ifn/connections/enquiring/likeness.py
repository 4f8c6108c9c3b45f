"""Whether two texts are one with small changes. Pure.

A text is the set of its runs of letters. Of each set a few smallest values under mixed-up orders
are kept, in pairs: texts that share most of their runs share a pair almost surely, others hardly
ever, so that an index finds those worth comparing (min-hashing: A. Broder, 1997).
"""

import zlib
from hashlib import blake2b
from typing import Final

import numpy as np

from ifn.connections.enquiring.plainness import letters

#: Letters in a run; long enough that common words alone make no likeness.
RUN: Final = 7
#: Pairs kept of a text.
BANDS: Final = 8
#: Texts that have so much of their runs in common are one.
ALIKE: Final = 0.6
_ORDERS: Final = 2 * BANDS
_PRIME: Final = np.uint64((1 << 31) - 1)
_RANDOM: Final = np.random.default_rng(20_260_301)  # always the same orders: values are stored
_FACTORS: Final = _RANDOM.integers(1, int(_PRIME), size=(_ORDERS, 1), dtype=np.uint64)
_SHIFTS: Final = _RANDOM.integers(0, int(_PRIME), size=(_ORDERS, 1), dtype=np.uint64)


def runs(text: str) -> frozenset[int]:
    """Return what a text consists of, as numbers."""
    bare = letters(text)
    last = max(1, len(bare) - RUN + 1)
    return frozenset(zlib.crc32(bare[start : start + RUN].encode()) for start in range(last))


def bands(text: str) -> list[int]:
    """Return what likely tells a text and those like it from others: signed 64-bit numbers."""
    values = np.fromiter(runs(text), dtype=np.uint64) % _PRIME
    smallest = ((values * _FACTORS + _SHIFTS) % _PRIME).min(axis=1).reshape(BANDS, 2)
    return [
        int.from_bytes(
            blake2b(f"{place}:{one}:{other}".encode(), digest_size=8).digest(), signed=True
        )
        for place, (one, other) in enumerate(smallest.tolist())
    ]


def is_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Say whether two texts, as ``runs`` gives them, are one with small changes."""
    return len(one & other) >= ALIKE * len(one | other)
