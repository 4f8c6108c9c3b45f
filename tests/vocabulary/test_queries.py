import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ifn.vocabulary.models import Vocabulary
from ifn.vocabulary.queries import Lexicon, Word, lexicon, phrase
from tests.factories.vocabulary import load_vocabulary


@pytest.fixture
def shipped(db):
    load_vocabulary()
    return lexicon()


def test_every_vocabulary_has_words_in_their_order(shipped):
    assert all(shipped.of(vocabulary) for vocabulary in Vocabulary.values)
    assert [word.code for word in shipped.of("value_chain_role") if not word.parent] == [
        "UP", "CO", "EQ", "SV", "PR", "DN", "IN",
    ]  # fmt: skip


def test_kinship_goes_both_ways(shipped):
    assert [word.code for word in shipped.ancestors("product_type", "DERBY")] == ["FORMAL", "SHOE"]
    below = [word.code for word in shipped.descendants("product_type", "SPORT")]
    assert below == ["RUN", "FUTSAL", "HIKING"]
    assert [word.code for word in shipped.children("product_type", "KIDS")] == ["BABY"]
    assert shipped.children("product_type", "BABY") == ()
    assert shipped.ancestors("product_type", "NONE") == ()


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("klebut", ("value_chain_role", "CO_LAST")),
        ("Sole Maker", ("value_chain_role", "CO_OUTSOLE")),
        ("maklun", ("value_chain_role", "PR_MAKLON")),
        ("mokasin", ("product_type", "LOAFER")),
        ("moccasin", ("product_type", "LOAFER")),
        ("OEM", ("value_chain_role", "PR_OEM")),
        ("sepatu gunung", ("product_type", "HIKING")),
        ("hook and loop", ("value_chain_role", "CO_LACE")),
        ("cibaduyut kota bandung", ("cluster", "CIBADUYUT")),
    ],
)
def test_trade_words_of_both_languages_lead_to_terms(shipped, text, meaning):
    assert meaning in shipped.meanings(text)


def test_one_word_may_mean_several_things(shipped):
    assert shipped.meanings("pond") == (("value_chain_role", "PR_CUT"), ("process", "CUT"))


def test_a_cluster_knows_its_region(shipped):
    found = {word.code: shipped.regions(word.code) for word in shipped.of("cluster")}

    assert found["CIBADUYUT"] == ("32.73",)
    assert found["PADANGPANJANG"] == ("13.74",)
    assert all(found.values())
    assert shipped.regions("NOWHERE") == ()


def test_a_name_is_in_the_readers_language(shipped):
    word = shipped.get("value_chain_role", "CO_OUTSOLE")

    with translation.override("en"):
        assert word.name == "Outsole maker"
    with translation.override("id"):
        assert word.name == "Produsen sol luar"


def test_words_are_found_by_primary_key(shipped):
    word = shipped.get("unit", "KODI")

    assert shipped.by_pk(word.pk) is word
    assert shipped.by_pk(-1) is None


def test_kinship_that_runs_in_a_circle_ends():
    def word(pk, code, parent):
        return Word(pk, "unit", code, code, code, parent, pk, True, "", (), ())

    circle = Lexicon([word(1, "A", "B"), word(2, "B", "A")])

    assert [one.code for one in circle.ancestors("unit", "A")] == ["B", "A"]


@given(st.text())
def test_a_phrase_is_normal_once_and_for_all(text):
    assert phrase(phrase(text)) == phrase(text)
    assert phrase(f"  {text}!") == phrase(text)
