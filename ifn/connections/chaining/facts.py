"""What a chain is made of: the brief, the links, who could take them, what was chosen. Pure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ifn.connections.matching.facts import Exclusion, Firm, Point, Reason

#: How much a wish counts: less than usual, as usual, more than usual.
LESS, USUAL, MORE = 1, 2, 4
LEVELS: Final = (LESS, USUAL, MORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """What counts how much in choosing: one of ``LEVELS`` each."""

    near: int = USUAL
    soon: int = USUAL
    sure: int = USUAL
    few: int = USUAL
    fit: int = USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is to be made; codes are those of the vocabulary, ``pairs`` from 1, days from today."""

    product: str
    upper: str
    construction: str
    pairs: int
    deadline_days: int
    #: Code of a regency or city, and its point, to which the finished pairs go.
    region: str
    place: Point
    #: Material of the sole; empty where any will do.
    sole: str = ""
    certificates: frozenset[str] = frozenset()
    emphasis: Emphasis = Emphasis()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a product needs: who may take it, what is asked, and where it stands.

    ``goes_to`` is the link that takes what this one makes; nothing for the one that delivers.
    ``after`` are the links that must be finished before it can begin. ``usual_days`` is reckoned
    where a firm states no lead time. Only links that count pairs are asked for quantities.
    """

    code: str
    roles: frozenset[str]
    usual_days: int
    goes_to: str = ""
    after: tuple[str, ...] = ()
    products: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()
    constructions: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    certificates: frozenset[str] = frozenset()
    counts_pairs: bool = False
    is_main: bool = False
    is_job_order: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What a firm could do in a link, apart from all others.

    ``monthly`` and ``least`` are the pairs it can make a month and must make at least, where it
    states them and the link counts pairs. ``mismatch`` and ``doubt`` speak against it whatever the
    rest of the chain; they are percentages.
    """

    firm: Hashable
    point: Point | None
    lead_days: int
    is_lead_stated: bool
    monthly: float | None
    least: int | None
    mismatch: int
    doubt: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One firm, or two that share the order, for one link: pairs and days of each."""

    link: str
    offers: tuple[Offer, ...]
    pairs: tuple[int, ...]
    days: int

    @property
    def firms(self) -> frozenset[Hashable]:
        """Return who takes part."""
        return frozenset(offer.firm for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest firm that could take a link but for some conditions."""

    firm: Hashable
    km: float | None
    exclusions: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A link that nobody can take, and what keeps the nearest who plays its role from it."""

    link: str
    nearest: Nearest | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Firms brought together for a link.

    ``rest`` is a bound: whoever is not among ``firms`` costs at least so much with the way to the
    place, counted as in ``costing``, and ``rest_own`` without; nothing where nobody was left out.
    """

    firms: tuple[Firm, ...]
    rest: int | None = None
    rest_own: int = 0


@dataclass(frozen=True, slots=True)
class Costs:
    """What speaks against a chain, part by part; each counts as so many kilometres of transport."""

    distance: int
    late: int
    doubt: int
    partners: int
    mismatch: int

    @property
    def total(self) -> int:
        """Return the sum that is made as small as possible."""
        return self.distance + self.late + self.doubt + self.partners + self.mismatch


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another firm for one link, all others staying, and what it would change."""

    choice: Choice
    more_cost: int
    more_km: int
    more_days: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A complete chain of the links that somebody can take.

    ``bound`` is proved: no chain of the firms that were weighed costs less. ``rest_bound`` is the
    same for chains with anybody who was left out before; nothing where nobody was.
    """

    choices: Mapping[str, Choice]
    costs: Costs
    km: int
    days: int
    bound: int
    rest_bound: int | None = None
    ends: Mapping[str, int] = field(default_factory=dict)
    alternatives: Mapping[str, tuple[Alternative, ...]] = field(default_factory=dict)

    @property
    def is_best(self) -> bool:
        """Say whether no chain of the firms that were weighed is better."""
        return self.bound >= self.costs.total

    @property
    def is_best_of_all(self) -> bool:
        """Say whether no chain of any firm at all is better."""
        return self.is_best and (self.rest_bound is None or self.rest_bound >= self.costs.total)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a brief: proposals, the best first; links nobody fills; or why there is none.

    ``fastest_days`` is said where the deadline is too near: the quickest chain takes so many.
    """

    links: tuple[Link, ...]
    proposals: tuple[Proposal, ...]
    unfilled: tuple[Unfilled, ...]
    #: How many firms fit each link by themselves.
    fitting: Mapping[str, int] = field(default_factory=dict)
    fastest_days: int | None = None
