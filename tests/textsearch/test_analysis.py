import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.textsearch.analysis import Field, analyse_fields, normalise, stem, terms_of, words_of
from ifn.textsearch.entries import Entry, prepare, read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sepatu-sepatu kulit/sintetis", ["sepatu", "sepatu", "kulit", "sintetis"]),
        ("SNI 8877:2020", ["sni", "8877", "2020"]),
        ("1.000 or 12,500 pairs", ["1000", "or", "12500", "pairs"]),
        ("Café \uff21\uff22\uff23, women's", ["cafe", "abc", "women"]),
        ("\u202ese\u200bpatu\x00", ["sepatu"]),
        ("👟 ", []),
    ],
)
def test_words_are_cut_and_folded(text, words):
    assert words_of(text) == words


def test_words_of_one_stem_are_one_term():
    assert stem("penjahitan", "id") == stem("menjahit", "id") == "ijahit"
    assert stem("soles", "en") == stem("sole", "en")


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=200), st.sampled_from(["id", "en", None]))
def test_every_word_of_a_document_is_found_by_itself(text, language):
    analysis = analyse_fields([Field(text, language)])

    for word in words_of(text):
        assert set(terms_of(word)) & set(analysis.frequencies)


texts = st.text(max_size=30)


@given(texts, st.dictionaries(st.sampled_from("ab"), st.floats(allow_nan=False)), st.booleans())
def test_content_is_read_back_as_it_was(text, numbers, is_name):
    prepared = prepare(
        Entry(1, (Field(text, "id", is_name=is_name),), {"g": ["v:1", "w"]}, numbers, 0.5)
    )
    analysis = analyse_fields([Field(text, "id", is_name=is_name)])

    content = read(prepared.content)

    assert dict(zip(content.terms, content.frequencies.tolist(), strict=True)) == (
        analysis.frequencies
    )
    assert tuple(content.words) == analysis.words
    assert tuple(content.names) == analysis.names
    assert content.facets == ["g:v:1", "g:w"]
    assert content.numbers == {**numbers, "quality": 0.5}


@pytest.mark.parametrize("facets", [{"a:b": ["c"]}, {"a": ["b\nc"]}])
def test_names_that_cannot_be_kept_are_refused(facets):
    with pytest.raises(ValueError, match="facet"):
        prepare(Entry(1, (), facets))
