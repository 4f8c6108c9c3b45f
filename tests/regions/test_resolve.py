import csv
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.regions.actions import SHIPPED
from ifn.regions.gazetteer import Gazetteer, LocalName, PostcodeRange, What, words_of
from ifn.regions.queries import DATA, gazetteer
from ifn.regions.resolve import Note, PlaceText, Resolved, resolve
from tests.factories.regions import load_regions


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = {row["code"]: row["name"] for row in rows(SHIPPED.name)}
GAZETTEER = Gazetteer(
    NAMES,
    [LocalName(row["name"], row["region"]) for row in rows("places.csv")],
    [PostcodeRange(row["first"], row["last"], row["region"]) for row in rows("postcodes.csv")],
)


def found(**place):
    return resolve(PlaceText(**place), GAZETTEER)


@pytest.mark.parametrize(
    ("city", "province", "code"),
    [
        ("Kabupaten Serang", "Banten", "36.04"),
        ("Kab. Bandung", "Jawa Barat", "32.04"),
        ("Kota Bima", "", "52.72"),
        ("Bandung Regency", "West Java", "32.04"),
        ("Bandung City", "West Java", "32.73"),
        ("Karawang Timur", "Jawa Barat", "32.15"),
        ("Kecamatan Batujajar", "Jawa Barat", "32.17"),
        ("Cikupa", "Banten", "36.03"),
        ("Ungaran", "Jawa Tengah", "33.22"),
        ("Gunung kidul", "Yogyakarta", "34.03"),
        ("Bandung Barat", "Jawa Barat", "32.17"),
        ("Belendung, Cibogo", "Jawa Barat", "32.13"),
        ("East Lombok", "NTB", "52.03"),
        ("South Tangerang", "Banten", "36.74"),
        ("North Jakarta", "", "31.72"),
        ("SIDOARJO", "East Java", "35.15"),
        ("Solo", "", "33.72"),
        ("Kota Baru", "", "63.02"),
        ("Palangka Raya", "Kalteng", "62.71"),
        ("Jepara ", "Jawa", "33.20"),
        ("Sidoarjo, Jawa Timur, Indonesia", "", "35.15"),
    ],
)
def test_a_place_is_found_however_it_is_written(city, province, code):
    place = found(city=city, province=province)

    assert (place.code, place.level) == (code, "regency")
    assert place.confidence >= 0.8


@pytest.mark.parametrize(
    ("city", "province", "rivals"),
    [
        ("Tangerang Banten", "Banten", ("36.03", "36.71")),
        ("Serang , Banten", "", ("36.04", "36.73")),
        ("Bima", "NTB", ("52.06", "52.72")),
        ("Mojokerto", "Jawa Timur", ("35.16", "35.76")),
        ("Gorontalo", "Gorontalo", ("75.01", "75.71")),
    ],
)
def test_a_name_of_regency_and_city_gives_only_the_province(city, province, rivals):
    place = found(city=city, province=province)

    assert (place.code, place.level) == (rivals[0][:2], "province")
    assert place.candidates == rivals
    assert Note.AMBIGUOUS in place.notes


@pytest.mark.parametrize(
    ("place", "code", "note"),
    [
        ({"address": "Jl. Industri 54 Citeureup Kab. Bogor"}, "32.01", Note.ADDRESS_DECIDED),
        ({"address": "Kec. Gunung Putri"}, "32.01", Note.ADDRESS_DECIDED),
        ({"postcode": "16964"}, "32.01", Note.POSTCODE_DECIDED),
        ({"postcode": "16151"}, "32.71", Note.POSTCODE_DECIDED),
        ({"address": "Jl. Merdeka 1 Bogor 16125"}, "32.71", Note.POSTCODE_DECIDED),
    ],
)
def test_address_and_postcode_choose_between_regency_and_city(place, code, note):
    resolved = found(city="Bogor", province="Jawa Barat", **place)

    assert resolved.code == code
    assert {note, Note.SHARED_NAME} <= set(resolved.notes)
    assert 0.7 <= resolved.confidence < 0.99


@pytest.mark.parametrize(
    ("city", "province", "code"),
    [("Majalengka", "Banten", "32.10"), ("Kab. Bogor", "Jakarta Raya", "32.01")],
)
def test_the_city_decides_over_a_wrong_province_and_says_so(city, province, code):
    right, wrong = found(city=city), found(city=city, province=province)

    assert (wrong.code, Note.PROVINCE_DIFFERS in wrong.notes) == (code, True)
    assert wrong.confidence < right.confidence


def test_a_shared_name_keeps_its_province_over_a_wrong_one():
    place = found(city="Bogor", province="Jakarta Raya")

    assert (place.code, place.level) == ("32", "province")
    assert place.notes == (Note.AMBIGUOUS, Note.PROVINCE_DIFFERS, Note.PROVINCE_ONLY)


@pytest.mark.parametrize("city", ["Sidoardjo", "Sidoarjjo", "Sidaorjo", "Surabya", "Majalenka"])
def test_a_spelling_is_forgiven_and_said(city):
    place = found(city=city)

    assert NAMES[place.code].startswith(("Kabupaten Sidoarjo", "Kota Surabaya", "Kabupaten Maj"))
    assert Note.SPELLING_FORGIVEN in place.notes


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"city": "New York", "province": "New York", "postcode": "10118"},
        {"city": "Dongguan", "province": "Guangdong", "address": "Shujiu Village 523569"},
        {"city": "Milan"},
        {"city": "Jawa", "province": "Jawa"},
        {"city": "?", "address": "-"},
    ],
)
def test_a_place_elsewhere_is_nothing(place):
    assert found(**place) == Resolved(notes=(Note.NOTHING_FOUND,))


@pytest.mark.parametrize(
    ("province", "code"),
    [("Jabar", "32"), ("West Java", "32"), ("Jakarta Raya", "31"), ("D.I. Yogyakarta", "34"),
     ("DIY", "34"), ("Jawa Timr", "35"), ("Bangka Belitung Islands", "19"), ("Papua", "91")],
)  # fmt: skip
def test_a_province_alone_is_found_under_its_usual_names(province, code):
    place = found(province=province)

    assert (place.code, place.level) == (code, "province")


def test_a_road_named_for_a_town_does_not_lie_there():
    assert found(address="Jl. Raya Serang Km. 24", province="Banten").level == "province"


def test_a_village_named_like_a_regency_does_not_count():
    place = found(address="Desa Serang, Kab. Blitar", province="Jawa Timur")

    assert place.code == "35.05"


def test_a_whole_address_without_a_city_is_enough():
    place = found(address="Jl. Mayjen Sungkono 5, Sooko, Mojokerto, Jawa Timur 61361, Indonesia")

    assert place.code == "35.16"


def test_a_city_written_for_its_province_yields_to_the_postcode():
    loose = found(city="Yogyakarta", province="Yogyakarta")
    exact = found(city="Yogyakarta", province="Yogyakarta", postcode="55285")

    assert (loose.code, exact.code) == ("34.71", "34.04")
    assert loose.confidence < 0.7


def test_a_postcode_that_contradicts_is_noted():
    place = found(city="Kab. Tangerang", postcode="15111")

    assert (place.code, Note.POSTCODE_DIFFERS in place.notes) == ("36.03", True)


def test_every_official_name_finds_its_own_region():
    codes = [code for code in NAMES if len(code) == 5]

    assert [found(city=NAMES[code]).code for code in codes] == codes


@pytest.mark.django_db
def test_the_gazetteer_comes_from_the_database():
    load_regions()

    assert gazetteer().find(What.REGENCY, ["mojokerto"]) == ("35.16", "35.76")
    assert gazetteer() is gazetteer()


def test_places_and_postcodes_name_known_regions():
    assert {row["region"] for row in rows("places.csv")} <= NAMES.keys()
    postcodes = rows("postcodes.csv")
    assert {row["region"] for row in postcodes} <= NAMES.keys()
    ends = [(row["first"], row["last"]) for row in postcodes]
    assert all(first <= last for first, last in ends)
    assert all(one[1] < other[0] for one, other in pairwise(ends))


@given(
    st.builds(PlaceText, city=st.text(), province=st.text(), address=st.text(), postcode=st.text())
)
def test_any_text_gives_an_answer_within_bounds(place):
    answer = resolve(place, GAZETTEER)

    assert 0 <= answer.confidence <= 1
    assert (answer.code in NAMES) == bool(answer.level)


@given(st.sampled_from(sorted(NAMES)), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_and_spacing_make_no_difference(code, change):
    name = NAMES[code]

    assert found(city=f"  {change(name)}  ") == found(city=name)


def test_words_are_cut_at_commas_and_plain():
    assert words_of("Kab.Bogor, JL  Raya 5") == [["kab", "bogor"], ["jl", "raya", "5"]]
