"""Leads among near-equals: those who got few come first, but never before somebody clearly better.

A place is given to one of those whose score is within ``MARGIN`` of the best who is left. Among
these whoever got the fewest leads lately comes first; among equals a number drawn from need and
firm decides, so that needs differ, and the same need always says the same.
"""

from collections.abc import Hashable
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Points of 100 below which a difference says nothing about who would do better.
MARGIN: Final = 3.0
#: Below a score by rounding only is not below.
HAIR: Final = 1e-9


def mark(key: Hashable) -> int:
    """Return a number for a key that is the same in every process."""
    return int.from_bytes(blake2b(repr(key).encode(), digest_size=8).digest(), "big")


def turns(need: Hashable, marks: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a number for each firm that is fixed for this need and unlike that of other needs."""
    mixed = marks ^ np.uint64(mark(need))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def shared_out(
    scores: NDArray[np.float64],
    leads: NDArray[np.int64],
    drawn: NDArray[np.uint64],
    limit: int,
    margin: float = MARGIN,
) -> list[int]:
    """Return the places of those who get the lead, in order."""
    best_first = np.lexsort((drawn, -scores))
    waiting = np.lexsort((drawn, -scores, leads)).tolist()  # few leads first
    ranked = best_first.tolist()
    taken: set[int] = set()
    chosen: list[int] = []
    top = 0
    while len(chosen) < min(limit, len(ranked)):
        while ranked[top] in taken:
            top += 1
        least = scores[ranked[top]] - margin - HAIR
        next_one = next(one for one in waiting if one not in taken and scores[one] >= least)
        taken.add(next_one)
        chosen.append(next_one)
    return chosen
