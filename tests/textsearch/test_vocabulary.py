from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from ifn.textsearch.spelling import readings_of, slip
from ifn.textsearch.vocabulary import Neighbour, Vocabulary, is_plain

words = st.text("abcdeé", min_size=1, max_size=8)
counts = st.dictionaries(words, st.integers(1, 50), max_size=30)


@given(counts, words, st.sampled_from([1, 2]))
def test_near_words_are_exactly_those_within_the_distance(known, word, most):
    near = Vocabulary.of(known).near(word, most)

    assert {(n.word, n.distance, n.frequency) for n in near} == {
        (other, distance, times)
        for other, times in known.items()
        if is_plain(other) and (distance := OSA.distance(word, other)) <= most
    }


@given(counts, words)
def test_frequencies_and_beginnings_are_those_given(known, word):
    vocabulary = Vocabulary.of(known)
    plain = {other: times for other, times in known.items() if is_plain(other)}

    assert vocabulary.frequency(word) == plain.get(word, 0)
    beginning = sorted((-times, other) for other, times in plain.items() if other.startswith(word))
    assert [(-n.frequency, n.word) for n in vocabulary.most_frequent(word, 99)] == beginning


def test_slips_that_are_easily_made_come_first():
    assert slip("septu", "sepatu", 1) == slip("speatu", "sepatu", 1) == slip("seppatu", "sepatu", 1)
    assert slip("seqatu", "sepatu", 1) < slip("sepqatu", "sepatu", 1) < slip("septu", "sepatu", 1)
    assert slip("epatu", "sepatu", 1) < slip("espatu", "sepatu", 1)


def test_a_word_that_exists_is_doubted_only_for_a_far_more_frequent_one():
    near = [Neighbour("sole", 1, 400), Neighbour("dole", 1, 2)]

    def likeliest(documents):
        return readings_of("sol", documents, near)[0].word

    assert likeliest(300) == "sol"
    assert likeliest(1) == likeliest(0) == "sole"
