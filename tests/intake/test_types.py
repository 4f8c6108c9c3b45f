import json

import pytest

from ifn.intake.types import (
    DEFAULTS,
    MappingWrong,
    Reading,
    key_of,
    read_stated,
    read_words,
    stated_from,
)
from ifn.vocabulary.queries import lexicon
from tests.factories.vocabulary import load_vocabulary

KNOWN = [
    ("value_chain_role", "PR_FACTORY"),
    ("value_chain_role", "UP"),
    ("product_type", "SHOE"),
    ("material", "COW"),
]
STATED = {
    "Factory Type": {"FINISHED GOODS": ["PR_FACTORY"], "MATERIALS": "role:UP", "OFFICE": []},
    "Product Type": {"Footwear": ["product:SHOE"], "Apparel": "skip"},
}


@pytest.fixture
def stated():
    return stated_from(STATED, KNOWN)


def cells(factory, product):
    return [("Factory Type", factory), ("Product Type", product), ("Brand", "X")]


@pytest.mark.parametrize(
    ("factory", "product", "reading"),
    [
        ("Finished  goods", "FOOTWEAR", Reading((KNOWN[0], KNOWN[2]))),
        ("MATERIALS", "Footwear", Reading((KNOWN[1],))),
        ("OFFICE", "", Reading()),
        ("FINISHED GOODS", "Apparel", Reading((KNOWN[0],), skip=True)),
        ("WAREHOUSE", "Footwear", Reading((KNOWN[2],), unknown=("WAREHOUSE",))),
    ],
)
def test_a_stated_mapping_is_followed(stated, factory, product, reading):
    assert read_stated(cells(factory, product), stated) == reading


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ([], "{}"),
        ({}, "{}"),
        ("skip", "{}"),
        ({"Type": ["PR_FACTORY"]}, "Type"),
        ({"Type": {"A": 5}}, "Type: A"),
        ({"Type": {"A": [5]}}, "Type: A"),
        ({"Type": {"A": {"role": "UP"}}}, "Type: A"),
        ({"Type": {"A": ["PR_CASTLE"]}}, "Type: A: PR_CASTLE"),
        ({"Type": {"A": ["shape:ROUND"]}}, "Type: A: ROUND"),
    ],
)
def test_a_wrong_mapping_says_where(content, where):
    with pytest.raises(MappingWrong) as wrong:
        stated_from(content, KNOWN)

    assert wrong.value.where == where


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("PR_FACTORY", ("value_chain_role", "PR_FACTORY")),
        ("product:SHOE", ("product_type", "SHOE")),
        ("value_chain_role: UP", ("value_chain_role", "UP")),
    ],
)
def test_terms_are_named_with_or_without_their_vocabulary(written, key):
    assert key_of(written) == key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "codes", "skip"),
    [
        (["FINISHED GOODS", "Footwear"], ["PR_FACTORY", "SHOE"], False),
        (["FINISHED GOODS - COMPONENTS", "Footwear"], ["CO"], False),
        (["MATERIALS", "Footwear"], ["UP"], False),
        (["MATERIALS", "Apparel"], ["UP"], True),
        (["FINISHED GOODS", "Equipment"], ["PR_FACTORY"], True),
        (["Footwear, Apparel"], ["SHOE"], False),
        (["Apparel"], [], True),
        (["Sepatu kulit"], ["SHOE"], False),
        (["Pabrik sepatu"], ["PR_FACTORY", "SHOE"], False),
        (["Tannery"], ["UP_TANNERY"], False),
        (["Outsole"], ["CO_OUTSOLE"], False),
        (["klebut"], ["CO_LAST"], False),
        (["Kelom geulis"], ["CLOG"], False),
        (["Desainer sepatu"], ["SHOE"], False),
        ([""], [], False),
    ],
)
def test_words_of_the_trade_are_read_without_a_mapping(values, codes, skip):
    load_vocabulary()

    reading = read_words([("Type", value) for value in values], lexicon().phrases)

    assert [code for _vocabulary, code in reading.terms] == codes
    assert reading.skip is skip


@pytest.mark.django_db
def test_words_nobody_knows_are_named():
    load_vocabulary()

    reading = read_words([("Type", "Quantum flux"), ("Type", "Sepatu")], lexicon().phrases)

    assert (reading.unknown, reading.skip) == (("Quantum flux",), False)


@pytest.mark.django_db
def test_the_shipped_words_name_known_terms():
    load_vocabulary()
    content = json.loads(DEFAULTS.read_text(encoding="utf-8"))

    terms = {key_of(code) for table in ("meanings", "products") for one in content[table]
             for code in one["terms"]}  # fmt: skip

    assert {key for key in terms if lexicon().get(*key) is None} == set()
