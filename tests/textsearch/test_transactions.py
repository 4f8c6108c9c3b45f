"""What was committed is found at once, what was rolled back never."""

import pytest
from django.db import connection, transaction

from ifn.textsearch import actions, queries
from ifn.textsearch.asking import Query
from ifn.textsearch.models import Collection, Document, Posting
from ifn.textsearch.readers import Reader
from tests.textsearch.samples import entry

pytestmark = pytest.mark.django_db(transaction=True)


def found(text):
    return set(queries.search("t", Query(text, correct=False)).keys)


def put_and_roll_back(*entries, compacted=False):
    with transaction.atomic():
        actions.put("t", entries)
        if compacted:
            actions.compact("t")
        inside = found("sepatu")
        transaction.set_rollback(True)
    return inside


def test_put_is_found_and_removed_is_gone_at_once():
    actions.put("t", [entry(1, "sepatu"), entry(2, "sepatu sandal")])
    assert found("sepatu") == {1, 2}

    actions.remove("t", [1])
    assert found("sepatu") == {2}

    actions.put("t", [entry(2, "sandal")])
    assert found("sepatu") == set()


def test_hidden_document_is_gone_from_everything():
    actions.put("t", [entry(1, "kulit", name="Langkah Jaya", facets={"role": {"maker"}})])
    actions.compact("t")

    actions.remove("t", [1])

    assert found("langkah") == set()
    assert queries.complete("t", "lang") == queries.complete("t", "zzz")
    result = queries.search("t", Query("langkahh", counts=("role",)))
    assert (result.total, result.corrections, result.counts) == (0, (), {"role": {}})


def test_a_word_is_suggested_while_any_document_has_it():
    actions.put("t", [entry(key, "sepatu") for key in (1, 2, 3)])
    actions.compact("t")
    suggested = []
    for key in (1, 2, 3):
        actions.put("t", [entry(key, "sandal")])
        suggested.append(queries.complete("t", "sep").words)
    actions.put("t", [entry(2, "sepatu")])
    suggested.append(queries.complete("t", "sep").words)

    assert suggested == [("sepatu",), ("sepatu",), (), ("sepatu",)]


def test_a_change_elsewhere_costs_suggestions_no_further_question(django_assert_num_queries):
    actions.put("t", [entry(key, "sepatu kulit") for key in (1, 2, 3)])
    actions.compact("t")
    actions.put("t", [entry(3, "sandal")])
    queries.complete("t", "se")

    with django_assert_num_queries(1):
        assert queries.complete("t", "kul").words == ("kulit",)


def test_rolled_back_write_is_seen_inside_only():
    actions.put("t", [entry(1, "sepatu")])
    assert found("sepatu") == {1}

    assert put_and_roll_back(entry(2, "sepatu")) == {1, 2}

    assert found("sepatu") == {1}


def test_other_write_under_a_rolled_back_number_is_not_confused_with_it():
    actions.put("t", [entry(1, "sepatu")])
    put_and_roll_back(entry(2, "sepatu"))
    actions.put("t", [entry(3, "sepatu")])

    assert found("sepatu") == {1, 3}
    with transaction.atomic():
        assert found("sepatu") == {1, 3}


def test_savepoint_rolled_back_inside_a_transaction_is_forgotten():
    with transaction.atomic():
        actions.put("t", [entry(1, "sepatu")])
        put_and_roll_back(entry(2, "sepatu"))
        assert found("sepatu") == {1}
        actions.put("t", [entry(3, "sepatu")])
        assert found("sepatu") == {1, 3}


def test_rolled_back_compaction_leaves_the_collection_as_it_was():
    actions.put("t", [entry(1, "sepatu")])

    assert put_and_roll_back(entry(2, "sepatu"), compacted=True) == {1, 2}

    assert found("sepatu") == {1}
    actions.compact("t")
    assert found("sepatu") == {1}


def test_collection_made_anew_is_not_taken_for_the_old_one():
    actions.put("t", [entry(1, "sepatu")])
    assert found("sepatu") == {1}
    actions.clear("t")
    assert found("sepatu") == set()

    actions.put("t", [entry(2, "sandal")])
    actions.put("t", [entry(3, "sepatu")])

    assert found("sepatu") == {3}
    assert found("sandal") == {2}


def test_database_put_back_to_an_earlier_state_is_noticed():
    actions.put("t", [entry(1, "sepatu")])
    earlier = Collection.objects.values("sequence", "token", "next_ordinal").get()
    actions.put("t", [entry(2, "sepatu")])
    assert found("sepatu") == {1, 2}

    Document.objects.filter(key=2).delete()
    Collection.objects.update(**earlier)

    assert found("sepatu") == {1}


def test_a_search_asks_the_database_once_for_what_it_knows(django_assert_num_queries):
    actions.put("t", [entry(1, "sepatu")])
    actions.compact("t")
    found("sepatu")

    with django_assert_num_queries(1):
        found("sepatu")
    with django_assert_num_queries(2):
        found("sandal")


def test_search_that_two_compactions_overtook_is_asked_again(monkeypatch):
    actions.put("t", [entry(1, "sepatu kulit")])
    actions.compact("t")
    found("sepatu")
    picture = Reader.picture
    left = [True]

    def overtaken(reader, as_of=None):
        before = picture(reader, as_of)
        if left:
            left.clear()
            for key in (2, 3):
                actions.put("t", [entry(key, "sandal")])
                actions.compact("t")
        return before

    monkeypatch.setattr(Reader, "picture", overtaken)

    assert found("kulit") == {1}


def test_compaction_keeps_one_generation_back_and_drops_tombstones():
    for key in (1, 2, 3):
        actions.put("t", [entry(key, "sepatu")])
        actions.remove("t", [key - 1])
        assert queries.pending("t") > 0
        assert actions.compact("t")
        assert queries.pending("t") == 0

    assert not actions.compact("t")
    assert Posting.objects.values("generation").distinct().count() == 2
    assert list(Document.objects.values_list("key", flat=True)) == [3]


def test_put_of_one_document_takes_few_queries(django_assert_max_num_queries):
    actions.put("t", [entry(1, "sepatu")])
    bound = 6 if connection.vendor == "postgresql" else 7

    with django_assert_max_num_queries(bound):
        actions.put("t", [entry(1, "sandal")])
