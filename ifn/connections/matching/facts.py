"""What is compared: a need, a firm, and what both are seen against."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from ifn.connections.matching.texts import Rarity

#: Groups of capabilities, by their names in ``Need``, ``Firm`` and ``Ground.ancestors``.
GROUPS: Final = ("products", "materials", "constructions", "processes", "machines")
#: What one unit is in pairs; leather by the square foot has no pairs.
PAIRS: Final = {"PASANG": 1, "LUSIN": 12, "KODI": 20}
#: Whoever makes footwear and takes job orders is a job-order maker too.
MAKERS: Final = frozenset({"PR_IKM", "PR_FACTORY", "PR_OEM", "PR_BESPOKE"})
JOB_ORDERS: Final = "PR_MAKLON"
#: Whom a kind of opportunity usually speaks to, where no role is named.
USUAL_ROLES: Final[Mapping[str, frozenset[str]]] = {
    "SOURCING_REQ": frozenset({"UP", "CO", "EQ", "PR"}),
    "CAPACITY_REQ": frozenset({"PR"}),
    "DESIGN_COLLAB": frozenset({"SV_DESIGN", "SV_PATTERN", "SV_PROTO", "SV_3D"}),
    "PRODUCT_DEV": frozenset({"SV", "CO", "PR"}),
    "DISTRIBUTION": frozenset({"DN"}),
    "EXPORT": frozenset({"DN_EXPORTER", "DN_TRADING", "SV_LOGISTIC"}),
    "TRAINING": frozenset({"IN", "SV_CONSULT"}),
    "SHARED_FACILITY": frozenset({"IN", "PR", "SV", "EQ"}),
    "RESEARCH": frozenset({"IN_ACADEMIA", "IN_BPIPI", "SV_LAB"}),
    "SUPPLY_OFFER": frozenset({"PR", "CO"}),
    "CAPACITY_OFFER": frozenset({"DN"}),
}
#: With this many answered enquiries an answering habit is one.
ENOUGH_ANSWERS: Final = 5
DORMANT_DAYS: Final = 730

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much is needed, once or every month: ``Quantity(25, "KODI")`` is 500 pairs."""

    amount: float
    unit: str = "PASANG"
    is_monthly: bool = False

    @property
    def pairs(self) -> float | None:
        """Return the number of pairs; nothing for units that are not pairs, or no amount at all."""
        each = PAIRS.get(self.unit)
        return None if each is None or self.amount <= 0 else self.amount * each


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a firm must be: anywhere, in a region (code as text), or within km of a point."""

    region: str = ""
    point: Point | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What somebody asks for; what is empty is no condition."""

    key: Hashable
    kind: str = "CAPACITY_REQ"
    asker: Hashable = None
    roles: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()
    constructions: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    machines: frozenset[str] = frozenset()
    quantity: Quantity | None = None
    deadline_days: int | None = None
    reach: Reach = Reach()
    place: Point | None = None
    certificates: frozenset[str] = frozenset()
    is_job_order: bool = False
    is_export: bool = False
    languages: frozenset[str] = frozenset()
    text: str = ""
    #: Firms that must never appear: blocked by the asker, or in conflict with the need.
    blocked: frozenset[Hashable] = frozenset()

    @property
    def sought(self) -> frozenset[str]:
        """Return the roles that can answer: those named, else the usual ones of the kind."""
        return self.roles or USUAL_ROLES.get(self.kind, frozenset())

    @property
    def essential(self) -> tuple[str, ...]:
        """Return the groups of which a firm must offer something.

        Makers buy materials as orders ask; who sells materials or components has them or not.
        """
        sells = bool(self.sought) and all(role[:2] in {"UP", "CO"} for role in self.sought)
        return GROUPS if sells else tuple(name for name in GROUPS if name != "materials")

    @property
    def pairs(self) -> float | None:
        """Return how many pairs are asked for, where it can be said in pairs."""
        return self.quantity.pairs if self.quantity else None

    def asked(self) -> dict[str, frozenset[str]]:
        """Return the groups in which something is asked for."""
        return {name: terms for name in GROUPS if (terms := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Answering:
    """How a firm answers enquiries: share answered, median days, out of how many."""

    share: float
    days: float
    count: int


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate; without a last day it is taken to hold."""

    code: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A topic the network checked, and until when that holds."""

    topic: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """What is known of a firm; ``None`` and an empty group mean "not stated", never zero or no."""

    key: Hashable
    roles: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()
    constructions: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    machines: frozenset[str] = frozenset()
    #: Pairs a month of single processes: ``(("STITCH", 2000),)``.
    process_pairs: tuple[tuple[str, int], ...] = ()
    monthly_capacity: int | None = None
    minimum_order: int | None = None
    lead_time_days: int | None = None
    region: str = ""
    point: Point | None = None
    certificates: tuple[Held, ...] = ()
    verified: tuple[Checked, ...] = ()
    confirmed_on: date | None = None
    completeness: int | None = None
    exports: bool | None = None
    languages: frozenset[str] = frozenset()
    takes_job_orders: bool | None = None
    answering: Answering | None = None
    #: Leads it got lately, for a fair share.
    leads: int = 0
    #: Sentences in its own words; see ``texts.pieces``.
    pieces: tuple[str, ...] = ()
    #: Askers it wants nothing of.
    blocked: frozenset[Hashable] = frozenset()

    @property
    def implies_job_orders(self) -> bool:
        """Say whether it works to order without naming the role."""
        return bool(self.takes_job_orders and self.roles & MAKERS)


Ancestors = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What need and firm are seen against: the day, the vocabulary's tree, how rare words are.

    ``ancestors`` holds for ``roles``, ``certificates`` and each group the terms above a term, the
    nearest first: ``{"products": {"OXFORD": ("FORMAL", "SHOE")}}``.
    """

    today: date
    ancestors: Ancestors = field(default_factory=dict)
    rarity: Rarity = field(default_factory=Rarity)
    dormant_days: int = DORMANT_DAYS

    @property
    def dormant_before(self) -> date:
        """Return the day before which a confirmation is too old."""
        return self.today - timedelta(days=self.dormant_days)

    def above(self, group: str, term: str) -> tuple[str, ...]:
        """Return the terms above a term, the nearest first."""
        return self.ancestors.get(group, {}).get(term, ())


Value = str | int | float | date


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a match: points out of 100, and the values it comes from.

    ``share`` is how well this part is met, 0 to 1; nothing where the firm did not state it.
    """

    code: str
    share: float | None
    weight: float
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A firm that fits: the score is the sum of its reasons' weights, 0 to 100."""

    need: Hashable
    firm: Hashable
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a firm cannot answer a need: ``Exclusion("minimum_order", (500, 200))``."""

    code: str
    values: tuple[Value, ...] = ()
