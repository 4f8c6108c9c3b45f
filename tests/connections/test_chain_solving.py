"""Chains that the solver chooses, beside every chain there is."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ifn.connections.chaining.bounding import Bounds
from ifn.connections.chaining.costing import Plan
from ifn.connections.chaining.facts import Gathered
from ifn.connections.chaining.offers import weighed
from ifn.connections.chaining.proposing import greedy, is_unlike, propose
from tests.connections.briefs import (
    GROUND,
    brief,
    crowd,
    every_chain,
    firm,
    gathered,
    invented_brief,
    links_of,
)

cases = st.integers(0, 10**9).map(Random)


def proposed(one, firms):
    links = links_of(one)
    return propose(one, links, gathered(links, firms), GROUND)


@settings(max_examples=25, deadline=None)
@given(random=cases)
def test_the_best_of_every_chain_is_found_and_proved(random):
    one = invented_brief(random)
    links, firms = links_of(one), crowd(one, random, most=2)

    outcome = proposed(one, firms)

    in_time = [plan for plan in every_chain(one, links, firms) if plan.is_in_time]
    left = in_time
    for proposal in outcome.proposals:
        assert proposal.costs.total == min(plan.costs.total for plan in left)
        assert proposal.is_best
        left = [plan for plan in left if is_unlike(plan.choices, proposal.choices, links)]
    assert bool(in_time) == bool(outcome.proposals)
    assert len(outcome.proposals) == 3 or not left


@settings(max_examples=25, deadline=None)
@given(random=cases)
def test_no_chain_costs_less_than_the_bound_of_a_choice_in_it(random):
    one = invented_brief(random)
    links, firms = links_of(one), crowd(one, random, most=2)
    options = {
        link.code: weighed(link, Gathered(tuple(firms)), one, GROUND).choices for link in links
    }
    options = {code: several for code, several in options.items() if several}
    if not options:
        return
    bounds = Bounds(one, links, options)

    for plan in every_chain(one, links, firms):
        for code, choice in plan.choices.items():
            assert plan.costs.total >= bounds.of[code][options[code].index(choice)] - 1e-6


@settings(max_examples=25, deadline=None)
@given(random=cases)
def test_capacity_minimum_order_and_deadline_are_never_broken(random):
    one = invented_brief(random)
    outcome = proposed(one, crowd(one, random, most=5))
    counting = {link.code for link in outcome.links if link.counts_pairs}

    for proposal in outcome.proposals:
        assert proposal.days <= one.deadline_days
        for code, choice in proposal.choices.items():
            assert sum(choice.pairs) == one.pairs
            for offer, pairs in zip(choice.offers, choice.pairs, strict=True):
                if code in counting:
                    assert offer.least is None or pairs >= offer.least
                    assert offer.monthly is None or pairs <= offer.monthly * choice.days / 30
                assert offer.lead_days <= choice.days


@settings(max_examples=15, deadline=None)
@given(random=cases)
def test_a_condition_less_never_makes_the_best_chain_cost_more(random):
    one = invented_brief(random)
    firms = crowd(one, random)
    before = proposed(one, firms)
    if not before.proposals:
        return
    freed = [_freed(firm) for firm in firms]

    after = proposed(one, freed)

    covered = {link.link for link in after.unfilled}
    assert covered <= {link.link for link in before.unfilled}
    if covered == {link.link for link in before.unfilled}:
        assert after.proposals[0].costs.total <= before.proposals[0].costs.total


def _freed(one):
    """Return a firm without its minimum order: one pair is enough."""
    return replace(one, minimum_order=None if one.minimum_order is None else 1)


@settings(max_examples=15, deadline=None)
@given(random=cases)
def test_the_order_of_firms_makes_no_difference(random):
    one = invented_brief(random)
    firms = crowd(one, random)
    shuffled = random.sample(firms, len(firms))

    first, second = proposed(one, firms), proposed(one, shuffled)

    assert [each.costs for each in first.proposals] == [each.costs for each in second.proposals]


@settings(max_examples=15, deadline=None)
@given(random=cases)
def test_who_was_left_out_could_not_have_made_it_cheaper_than_the_bound_says(random):
    one = invented_brief(random)
    links, firms = links_of(one), crowd(one, random, most=4)
    known = {link.code: Gathered(tuple(firms[::2])) for link in links}
    outcome = propose(one, links, known, GROUND)

    for proposal in outcome.proposals:
        assert proposal.rest_bound is None or proposal.rest_bound >= 0
        assert proposal.costs.total >= greedy_floor(one, links, known)


def greedy_floor(one, links, known):
    """Return what nothing is below: the bound of the cheapest chain."""
    options = {
        link.code: choices
        for link in links
        if (choices := weighed(link, known[link.code], one, GROUND).choices)
    }
    assert Plan(one, links, greedy(options, one)).costs.total > 0
    return min(min(several) for several in Bounds(one, links, options).of.values())


def complete(**changed):
    """Return firms that fill every link of a cemented sneaker; keywords change one of them."""
    roles = {
        "upper": "UP_TANNERY",
        "outsole": "CO_OUTSOLE",
        "insole": "CO_INSOLE",
        "last": "CO_LAST",
        "glue": "UP_ADHESIVE",
        "stitching": "PR_UPPER",
        "assembly": "PR_ASSEMBLY",
        "packaging": "CO_PACK",
        "test": "SV_LAB",
    }
    return {key: firm(key, role, **changed.get(key, {})) for key, role in roles.items()}


def test_a_complete_chain_takes_its_stages_one_after_the_other():
    outcome = proposed(brief(), complete().values())

    (best,) = outcome.proposals
    assert best.ends["upper"] == 7
    assert best.ends["stitching"] == 14
    assert best.ends["assembly"] == 21
    assert best.ends["test"] == best.days == 28
    assert best.km == 0
    assert best.is_best_of_all


def test_a_deadline_too_near_is_said_with_the_days_that_are_needed():
    outcome = proposed(brief(deadline_days=27), complete().values())

    assert not outcome.proposals
    assert not outcome.unfilled
    assert outcome.fastest_days == 28


def test_one_firm_for_two_links_in_a_row_takes_its_days_once():
    firms = complete()
    firms |= {"both": firm("both", "PR_MAKLON", products=frozenset({"SNEAKER"}), lead_time_days=9)}
    del firms["stitching"], firms["assembly"]

    (best, *_more) = proposed(brief(), firms.values()).proposals

    assert best.choices["stitching"].firms == best.choices["assembly"].firms == {"both"}
    assert best.ends["assembly"] == best.ends["stitching"] == 16
    assert best.costs.partners == 2 * 30 * 8


def test_an_order_too_large_for_one_maker_is_shared_by_two():
    firms = complete(assembly={"monthly_capacity": 400})
    firms["other"] = firm("other", "PR_ASSEMBLY", monthly_capacity=400)

    (best,) = proposed(brief(pairs=800, deadline_days=55), firms.values()).proposals

    assert best.choices["assembly"].firms == {"assembly", "other"}
    assert best.choices["assembly"].pairs == (400, 400)
    assert best.choices["assembly"].days == 30


def test_nobody_shares_an_order_that_one_can_take():
    firms = complete()
    firms["small"] = firm("small", "PR_ASSEMBLY", monthly_capacity=400)

    for proposal in proposed(brief(pairs=2_000), firms.values()).proposals:
        assert proposal.choices["assembly"].firms == {"assembly"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"minimum_order": 900}, "minimum_order"),
        ({"monthly_capacity": 10}, "capacity"),
        ({"lead_time_days": 61}, "lead_time"),
        ({"takes_job_orders": False}, "job_order"),
    ],
)
def test_a_link_that_nobody_fills_names_the_nearest_and_what_keeps_it_away(changed, code):
    outcome = proposed(brief(), complete(stitching=changed).values())

    (open_link,) = outcome.unfilled
    assert open_link.link == "stitching"
    assert open_link.nearest.firm == "stitching"
    assert [one.code for one in open_link.nearest.exclusions] == [code]
    (best, *_more) = outcome.proposals
    assert "stitching" not in best.choices
    assert best.ends["stitching"] == 7 + 14


def test_no_firm_at_all_is_every_link_unfilled_and_no_proposal():
    outcome = proposed(brief(), [])

    assert not outcome.proposals
    assert outcome.fastest_days is None
    assert [one.link for one in outcome.unfilled] == [link.code for link in outcome.links]
    assert all(one.nearest is None for one in outcome.unfilled)


def test_alternatives_say_what_they_would_change():
    firms = complete()
    firms["far"] = firm("far", "CO_OUTSOLE", point=(-7.25, 112.75), lead_time_days=20)

    (best, second) = proposed(brief(), firms.values()).proposals

    (other,) = best.alternatives["outsole"]
    assert other.choice.firms == {"far"}
    assert 35 < other.more_km < 50
    assert other.more_days == 6
    assert other.more_cost == second.costs.total - best.costs.total


def test_what_was_left_out_bounds_what_is_proved():
    links = links_of(brief())
    near = {link.code: Gathered(tuple(complete().values())) for link in links}
    near["outsole"] = Gathered(near["outsole"].firms, rest=60)

    (best,) = propose(brief(), links, near, GROUND).proposals

    assert best.is_best
    assert not best.is_best_of_all
    assert best.rest_bound < best.costs.total


@settings(max_examples=15, deadline=None)
@given(random=cases)
def test_the_days_that_are_needed_are_those_of_the_quickest_of_every_chain(random):
    one = replace(invented_brief(random), deadline_days=24)
    links, firms = links_of(one), crowd(one, random, most=2)

    outcome = proposed(one, firms)

    days = [plan.days for plan in every_chain(one, links, firms)]
    if days and not outcome.proposals:
        assert outcome.fastest_days == min(days) > one.deadline_days
