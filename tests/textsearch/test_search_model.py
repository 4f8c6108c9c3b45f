"""Whatever happened to a collection, its answers are those of going through all documents."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ifn.textsearch import actions, queries
from ifn.textsearch.analysis import Field
from ifn.textsearch.asking import Query, Sort
from ifn.textsearch.entries import Entry
from tests.textsearch.brute import Brute

pytestmark = pytest.mark.django_db
TEXT = "sepatu sandal kulit karet penjahitan jahit sole soles making the dan 1000 é"
WORDS = TEXT.split()

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
fields = st.builds(
    Field, texts, st.sampled_from(["id", "en", None]), st.sampled_from([1.0, 2.5]), st.booleans()
)
facets = st.fixed_dictionaries(
    {"role": st.frozensets(st.sampled_from("abc")), "place": st.frozensets(st.sampled_from("xy"))}
)
numbers = st.dictionaries(st.sampled_from(["capacity", "fresh"]), st.integers(0, 5).map(float))
entries = st.builds(
    Entry,
    st.integers(1, 12),
    st.lists(fields, max_size=3).map(tuple),
    facets,
    numbers,
    st.sampled_from([0.0, 0.5, 1.0]),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.lists(entries, min_size=1, max_size=4)),
        st.tuples(st.just("remove"), st.lists(st.integers(1, 12), min_size=1, max_size=3)),
        st.tuples(st.just("compact"), st.none()),
    ),
    min_size=1,
    max_size=6,
)
bounds = st.tuples(st.none() | st.integers(0, 5), st.none() | st.integers(0, 5))
asked = st.builds(
    Query,
    text=texts,
    facets=facets,
    excluded=st.just({}) | st.just({"role": frozenset("c")}),
    ranges=st.just({}) | st.fixed_dictionaries({"capacity": bounds}),
    sort=st.none() | st.builds(Sort, st.sampled_from(["capacity", "fresh"]), st.booleans()),
    offset=st.sampled_from([0, 0, 2]),
    limit=st.sampled_from([3, 20]),
    counts=st.just(("role", "place")),
    enough=st.sampled_from([1, 5]),
    correct=st.just(False),
)


def carry_out(step, brute):
    name, given = step
    if name == "put":
        actions.put("model", given)
        for entry in given:
            brute.put(entry)
    elif name == "remove":
        actions.remove("model", given)
        for key in given:
            brute.remove(key)
    else:
        actions.compact("model")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps, st.lists(asked, min_size=1, max_size=4))
def test_answers_are_those_of_going_through_all_documents(history, questions):
    actions.clear("model")
    brute = Brute()

    for step in history:
        carry_out(step, brute)
        for query in questions:
            brute.check(query, queries.search("model", query))

    before = [queries.search("model", query) for query in questions]
    actions.compact("model")
    assert [queries.search("model", query) for query in questions] == before
