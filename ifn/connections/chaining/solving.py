"""Choose the best chain with OR-Tools' CP-SAT; only background work imports this.

Each link takes exactly one of its choices. Ways between two links are variables over pairs of
places whose sums are those of the choices, which keeps the relaxation tight along the tree of
links; times, firms and lateness couple the rest.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import Final

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar, LinearExpr

from ifn.connections.chaining.costing import Choices, in_turn, saved, way_between
from ifn.connections.chaining.facts import Brief, Choice, Link
from ifn.connections.chaining.measures import DAY_KM, PARTNER_KM, own_cost, reserve_days

SEED: Final = 7
#: Longer than any chain takes, in days.
LONGEST: Final = 5_000
#: Differences below one do not exist; this keeps rounding of floats from adding one.
HAIR: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Solved:
    """The best that was found, and the proved bound: nothing that may be chosen is below it."""

    choices: Mapping[str, Choice]
    bound: int


class Solver:
    """One brief with the choices of its links; asked once, for the best or for the fastest."""

    def __init__(
        self, brief: Brief, links: Iterable[Link], options: Mapping[str, Sequence[Choice]]
    ) -> None:
        self.brief, self.links, self.options = brief, tuple(links), options
        self.filled = [link for link in self.links if options.get(link.code)]
        self.model = cp_model.CpModel()
        self.takes = {
            code: [self.model.new_bool_var(f"{code} {place}") for place in range(len(several))]
            for code, several in options.items()
        }
        for several in self.takes.values():
            self.model.add_exactly_one(several)
        self.days = self._timed()

    def best(
        self, seconds: float, hint: Choices | None = None, unlike: Sequence[Choices] = ()
    ) -> Solved | None:
        """Return the chain with the lowest cost that keeps the deadline; nothing if there is none.

        Against each of ``unlike`` it has another firm in a main link. Within the time the best that
        was found comes with the bound that was proved.
        """
        self._hint(hint)
        self.model.add(self.days <= self.brief.deadline_days)
        for one in unlike:
            self.model.add_at_least_one(self._others(one))
        self.model.minimize(LinearExpr.sum(list(self._parts())))
        return self._solved(seconds)

    def fastest(self, seconds: float) -> Solved | None:
        """Return the chain that is done in the fewest days; the bound is in days."""
        self.model.minimize(self.days)
        return self._solved(seconds)

    def _solved(self, seconds: float) -> Solved | None:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1  # the same brief says the same tomorrow
        solver.parameters.random_seed = SEED
        solver.parameters.linearization_level = 2
        # What these look for in the model is not there, and looking takes longer than solving.
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        if solver.solve(self.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return None
        chosen = {
            code: self.options[code][place]
            for code, several in self.takes.items()
            for place, variable in enumerate(several)
            if solver.boolean_value(variable)
        }
        return Solved(chosen, ceil(solver.best_objective_bound - HAIR))

    def _hint(self, hint: Choices | None) -> None:
        for code, several in self.takes.items():
            for variable, option in zip(several, self.options[code], strict=True):
                if hint:
                    self.model.add_hint(variable, option == hint.get(code))

    def _others(self, one: Choices) -> list[IntVar]:
        """Return the choices of main links that bring in a firm which a chain has not there."""
        return [
            variable
            for link in self.filled
            if link.is_main
            for variable, option in zip(self.takes[link.code], self.options[link.code], strict=True)
            if not option.firms <= one[link.code].firms
        ]

    def _parts(self) -> Iterator[LinearExpr]:
        """Yield what everything adds to the cost."""
        emphasis, brief = self.brief.emphasis, self.brief
        followed = {link.code for link in self.filled}
        for link in self.filled:
            own = [
                sum(own_cost(offer, emphasis) for offer in option.offers)
                for option in self.options[link.code]
            ]
            yield LinearExpr.weighted_sum(self.takes[link.code], own)
            if link.goes_to in followed:
                yield emphasis.near * self._ways(link.code, link.goes_to)
            else:
                ways = [way_between(one, None, brief) for one in self.options[link.code]]
                yield emphasis.near * LinearExpr.weighted_sum(self.takes[link.code], ways)
        yield emphasis.few * PARTNER_KM * self._partners()
        free = brief.deadline_days - reserve_days(brief.deadline_days)
        late = self.model.new_int_var(0, LONGEST, "late")
        self.model.add(late >= self.days - free)
        yield emphasis.soon * DAY_KM * late

    def _ways(self, code: str, following: str) -> LinearExpr:
        """Return the kilometres between two links."""
        here, there = self._places(code), self._places(following)
        used = [[self.model.new_bool_var("") for _target in there] for _place in here]
        ways = [
            [way_between(one, other, self.brief) for other, _takes in there.values()]
            for one, _takes in here.values()
        ]
        for (_one, takes), row in zip(here.values(), used, strict=True):
            self.model.add(LinearExpr.sum(row) == LinearExpr.sum(takes))
        for (_other, takes), column in zip(there.values(), zip(*used, strict=True), strict=True):
            self.model.add(LinearExpr.sum(list(column)) == LinearExpr.sum(takes))
        return LinearExpr.weighted_sum(list(chain(*used)), list(chain(*ways)))

    def _places(self, code: str) -> dict[Hashable, tuple[Choice, list[IntVar]]]:
        """Return the places of a link's choices: one choice that stands there, and all that do."""
        found: dict[Hashable, tuple[Choice, list[IntVar]]] = {}
        for variable, option in zip(self.takes[code], self.options[code], strict=True):
            key = tuple(offer.point or (offer.firm,) for offer in option.offers)
            found.setdefault(key, (option, []))[1].append(variable)
        return found

    def _partners(self) -> LinearExpr:
        """Return how many firms take part."""
        taking: defaultdict[Hashable, list[IntVar]] = defaultdict(list)
        for code, several in self.takes.items():
            for variable, option in zip(several, self.options[code], strict=True):
                for firm in option.firms:
                    taking[firm].append(variable)
        used: list[IntVar] = []
        for several in taking.values():
            one = self.model.new_bool_var("")
            for variable in several:
                self.model.add_implication(variable, one)
            used.append(one)
        return LinearExpr.sum(used)

    def _timed(self) -> IntVar:
        """Return the days until everything is finished."""
        ends: dict[str, IntVar] = {}
        total = self.model.new_int_var(0, LONGEST, "days")
        for link in in_turn(self.links):
            end = ends[link.code] = self.model.new_int_var(0, LONGEST, f"end {link.code}")
            days = self._days(link)
            self.model.add(end >= days)
            for code in link.after:
                self.model.add(end >= ends[code] + days - self._at_once(link.code, code))
            self.model.add(total >= end)
        return total

    def _days(self, link: Link) -> LinearExpr | int:
        if link.code not in self.takes:
            return link.usual_days
        days = [option.days for option in self.options[link.code]]
        return LinearExpr.weighted_sum(self.takes[link.code], days)

    def _at_once(self, code: str, before: str) -> LinearExpr | int:
        """Return the days saved where the same firms take two links in a row."""
        if code not in self.takes or before not in self.takes:
            return 0
        earlier = {
            option.firms: (option, variable)
            for variable, option in zip(self.takes[before], self.options[before], strict=True)
        }
        both_take: list[IntVar] = []
        days: list[int] = []
        for variable, option in zip(self.takes[code], self.options[code], strict=True):
            if option.firms in earlier:
                other, taken = earlier[option.firms]
                both = self.model.new_bool_var("")
                self.model.add_implication(both, variable)
                self.model.add_implication(both, taken)
                both_take.append(both)
                days.append(saved(option, other))
        return LinearExpr.weighted_sum(both_take, days)
