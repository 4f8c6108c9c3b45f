"""Hard conditions: what keeps a firm from answering a need, said with the values it comes from.

A condition fails only on what is known; what a firm did not state never excludes it.
"""

from collections.abc import Callable, Iterator
from typing import Final

from ifn.connections.matching.facts import Exclusion, Firm, Ground, Need
from ifn.connections.matching.measures import (
    LONGEST_DAYS,
    best_degree,
    capacity_for,
    inside,
    kilometres,
    months,
    role_degree,
)

Condition = Callable[[Need, Firm, Ground], Exclusion | None]


def is_apart(need: Need, firm: Firm) -> bool:
    """Say whether the two must never meet: one blocks the other, or both are the same firm."""
    return (
        firm.key == need.asker
        or firm.key in need.blocked
        or (need.asker is not None and need.asker in firm.blocked)
    )


def exclusions(need: Need, firm: Firm, ground: Ground) -> tuple[Exclusion, ...]:
    """Return every reason why a firm cannot answer a need; none when it can."""
    found = (condition(need, firm, ground) for condition in CONDITIONS)
    groups = (_lacks(name, need, firm, ground) for name in need.essential)
    return tuple(one for one in (*found, *groups) if one)


def _dormant(_need: Need, firm: Firm, ground: Ground) -> Exclusion | None:
    confirmed = firm.confirmed_on
    if confirmed is None or confirmed >= ground.dormant_before:
        return None
    return Exclusion("dormant", (confirmed,))


def _role(need: Need, firm: Firm, ground: Ground) -> Exclusion | None:
    sought = need.sought
    if not (sought and firm.roles) or any(role_degree(one, firm, ground) for one in sought):
        return None
    return Exclusion("role", tuple(sorted(sought)))


def _job_order(need: Need, firm: Firm, _ground: Ground) -> Exclusion | None:
    refused = need.is_job_order and firm.takes_job_orders is False
    return Exclusion("job_order") if refused else None


def _minimum(need: Need, firm: Firm, _ground: Ground) -> Exclusion | None:
    asked, least = need.pairs, firm.minimum_order
    if asked is None or least is None or least <= asked:
        return None
    return Exclusion("minimum_order", (least, asked))


def _capacity(need: Need, firm: Firm, _ground: Ground) -> Exclusion | None:
    asked, monthly = need.pairs, capacity_for(need, firm)
    if asked is None or monthly is None:
        return None
    possible = monthly * months(need, LONGEST_DAYS)
    return Exclusion("capacity", (round(possible), asked)) if possible < asked else None


def _certificates(need: Need, firm: Firm, ground: Ground) -> Exclusion | None:
    if not firm.certificates:
        return None
    missing = need.certificates - frozenset(_held(firm, ground, today_only=True))
    if not missing:
        return None
    ended = missing & frozenset(_held(firm, ground, today_only=False))
    code = "certificate_ended" if ended == missing else "certificate"
    return Exclusion(code, tuple(sorted(missing)))


def _held(firm: Firm, ground: Ground, *, today_only: bool) -> Iterator[str]:
    """Yield the certificates a firm has, with the kinds they belong to."""
    for one in firm.certificates:
        if not today_only or one.expires_on is None or one.expires_on >= ground.today:
            yield one.code
            yield from ground.above("certificates", one.code)


def _outside(need: Need, firm: Firm, _ground: Ground) -> Exclusion | None:
    if inside(need.reach, firm.region, firm.point) is not False:
        return None
    if need.reach.region:
        return Exclusion("outside_region", (firm.region, need.reach.region))
    assert need.reach.point  # noqa: S101  # nothing else can be outside
    assert firm.point  # noqa: S101
    return Exclusion(
        "outside_km", (round(kilometres(need.reach.point, firm.point)), need.reach.km or 0)
    )


def _lacks(group: str, need: Need, firm: Firm, ground: Ground) -> Exclusion | None:
    asked, stated = getattr(need, group), getattr(firm, group)
    if not (asked and stated) or any(best_degree(one, stated, group, ground) for one in asked):
        return None
    return Exclusion(group, tuple(sorted(asked)))


CONDITIONS: Final[tuple[Condition, ...]] = (
    _dormant,
    _role,
    _job_order,
    _minimum,
    _capacity,
    _certificates,
    _outside,
)
