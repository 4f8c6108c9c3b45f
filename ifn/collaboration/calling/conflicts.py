"""What an evaluator and an applicant have in common. Pure: plain keys in, findings out."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What the two have in common, the gravest first; as ``models.Conflict.Kind``."""

    BUSINESS = "business"
    PROJECT = "project"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Ties:
    """Whom an evaluator is tied to, by keys.

    ``firms`` they look after; ``partners`` are firms in projects with those, each with the project;
    ``colleagues`` are people who look after one of those firms too.
    """

    person: int
    firms: AbstractSet[int] = frozenset()
    partners: Mapping[int, int] = field(default_factory=dict)
    colleagues: AbstractSet[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A conflict that the platform sees: of which kind, through which firm, project or person."""

    kind: Kind
    through: int

    @property
    def is_certain(self) -> bool:
        """Say whether it keeps from judging whatever is declared: one works for the firm."""
        return self.kind == Kind.BUSINESS


def found(ties: Ties, firm: int, people: AbstractSet[int]) -> Found | None:
    """Return the gravest conflict with a firm that these people look after, if there is any."""
    return next(_all(ties, firm, people), None)


def _all(ties: Ties, firm: int, people: AbstractSet[int]) -> Iterator[Found]:
    if firm in ties.firms or ties.person in people:
        yield Found(Kind.BUSINESS, firm)
    if firm in ties.partners:
        yield Found(Kind.PROJECT, ties.partners[firm])
    shared = (people & ties.colleagues) - {ties.person}
    if shared:
        yield Found(Kind.PEOPLE, min(shared))
