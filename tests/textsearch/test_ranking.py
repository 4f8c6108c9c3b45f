from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.textsearch.ranking import distances_km, first, inverse_frequency, nearest
from ifn.textsearch.segment import few_numbers, packed_numbers

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


DEGREES = st.integers(-300, 300).map(lambda tenths: tenths / 10)
PLACE = st.tuples(DEGREES | st.just(float("nan")), DEGREES.map(lambda east: east * 6))


@given(st.lists(PLACE), st.tuples(DEGREES, DEGREES), st.integers(0, 6), st.integers(0, 6))
def test_the_nearest_are_the_first_by_distance(places, point, offset, limit):
    latitudes = np.array([north for north, _east in places])
    longitudes = np.array([east for _north, east in places])
    ordinals = np.arange(len(places), dtype=np.uint32)[::2]

    found = nearest(ordinals, latitudes, longitudes, point, slice(offset, offset + limit))

    distances = distances_km(latitudes[ordinals], longitudes[ordinals], point)
    assert found.tolist() == ordinals[first(distances, offset, limit)].tolist()


def test_the_nearest_in_a_crowd_are_found_in_a_narrow_belt():
    chooser = np.random.default_rng(7)
    latitudes, longitudes = chooser.uniform(-9, -5, 5000), chooser.uniform(105, 116, 5000)
    ordinals = np.arange(5000, dtype=np.uint32)

    found = nearest(ordinals, latitudes, longitudes, (-7.25, 112.75), slice(2, 12))

    distances = distances_km(latitudes, longitudes, (-7.25, 112.75))
    assert found.tolist() == np.argsort(distances, kind="stable")[2:12].tolist()


@given(st.lists(st.sampled_from([float("nan")] * 15 + [0.0, 739_000.0]), max_size=80))
def test_a_number_is_read_as_it_was_packed(values):
    packed = packed_numbers(np.array(values, dtype=np.float64))

    if len(packed) == 8 * len(values):
        read = np.frombuffer(packed).tolist()
    else:
        few = few_numbers(packed)
        assert len(packed) < 8 * len(values)
        read = [few.get(place, float("nan")) for place in range(len(values))]
    assert np.array_equal(read, values, equal_nan=True)
