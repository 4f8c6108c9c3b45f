"""Bands of numbers as groups, documents that sink, and tables of two groups."""

import numpy as np
import pytest

from ifn.textsearch import actions, queries
from ifn.textsearch.analysis import Field
from ifn.textsearch.asking import Band, Query
from ifn.textsearch.entries import Entry

pytestmark = pytest.mark.django_db

OLD, NEW = Band("day", high=99), Band("day", low=100, missing=True)
BANDS = {"age": {"old": OLD, "new": NEW}}


def put(key, *, day=None, quality=0.5, **facets):
    numbers = {} if day is None else {"day": day}
    actions.put("t", [Entry(key, (Field("sepatu kulit", "id"),), facets, numbers, quality)])


@pytest.fixture(params=[False, True], ids=["fresh", "compacted"])
def makers(request):
    put(1, day=50, quality=0.9, role={"sole"}, place={"a"})
    put(2, day=100, quality=0.3, role={"sole", "last"}, place={"a"})
    put(3, quality=0.1, role={"last"}, place={"b"})
    if request.param:
        actions.compact("t")


def ask(text="", **more):
    return queries.search("t", Query(text, **more))


@pytest.mark.usefixtures("makers")
class TestBands:
    def test_a_band_is_chosen_and_counted_as_any_group(self):
        found = ask(bands=BANDS, facets={"age": frozenset({"new"})}, counts=("age", "role"))

        assert set(found.keys) == {2, 3}
        assert found.counts == {"age": {"new": 2, "old": 1}, "role": {"last": 2, "sole": 1}}

    def test_a_band_can_be_left_out(self):
        assert set(ask(bands=BANDS, excluded={"age": frozenset({"new"})}).keys) == {1}

    def test_a_document_that_is_gone_is_in_no_band(self):
        actions.remove("t", [3])

        assert ask(bands=BANDS, counts=("age",)).counts == {"age": {"new": 1, "old": 1}}

    def test_a_band_narrows_what_words_find(self):
        found = ask("sepatu", bands=BANDS, facets={"age": frozenset({"old"})})

        assert found.keys == (1,)


@pytest.mark.usefixtures("makers")
class TestSunk:
    @pytest.mark.parametrize("text", ["", "sepatu kulit"])
    def test_what_sinks_comes_after_what_fits_as_well(self, text):
        assert ask(text).keys == (1, 2, 3)
        assert ask(text, sunk=OLD).keys == (2, 3, 1)

    def test_it_sinks_also_among_few(self):
        only = {"role": frozenset({"sole"})}

        assert ask(facets=only, sunk=OLD, limit=1).keys == (2,)
        assert ask(facets=only, sunk=OLD, offset=1).keys == (1,)

    def test_another_boundary_is_another_order(self):
        assert ask(sunk=OLD).keys == (2, 3, 1)
        assert ask(sunk=Band("day", high=100)).keys == (3, 1, 2)

    def test_a_text_that_fits_much_better_still_comes_first(self):
        actions.put("t", [Entry(4, (Field("acuan kayu", "id", 4.0),), {}, {"day": 1})])
        actions.put("t", [Entry(5, (Field("acuan " + "sepatu " * 40, "id"),), {}, {"day": 200})])

        assert ask("acuan", sunk=OLD).keys == (4, 5)

    def test_the_score_explained_is_the_one_that_sorts(self):
        plain = queries.explain("t", Query("sepatu"), 1)
        below = queries.explain("t", Query("sepatu", sunk=OLD), 1)

        assert plain.quality > 0 > below.quality


@pytest.mark.usefixtures("makers")
class TestCrossed:
    def test_two_groups_are_counted_together(self):
        table = queries.crossed("t", "place", "role")

        assert (table.rows, table.columns) == (("a", "b"), ("last", "sole"))
        assert table.counts.tolist() == [[1, 2], [1, 0]]

    def test_only_a_band_is_counted_if_one_is_given(self):
        assert queries.crossed("t", "place", "role", within=NEW).counts.tolist() == [[1, 1], [1, 0]]

    def test_a_change_shows_at_once(self):
        queries.crossed("t", "place", "role")
        put(9, role={"sole"}, place={"b"})

        assert queries.crossed("t", "place", "role").counts.tolist() == [[1, 2], [1, 1]]

    def test_nobody_can_write_to_what_is_kept(self):
        with pytest.raises(ValueError, match="read-only"):
            queries.crossed("t", "place", "role").counts[0, 0] = 7

    def test_a_collection_that_does_not_exist_has_an_empty_table(self):
        assert queries.crossed("none", "place", "role").counts.shape == (0, 0)

    def test_counts_are_those_of_searches(self):
        chance = np.random.default_rng(7)
        for key in range(10, 60):
            roles = {f"r{n}" for n in range(4) if chance.random() < 0.4}
            put(key, role=roles, place={f"p{chance.integers(3)}"})
        table = queries.crossed("t", "place", "role")
        for row, place in enumerate(table.rows):
            facets = {"place": frozenset({place})}
            counted = ask(facets=facets, counts=("role",)).counts["role"]
            expected = [counted.get(role, 0) for role in table.columns]
            assert table.counts[row].tolist() == expected
