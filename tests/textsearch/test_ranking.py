from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.textsearch.ranking import distances_km, first, inverse_frequency

some = st.lists(st.sampled_from([-2.5, -0.0, 0.0, 1.0, 7.5, float("nan")]), max_size=20)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@given(some, st.integers(0, 25), st.integers(0, 25))
def test_first_is_a_stable_sort_cut_out(kind, values, offset, limit):
    known = [at for at, value in enumerate(values) if not isnan(value)]
    missing = [at for at, value in enumerate(values) if isnan(value)]
    order = sorted(known, key=lambda at: (values[at], at)) + missing

    found = first(np.array(values, dtype=kind), offset, limit)

    assert found.tolist() == order[offset : offset + limit]


def test_rarer_words_tell_more():
    assert inverse_frequency(100, 1) > inverse_frequency(100, 50) > inverse_frequency(100, 100) > 0


def test_distance_from_surabaya_to_bandung_is_known():
    found = distances_km(np.array([-6.9147]), np.array([107.6098]), (-7.2575, 112.7521))

    assert found[0] == pytest.approx(569, abs=2)
