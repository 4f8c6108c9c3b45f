"""From a brief and the firms of each link to proposals with reasons, alternatives and proofs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import Final

from ifn.connections.chaining.bounding import Bounds, Options
from ifn.connections.chaining.costing import Choices, Plan
from ifn.connections.chaining.facts import (
    Alternative,
    Brief,
    Choice,
    Gathered,
    Link,
    Outcome,
    Proposal,
    Unfilled,
)
from ifn.connections.chaining.measures import PARTNER_KM
from ifn.connections.chaining.offers import Weighed, at_least, nearest_but, weighed
from ifn.connections.chaining.solving import Solver
from ifn.connections.matching.facts import Ground

#: A proposal each: the parts of the time left that solving it may take.
PARTS: Final = (0.6, 0.6, 1.0)
LEAST_SECONDS: Final = 0.1
MOST_ALTERNATIVES: Final = 3
#: Choices of a link that are solved over, and of which alternatives are named.
MOST_SOLVED, MOST_COMPARED = 60, 25
#: What all solving together may take.
SECONDS: Final = 2.4


def propose(
    brief: Brief,
    links: Sequence[Link],
    gathered: Mapping[str, Gathered],
    ground: Ground,
    *,
    seconds: float = SECONDS,
) -> Outcome:
    """Return up to three complete chains, the best first, and the links that nobody can take.

    ``gathered`` has for each link those who may come into question, near ones at least; see there.
    """
    found = {link.code: weighed(link, gathered[link.code], brief, ground) for link in links}
    options = {code: one.choices for code, one in found.items() if one.choices}
    outcome = Outcome(
        links=tuple(links),
        proposals=(),
        unfilled=tuple(
            Unfilled(link.code, nearest_but(link, gathered[link.code].firms, brief, ground))
            for link in links
            if link.code not in options
        ),
        fitting={code: one.fitting for code, one in found.items()},
    )
    if not options:
        return outcome
    search = _Search(brief, links, options, rest_bound(found, brief))
    if proposals := search.proposals(seconds):
        return replace(outcome, proposals=tuple(proposals))
    quickest = fastest(brief, links, options, seconds)
    if quickest and quickest.is_in_time:  # none was found in the time, and yet there is one
        return replace(outcome, proposals=(search.told(quickest, search.bounds.least),))
    return replace(outcome, fastest_days=quickest.days if quickest else None)


class _Search:
    """The choices of a brief with their bounds, asked for one chain after the other."""

    def __init__(
        self, brief: Brief, links: Sequence[Link], options: Options, rest: int | None
    ) -> None:
        self.brief, self.links, self.options, self.rest = brief, links, options, rest
        self.bounds = Bounds(brief, links, options)
        self.ranked = {code: self.bounds.ranked(code) for code in options}
        self.by_firms = {
            code: {choice.firms: choice for choice in several} for code, several in options.items()
        }

    def proposals(self, seconds: float) -> list[Proposal]:
        """Return the best chain and the next best with another firm in a main link."""
        until = monotonic() + seconds
        found: list[Proposal] = []
        for part in PARTS:
            left = max(until - monotonic(), LEAST_SECONDS)
            one = self._next(found, part * left)
            if one is None:
                break
            found.append(one)
        return sorted(found, key=lambda one: one.costs.total)

    def _next(self, before: Sequence[Proposal], seconds: float) -> Proposal | None:
        """Return the best chain unlike those before; of a known one and what solving finds."""
        chains = [one.choices for one in before]
        known = self._known(chains)
        options, left_out = self._worth_solving(known)
        solved = Solver(self.brief, self.links, options).best(
            seconds, known.choices if known else None, chains
        )
        plan = Plan(self.brief, self.links, solved.choices) if solved else known
        if plan is None:
            return None
        if known and known.costs.total < plan.costs.total:
            plan = known
        bound = solved.bound if solved else self.bounds.least
        return self.told(plan, max(self.bounds.least, min(bound, *left_out, plan.costs.total)))

    def told(self, plan: Plan, bound: int) -> Proposal:
        """Return a chain as a proposal, with what is proved and who else could do it."""
        return Proposal(
            choices=plan.choices,
            costs=plan.costs,
            km=plan.km,
            days=plan.days,
            bound=bound,
            rest_bound=self.rest,
            ends=plan.ends,
            alternatives=self._alternatives(plan),
        )

    def _known(self, before: Sequence[Choices]) -> Plan | None:
        """Return a good chain that keeps the deadline and is unlike those before, if one is found.

        It is what solving begins from, and no choice with a higher bound is worth solving.
        """

        def best_near(plans: Iterable[Plan]) -> Plan | None:
            may = (
                plan
                for start in plans
                for plan in self._neighbours(start)
                if plan.is_in_time and all(is_unlike(plan.choices, one, links) for one in before)
            )
            return min(may, default=None, key=lambda plan: plan.costs.total)

        links = self.links
        starts = before or [self.bounds.cheapest(), self._quickest()]
        best = best_near(Plan(self.brief, links, start) for start in starts)
        while best and (better := best_near([best])) and better.costs.total < best.costs.total:
            best = better
        return best

    def _neighbours(self, plan: Plan) -> Iterator[Plan]:
        """Yield a chain, and those with others in one link or in all links of the same firms."""
        yield plan
        for code, ranked in self.ranked.items():
            leaving = plan.choices[code].firms
            together = [other for other, one in plan.choices.items() if one.firms == leaving]
            for _bound, choice in ranked[:MOST_COMPARED]:
                changed = {code: choice}
                yield Plan(self.brief, self.links, {**plan.choices, **changed})
                for other in together:
                    if same := self.by_firms[other].get(choice.firms):
                        changed[other] = same
                if len(changed) > 1:
                    yield Plan(self.brief, self.links, {**plan.choices, **changed})

    def _quickest(self) -> dict[str, Choice]:
        return {
            code: min(ranked, key=lambda one: (one[1].days, one[0]))[1]
            for code, ranked in self.ranked.items()
        }

    def _worth_solving(self, known: Plan | None) -> tuple[Options, list[int]]:
        """Return the choices that could make a chain better than a known one, with its own.

        Beside them the lowest bounds of those that could too and are still left out.
        """
        limit = known.costs.total if known else None
        options: dict[str, list[Choice]] = {}
        left_out: list[int] = []
        for code, ranked in self.ranked.items():
            better = [one for one in ranked if limit is None or one[0] < limit]
            kept = [choice for _bound, choice in better[:MOST_SOLVED]]
            options[code] = kept if known is None else list(_with(known.choices[code], kept))
            left_out += [bound for bound, _choice in better[MOST_SOLVED : MOST_SOLVED + 1]]
        return options, left_out

    def _alternatives(self, plan: Plan) -> dict[str, tuple[Alternative, ...]]:
        """Return for each link who would do as well or next best, all others staying."""
        return {code: self._instead(plan, code) for code in self.options}

    def _instead(self, plan: Plan, code: str) -> tuple[Alternative, ...]:
        found: list[Alternative] = []
        for _bound, choice in self.ranked[code][:MOST_COMPARED]:
            other = Plan(self.brief, self.links, {**plan.choices, code: choice})
            if choice.firms != plan.choices[code].firms and other.is_in_time:
                more = other.costs.total - plan.costs.total
                found.append(Alternative(choice, more, other.km - plan.km, other.days - plan.days))
        return tuple(sorted(found, key=lambda one: one.more_cost)[:MOST_ALTERNATIVES])


def _with(choice: Choice, several: Sequence[Choice]) -> Iterator[Choice]:
    yield from several
    if choice not in several:
        yield choice


def is_unlike(one: Choices, other: Choices, links: Iterable[Link]) -> bool:
    """Say whether a chain has a firm in a main link that another has not there."""
    return any(
        not one[link.code].firms <= other[link.code].firms
        for link in links
        if link.is_main and link.code in one
    )


def fastest(brief: Brief, links: Sequence[Link], options: Options, seconds: float) -> Plan | None:
    """Return the chain that is done first, whatever it costs.

    A link needs only its quickest choice, and firms that can also take the link before or after.
    """
    near = {link.code: {*link.after, link.goes_to} for link in links}
    firms = {code: {one.firms for one in several} for code, several in options.items()}
    some: dict[str, list[Choice]] = {}
    for code, several in options.items():
        beside = [other for other in firms if other in near[code] or code in near[other]]
        shared = [one for one in several if any(one.firms in firms[other] for other in beside)]
        some[code] = list({one.firms: one for one in (min(several, key=_days), *shared)}.values())
    found = Solver(brief, links, some).fastest(seconds)
    return Plan(brief, links, found.choices) if found else None


def _days(choice: Choice) -> int:
    return choice.days


def greedy(options: Options, brief: Brief) -> dict[str, Choice]:
    """Return for each link what costs least by itself with its way to the place: the simple way."""
    return {
        code: min(several, key=lambda one: sum(at_least(offer, brief) for offer in one.offers))
        for code, several in options.items()
    }


def rest_bound(found: Mapping[str, Weighed], brief: Brief) -> int | None:
    """Return what a chain with anybody who was left out costs at least; nothing if nobody was.

    Of those left out the one with the highest bound counts with its way to the place. In links
    whose left-out firms have a higher bound still, somebody who was known takes part.
    """
    rests = {code: one.rest for code, one in found.items() if one.rest is not None}
    bounds = [
        rest
        + sum(
            one.own if rests.get(other, rest + 1) > rest else min(one.own, one.rest_own)
            for other, one in found.items()
            if other != code
        )
        for code, rest in rests.items()
    ]
    return min(bounds) + brief.emphasis.few * PARTNER_KM if bounds else None
