"""What is known of those who registered, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Criterion(StrEnum):
    """What points are given for."""

    NEED = "need"
    NEVER_SERVED = "never_served"
    REGION = "region"
    WOMEN = "women"
    YOUTH = "youth"


CRITERIA: Final = tuple(Criterion)


class Verdict(StrEnum):
    """What is proposed for somebody."""

    ACCEPT = "accept"
    WAIT = "wait"
    REFUSE = "refuse"


class Same(StrEnum):
    """Why an earlier participant is taken for the one who registers now."""

    FIRM = "firm"
    MERGED = "merged"
    NIB = "nib"
    PHONE = "phone"


class Unmet(StrEnum):
    """A condition of entry that somebody does not meet."""

    ROLE = "role"
    PROCESS = "process"
    REGION = "region"
    ASSESSED = "assessed"
    COMPLETENESS = "completeness"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Weights:
    """How many points each criterion gives at most; whole numbers that add up to 100."""

    need: int = 50
    never_served: int = 20
    region: int = 10
    women: int = 10
    youth: int = 10

    def __post_init__(self) -> None:
        values = [self.of(one) for one in CRITERIA]
        if min(values) < 0 or sum(values) != 100:  # noqa: PLR2004  # as a percentage
            raise ValueError("weights are not negative and add up to 100")

    def of(self, criterion: Criterion) -> int:
        """Return the most points that a criterion gives."""
        return int(getattr(self, criterion.value))

    def as_dict(self) -> dict[str, int]:
        """Return the weights by the names of the criteria."""
        return {one.value: self.of(one) for one in CRITERIA}


@dataclass(frozen=True, slots=True)
class Benefit:
    """An earlier batch in which the same firm, or whoever stands behind it, took part."""

    code: str
    title: str
    ended_on: date
    same: Same
    is_same_topic: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one registration.

    ``need`` lies between 0 and 1, nothing where the firm was not assessed in the batch's
    dimensions. ``women`` and ``youth`` are as the firm says itself; nothing is no answer.
    """

    key: int
    name: str
    region: str
    registered_at: datetime
    need: float | None = None
    needs: Mapping[str, float] = field(default_factory=dict)
    women: bool | None = None
    youth: bool | None = None
    earlier: tuple[Benefit, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    def __post_init__(self) -> None:
        if self.need is not None and not 0 <= self.need <= 1:
            raise ValueError("a need lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class Point:
    """What one criterion gave: ``value`` from 0 to 1 of ``weight``; ``is_known`` if it was said."""

    criterion: Criterion
    value: float
    weight: int
    is_known: bool = True
    #: For the region: how many of the same regency or city stand before.
    before: int = 0

    @property
    def points(self) -> float:
        """Return the points, rounded as they are shown."""
        return round(self.value * self.weight, 1)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with place, points and what is proposed; places begin with 1."""

    candidate: Candidate
    place: int
    points: tuple[Point, ...]
    verdict: Verdict

    @property
    def total(self) -> float:
        """Return all points, of 100."""
        return round(sum(point.points for point in self.points), 1)
