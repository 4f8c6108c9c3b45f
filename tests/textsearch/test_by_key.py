"""The order of keys, which no change of a document changes: what cursors go by."""

import pytest

from ifn.textsearch import actions, queries
from ifn.textsearch.asking import BY_KEY, Query
from tests.textsearch.samples import entry

pytestmark = pytest.mark.django_db


def page(**asked):
    return queries.search("shoes", Query(sort=BY_KEY, **asked))


@pytest.fixture
def shoes():
    actions.put("shoes", [entry(key, "sol") for key in (30, 10, 50, 20, 40)])


@pytest.mark.parametrize("limit", [1, 2, 5, 9])
def test_pages_by_key_hold_every_document_once(shoes, limit):
    met, after = [], 0
    while found := page(after=after, limit=limit).keys:
        met += found
        after = found[-1]

    assert met == [10, 20, 30, 40, 50]


def test_the_total_counts_what_lies_before_too(shoes):
    assert (page(after=30).total, page(after=30).keys) == (5, (40, 50))


def test_a_changed_document_keeps_its_place_and_a_removed_one_is_gone(shoes):
    actions.put("shoes", [entry(20, "sol karet")])
    actions.remove("shoes", [30])

    assert page(text="sol").keys == (10, 20, 40, 50)
