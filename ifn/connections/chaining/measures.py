"""What everything in a chain weighs, in kilometres of transport: the one table of it."""

from typing import Final

from ifn.connections.chaining.facts import Emphasis, Offer
from ifn.connections.matching.facts import Point
from ifn.connections.matching.measures import kilometres

#: So far away is whoever's place is not known.
UNKNOWN_KM: Final = 500
#: A day that eats into the reserve at the end weighs so many kilometres, as does one firm more to
#: deal with, a firm of which nothing is sure, and one that does nothing of what is asked.
DAY_KM, PARTNER_KM, DOUBT_KM, MISMATCH_KM = 20, 30, 100, 200
#: This part of the time stays free at the end, for what goes wrong on the way.
RESERVE: Final = 0.15


def way(one: Point | None, other: Point | None) -> int:
    """Return the kilometres between two places as the crow flies."""
    if one is None or other is None:
        return UNKNOWN_KM
    return round(kilometres(one, other))


def own_cost(offer: Offer, emphasis: Emphasis) -> int:
    """Return what speaks against a firm whatever the rest of the chain."""
    return doubt_cost(offer, emphasis) + mismatch_cost(offer, emphasis)


def doubt_cost(offer: Offer, emphasis: Emphasis) -> int:
    """Return what speaks against a firm of which little is sure."""
    return emphasis.sure * round(offer.doubt * DOUBT_KM / 100)


def mismatch_cost(offer: Offer, emphasis: Emphasis) -> int:
    """Return what speaks against a firm that does only part of what is asked."""
    return emphasis.fit * round(offer.mismatch * MISMATCH_KM / 100)


def reserve_days(deadline_days: int) -> int:
    """Return the days that should stay free at the end."""
    return round(deadline_days * RESERVE)
