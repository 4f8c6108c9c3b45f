"""What a chain with a certain choice costs at least: exact along the tree of links, without time.

Every link delivers to one other, so ways and firms can be summed up from the leaves and down again.
What is left out, lateness and firms shared between links, is counted as low as it can be. So no
chain with a choice is cheaper than its bound, and choices above a known chain need no solving.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import floor

import numpy as np
from numpy.typing import NDArray

from ifn.connections.chaining.costing import in_turn, way_between
from ifn.connections.chaining.facts import Brief, Choice, Link, Offer
from ifn.connections.chaining.measures import PARTNER_KM, UNKNOWN_KM, own_cost
from ifn.connections.matching.measures import EARTH_KM

Floats = NDArray[np.float64]
Options = Mapping[str, Sequence[Choice]]


class Bounds:
    """The bound of every choice of every link, in the order of the choices."""

    def __init__(self, brief: Brief, links: Iterable[Link], options: Options) -> None:
        self.brief, self.options = brief, options
        self.links = [link for link in in_turn(links) if options.get(link.code)]
        self.next = {
            link.code: link.goes_to if options.get(link.goes_to) else "" for link in self.links
        }
        self._offers = {code: _distinct(several) for code, several in options.items()}
        self._ways = {
            link.code: self._between(link.code, self.next[link.code]) for link in self.links
        }
        below = self._summed_up()
        self.of = self._handed_down(below)
        self._below = below

    @property
    def least(self) -> int:
        """Return what no chain at all is cheaper than."""
        return min(int(several.min()) for several in self.of.values())

    def cheapest(self) -> dict[str, Choice]:
        """Return the chain with the lowest bound: the best one but for time and shared firms."""
        found: dict[str, int] = {}
        for link in self._from_the_root():
            costs = self._below[link.code]
            if following := self.next[link.code]:
                costs = costs + self._ways[link.code][:, found[following]]
            found[link.code] = int(costs.argmin())
        return {code: self.options[code][place] for code, place in found.items()}

    def ranked(self, code: str) -> list[tuple[int, Choice]]:
        """Return the choices of a link with their bounds, the lowest first."""
        bounds = self.of[code]
        return [
            (int(bounds[place]), self.options[code][place])
            for place in np.argsort(bounds, kind="stable")
        ]

    def _from_the_root(self) -> list[Link]:
        """Return the links so that each comes after the one it delivers to."""
        found: dict[str, Link] = {}
        while len(found) < len(self.links):
            found |= {
                link.code: link
                for link in self.links
                if not self.next[link.code] or self.next[link.code] in found
            }
        return list(found.values())

    def _summed_up(self) -> dict[str, Floats]:
        """Return what each choice and everything that comes to it costs at least."""
        found = {code: self._own(code) for code in self.next}
        for link in reversed(self._from_the_root()):
            if following := self.next[link.code]:
                through = found[link.code][:, None] + self._ways[link.code]
                found[following] = found[following] + through.min(axis=0)
        return found

    def _handed_down(self, below: Mapping[str, Floats]) -> dict[str, Floats]:
        """Return what the whole chain costs at least with each choice."""
        roots = {code: float(below[code].min()) for code in self.next if not self.next[code]}
        found: dict[str, Floats] = {}
        for link in self._from_the_root():
            code, following = link.code, self.next[link.code]
            if not following:
                found[code] = below[code] + sum(roots.values()) - roots[code]
                continue
            through = below[code][:, None] + self._ways[code]
            others = found[following] - through.min(axis=0)
            found[code] = (through + others).min(axis=1)
        return found

    def _own(self, code: str) -> Floats:
        """Return what each choice of a link costs at least by itself, with a way to the place."""
        links_of = Counter(offer.firm for several in self._offers.values() for offer in several)
        emphasis = self.brief.emphasis
        own = [
            sum(
                own_cost(offer, emphasis) + floor(emphasis.few * PARTNER_KM / links_of[offer.firm])
                for offer in choice.offers
            )
            + (0 if self.next[code] else emphasis.near * way_between(choice, None, self.brief))
            for choice in self.options[code]
        ]
        return np.array(own, dtype=np.float64)

    def _between(self, code: str, following: str) -> Floats:
        """Return the cost of the way from each choice of a link to each of the next one."""
        if not following:
            return np.zeros((len(self.options[code]), 0))
        here, there = self._offers[code], self._offers[following]
        km = _kilometres(here, there)
        at = {offer.firm: place for place, offer in enumerate(there)}
        for place, offer in enumerate(here):
            if offer.firm in at:
                km[place, at[offer.firm]] = 0
        taking = _taking(self.options[code], here)
        arriving = _taking(self.options[following], there)
        found: Floats = self.brief.emphasis.near * (taking @ km @ arriving.T)
        return found


def _distinct(several: Iterable[Choice]) -> list[Offer]:
    return list({offer.firm: offer for choice in several for offer in choice.offers}.values())


def _taking(several: Sequence[Choice], offers: Sequence[Offer]) -> Floats:
    at: dict[Hashable, int] = {offer.firm: place for place, offer in enumerate(offers)}
    found = np.zeros((len(several), len(offers)))
    for row, choice in enumerate(several):
        for offer in choice.offers:
            found[row, at[offer.firm]] = 1
    return found


def _kilometres(here: Sequence[Offer], there: Sequence[Offer]) -> Floats:
    """Return the ways between firms; rounded down, as a bound must not be above the truth."""
    south, west = _radians(here)
    north, east = _radians(there)
    half = (
        np.sin((south[:, None] - north) / 2) ** 2
        + np.cos(south)[:, None] * np.cos(north) * np.sin((west[:, None] - east) / 2) ** 2
    )
    km = np.floor(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))
    found: Floats = np.where(np.isnan(km), UNKNOWN_KM, km)
    return found


def _radians(offers: Sequence[Offer]) -> tuple[Floats, Floats]:
    unknown = (float("nan"), float("nan"))
    points = np.array([offer.point or unknown for offer in offers]).reshape(len(offers), 2)
    return np.radians(points[:, 0]), np.radians(points[:, 1])
