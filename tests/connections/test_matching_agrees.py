"""What holds for every need and every firm, tried on random ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ifn.connections.matching.conditions import exclusions, is_apart
from ifn.connections.matching.facts import Reach
from ifn.connections.matching.fairness import HAIR, MARGIN, shared_out
from ifn.connections.matching.field import Field, needs_for
from ifn.connections.matching.scoring import match, scored, weights
from ifn.connections.matching.searching import candidates
from ifn.connections.matching.texts import Rarity
from tests.connections import inventing

REMOVALS = {
    "roles": frozenset(),
    "products": frozenset(),
    "materials": frozenset(),
    "constructions": frozenset(),
    "processes": frozenset(),
    "machines": frozenset(),
    "quantity": None,
    "deadline_days": None,
    "reach": Reach(),
    "certificates": frozenset(),
    "is_job_order": False,
    "blocked": frozenset(),
}


@settings(max_examples=40, deadline=None)
@given(need=inventing.needs, crowd=inventing.crowds)
def test_the_columns_say_what_the_definition_says(need, crowd):
    ground = inventing.ground(crowd)
    field = Field(crowd, ground)

    pool = field.pool(need, limit=50)

    plain = {firm.key: one.score for firm in crowd if (one := match(need, firm, ground))}
    found = {
        field.firms[place].key: score for place, score in zip(pool.at, pool.scores, strict=True)
    }
    assert found == pytest.approx(plain, abs=2e-6)
    assert {one.firm: one.score for one in field.matches(need, 50)} == plain


@settings(max_examples=40, deadline=None)
@given(need=inventing.needs, crowd=inventing.crowds)
def test_a_score_is_the_sum_of_its_reasons_and_at_most_100(need, crowd):
    ground = inventing.ground(crowd)

    assert sum(weights(need).values()) == pytest.approx(100)
    for firm in crowd:
        found = scored(need, firm, ground)
        told = [reason.weight for reason in found.reasons]
        assert found.score == pytest.approx(sum(told), abs=1e-5)
        assert told == sorted(told, reverse=True)
        assert 0 <= found.score <= 100 + 1e-6


@settings(max_examples=40, deadline=None)
@given(need=inventing.needs, crowd=inventing.crowds, name=st.sampled_from(sorted(REMOVALS)))
def test_a_condition_less_excludes_nobody_more(need, crowd, name):
    ground = inventing.ground(crowd)
    field = Field(crowd, ground)
    fewer = replace(need, **{name: REMOVALS[name]})

    before = set(candidates(need, field.columns).tolist())
    after = set(candidates(fewer, field.columns).tolist())

    assert before <= after


@settings(max_examples=40, deadline=None)
@given(need=inventing.needs, crowd=inventing.crowds)
def test_who_is_blocked_never_appears_and_who_is_excluded_never_matches(need, crowd):
    ground = inventing.ground(crowd)
    field = Field(crowd, ground)

    shown = {one.firm for one in (*field.matches(need, 50), *field.nearly(need, 50))}

    apart = {firm.key for firm in crowd if is_apart(need, firm)}
    assert shown & apart == set()
    for one in field.matches(need, 50):
        firm = next(firm for firm in crowd if firm.key == one.firm)
        assert exclusions(need, firm, ground) == ()


@settings(max_examples=40, deadline=None)
@given(need=inventing.needs, crowd=inventing.crowds, seed=st.randoms(use_true_random=False))
def test_the_order_of_firms_makes_no_difference(need, crowd, seed):
    ground = inventing.ground(crowd)
    shuffled = list(crowd)
    seed.shuffle(shuffled)

    assert Field(crowd, ground).matches(need, 5) == Field(shuffled, ground).matches(need, 5)


@settings(max_examples=40, deadline=None)
@given(
    firm=inventing.firms, wanted=st.lists(inventing.needs, max_size=8, unique_by=lambda n: n.key)
)
def test_both_ways_round_a_pair_has_one_score(firm, wanted):
    ground = inventing.ground([firm])
    field = Field([firm], ground)

    found = {one.need: one.score for one in needs_for(firm, wanted, ground, limit=50)}

    forward = {need.key: one.score for need in wanted for one in field.matches(need, 1)}
    assert found == forward


GOOD = {
    "monthly_capacity": 1_000_000,
    "minimum_order": 1,
    "lead_time_days": 0,
    "point": inventing.POINTS[0],
    "exports": True,
    "takes_job_orders": True,
    "confirmed_on": inventing.TODAY,
    "completeness": 100,
}


@settings(max_examples=40, deadline=None)
@given(need=inventing.needs, firm=inventing.firms, name=st.sampled_from(sorted(GOOD)))
def test_unknown_never_beats_known_good(need, firm, name):
    ground = inventing.ground([firm])
    need = replace(need, place=inventing.POINTS[0])
    known = replace(firm, process_pairs=(), **{name: GOOD[name]})
    unknown = replace(known, **{name: None})

    assert scored(need, unknown, ground).score <= scored(need, known, ground).score + HAIR


@settings(max_examples=40, deadline=None)
@given(
    drawn=st.lists(st.tuples(st.floats(0, 100), st.integers(0, 9)), min_size=1, max_size=30),
    limit=st.integers(1, 10),
)
def test_fairness_never_lifts_anybody_over_somebody_clearly_better(drawn, limit):
    scores = np.array([score for score, _leads in drawn])
    leads = np.array([count for _score, count in drawn])

    chosen = shared_out(scores, leads, np.arange(len(drawn), dtype=np.uint64), limit)

    assert len(set(chosen)) == min(limit, len(drawn))
    for turn, one in enumerate(chosen):
        left = set(range(len(drawn))) - set(chosen[:turn])
        assert scores[one] >= max(scores[other] for other in left) - MARGIN - 2 * HAIR


@settings(max_examples=20, deadline=None)
@given(need=inventing.needs, crowd=inventing.crowds)
def test_what_a_field_learns_of_its_words_is_what_was_handed_over(need, crowd):
    ground = inventing.ground(crowd)

    learned = Field(crowd, ground, learns=True)

    told = Rarity.learned(one for firm in crowd for one in firm.pieces)
    assert learned.ground.rarity.texts == told.texts
    assert learned.ground.rarity.seen == told.seen
    handed = Field(crowd, replace(ground, rarity=told))
    assert learned.matches(need, 50) == handed.matches(need, 50)


@settings(max_examples=40, deadline=None)
@given(need=inventing.needs, crowd=inventing.crowds, limit=st.integers(1, 5))
def test_who_nearly_fits_are_the_best_of_those_kept_away_by_one_condition(need, crowd, limit):
    ground = inventing.ground(crowd)
    field = Field(crowd, ground)

    found = field.nearly(need, limit)

    ground = field.ground
    once = [
        firm
        for firm in crowd
        if not is_apart(need, firm) and len(exclusions(need, firm, ground)) == 1
    ]
    best = sorted((scored(need, firm, ground).score for firm in once), reverse=True)[:limit]
    assert [one.score for one in found] == pytest.approx(best)
    assert {one.firm for one in found} <= {firm.key for firm in once}
