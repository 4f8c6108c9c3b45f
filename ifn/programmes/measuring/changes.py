"""What changed: pairs of one group, and two groups beside each other. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from ifn.programmes.measuring.intervals import (
    FEWEST,
    Interval,
    difference_interval,
    median_interval,
    share_interval,
    shift,
    shift_interval,
)
from ifn.programmes.measuring.measures import LESS_IS_BETTER, Answers, Measure, both

Pair = tuple[float, float]


class Finding(StrEnum):
    """What can be said of a change."""

    TOO_FEW = "too_few"
    UP = "up"
    DOWN = "down"
    #: The interval holds no change as well.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Change:
    """One measure before and after, over the firms that said both."""

    pairs: int
    before: float | None
    after: float | None
    #: The median of the differences, and its interval from six pairs on.
    change: float | None
    interval: Interval | None
    better: int
    same: int
    worse: int
    #: The interval of the share that is better.
    share: Interval | None

    @property
    def finding(self) -> Finding:
        """Return what can be said of it."""
        return _finding(self.interval)


def _finding(interval: Interval | None) -> Finding:
    if interval is None:
        return Finding.TOO_FEW
    if interval.low > 0:
        return Finding.UP
    return Finding.DOWN if interval.high < 0 else Finding.UNCLEAR


def change_of(pairs: Sequence[Pair], *, less_is_better: bool = False) -> Change:
    """Return what changed in a measure, from each firm's value before and after."""
    differences = [after - before for before, after in pairs]
    up, down = sum(one > 0 for one in differences), sum(one < 0 for one in differences)
    better, worse = (down, up) if less_is_better else (up, down)
    return Change(
        pairs=len(pairs),
        before=median(one for one, _ in pairs) if pairs else None,
        after=median(one for _, one in pairs) if pairs else None,
        change=median(differences) if pairs else None,
        interval=median_interval(differences),
        better=better,
        same=len(pairs) - up - down,
        worse=worse,
        share=share_interval(better, len(pairs)),
    )


def changes_between(
    before: Mapping[int, Answers], after: Mapping[int, Answers]
) -> dict[Measure, Change]:
    """Return what changed in every measure between two waves, by participant."""
    known = sorted(before.keys() & after.keys())
    return {
        measure: change_of(
            [pair for one in known if (pair := both(before[one], after[one], measure)) is not None],
            less_is_better=measure in LESS_IS_BETTER,
        )
        for measure in Measure
    }


@dataclass(frozen=True, slots=True)
class Counted:
    """Something of which firms say how much is new: how many of it, at how many firms."""

    firms: int
    with_any: int
    total: int
    share: Interval | None


def counted(numbers: Iterable[int]) -> Counted:
    """Return what the numbers of each firm tell together."""
    given = list(numbers)
    some = sum(one > 0 for one in given)
    return Counted(len(given), some, sum(given), share_interval(some, len(given)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same change with firms that were mentored and with firms that were not."""

    mentored: Change
    others: Change
    #: By how much more the mentored changed, and its interval from six in each group on.
    difference: float | None
    interval: Interval | None
    #: The interval of the difference between the shares that are better.
    share: Interval | None

    @property
    def finding(self) -> Finding:
        """Return what can be said of the difference."""
        return _finding(self.interval)

    @property
    def began_apart(self) -> bool:
        """Say whether the groups began half a level or more apart."""
        if self.mentored.before is None or self.others.before is None:
            return False
        return abs(self.mentored.before - self.others.before) >= APART


#: A difference of levels at the beginning that a reader has to be told of.
APART = 0.5


def compare(mentored: Sequence[Pair], others: Sequence[Pair]) -> Comparison:
    """Return two groups beside each other, each firm with its level before and after."""
    first, second = change_of(mentored), change_of(others)
    rises = [[after - before for before, after in group] for group in (mentored, others)]
    return Comparison(
        mentored=first,
        others=second,
        difference=shift(*rises) if mentored and others else None,
        interval=shift_interval(*rises),
        share=difference_interval(first.better, first.pairs, second.better, second.pairs)
        if min(first.pairs, second.pairs) >= FEWEST
        else None,
    )
