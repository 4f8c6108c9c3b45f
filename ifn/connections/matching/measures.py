"""How near two facts are: terms in a tree, points on the globe, amounts against amounts."""

import math
from collections.abc import Iterable
from typing import Final

from ifn.connections.matching.facts import Checked, Firm, Ground, Need, Point, Reach

EQUAL, NARROWER, IMPLIED, BROADER, BROADEST = 1.0, 0.9, 0.8, 0.5, 0.3
#: Without a deadline a buyer is taken to wait so long, and nobody longer than the second.
USUAL_DAYS: Final = 90
LONGEST_DAYS: Final = 365
MONTH: Final = 30
#: Production of three times what is asked is room enough.
ROOM: Final = 3.0
#: At this distance nearness counts half.
HALF_KM: Final = 150.0
EARTH_KM: Final = 6371.0
#: Fresh to the first; nothing from the second.
FRESH_DAYS, OLD_DAYS = 180, 730
#: What each topic adds to being verified.
TOPICS: Final = {"capability": 0.4, "order": 0.25, "place": 0.2, "legality": 0.15}
#: Answers within so many days count half.
HALF_ANSWER_DAYS: Final = 4.0


def degree(asked: str, stated: str, group: str, ground: Ground) -> float:
    """Return how far a stated term answers an asked one; specific counts before general."""
    if asked == stated:
        return EQUAL
    if asked in ground.above(group, stated):
        return NARROWER
    above = ground.above(group, asked)
    if stated in above:
        return BROADER if above[0] == stated else BROADEST
    return 0.0


def best_degree(asked: str, stated: Iterable[str], group: str, ground: Ground) -> float:
    """Return how far the nearest of the stated terms answers an asked one."""
    return max((degree(asked, one, group, ground) for one in stated), default=0.0)


def role_degree(asked: str, firm: Firm, ground: Ground) -> float:
    """Return how far a firm plays a role; makers who take job orders play that role too."""
    found = best_degree(asked, firm.roles, "roles", ground)
    implied = asked == "PR_MAKLON" and firm.implies_job_orders
    return max(found, IMPLIED) if implied else found


def kilometres(one: Point, other: Point) -> float:
    """Return the way between two points as the crow flies."""
    north, south = math.radians(one[0]), math.radians(other[0])
    half = (
        math.sin((south - north) / 2) ** 2
        + math.cos(north) * math.cos(south) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def inside(reach: Reach, region: str, point: Point | None) -> bool | None:
    """Say whether a place is within reach; nothing where the place is not known well enough."""
    if reach.region:
        if not region or (reach.region.startswith(f"{region}.")):
            return None
        return region == reach.region or region.startswith(f"{reach.region}.")
    if reach.point and reach.km is not None:
        return None if point is None else kilometres(reach.point, point) <= reach.km
    return True


def capacity_for(need: Need, firm: Firm) -> float | None:
    """Return the pairs a month of the narrowest stated step that the need asks for."""
    stated = [pairs for code, pairs in firm.process_pairs if code in need.processes]
    if firm.monthly_capacity is not None:
        stated.append(firm.monthly_capacity)
    return min(stated, default=None)


def months(need: Need, without: int) -> float:
    """Return the months there are to produce what is asked; one where it is asked every month."""
    if need.quantity and need.quantity.is_monthly:
        return 1.0
    days = without if need.deadline_days is None else need.deadline_days
    return min(days, LONGEST_DAYS) / MONTH


def room(possible: float, asked: float) -> float:
    """Return how comfortably an amount fits into what can be made: just enough counts half."""
    if possible < asked:
        return 0.2 * possible / asked
    return 0.5 + 0.5 * min((possible / asked - 1) / (ROOM - 1), 1.0)


def in_time(lead: float, deadline: float) -> float:
    """Return how well a lead time keeps a deadline: just in time counts half."""
    if lead <= deadline:
        return 0.5 + 0.5 * min(2 * (1 - lead / deadline), 1.0) if deadline else 0.5
    return 0.0


def nearness(km: float) -> float:
    """Return 1 for next door, a half at 150 km."""
    return 1 / (1 + km / HALF_KM)


def freshness(days: float) -> float:
    """Return 1 for what was confirmed in the last half year, falling to 0 at two years."""
    return min(1.0, max(0.0, (OLD_DAYS - days) / (OLD_DAYS - FRESH_DAYS)))


def verification(verified: Iterable[Checked], ground: Ground) -> float:
    """Return how much of a firm was checked and still holds."""
    holding = {one.topic for one in verified if one.expires_on >= ground.today}
    return sum(share for topic, share in TOPICS.items() if topic in holding)


def responsiveness(share: float, days: float) -> float:
    """Return how well a firm answers: most of it is that it does, the rest how soon."""
    return share * (0.6 + 0.4 / (1 + max(days, 0.0) / HALF_ANSWER_DAYS))
