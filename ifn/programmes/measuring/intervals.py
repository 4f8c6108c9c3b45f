"""Intervals that hold for few firms and assume no shape of what is measured. Pure.

None of them is stated for fewer than six: the interval for a median then could not reach 95 % even
from the smallest to the largest value, for 2 × (1/2)⁵ is more than 5 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb, sqrt
from statistics import median
from typing import Final

#: Fewer than these have no interval.
FEWEST: Final = 6
ALPHA: Final = 0.05
#: The quantile of the normal distribution that belongs to 95 %.
Z: Final = 1.959963984540054
#: Above so many pairs of two groups the count of their orders is taken as normal.
MOST_EXACT: Final = 2_500


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where the true value lies in 95 of 100 such surveys, or in more of them."""

    low: float
    high: float


def share_interval(successes: int, of: int) -> Interval | None:
    """Return the interval of a share by Wilson's score; nothing for fewer than six.

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209; recommended for few cases by L. D. Brown,
    T. T. Cai, A. DasGupta, Statistical Science 16 (2001) 101.
    """
    if of < FEWEST:
        return None
    share, square = successes / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == of else min(1.0, middle + half)
    return Interval(low, high)


def median_interval(values: Sequence[float]) -> Interval | None:
    """Return the interval of a median from the values in order; nothing for fewer than six.

    The k-th smallest and the k-th largest, with the largest k for which a sign test would refuse
    what lies outside: P(Bin(n, 1/2) < k) ≤ 2.5 %. W. J. Conover, Practical Nonparametric
    Statistics, 3rd ed. 1999, section 3.2. Equal values make it hold in more cases, never in fewer.
    """
    number = len(values)
    if number < FEWEST:
        return None
    below, k = 0.0, 0
    while below + comb(number, k) / 2**number <= ALPHA / 2:
        below += comb(number, k) / 2**number
        k += 1
    ordered = sorted(values)
    return Interval(ordered[k - 1], ordered[number - k])


def shift(first: Sequence[float], second: Sequence[float]) -> float:
    """Return by how much the first group lies above the second: the median of all differences.

    J. L. Hodges, E. L. Lehmann, Ann. Math. Stat. 34 (1963) 598. Neither may be empty.
    """
    return median(a - b for a in first for b in second)


def shift_interval(first: Sequence[float], second: Sequence[float]) -> Interval | None:
    """Return the interval of ``shift``; nothing where either group has fewer than six.

    The k-th smallest and k-th largest of all differences, k by the distribution of the rank sum:
    M. Hollander, D. A. Wolfe, E. Chicken, Nonparametric Statistical Methods, 3rd ed. 2014,
    section 4.3. It assumes that both groups spread alike around their middle.
    """
    if min(len(first), len(second)) < FEWEST:
        return None
    differences = sorted(a - b for a in first for b in second)
    k = _rank(len(first), len(second))
    return Interval(differences[k - 1], differences[-k])


def _rank(n: int, m: int) -> int:
    """Return the largest k with P(U < k) ≤ 2.5 %, at least 1, for groups of n and m."""
    if n * m > MOST_EXACT:
        spread = sqrt(n * m * (n + m + 1) / 12)
        return max(1, int(n * m / 2 - Z * spread))
    ways, below, k = _orders(n, m), 0, 0
    most = ALPHA / 2 * comb(n + m, n)
    while below + ways[k] <= most:
        below += ways[k]
        k += 1
    return max(1, k)


@lru_cache(maxsize=256)
def _orders(n: int, m: int) -> tuple[int, ...]:
    """Return for each U from 0 to n × m in how many orders of n and m it comes about.

    The Gaussian binomial coefficient, multiplied out: the product over i from 1 to n of
    (1 - q^(m+i)) / (1 - q^i).
    """
    top = n * m
    ways = [1] + [0] * top
    for i in range(1, n + 1):
        for place in range(top, m + i - 1, -1):
            ways[place] -= ways[place - m - i]
        for place in range(i, top + 1):
            ways[place] += ways[place - i]
    return tuple(ways)


def difference_interval(a: int, of_a: int, b: int, of_b: int) -> Interval | None:
    """Return the interval of the difference of two shares; nothing for fewer than six in either.

    R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10, from two Wilson intervals.
    """
    one, other = share_interval(a, of_a), share_interval(b, of_b)
    if one is None or other is None:
        return None
    p, q = a / of_a, b / of_b
    low = p - q - sqrt((p - one.low) ** 2 + (other.high - q) ** 2)
    high = p - q + sqrt((one.high - p) ** 2 + (q - other.low) ** 2)
    return Interval(max(-1.0, low), min(1.0, high))
