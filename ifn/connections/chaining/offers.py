"""Who could take a link: hard conditions as in matching, then what speaks against each."""

from collections.abc import Iterable
from itertools import combinations
from math import ceil, floor
from typing import Final, NamedTuple

from ifn.connections.chaining.facts import (
    Brief,
    Choice,
    Gathered,
    Link,
    Nearest,
    Offer,
)
from ifn.connections.chaining.measures import (
    DOUBT_KM,
    MISMATCH_KM,
    UNKNOWN_KM,
    own_cost,
    way,
)
from ifn.connections.matching.conditions import exclusions, is_apart
from ifn.connections.matching.facts import Exclusion, Firm, Ground, Need, Quantity
from ifn.connections.matching.fairness import mark
from ifn.connections.matching.measures import (
    BROADER,
    MONTH,
    capacity_for,
    freshness,
    kilometres,
    verification,
)
from ifn.connections.matching.scoring import scored, weights

#: Firms too small alone, of which pairs are made; the others are left out, with a bound.
MOST_SMALL: Final = 16
#: Each stretch of a way is rounded to whole kilometres; a way has at most four.
ROUNDED: Final = 4
#: An order that two share is cut into so many lots at most.
LOTS: Final = 20
#: Parts of a score that say whether a firm does what the link asks.
FIT: Final = frozenset(
    {"role", "products", "materials", "constructions", "processes", "certificates", "job_order"}
)
#: What makes a firm doubtful, in percent: nothing verified, long unconfirmed, things unstated.
UNVERIFIED, STALE, NO_LEAD, NO_CAPACITY, NO_MINIMUM = 35, 30, 15, 12, 8


class Weighed(NamedTuple):
    """The choices of a link that are weighed, how many firms fit, and the bound on the others.

    ``own`` is the least that speaks against any of the firms that fit, ``rest_own`` against others.
    """

    choices: tuple[Choice, ...]
    fitting: int
    rest: int | None
    own: int
    rest_own: int


def need_of(link: Link, brief: Brief, key: str = "") -> Need:
    """Return what a link asks of a firm, as matching reads it."""
    return Need(
        key=key or link.code,
        roles=link.roles,
        products=link.products,
        materials=link.materials,
        constructions=link.constructions,
        processes=link.processes,
        certificates=link.certificates,
        quantity=Quantity(brief.pairs) if link.counts_pairs else None,
        deadline_days=brief.deadline_days,
        place=brief.place,
        is_job_order=link.is_job_order,
    )


def offer_of(firm: Firm, link: Link, brief: Brief, ground: Ground) -> Offer:
    """Return what a firm could do in a link, whether or not a condition stands against it."""
    need = need_of(link, brief)
    found = scored(need, firm, ground)
    points = {code: weight for code, weight in weights(need).items() if code in FIT}
    got = sum(reason.weight for reason in found.reasons if reason.code in points)
    lead = firm.lead_time_days
    return Offer(
        firm=firm.key,
        point=firm.point,
        lead_days=link.usual_days if lead is None else lead,
        is_lead_stated=lead is not None,
        monthly=capacity_for(need, firm) if link.counts_pairs else None,
        least=firm.minimum_order if link.counts_pairs else None,
        mismatch=round(100 * (1 - got / sum(points.values()))),
        doubt=_doubt(firm, link, need, ground),
        reasons=found.reasons,
    )


def least_unverified(brief: Brief) -> int:
    """Return what speaks at least against a firm of which nothing is verified."""
    return brief.emphasis.sure * round(UNVERIFIED * DOUBT_KM / 100)


def least_mismatch(link: Link, brief: Brief) -> int:
    """Return the cost of mismatch that a firm has at least which states nothing equal or narrower.

    That is, in one of the groups asked for: there it gets half of the points at most.
    """
    need = need_of(link, brief)
    points = {code: weight for code, weight in weights(need).items() if code in FIT}
    least = min((points[group] for group in need.asked()), default=0.0) * (1 - BROADER)
    share = floor(100 * least / sum(points.values()))
    return brief.emphasis.fit * floor(share * MISMATCH_KM / 100)


def _doubt(firm: Firm, link: Link, need: Need, ground: Ground) -> int:
    confirmed = firm.confirmed_on
    fresh = 0.0 if confirmed is None else freshness((ground.today - confirmed).days)
    doubt = UNVERIFIED * (1 - verification(firm.verified, ground)) + STALE * (1 - fresh)
    doubt += NO_LEAD * (firm.lead_time_days is None)
    if link.counts_pairs:
        doubt += NO_CAPACITY * (capacity_for(need, firm) is None)
        doubt += NO_MINIMUM * (firm.minimum_order is None)
    return round(doubt)


def days_for(offer: Offer, pairs: int) -> int:
    """Return the days in which a firm has so many pairs ready, once it has what it needs."""
    making = ceil(pairs * MONTH / offer.monthly) if offer.monthly else 0
    return max(offer.lead_days, making, 1)


def alone(offer: Offer, link: Link, brief: Brief) -> Choice | None:
    """Return the choice of one firm for the whole order; nothing where it cannot in time."""
    days = days_for(offer, brief.pairs if link.counts_pairs else 0)
    if days > brief.deadline_days or (offer.least or 0) > brief.pairs:
        return None
    return Choice(link.code, (offer,), (brief.pairs,), days)


def shared(one: Offer, other: Offer, link: Link, brief: Brief) -> Choice | None:
    """Return the quickest way in which two firms share an order; nothing where none is possible.

    The order is cut into at most ``LOTS`` equal lots; each firm gets its minimum and no more than
    it can make in time.
    """
    lots = min(LOTS, brief.pairs)
    found: list[tuple[int, int, int]] = []
    for taken in range(1, lots):
        first = taken * brief.pairs // lots
        parts = ((one, first), (other, brief.pairs - first))
        if all((offer.least or 0) <= pairs for offer, pairs in parts):
            days = max(days_for(offer, pairs) for offer, pairs in parts)
            found.append((days, abs(2 * first - brief.pairs), first))
    best = min(found, default=None)
    if best is None or best[0] > brief.deadline_days:
        return None
    return Choice(link.code, (one, other), (best[2], brief.pairs - best[2]), best[0])


def weighed(link: Link, gathered: Gathered, brief: Brief, ground: Ground) -> Weighed:
    """Return the choices for a link, each with what its firms could do.

    Two firms share an order only where neither could take it alone in time.
    """
    need = need_of(link, brief)
    single: list[Choice] = []
    small: list[Offer] = []
    for firm in gathered.firms:
        if is_apart(need, firm):
            continue
        against = exclusions(need, firm, ground)
        if not against or {one.code for one in against} == {"capacity"}:
            offer = offer_of(firm, link, brief, ground)
            if choice := None if against else alone(offer, link, brief):
                single.append(choice)
            elif link.counts_pairs and offer.lead_days <= brief.deadline_days:
                small.append(offer)
    pairs, left_out = _pairs(small, link, brief)
    bounds = [bound for bound in (gathered.rest, left_out) if bound is not None]
    fitting = [*(choice.offers[0] for choice in single), *small]
    return Weighed(
        choices=(*single, *pairs),
        fitting=len(fitting),
        rest=min(bounds, default=None),
        own=min((own_cost(offer, brief.emphasis) for offer in fitting), default=0),
        rest_own=gathered.rest_own,
    )


def _pairs(small: list[Offer], link: Link, brief: Brief) -> tuple[list[Choice], int | None]:
    """Return the ways to share the order among the most promising, and the bound on the others."""
    ranked = sorted(small, key=lambda one: (at_least(one, brief), mark(one.firm)))
    found = [
        choice
        for one, other in combinations(ranked[:MOST_SMALL], 2)
        if (choice := shared(one, other, link, brief))
    ]
    left_out = ranked[MOST_SMALL:]
    return found, at_least(left_out[0], brief) if left_out else None


def at_least(offer: Offer, brief: Brief) -> int:
    """Return what any chain with this offer costs at least: itself and its way to the place.

    The way through the links after it is never shorter than the straight one, where all points are
    known; through an unknown one it counts twice ``UNKNOWN_KM`` at least.
    """
    km = min(way(offer.point, brief.place), 2 * UNKNOWN_KM)
    return own_cost(offer, brief.emphasis) + brief.emphasis.near * max(km - ROUNDED, 0)


def nearest_but(link: Link, firms: Iterable[Firm], brief: Brief, ground: Ground) -> Nearest | None:
    """Return the nearest of those who play a link's role, and what keeps it from taking the link.

    Those with the fewest conditions against them come first.
    """
    need = need_of(link, brief)
    found: list[tuple[tuple[int, float, int], Nearest]] = []
    for firm in firms:
        if is_apart(need, firm):
            continue
        against = exclusions(need, firm, ground)
        if any(one.code == "role" for one in against):
            continue
        lead = firm.lead_time_days
        if lead is not None and lead > brief.deadline_days:
            against = (*against, Exclusion("lead_time", (lead, brief.deadline_days)))
        km = kilometres(firm.point, brief.place) if firm.point else None
        far = UNKNOWN_KM if km is None else km
        found.append(((len(against), far, mark(firm.key)), Nearest(firm.key, km, against)))
    return min(found, key=lambda one: one[0])[1] if found else None
