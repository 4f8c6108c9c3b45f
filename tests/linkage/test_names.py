import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.linkage.names import modern, parse_name, words_of


@pytest.mark.parametrize(
    "written",
    [
        "PT Sumber Jaya",
        "PT. Sumber Jaya",
        "P.T. Sumber Jaya",
        "P T Sumber Jaya",
        "PT.SUMBER JAYA",
        "SUMBER JAYA, PT",
        "Sumber Jaya PT.",
        "PT Sumber Jaya Tbk",
        "PT. Sumber Jaya, Tbk.",
        "PT (Persero) Sumber Jaya",
        "PT Soember Djaja",
        "PT Sumber Djaya",
        "PT Sumber Jaya Co., Ltd.",
    ],
)
def test_one_name_in_many_spellings(written):
    name = parse_name(written)

    assert (name.words, name.form) == (("sumber", "jaya"), "pt")


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("CV. Kamuri", "cv"),
        ("Kamuri, C.V.", "cv"),
        ("UD Kamuri", "ud"),
        ("PD. Kamuri", "pd"),
        ("PO Kamuri", "po"),
        ("Kop. Kamuri", "koperasi"),
        ("Koperasi Kamuri", "koperasi"),
        ("Kamuri", ""),
    ],
)
def test_legal_forms(written, form):
    assert parse_name(written).form == form
    assert parse_name(written).words == ("kamuri",)


def test_a_stated_form_goes_before_one_in_the_name():
    assert parse_name("CV Kamuri", "PT").form == "pt"


@pytest.mark.parametrize("written", ["PT", "CV.", "Ptero", "Co., Ltd."])
def test_a_name_never_vanishes(written):
    assert parse_name(written).words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("soerabaja", "surabaya"),
        ("tjahaja", "cahaya"),
        ("djaja", "jaya"),
        ("djaya", "jaya"),
        ("njonja", "nyonya"),
        ("jaya", "jaya"),
        ("jati", "jati"),
    ],
)
def test_old_spelling(old, new):
    assert modern(old) == new


def test_a_brand_in_brackets_is_another_name():
    name = parse_name("PT Harindo (KATILO)", brands=("Sepatu Katilo",))

    assert name.words == ("harindo",)
    assert name.others == (("katilo",), ("sepatu", "katilo"))


@pytest.mark.parametrize(
    ("written", "plants"),
    [
        ("PT Nelosa Plant 2", {"2"}),
        ("PT Nelosa Unit II", {"2"}),
        ("PT Nelosa (TR1)", {"1"}),
        ("PT Nelosa 3", {"3"}),
        ("PT Nelosa", set()),
        ("PT Nelosa (Indonesia)", set()),
    ],
)
def test_plants_are_told_apart_from_the_name(written, plants):
    name = parse_name(written)

    assert (name.words, name.plants) == (("nelosa",), plants)


@given(st.text())
def test_today_s_spelling_is_final(text):
    assert words_of(" ".join(words_of(text))) == words_of(text)


@given(st.text())
def test_taking_a_name_apart_is_final(text):
    words = parse_name(text).words

    assert parse_name(" ".join(words)).words == words


@given(st.text(st.sampled_from("oedtsnj"), max_size=12))
def test_folding_old_spelling_ends_and_is_final(word):
    assert modern(modern(word)) == modern(word)
