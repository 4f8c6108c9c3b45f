import pytest

from ifn.textsearch import actions, queries
from ifn.textsearch.asking import BY_DISTANCE, Near, Query, Result, Sort, Suggestions
from ifn.textsearch.thesaurus import Thesaurus
from tests.textsearch.samples import entry

pytestmark = pytest.mark.django_db


def search(text="", **more):
    return queries.search("t", Query(text, **more))


@pytest.fixture(params=[False, True], ids=["fresh", "compacted"])
def makers(request):
    actions.put(
        "t",
        [
            entry(1, "membuat outsole karet", name="Sole Multi", quality=0.2),
            entry(2, "perajin klebut kayu dan sepatu kulit", name="Klebut Jaya", quality=0.9),
            entry(3, "penjahitan sepatu kulit", name="Jaya Langkah", quality=0.5),
            entry(4, "sepatu kulit buatan tangan di mojokerto", name="Mojo", quality=0.1),
        ],
    )
    if request.param:
        actions.compact("t")


def test_collection_that_does_not_exist_is_empty():
    assert search("sepatu", counts=("role",)) == Result(0, (), {"role": {}})
    assert queries.complete("t", "se") == Suggestions((), ())
    assert queries.pending("t") == 0


@pytest.mark.usefixtures("makers")
@pytest.mark.parametrize(
    ("typed", "first", "meant"),
    [
        ("mojokrto", 4, "mojokerto"),
        ("klebt", 2, "klebut"),
        ("sepattu kulti mojkerto", 4, "sepatu"),
        ("langkha", 3, "langkah"),
    ],
)
def test_misspelt_words_are_forgiven_and_said(typed, first, meant):
    result = search(typed)

    assert result.keys[0] == first
    assert result.corrections[0].replacements[0] == meant
    assert search(typed, correct=False).corrections == ()


@pytest.mark.usefixtures("makers")
def test_words_written_apart_or_together_are_found():
    assert search("lang kah").keys == (3,)
    assert search("klebutkayu").keys == (2,)


@pytest.mark.usefixtures("makers")
def test_codes_and_numbers_are_never_corrected():
    actions.put("t", [entry(9, "sni 8877")])

    assert search("8878").total == 0
    assert search("8877").keys == (9,)


@pytest.mark.usefixtures("makers")
def test_synonyms_of_one_or_several_words_are_found():
    thesaurus = Thesaurus.of([["klebut", "shoe last", "acuan"], ["sol luar", "outsole"]])

    assert search("shoe lasts", thesaurus=thesaurus).keys == (2,)
    assert search("sol luar", thesaurus=thesaurus).keys == (1,)
    assert search("acuan", thesaurus=thesaurus).corrections == ()
    misspelt = search("acuna", thesaurus=thesaurus)
    assert misspelt.keys == (2,)
    assert misspelt.corrections[0].replacements == ("acuan",)


@pytest.mark.usefixtures("makers")
def test_one_word_less_is_required_when_too_few_documents_have_all():
    both = search("outsole mojokerto")
    assert both.whole == 0
    assert (both.total, both.missing) == (2, ("outsole",) if both.keys[0] == 4 else ("mojokerto",))

    assert search("sepatu kulit klebut").keys == (2,)
    assert search("sepatu kulit klebut", enough=2).total == 3


@pytest.mark.usefixtures("makers")
def test_quality_decides_when_the_text_ties():
    actions.put("t", [entry(20, "tali", quality=0.1), entry(21, "tali", quality=0.8)])

    assert search("tali").keys == (21, 20)


@pytest.mark.usefixtures("makers")
def test_last_word_may_be_a_beginning():
    assert search("kulit mojok", prefix=True).keys == (4,)


@pytest.mark.usefixtures("makers")
def test_typing_suggests_words_and_names():
    assert queries.complete("t", "kl").words == ("klebut",)
    assert queries.complete("t", "ja").keys == (2, 3)
    assert queries.complete("t", "jaya lang").keys == (3,)
    assert queries.complete("t", "  ") == Suggestions((), ())


def test_nearest_come_first_and_those_without_a_place_last():
    places = {1: (-7.4, 112.7), 2: (-7.5, 112.4), 3: (-6.9, 107.6)}
    actions.put(
        "t",
        [
            entry(key, numbers={"latitude": latitude, "longitude": longitude})
            for key, (latitude, longitude) in places.items()
        ]
        + [entry(4)],
    )
    here = Near(-7.45, 112.7)

    assert search(near=here, sort=BY_DISTANCE).keys == (1, 2, 3, 4)
    assert search(near=Near(-7.45, 112.7, 50), sort=BY_DISTANCE).keys == (1, 2)


def test_missing_numbers_come_last_either_way():
    actions.put("t", [entry(1, numbers={"n": 5}), entry(2), entry(3, numbers={"n": 1})])

    assert search(sort=Sort("n")).keys == (3, 1, 2)
    assert search(sort=Sort("n", descending=True)).keys == (1, 3, 2)
    assert search(sort=Sort("unknown")).keys == (1, 2, 3)
    assert search(offset=10**9).keys == ()


@pytest.mark.usefixtures("makers")
@pytest.mark.parametrize(
    "text",
    [
        "sepatu " * 2000,
        "x" * 10_000,
        "\ud800sepatu\udfff",
        "se\x00patu",
        "👟 sepatu",
        "\u202esepatu\u202c",
        "%_*\"'",
    ],
    ids=["long", "one long word", "surrogates", "nul", "emoji", "right to left", "signs"],
)
def test_strange_questions_are_answered(text):
    result = search(text)

    assert result.total == (3 if "patu" in text else 0 if "x" in text else 4)


@pytest.mark.usefixtures("makers")
def test_words_too_many_are_said():
    assert search(" ".join(f"kata{n}" for n in range(300))).ignored == 300 - 64


@pytest.mark.usefixtures("makers")
def test_function_words_are_searched_for_when_there_is_nothing_else():
    assert search("dan").keys == (2,)
    assert search("dan karet").keys == (1,)


@pytest.mark.usefixtures("makers")
def test_explanation_adds_up_to_the_order():
    explained = queries.explain("t", Query("sepatu klebut"), 2)

    assert set(explained.words) == {"sepatu", "klebut"}
    assert explained.words["klebut"] > explained.words["sepatu"] > 0
    assert explained.quality > 0
    assert queries.explain("t", Query("sepatu"), 1).words == {}


@pytest.mark.usefixtures("makers")
def test_a_state_that_was_just_asked_for_is_not_asked_for_again(django_assert_num_queries):
    found = search("outsole")
    now = queries.state("t")

    with django_assert_num_queries(0):
        assert queries.search("t", Query("outsole"), as_of=now) == found
    actions.put("t", [entry(99, "outsole")])
    newer = search("outsole")
    assert queries.search("t", Query("outsole"), as_of=now) == newer != found
