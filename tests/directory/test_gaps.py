"""Which roles nobody has within a distance, worked out on any counts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ifn.directory.chain.gaps import Map, Nearest, Spread, waiting

ROLES = ("sole", "last", "tannery")
KILOMETRES = st.floats(0, 6000)
POINTS = st.lists(
    st.tuples(st.floats(-11, 6), st.floats(95, 141)), min_size=1, max_size=8, unique=True
)


@st.composite
def spreads(draw):
    points = draw(POINTS)
    counts = draw(
        st.lists(
            st.tuples(*[st.integers(0, 2)] * len(ROLES)),
            min_size=len(points),
            max_size=len(points),
        )
    )
    return spread(points, counts)


def spread(points, counts):
    codes = tuple(f"{place:02}.01" for place in range(len(points)))
    north, east = np.array(points, dtype=float).T
    return Spread(Map(codes, north, east), ROLES, np.array(counts, dtype=np.int64))


def with_one_more(known, place, role):
    counts = known.counts.copy()
    counts[place, role] += 1
    return Spread(known.map, known.roles, counts)


@given(spreads(), KILOMETRES, KILOMETRES)
def test_a_larger_distance_never_adds_a_gap(known, one, other):
    near, far = sorted((one, other))

    assert not (known.uncovered(far) & ~known.uncovered(near)).any()
    for code in known.map.codes:
        assert known.missing_near(code, far).keys() <= known.missing_near(code, near).keys()
    for role in ROLES:
        assert known.lacking(role, far).keys() <= known.lacking(role, near).keys()


@given(spreads(), KILOMETRES, st.data())
def test_a_new_maker_never_adds_a_gap(known, km, data):
    place = data.draw(st.integers(0, len(known.map.codes) - 1))
    role = data.draw(st.integers(0, len(ROLES) - 1))

    more = with_one_more(known, place, role)

    assert not (more.uncovered(km) & ~known.uncovered(km)).any()
    assert ROLES[role] not in more.missing_near(known.map.codes[place], km)
    assert more.lacking(ROLES[role], km).keys() <= known.lacking(ROLES[role], km).keys()


@given(spreads(), KILOMETRES)
def test_the_questions_agree_with_each_other(known, km):
    uncovered = known.uncovered(km)
    for column, role in enumerate(ROLES):
        lacking = known.lacking(role, km)
        assert [code in lacking for code in known.map.codes] == uncovered[:, column].tolist()
        for code in known.map.codes:
            assert (role in known.missing_near(code, km)) == (code in lacking)
            assert known.missing_near(code, km).get(role) == lacking.get(code)


@given(spreads())
def test_who_is_there_is_at_no_distance(known):
    for place, code in enumerate(known.map.codes):
        for column, role in enumerate(ROLES):
            nearest = known.nearest_to(code)[role]
            if known.counts[place, column]:
                assert nearest == Nearest(nearest.code, 0.0)
            if not known.counts[:, column].any():
                assert nearest == Nearest("", None)


@given(spreads(), KILOMETRES, st.data())
def test_makers_who_wait_are_counted_in_their_group(known, km, data):
    size = len(known.map.codes)
    makers = np.array(data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)))
    groups = data.draw(st.lists(st.sampled_from(["", "a", "b"]), min_size=size, max_size=size))

    found = waiting(known, km, makers, groups)

    uncovered = known.uncovered(km)
    for group in ("a", "b"):
        inside = np.array([one == group for one in groups])
        for column, role in enumerate(ROLES):
            expected = int(makers[inside & uncovered[:, column]].sum())
            assert found.get((group, role), 0) == expected
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert all(group for group, _role in found)


def test_the_distance_between_two_cities_is_the_known_one():
    surabaya, mataram = (-7.2575, 112.7521), (-8.5833, 116.1167)
    known = spread([surabaya, mataram], [(1, 0, 0), (0, 0, 0)])

    assert round(known.nearest_to("01.01")["sole"].km) == 399
    assert known.missing_near("01.01", 400).keys() == {"last", "tannery"}
    assert known.missing_near("01.01", 300).keys() == {"sole", "last", "tannery"}


def test_a_map_without_places_has_no_gaps():
    known = Spread(Map((), np.zeros(0), np.zeros(0)), ROLES, np.zeros((0, 3), dtype=np.int64))

    assert known.uncovered(100).shape == (0, 3)
    assert known.lacking("sole", 100) == {}
