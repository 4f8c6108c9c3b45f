"""A list against many records: the same candidates as an index of all of them gives."""

from ifn.linkage.records import Record
from ifn.linkage.sweep import sweep

DIRECTORY = [
    Record(key=1, name="PT Sumber Jaya", address="Jl. Melati No. 45", region="35.15"),
    Record(key=2, name="CV Langkah Abadi", address="Jl. Kenanga 7", region="35.16"),
    Record(key=3, name="UD Karya Kulit", address="Jl. Sukaregang 12", region="32.05"),
    Record(key=4, name="Tapak Nusantara", phones=("081234567890",), region="32.73"),
]


def fetch(keys):
    return [one for one in DIRECTORY if one.key in set(keys)]


def test_each_record_of_a_list_gets_its_candidates_in_the_order_of_the_list():
    rows = [
        Record(key="row 9", name="Karja Kulit, UD", address="Sukaregang 12", region="32.05"),
        Record(key="row 3", name="Soember Djaja PT", address="Melati 45", region="35.15"),
    ]

    found = list(sweep(rows, iter(DIRECTORY), fetch=fetch))

    assert [key for key, _candidates in found] == ["row 9", "row 3"]
    assert [candidates[0].key for _key, candidates in found] == [3, 1]
    assert found[1][1][0].comparison.probability > 0.9


def test_a_shared_phone_makes_a_candidate_whatever_the_name():
    row = Record(key="row", name="Zebra", phones=("+62 812-3456-7890",))

    [(_key, candidates)] = sweep([row], iter(DIRECTORY), fetch=fetch)

    assert candidates[0].key == 4
    assert candidates[0].comparison.exact_keys == {"phone"}


def test_a_record_is_not_its_own_candidate():
    [(_key, candidates)] = sweep([DIRECTORY[0]], iter(DIRECTORY), fetch=fetch)

    assert 1 not in [one.key for one in candidates]


def test_nobody_is_asked_about_and_nobody_is_there():
    assert list(sweep([], iter(DIRECTORY), fetch=fetch)) == []
    [(key, candidates)] = sweep([Record(key="row", name="Zebra")], iter([]), fetch=fetch)
    assert (key, candidates) == ("row", [])
