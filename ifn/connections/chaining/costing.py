"""What a chain costs and how long it takes: the definition; ``solving`` finds the least of it."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from ifn.connections.chaining.facts import Brief, Choice, Costs, Link
from ifn.connections.chaining.measures import (
    DAY_KM,
    PARTNER_KM,
    doubt_cost,
    mismatch_cost,
    reserve_days,
    way,
)

Choices = Mapping[str, Choice]


class Plan:
    """One choice for each link that somebody can take."""

    def __init__(self, brief: Brief, links: Iterable[Link], choices: Choices) -> None:
        self.brief, self.links, self.choices = brief, tuple(links), choices

    @cached_property
    def km(self) -> int:
        """Return the kilometres of all ways: each firm to each it delivers to, makers to the place.

        Where nobody takes the link that comes next, the way is reckoned to the place.
        """
        return sum(
            way_between(self.choices[link.code], self.choices.get(link.goes_to), self.brief)
            for link in self.links
            if link.code in self.choices
        )

    @cached_property
    def ends(self) -> Mapping[str, int]:
        """Return on which day each link is finished, counted from the order.

        A link that nobody takes counts with its usual days, as somebody outside has to take it.
        """
        ends: dict[str, int] = {}
        for link in in_turn(self.links):
            mine = self.choices.get(link.code)
            days = mine.days if mine else link.usual_days
            ends[link.code] = max(
                (ends[code] + days - saved(mine, self.choices.get(code)) for code in link.after),
                default=days,
            )
        return ends

    @cached_property
    def days(self) -> int:
        """Return the days from the order until everything is finished."""
        return max(self.ends.values(), default=0)

    @property
    def is_in_time(self) -> bool:
        """Say whether the deadline is kept."""
        return self.days <= self.brief.deadline_days

    @cached_property
    def costs(self) -> Costs:
        """Return what speaks against the chain, part by part."""
        emphasis = self.brief.emphasis
        offers = [offer for choice in self.choices.values() for offer in choice.offers]
        free = self.brief.deadline_days - reserve_days(self.brief.deadline_days)
        return Costs(
            distance=emphasis.near * self.km,
            late=emphasis.soon * DAY_KM * max(0, self.days - free),
            doubt=sum(doubt_cost(offer, emphasis) for offer in offers),
            partners=emphasis.few * PARTNER_KM * len({offer.firm for offer in offers}),
            mismatch=sum(mismatch_cost(offer, emphasis) for offer in offers),
        )


def way_between(one: Choice, other: Choice | None, brief: Brief) -> int:
    """Return the kilometres from every firm of a link to those of the next, or to the place."""
    targets = [offer.point for offer in other.offers] if other else [brief.place]
    return sum(
        0 if other and other.offers[place].firm == offer.firm else way(offer.point, target)
        for offer in one.offers
        for place, target in enumerate(targets)
    )


def saved(one: Choice | None, before: Choice | None) -> int:
    """Return the days saved in two links in a row: the same firms do both in the longer time."""
    return min(one.days, before.days) if one and before and one.firms == before.firms else 0


def in_turn(links: Iterable[Link]) -> list[Link]:
    """Return links so that each comes after those it waits for."""
    left = list(links)
    found: dict[str, Link] = {}
    while left:
        ready = [link for link in left if all(code in found for code in link.after)]
        found |= {link.code: link for link in ready}
        left = [link for link in left if link.code not in found]
    return list(found.values())
