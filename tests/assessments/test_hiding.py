"""Somebody who subtracts learns nothing of a few firms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ifn.assessments.scoring.hiding import COUNTRY, province_of, shown

LEAST = 5
CODES = [f"{province}.{place:02}" for province in (11, 12, 13) for place in range(1, 5)]
CODES += ["11", "12", ""]
COUNTS = st.dictionaries(st.sampled_from(CODES), st.integers(0, 14), max_size=len(CODES))


def sizes(firms):
    """Return how many firms the country, each province and each place has."""
    found = {}
    for code, count in firms.items():
        if count:
            province = province_of(code)
            for node in (COUNTRY, (province,), (province, code)):
                found[node] = found.get(node, 0) + count
    return found


def leaves(firms):
    return [code for code, count in sorted(firms.items()) if count]


def row(node, order, firms):
    """Return an average as an equation: which firms' levels it is the sum of."""
    return [
        float(firms[code]) if node == (province_of(code), code)[: len(node)] else 0.0
        for code in order
    ]


@settings(max_examples=300, deadline=None)
@given(COUNTS)
def test_no_hidden_average_follows_from_those_shown(firms):
    order, every = leaves(firms), sizes(firms)
    known = shown(firms, least=LEAST)
    equations = np.array([row(node, order, firms) for node in sorted(known.nodes)])

    for node in set(every) - known.nodes:
        wanted = np.array(row(node, order, firms))
        if len(equations):
            rank = np.linalg.matrix_rank(equations)
            more = np.linalg.matrix_rank(np.vstack([equations, wanted]))
            assert more == rank + 1, node


@settings(max_examples=300, deadline=None)
@given(COUNTS)
def test_what_is_left_of_an_average_shown_is_nobody_or_at_least_five(firms):
    known, every = shown(firms, least=LEAST), sizes(firms)

    for node in known.nodes:
        inside = [other for other in known.nodes if other != node and other[: len(node)] == node]
        nearest = [
            one
            for one in inside
            if not any(one != other and one[: len(other)] == other for other in inside)
        ]
        rest = every[node] - sum(every[one] for one in nearest)
        assert rest == 0 or rest >= LEAST


@settings(max_examples=100, deadline=None)
@given(COUNTS)
def test_nothing_is_hidden_without_need(firms):
    every = sizes(firms)
    if all(count >= LEAST for count in every.values()):
        assert shown(firms, least=LEAST).nodes == set(every)


@pytest.mark.parametrize(
    ("firms", "hidden"),
    [
        ({"35.16": 5, "35.15": 9}, set()),
        # Alone, four are hidden; the smallest other place with them.
        ({"35.16": 4, "35.15": 9, "35.06": 8}, {("35", "35.16"), ("35", "35.06")}),
        # Two that make five together need no third.
        ({"35.16": 4, "35.15": 1, "35.06": 8}, {("35", "35.16"), ("35", "35.15")}),
        # A province of three hides another one, and what of that one would give it away.
        (
            {"52.01": 3, "35.15": 9, "35.06": 8},
            {("52",), ("52", "52.01"), ("35",), ("35", "35.06")},
        ),
        # A province whose places are hidden anyway hides nothing more.
        (
            {"52.01": 3, "35.15": 4, "35.06": 4, "11.01": 50},
            {("52",), ("52", "52.01"), ("35",), ("35", "35.06"), ("35", "35.15")},
        ),
        ({"35.16": 4}, {(), ("35",), ("35", "35.16")}),
        ({"": 3, "35.16": 20}, {("",), ("", ""), ("35",), ("35", "35.16")}),
        ({}, set()),
    ],
)
def test_what_is_hidden(firms, hidden):
    assert set(sizes(firms)) - shown(firms, least=LEAST).nodes == hidden


def test_a_row_is_asked_for_as_what_it_is():
    known = shown({"35.16": 6, "35.15": 7, "35": 4, "35.06": 9}, least=LEAST)

    assert known.province("35")
    assert known.place("35.15")
    assert not known.place("35")
    assert not known.place("35.16")
    assert known.of("", is_whole=True)
    assert known.of("35", is_whole=True)
    assert not known.of("35.16", is_whole=False)
