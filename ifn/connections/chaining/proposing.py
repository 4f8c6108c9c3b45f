"""From a brief and the firms of each link to proposals with reasons, alternatives and proofs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import Final

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
from ifn.connections.chaining.offers import MOST_FIRMS, Weighed, at_least, nearest_but, weighed
from ifn.connections.chaining.solving import Solver
from ifn.connections.matching.facts import Firm, Ground

MOST_PROPOSALS: Final = 3
MOST_ALTERNATIVES: Final = 3
#: What all solving together may take; the first proposal gets what it needs of it.
SECONDS: Final = 3.5


def propose(
    brief: Brief,
    links: Sequence[Link],
    gathered: Mapping[str, Gathered],
    ground: Ground,
    *,
    most: int = MOST_FIRMS,
    seconds: float = SECONDS,
) -> Outcome:
    """Return up to three complete chains, the best first, and the links that nobody can take.

    ``gathered`` has for each link those who may come into question, near ones at least; see there.
    """
    found = {
        link.code: weighed(link, gathered[link.code], brief, ground, most=most) for link in links
    }
    options = {code: one.choices for code, one in found.items() if one.choices}
    outcome = Outcome(
        links=tuple(links),
        proposals=(),
        unfilled=tuple(
            _unfilled(link, gathered[link.code].firms, brief, ground)
            for link in links
            if link.code not in options
        ),
        fitting={code: one.fitting for code, one in found.items()},
        weighed={code: len(_firms(one.choices)) for code, one in found.items()},
    )
    if not options:
        return outcome
    solver = Solver(brief, links, options)
    proposals = _proposals(solver, rest_bound(found, brief), seconds)
    if proposals:
        return replace(outcome, proposals=tuple(proposals))
    return replace(outcome, fastest_days=solver.fastest(seconds))


def _unfilled(link: Link, firms: Iterable[Firm], brief: Brief, ground: Ground) -> Unfilled:
    known = list(firms)
    return Unfilled(link.code, len(known), nearest_but(link, known, brief, ground))


def _firms(choices: Iterable[Choice]) -> set[object]:
    return {firm for choice in choices for firm in choice.firms}


def _proposals(solver: Solver, rest: int | None, seconds: float) -> list[Proposal]:
    until = monotonic() + seconds
    hint: Choices = greedy(solver.options, solver.brief)
    found: list[Proposal] = []
    while len(found) < MOST_PROPOSALS and (left := until - monotonic()) > 0:
        solved = solver.best(left, hint, [one.choices for one in found])
        if solved is None:
            break
        plan = Plan(solver.brief, solver.links, solved.choices)
        found.append(
            Proposal(
                choices=solved.choices,
                costs=plan.costs,
                km=plan.km,
                days=plan.days,
                bound=solved.bound,
                rest_bound=rest,
                ends=plan.ends,
                alternatives=_alternatives(plan, solver.options),
            )
        )
        hint = solved.choices
    return found


def greedy(options: Mapping[str, Sequence[Choice]], brief: Brief) -> dict[str, Choice]:
    """Return for each link what costs least by itself: where solving begins, and a floor."""
    return {
        code: min(several, key=lambda one: at_least(one, brief))
        for code, several in options.items()
    }


def rest_bound(found: Mapping[str, Weighed], brief: Brief) -> int | None:
    """Return what a chain with anybody who was left out costs at least; nothing if nobody was.

    Of those left out the one with the highest bound counts, with its way to the place; in links
    whose left-out firms have a higher bound still, somebody who was known takes part.
    """
    rests = {code: one.rest for code, one in found.items() if one.rest is not None}
    bounds = [
        rest
        + sum(
            one.own
            for other, one in found.items()
            if other != code and rests.get(other, rest + 1) > rest
        )
        for code, rest in rests.items()
    ]
    return min(bounds) + brief.emphasis.few * PARTNER_KM if bounds else None


def _alternatives(
    plan: Plan, options: Mapping[str, Sequence[Choice]]
) -> dict[str, tuple[Alternative, ...]]:
    """Return for each link who would do as well or next best, all others staying."""
    return {code: _instead(plan, code, several) for code, several in options.items()}


def _instead(plan: Plan, code: str, several: Iterable[Choice]) -> tuple[Alternative, ...]:
    found: list[Alternative] = []
    for choice in several:
        if choice.firms == plan.choices[code].firms:
            continue
        other = Plan(plan.brief, plan.links, {**plan.choices, code: choice})
        if other.is_in_time:
            found.append(
                Alternative(
                    choice,
                    other.costs.total - plan.costs.total,
                    other.km - plan.km,
                    other.days - plan.days,
                )
            )
    return tuple(sorted(found, key=lambda one: one.more_cost)[:MOST_ALTERNATIVES])
