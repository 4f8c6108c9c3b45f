"""A list against many records: the same candidates as an index of all of them gives."""

from dataclasses import replace

from benchmarks.linkage_invented import Inventor
from benchmarks.linkage_judged import as_record
from benchmarks.linkage_writing import written
from ifn.linkage import sweep as sweeping
from ifn.linkage.index import Index
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


def invented(count):
    """Return a directory and rows about some of it and about others."""
    inventor = Inventor(41, columns=frozenset({"phone", "region"}))
    firms = []
    while len(firms) < count:
        firms.append(inventor.firm())
        firms.append(inventor.neighbour(firms[-1]))
    many = [as_record(written(firm, inventor), place) for place, firm in enumerate(firms)]
    asked = [
        replace(as_record(written(firm, inventor), place), key=("row", place))
        for place, firm in enumerate(firms[: count // 4])
    ]
    return many, asked


def fetching(many):
    """Return what fetches some of many records, in another order than asked."""
    known = {one.key: one for one in many}
    return lambda keys: [known[key] for key in reversed(keys)]


def test_candidates_are_those_an_index_of_everyone_finds():
    many, asked = invented(1200)
    index = Index(many)

    found = dict(sweep(asked, iter(many), fetch=fetching(many)))

    wanted = {one.key: index.candidates(one) for one in asked}
    best = [found[key][0] == candidates[0] for key, candidates in wanted.items()]
    assert sum(best) >= 0.999 * len(asked)
    every = [
        {one.key for one in found[key]} == {one.key for one in candidates}
        for key, candidates in wanted.items()
    ]
    assert sum(every) >= 0.99 * len(asked)


def test_who_comes_after_rare_pieces_are_known_is_found_as_well(monkeypatch):
    many, asked = invented(1200)
    monkeypatch.setattr(sweeping, "LEARNED", 200)
    monkeypatch.setattr(sweeping, "BATCH", 100)

    late = dict(sweep(asked, iter(many), fetch=fetching(many)))

    monkeypatch.undo()
    wanted = dict(sweep(asked, iter(many), fetch=fetching(many)))
    best = [late[key][0].key == candidates[0].key for key, candidates in wanted.items()]
    assert sum(best) >= 0.97 * len(asked)


def test_only_a_few_of_everyone_are_fetched_and_each_once_for_rows_that_come_together():
    many, asked = invented(1200)
    fetched = []

    def noting(keys):
        fetched.append(keys)
        return fetching(many)(keys)

    list(sweep(asked[:10], iter(many), fetch=noting))

    [keys] = fetched
    assert len(keys) == len(set(keys)) <= 10 * 15


def test_everyone_is_not_read_when_nobody_is_asked_about():
    def never():
        raise AssertionError
        yield

    assert list(sweep([], never(), fetch=fetch)) == []


def test_who_is_gone_before_it_is_fetched_is_nobodys_candidate():
    row = Record(key="row", name="Soember Djaja PT", address="Melati 45", region="35.15")

    assert list(sweep([row], iter(DIRECTORY), fetch=lambda _keys: [])) == [("row", [])]


def test_all_that_are_equally_near_come_along():
    many = [Record(key=n, name="Rentaka Wibowo", address="Jl. Mawar 1") for n in range(30)]
    many += [Record(key=100 + n, name=f"Zebra {n}", address="Jl. Kuda 9") for n in range(300)]

    [(_key, found)] = sweep(
        [Record(key="row", name="Rentaka Wibowo")], iter(many), fetch=fetching(many), nearest=3
    )

    assert {one.key for one in found} == set(range(30))


def test_without_a_name_nobody_is_near():
    [(_key, found)] = sweep([Record(key="row", name="")], iter(DIRECTORY), fetch=fetch)

    assert found == []
