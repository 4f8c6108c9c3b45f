from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.linkage.comparing import compare
from ifn.linkage.deciding import Decision, Thresholds, decide
from ifn.linkage.evidence import FALLING, RISING, shipped
from ifn.linkage.records import Record

FIRM = Record(
    key=1,
    name="PT Rentaka Jaya",
    address="Jl. Melati No. 45",
    region="35.15",
    city="Kab. Sidoarjo",
    phones=("031-5551234",),
)
WRITTEN_ANEW = replace(
    FIRM, key=2, name="RENTAKA JAYA, PT", address="JALAN MELATI 45", phones=("+62 31 5551234",)
)


def codes(one, other):
    return {part.code for part in compare(one, other).evidence}


def test_one_firm_written_twice_is_the_same():
    comparison = compare(FIRM, WRITTEN_ANEW)

    assert comparison.probability > 0.98
    assert comparison.exact_keys == {"phone"}
    assert decide(comparison) is Decision.SAME


def test_without_an_exact_key_a_person_is_asked():
    comparison = compare(replace(FIRM, phones=()), WRITTEN_ANEW)

    assert comparison.probability > 0.9
    assert decide(comparison) is Decision.ASK


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"address": "Jl. Melati No. 145"}, "other_house"),
        ({"region": "35.16", "city": "Kab. Mojokerto"}, "other_regency"),
        ({"region": "36.03", "city": "Kab. Tangerang"}, "other_province"),
        ({"region": "35.78", "city": "Kota Sidoarjo"}, "other_kind"),
        ({"region": "", "city": "Kota Sidoarjo"}, "other_kind"),
        ({"name": "CV Rentaka Jaya"}, "other_form"),
        ({"name": "PT Rentaka Jaya Plant 2"}, "one_plant"),
        ({"name": "PT Rentaka Abadi"}, "name_strangers"),
        ({"address": "Jl. Melati No. 45 Blok B"}, None),
    ],
)
def test_what_may_be_another_plant_is_never_decided_without_a_person(change, code):
    other = replace(WRITTEN_ANEW, **change)

    if code is None:
        assert decide(compare(FIRM, other)) is Decision.SAME
    else:
        assert code in codes(FIRM, other)
        assert decide(compare(FIRM, other), Thresholds(same=0.0)) is not Decision.SAME


def test_a_shared_number_does_not_make_plants_one():
    here = replace(FIRM, nib="8120001234567", phones=())
    there = replace(here, key=2, address="Jl. Siliwangi No. 77", region="32.05", city="Kab. Garut")

    assert "same_nib" in codes(here, there)
    assert decide(compare(here, there), Thresholds(same=0.0)) is not Decision.SAME


def test_a_brand_in_brackets_is_the_firm():
    firm = replace(FIRM, name="PT Harindo Sejahtera (KATILO)")
    brand = replace(FIRM, key=2, name="Katilo")

    assert compare(firm, brand).probability > 0.9


def test_thresholds_can_be_set():
    comparison = compare(FIRM, WRITTEN_ANEW)

    assert decide(comparison, Thresholds(same=1.0)) is Decision.ASK
    assert decide(comparison, Thresholds(same=1.0, ask=1.0)) is Decision.OTHER


def test_evidence_adds_up():
    comparison = compare(FIRM, WRITTEN_ANEW)

    total = shipped().start + sum(part.weight for part in comparison.evidence)
    assert comparison.log_odds == pytest.approx(total)
    heaviest = [abs(part.weight) for part in comparison.evidence]
    assert heaviest == sorted(heaviest, reverse=True)


def test_weights_speak_the_way_their_names_say():
    terms = shipped().terms

    assert all(terms[term] >= 0 for term in RISING)
    assert all(terms[term] <= 0 for term in FALLING)


WORDS = st.sampled_from(
    ["PT", "CV", "Jaya", "Djaja", "Maju", "Rentaka", "Rentaka", "Sepatu", "(Katilo)", "Plant", "2"]
)
RECORDS = st.builds(
    Record,
    key=st.integers(),
    name=st.lists(WORDS, max_size=5).map(" ".join) | st.text(max_size=20),
    address=st.sampled_from(["", "Jl. Melati No. 45", "Melati 45A", "Mawar RT 1/RW 2 Km 3,5"]),
    region=st.sampled_from(["", "35.15", "35.16", "35", "36.03"]),
    city=st.sampled_from(["", "Kab. Bima", "Kota Bima", "Bima", "Surabaya"]),
    postcode=st.sampled_from(["", "61256", "61257"]),
    phones=st.lists(st.sampled_from(["031-5551234", "0812 3344 5566", "x"])).map(tuple),
    emails=st.lists(st.sampled_from(["a@b.id", "c@gmail.com"])).map(tuple),
    nib=st.sampled_from(["", "8120001234567", "9120001234567"]),
    extra=st.sampled_from([(), (("product", "sepatu"),), (("product", "sandal gunung"),)]),
)


@given(RECORDS, RECORDS)
def test_it_makes_no_difference_which_comes_first(one, other):
    there, back = compare(one, other), compare(other, one)

    assert there.probability == pytest.approx(back.probability)
    assert there.signals == pytest.approx(back.signals)
    assert there.exact_keys == back.exact_keys
    assert 0 < there.probability < 1


AGREEING = st.sampled_from(
    [
        {"phones": ("0857 1111 2222",)},
        {"emails": ("halo@gmail.com",)},
        {"instagram": ("@kamuri",)},
        {"nib": "1234567890123"},
        {"sites": ("www.kamuri.id",)},
    ]
)


@given(RECORDS, RECORDS, AGREEING)
def test_agreeing_exact_evidence_never_lowers_the_score(one, other, more):
    field, added = next(iter(more.items()))
    both = [
        replace(each, **{field: added if field == "nib" else (*getattr(each, field), *added)})
        for each in (one, other)
    ]

    assert compare(*both).log_odds >= compare(one, other).log_odds - 1e-9


def named(one, other):
    return compare(Record(key=1, name=one), Record(key=2, name=other)).signals


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maba Mitra Jaya Shoes", "CV Maba Mitra Jayashoes Collection"),
        ("Prama Duta Sandal", "Prama Dutasandal Shoes"),
        ("Mgu", "Mugu"),
    ],
)
def test_a_space_elsewhere_or_a_letter_left_out_makes_nobody_a_stranger(one, other):
    found = named(one, other)

    assert "name_strangers" not in found
    assert found["name"] > 0.6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wisan Trigu Cahaya Lestari Indah", "Wisan Trigu Cahaya Lestari Sandal"),
        ("Renta Jaya", "Lindo Jaya"),
    ],
)
def test_a_long_name_does_not_hide_that_one_word_is_another(one, other):
    assert "name_strangers" in named(one, other)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("031-5551234", "031-5551243", "near_phone"),
        ("031-5551234", "031-5551235", "near_phone"),
        ("031-5551234", "5551234", "near_phone"),
        ("031-5551234", "031-5559876", "other_phone"),
        ("031-5551234", "0812-5551234", "other_phone"),
    ],
)
def test_a_wrong_digit_or_a_missing_area_code_is_no_other_phone(one, other, code):
    left, right = (replace(FIRM, key=n, phones=(n,)) for n in (one, other))

    comparison = compare(left, right)

    assert code in comparison.signals
    assert not comparison.exact_keys


def test_a_whole_address_that_agrees_says_that_the_town_is_a_mistake():
    left = replace(FIRM, phones=(), address="Jl. Melati No. 45 RT 3/RW 4", region="", city="Waru")
    right = replace(left, key=2, city="Kab. Magetan")
    bare = replace(right, address="Jl. Melati No. 45")

    # Waru is a village, and no regency.
    assert "address_elsewhere" not in compare(left, right).signals
    left = replace(left, city="Kab. Sidoarjo")
    both = compare(left, right)
    assert both.signals["address_elsewhere"] == 1.0
    assert "same_house" not in both.signals
    assert "address_elsewhere" not in compare(left, bare).signals
    calling = replace(bare, phones=FIRM.phones)
    assert "address_elsewhere" in compare(replace(left, phones=FIRM.phones), calling).signals
    moved = replace(calling, address="Jl. Kawi No. 45")
    assert "address_elsewhere" not in compare(replace(left, phones=FIRM.phones), moved).signals
