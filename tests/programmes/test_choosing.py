"""The rule by which participants are proposed: points, order, conditions, sentences."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ifn.programmes.choosing import (
    Benefit,
    Candidate,
    Criterion,
    Same,
    Unmet,
    Verdict,
    Weights,
    propose,
)
from ifn.programmes.choosing.wording import benefit_sentence, rule_of, sentence, unmet_sentence

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
LOMBOK, BIMA = "52.03", "52.72"


def one(key, **facts):
    given = {"name": f"Usaha {key}", "region": LOMBOK, "registered_at": AT, "need": 0.5}
    return Candidate(key=key, **given | facts)


def keys(ranked):
    return [each.candidate.key for each in ranked]


def took_part(*, same_topic, year=2024):
    return Benefit("2024-5203-1", "Pola", date(year, 4, 26), Same.FIRM, same_topic)


def test_the_greater_need_comes_first():
    assert keys(propose([one(1, need=0.2), one(2, need=0.9)], Weights(), seats=1)) == [2, 1]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_a_need_that_nobody_assessed_gives_no_points_and_says_so():
    [ranked] = propose([one(1, need=None)], Weights(), seats=1)
    point = ranked.points[0]

    assert (point.points, point.is_known) == (0, False)
    assert "not assessed" in sentence(point, ranked.candidate)


def test_points_are_need_served_region_women_and_youth():
    [ranked] = propose(
        [one(1, need=0.8, women=True, youth=False, earlier=(took_part(same_topic=False),))],
        Weights(),
        seats=1,
    )

    points = {point.criterion: point.points for point in ranked.points}
    assert points == {
        Criterion.NEED: 40.0,
        Criterion.NEVER_SERVED: 10.0,
        Criterion.REGION: 10.0,
        Criterion.WOMEN: 10.0,
        Criterion.YOUTH: 0.0,
    }
    assert ranked.total == 70.0


@pytest.mark.parametrize(
    ("earlier", "points"),
    [((), 20), ((took_part(same_topic=False),), 10), ((took_part(same_topic=True),), 0)],
)
def test_who_took_part_in_the_same_topic_gets_nothing_for_being_new(earlier, points):
    [ranked] = propose([one(1, earlier=earlier)], Weights(), seats=1)

    assert ranked.points[1].points == points


def test_the_second_of_a_region_gives_way_to_the_first_of_another():
    crowd = [one(1, need=0.60), one(2, need=0.58), one(3, need=0.55, region=BIMA)]

    ranked = propose(crowd, Weights(), seats=2)

    assert keys(ranked) == [1, 3, 2]
    region = ranked[2].points[2]
    assert (region.before, region.points) == (1, 5.0)
    assert "1 of the same" in sentence(region, ranked[2].candidate)


def test_those_who_have_a_seat_already_weigh_on_their_region():
    crowd = [one(1), one(2, region=BIMA)]

    assert keys(propose(crowd, Weights(), seats=2, taken={LOMBOK: 3})) == [2, 1]


def test_among_equals_the_earlier_registration_comes_first():
    late, early = one(1, registered_at=AT + timedelta(hours=1), region=BIMA), one(2)

    assert keys(propose([late, early], Weights(), seats=1)) == [2, 1]


def test_who_misses_a_condition_comes_last_and_is_not_proposed():
    ranked = propose(
        [one(1, need=1.0, unmet=(Unmet.REGION,)), one(2, need=0.0)], Weights(), seats=2
    )

    assert [(each.candidate.key, each.verdict) for each in ranked] == [
        (2, Verdict.ACCEPT),
        (1, Verdict.REFUSE),
    ]


def test_weights_must_add_up_to_a_hundred():
    with pytest.raises(ValueError, match="100"):
        Weights(need=60)
    with pytest.raises(ValueError, match="negative"):
        Weights(need=60, women=-10, youth=20)


def test_everything_has_a_sentence(language):
    for same in Same:
        assert "Pola" in benefit_sentence(Benefit("x", "Pola", date(2024, 4, 26), same, True))
    assert all(unmet_sentence(unmet) for unmet in Unmet)
    assert sum(most for _name, most, _how in rule_of(Weights())) == 100
    for women in (True, False, None):
        [ranked] = propose([one(1, women=women, youth=women)], Weights(), seats=1)
        assert all(sentence(point, ranked.candidate) for point in ranked.points)


candidate = st.builds(
    one,
    st.integers(1, 10_000),
    need=st.none() | st.floats(0, 1),
    region=st.sampled_from([LOMBOK, BIMA, "52.01", "52.02"]),
    women=st.none() | st.booleans(),
    registered_at=st.sampled_from([AT, AT + timedelta(hours=1)]),
    unmet=st.sampled_from([(), (), (Unmet.ROLE,)]),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(candidate, max_size=25, unique_by=lambda each: each.key),
    st.integers(1, 10),
    st.randoms(),
)
def test_the_same_facts_give_the_same_order_and_never_more_than_the_seats(crowd, seats, random):
    ranked = propose(crowd, Weights(), seats=seats)
    mixed = list(crowd)
    random.shuffle(mixed)

    assert ranked == propose(mixed, Weights(), seats=seats)
    assert sorted(keys(ranked)) == sorted(each.key for each in crowd)
    accepted = [each for each in ranked if each.verdict == Verdict.ACCEPT]
    assert len(accepted) == min(seats, sum(not each.unmet for each in crowd))
    assert [each.place for each in ranked] == list(range(1, len(crowd) + 1))
