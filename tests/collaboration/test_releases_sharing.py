"""How pairs are shared out: never more than there is, whole pairs, the same facts the same way."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from ifn.collaboration.sharing import Claim, Rule, apportion, share_out
from ifn.collaboration.sharingwords import basis_of, reason_of

S39, S40, S41 = Decimal("39.0"), Decimal("40.0"), Decimal("41.0")
STOCKS = some.dictionaries(
    some.integers(20, 90).map(lambda n: Decimal(n) / 2), some.integers(0, 400), max_size=12
)
CLAIMS = some.lists(
    some.builds(
        lambda asked, capacity: (asked, capacity),
        some.none() | some.integers(0, 500),
        some.none() | some.integers(0, 9000),
    ),
    max_size=25,
).map(lambda rows: [Claim(n, asked, capacity) for n, (asked, capacity) in enumerate(rows)])


@given(STOCKS, CLAIMS, some.sampled_from(Rule))
def test_never_more_than_was_made_of_any_size(stock, claims, rule):
    shares = share_out(stock, claims, rule)

    for size, made in stock.items():
        assert sum(one.sizes.get(size, 0) for one in shares) <= made
    assert all(number > 0 for one in shares for number in one.sizes.values())
    assert [one.key for one in shares] == [one.key for one in claims]


@given(STOCKS, CLAIMS)
def test_the_same_for_each_differs_by_one_pair_at_most_and_leaves_none(stock, claims):
    pairs = [one.pairs for one in share_out(stock, claims, Rule.EQUAL)]

    if pairs:
        assert max(pairs) - min(pairs) <= 1
        assert sum(pairs) == sum(stock.values())


@given(STOCKS, CLAIMS)
def test_nobody_gets_more_than_asked_for_and_what_is_asked_for_goes_out(stock, claims):
    shares = share_out(stock, claims, Rule.ASKED)

    assert all(one.pairs <= (claim.asked or 0) for one, claim in zip(shares, claims, strict=True))
    wanted = sum(claim.asked or 0 for claim in claims)
    assert sum(one.pairs for one in shares) == min(sum(stock.values()), wanted)


@given(STOCKS, CLAIMS)
def test_by_capacity_everything_goes_out_and_more_capacity_never_gets_less(stock, claims):
    shares = share_out(stock, claims, Rule.CAPACITY)

    if claims:
        assert sum(one.pairs for one in shares) == sum(stock.values())
    for one in shares:
        for other in shares:
            if one.weight > other.weight:
                assert one.pairs >= other.pairs


@given(some.integers(0, 999), some.lists(some.integers(0, 99), max_size=12))
def test_parts_lie_within_one_of_the_exact_proportion(total, weights):
    parts = apportion(total, weights)

    whole = sum(weights)
    if whole:
        assert sum(parts) == total
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * weight / whole) < 1


def test_each_gets_a_like_part_of_each_size():
    shares = share_out({S39: 10, S40: 20, S41: 10}, [Claim(1), Claim(2)], Rule.EQUAL)

    assert [dict(one.sizes) for one in shares] == [{S39: 5, S40: 10, S41: 5}] * 2


def test_what_does_not_divide_goes_in_the_order_of_the_list():
    shares = share_out({S40: 8}, [Claim(5), Claim(3), Claim(9)], Rule.EQUAL)

    assert [(one.key, one.pairs) for one in shares] == [(5, 3), (3, 3), (9, 2)]


def test_what_one_does_not_want_goes_to_the_others():
    claims = [Claim(1, asked=2), Claim(2, asked=50), Claim(3, asked=50), Claim(4)]

    shares = share_out({S40: 42}, claims, Rule.ASKED)

    assert [one.pairs for one in shares] == [1, 21, 20, 0]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule.EQUAL, ["10 of 20 pairs: the same for each of 2."] * 2),
        (
            Rule.ASKED,
            [
                "15 of 20 pairs: it asked for 30 of 40 that all asked for.",
                "5 of 20 pairs: it asked for 10 of 40 that all asked for.",
            ],
        ),
        (
            Rule.CAPACITY,
            [
                "10 of 20 pairs: it has 50% of the capacity of all.",
                "10 of 20 pairs: it shows no capacity, so the smallest one counts, 50% of all.",
            ],
        ),
    ],
)
def test_every_number_is_explained(rule, words):
    shares = share_out({S40: 20}, [Claim(1, 30, 700), Claim(2, 10)], rule)

    with translation.override("en"):
        assert [reason_of(basis_of(one, rule)) for one in shares] == words


def test_all_that_was_asked_for_and_nothing_asked_for_are_said():
    shares = share_out({S40: 90}, [Claim(1, 30), Claim(2)], Rule.ASKED)

    with translation.override("en"):
        assert [reason_of(basis_of(one, Rule.ASKED)) for one in shares] == [
            "30 pairs: all it asked for.",
            "Nothing, for it asked for no number of pairs.",
        ]
    assert reason_of({}) == ""
