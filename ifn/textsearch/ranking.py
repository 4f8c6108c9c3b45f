"""How a document's score comes about: BM25 over weighted fields and a small bonus. Pure.

A word adds ``idf * tf / (tf + k)`` where ``tf`` is the weighted frequency in the document,
``k = K1 * (1 - B + B * length / average length)`` and ``idf`` grows with the word's rarity
(Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). Quality adds at most
BONUS, less than any word of the question can differ by unless two texts fit almost equally.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from ifn.textsearch.analysis import STEP
from ifn.textsearch.segment import Posting

K1 = 1.2
B = 0.75
#: What full quality adds, as a share of the most a document could score for this question.
BONUS = 0.05
#: What is left of the score of a document that the question sinks; quality adds nothing to it.
SUNK = 0.8

#: A little less than a degree of latitude is, so that a belt is never too narrow.
KM_PER_DEGREE = 111.0
#: How far one looks first for what is near, and then.
BELTS_KM = (10, 50, 250)

Scores = NDArray[np.float32]


def inverse_frequency(documents: int, holding: int) -> float:
    """Return how much it tells that a document holds a word that so many others hold."""
    return log(1 + (documents - holding + 0.5) / (holding + 0.5))


def saturations(lengths: NDArray[np.uint32], average: float) -> Scores:
    """Return each document's ``k``, in the eighths that frequencies are counted in."""
    rise = np.float32(K1 * STEP * B / average if average else 0.0)
    found = lengths.astype(np.float32)
    found *= rise
    found += np.float32(K1 * STEP * (1 - B))
    return found


def scores(posting: Posting, weight: float, saturation: Scores) -> Scores:
    """Return what a word adds to each of the documents that hold it."""
    times = posting.frequencies.astype(np.float32)
    under = saturation[posting.ordinals]
    under += times
    times *= np.float32(weight)
    times /= under
    return times


def first(values: NDArray[np.floating], offset: int, limit: int) -> NDArray[np.intp]:
    """Return the places of the smallest values from offset on; of equal ones, earlier places first.

    What is not a number comes last.
    """
    wanted = min(offset + limit, len(values))
    if offset >= wanted:
        return np.zeros(0, dtype=np.intp)
    if values.dtype == np.float32:
        return first_single(values, offset, wanted)
    values = np.where(np.isnan(values), np.inf, values)
    if wanted < len(values):
        bound = np.partition(values, wanted - 1)[wanted - 1]
        below = np.flatnonzero(values < bound)
        equal = np.flatnonzero(values == bound)[: wanted - len(below)]
        places = np.sort(np.concatenate([below, equal]))
    else:
        places = np.arange(len(values))
    return places[np.argsort(values[places], kind="stable")][offset:]


def first_single(values: NDArray[np.floating], offset: int, wanted: int) -> NDArray[np.intp]:
    """Return the places of the smallest values as ``first`` does, several times as fast.

    A single-precision number, its bits turned so that they sort as it does, fits with its place
    into one whole number, and whole numbers without equals need no stable sort.
    """
    bits = np.where(np.isnan(values), np.float32(np.inf), values + np.float32(0)).view(np.uint32)
    turned = np.where(bits >> 31, ~bits, bits | np.uint32(1 << 31))
    keys = (turned.astype(np.uint64) << np.uint64(32)) | np.arange(len(values), dtype=np.uint64)
    if wanted < len(keys):
        keys = np.partition(keys, wanted - 1)[:wanted]
    keys.sort()
    return (keys[offset:] & np.uint64(0xFFFFFFFF)).astype(np.intp)


def distances_km(
    latitudes: NDArray[np.float64], longitudes: NDArray[np.float64], point: tuple[float, float]
) -> NDArray[np.float64]:
    """Return great-circle distances from a point (degrees) on a sphere of 6,371 km."""
    latitude, longitude = np.radians(point)
    north = np.radians(latitudes)
    east = np.radians(longitudes) - longitude
    half = (
        np.sin((north - latitude) / 2) ** 2
        + np.cos(latitude) * np.cos(north) * np.sin(east / 2) ** 2
    )
    found: NDArray[np.float64] = 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


def nearest(
    ordinals: NDArray[np.uint32],
    latitudes: NDArray[np.float64],
    longitudes: NDArray[np.float64],
    point: tuple[float, float],
    wanted: slice,
) -> NDArray[np.uint32]:
    """Return those of the documents nearest to a point (degrees), the nearest first.

    ``wanted`` says which of all in that order. Distances are worked out for a belt of latitudes
    only, which grows until those wanted are certainly in it: whatever lies outside is farther away
    than the belt is wide.
    """
    offset, end = wanted.start, wanted.stop
    away = np.abs(latitudes[ordinals] - point[0])
    for kilometres in BELTS_KM:
        belt = ordinals[away <= kilometres / KM_PER_DEGREE]
        if len(belt) >= end:
            distances = distances_km(latitudes[belt], longitudes[belt], point)
            if np.count_nonzero(distances <= kilometres) >= end:
                return belt[first(distances, offset, end - offset)]
    distances = distances_km(latitudes[ordinals], longitudes[ordinals], point)
    return ordinals[first(distances, offset, end - offset)]
