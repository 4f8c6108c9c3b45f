"""How pairs are shared out by a stated rule, in whole pairs and by size. Pure.

Whatever the rule, nobody gets a part of a pair, never more goes out than there is, and the same
facts in the same order give the same numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

Size = Decimal


class Rule(StrEnum):
    """By what pairs are shared out; the values are those of ``ProductionBatch.Rule``."""

    EQUAL = "equal"
    ASKED = "asked"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is to get some: whose it is, how much was asked for, how much is made there in a month.

    ``capacity`` is None where it is not known or not shown.
    """

    key: int
    asked: int | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody gets, by size, and the figures that led to it."""

    key: int
    sizes: Mapping[Size, int]
    #: Pairs to be shared out among all, and among how many.
    total: int
    among: int
    #: What counted for this one, and for all together.
    weight: int
    weights: int
    #: It asked for no more, so it gets no more.
    is_capped: bool = False
    #: It shows no capacity: the smallest one that is shown counted for it.
    is_guessed: bool = False

    @property
    def pairs(self) -> int:
        """Return all it gets."""
        return sum(self.sizes.values())


#: What counts for somebody where nothing is known of anybody.
_ONE: Final = 1


def share_out(stock: Mapping[Size, int], claims: Sequence[Claim], rule: Rule) -> list[Share]:
    """Share out what there is of each size among those who are to get some, in their order.

    The same for each: numbers differ by one pair at most. In proportion to what was asked for:
    nobody gets more than that; without a number one gets nothing. In proportion to capacity: who
    shows none counts like the smallest one that is shown. Pairs that do not divide go one each to
    the largest remainders, then in the order of the list. Of each size everybody gets a like part.
    """
    total, weights = sum(stock.values()), _weights(claims, rule)
    caps = [one.asked or 0 for one in claims] if rule is Rule.ASKED else None
    pairs = apportion(total, weights, caps)
    by_size = _spread(stock, pairs)
    return [
        Share(
            key=claim.key,
            sizes=sizes,
            total=total,
            among=len(claims),
            weight=weight,
            weights=sum(weights),
            is_capped=bool(caps) and number == weight,
            is_guessed=rule is Rule.CAPACITY and not claim.capacity,
        )
        for claim, weight, number, sizes in zip(claims, weights, pairs, by_size, strict=True)
    ]


def _weights(claims: Sequence[Claim], rule: Rule) -> list[int]:
    if rule is Rule.EQUAL:
        return [_ONE] * len(claims)
    if rule is Rule.ASKED:
        return [one.asked or 0 for one in claims]
    least = min((one.capacity for one in claims if one.capacity), default=_ONE)
    return [one.capacity or least for one in claims]


def apportion(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Divide a number into whole parts in proportion to weights, none larger than its cap.

    By largest remainder, the earlier first where two are the same. What a cap holds back goes to
    the others; less than all is given only where every cap is reached or nothing weighs anything.
    """
    most = list(caps) if caps is not None else [total] * len(weights)
    given = [0] * len(weights)
    open_ = [place for place, weight in enumerate(weights) if weight > 0]
    left = min(total, sum(most[place] for place in open_))
    while open_:
        weight = sum(weights[place] for place in open_)
        full = [place for place in open_ if Fraction(left * weights[place], weight) >= most[place]]
        if not full:
            break
        for place in full:
            given[place] = most[place]
            left -= most[place]
        open_ = [place for place in open_ if place not in set(full)]
    return _by_remainder(given, left, weights, open_)


def _by_remainder(
    given: list[int], left: int, weights: Sequence[int], open_: Sequence[int]
) -> list[int]:
    """Give the rest to those whose cap is not reached: whole parts, then one each."""
    weight = sum(weights[place] for place in open_)
    if not weight:
        return given
    rests = []
    for place in open_:
        given[place], rest = divmod(left * weights[place], weight)
        rests.append((-rest, place))
    missing = left - sum(given[place] for place in open_)
    for _rest, place in sorted(rests)[:missing]:
        given[place] += 1
    return given


def _spread(stock: Mapping[Size, int], pairs: Sequence[int]) -> list[dict[Size, int]]:
    """Return for everybody how many of each size, so that each gets a like part of each.

    Size after size is divided in proportion to what each still lacks; the last one fills up.
    """
    sizes = sorted(size for size, number in stock.items() if number > 0)
    lacking = list(pairs)
    out: list[dict[Size, int]] = [{} for _one in pairs]
    going = apportion(sum(pairs), [stock[size] for size in sizes], [stock[size] for size in sizes])
    for size, number in zip(sizes, going, strict=True):
        for place, part in enumerate(apportion(number, lacking, lacking)):
            if part:
                out[place][size] = part
                lacking[place] -= part
    return out
