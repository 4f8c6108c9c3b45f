import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ifn.linkage.deciding import Decision, Thresholds
from ifn.linkage.index import Index
from ifn.linkage.learning import calibration_error, learn, reliability
from ifn.linkage.matching import duplicates, pairs
from ifn.linkage.records import Record, prepare

NAMES = ["Rentaka", "Wisaran", "Gudarsa", "Tarinda", "Mulinda", "Kamuri", "Bowitama", "Nelosa"]
STREETS = ["Melati", "Mawar", "Kenanga", "Veteran", "Pemuda", "Kartini", "Merdeka", "Dahlia"]
PLACES = ["Kab. Sidoarjo", "Kota Surabaya", "Kab. Bima", "Kota Bima"]


def firms(count=32):
    return [
        Record(
            key=number,
            name=f"PT {NAMES[number % 8]} {NAMES[number // 8 % 8]} Jaya",
            address=f"Jl. {STREETS[number * 3 % 8]} No. {number + 3}",
            city=PLACES[number % 4],
            phones=(f"031-555{number:04}",),
        )
        for number in range(count)
    ]


def again(record, key):
    return replace(
        record,
        key=key,
        name=record.name.removeprefix("PT ").upper() + ", PT",
        address=record.address.replace("Jl. ", "Jalan ").replace("No. ", ""),
        phones=tuple(phone.replace("031-", "+62 31 ") for phone in record.phones),
    )


def found(pairs_):
    return {frozenset((pair.left, pair.right)) for pair in pairs_}


def test_two_lists_are_matched_one_to_one():
    left = firms()
    right = [again(record, f"r{record.key}") for record in left[:20]]

    matched = pairs(left, right)

    assert found(matched) == {frozenset((number, f"r{number}")) for number in range(20)}
    assert {pair.decision for pair in matched} == {Decision.SAME}


def test_duplicates_within_a_list():
    records = firms()
    twice = [*records, *(again(record, f"r{record.key}") for record in records[:7])]

    assert found(duplicates(twice)) == {frozenset((n, f"r{n}")) for n in range(7)}


def test_three_of_a_kind_are_three_pairs():
    record = firms(1)[0]
    several = [*firms()[1:], record, again(record, "a"), replace(record, key="b", phones=())]

    assert len(duplicates(several)) == 3


def test_plants_of_one_firm_stay_apart():
    here, there = (
        Record(key=1, name="PT Bowitama", address="Jl. Mawar 3", city="Kab. Bima", sites=("b.id",)),
        Record(key=2, name="PT Bowitama", address="Jl. Veteran 88", city="Kota Surabaya"),
    )
    plants = [replace(here, name="PT Bowitama Plant 1"), replace(here, key=3, name="PT Bowitama 2")]

    assert duplicates([here, there, *firms()[:5]]) == []
    assert duplicates([*plants, *firms()[:5]]) == []


def test_shops_of_one_house_stay_apart_when_each_is_listed_twice():
    house = {"address": "Jl. Pemuda No. 1", "city": "Kota Surabaya", "phones": ("031-5550001",)}
    records = [
        Record(key=1, name="Ranata Cendana", **house),
        Record(key=2, name="Cendana Ranata", **house),
        Record(key=3, name="Ranata Melinjo", **house),
        Record(key=4, name="Melinjo Ranata", **house),
    ]

    assert found(duplicates(records)) == {frozenset((1, 2)), frozenset((3, 4))}


@settings(max_examples=20, deadline=None)
@given(st.integers())
def test_the_order_of_records_does_not_matter(seed):
    records = [*firms(), *(again(record, f"r{record.key}") for record in firms()[:7])]
    other = list(records)
    random.Random(seed).shuffle(other)  # noqa: S311  # not for secrets

    told = {
        frozenset((pair.left, pair.right)): round(pair.comparison.probability, 9)
        for pair in duplicates(records)
    }
    again_told = {
        frozenset((pair.left, pair.right)): round(pair.comparison.probability, 9)
        for pair in duplicates(other)
    }

    assert told == again_told


def test_lists_may_be_empty():
    assert duplicates([]) == []
    assert pairs([], firms(2)) == []
    assert pairs(firms(2), []) == []
    assert duplicates([Record(key=1, name=""), Record(key=2, name="")]) == []


def test_names_unknown_to_us_are_compared_as_text():
    left = [
        Record(key=n, name="", extra=(("title", f"{NAMES[n]} {STREETS[n]} {NAMES[7 - n]}"),))
        for n in range(8)
    ]
    right = [replace(record, key=f"r{record.key}") for record in left]

    matched = pairs(left, right, thresholds=Thresholds(ask=0.0))

    assert found(matched) == {frozenset((n, f"r{n}")) for n in range(8)}


def test_an_index_grows_and_shrinks():
    records = firms()
    index = Index(records)
    asked = again(records[5], "asked")

    assert index.candidates(asked)[0].key == 5
    index.remove(5)
    index.remove("never there")
    assert 5 not in [one.key for one in index.candidates(asked)]
    assert 5 not in index
    index.add(records[5])
    index.add(records[5])
    assert len(index) == len(records)
    assert index.candidates(asked)[0].key == 5
    assert index.candidates(asked)[0].comparison.probability > 0.95


def test_an_exact_key_finds_whom_no_word_would():
    records = firms()
    index = Index(records)
    asked = Record(key="asked", name="Entirely Otherwise", phones=("+62 31 5550009",))

    assert 9 in {one.key for one in index.near(asked)}


def test_an_empty_index_finds_nobody():
    assert Index([]).candidates(firms(1)[0]) == []
    assert Index([prepare(firms(1)[0])]).candidates(firms(1)[0]) == []


def test_decided_pairs_teach():
    decided = [({"name": 1.0, "same_phone": 1.0}, True), ({"name": 0.3}, False)] * 40

    weights = learn(decided)

    assert weights.terms["same_phone"] > 0
    assert weights.terms["other_phone"] == 0
    assert learn(decided) == weights
    assert learn([], weights).terms == weights.terms


def test_reliability_compares_what_was_said_with_what_was():
    judged = [(0.95, True)] * 9 + [(0.95, False)] + [(0.05, False)] * 10

    steps = reliability(judged)

    assert [(step.pairs, round(step.were, 2)) for step in steps] == [(10, 0.0), (10, 0.9)]
    assert round(calibration_error(judged), 3) == 0.05
    assert calibration_error([]) == 0
