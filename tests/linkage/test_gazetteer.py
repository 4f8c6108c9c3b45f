"""Which regency, city or province a record means, and what that says of two records."""

import pytest

from ifn.linkage.comparing import compare
from ifn.linkage.gazetteer import Gazetteer
from ifn.linkage.records import Record

NAMES = {
    "31": "Daerah Khusus Ibukota Jakarta",
    "31.73": "Kota Administrasi Jakarta Barat",
    "32": "Jawa Barat",
    "32.01": "Kabupaten Bogor",
    "32.04": "Kabupaten Bandung",
    "32.73": "Kota Bandung",
    "32.79": "Kota Banjar",
    "34": "Daerah Istimewa Yogyakarta",
    "34.04": "Kabupaten Sleman",
    "34.71": "Kota Yogyakarta",
    "35": "Jawa Timur",
    "35.15": "Kabupaten Sidoarjo",
    "35.78": "Kota Surabaya",
    "52": "Nusa Tenggara Barat",
    "52.06": "Kabupaten Bima",
    "52.72": "Kota Bima",
    "63": "Kalimantan Selatan",
    "63.03": "Kabupaten Banjar",
}
KNOWN = Gazetteer(NAMES)


def located(city, address="", region=""):
    found = KNOWN.located(
        Record(key=1, name="CV Langkah", city=city, address=address, region=region)
    )
    return found.region, found.city


@pytest.mark.parametrize(
    "written",
    [
        "Kab. Bima",
        "KABUPATEN BIMA, NTB",
        "Kab.Bima - Nusa Tenggara Barat",
        "Bima Regency",
        "Bima (Kab)",
        "52.06",
    ],
)
def test_a_regency_is_known_however_it_is_written(written):
    assert located(written) == ("52.06", "Kabupaten Bima")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Kota Bima", "52.72"),
        ("Bima (Kota)", "52.72"),
        ("Bandung City", "32.73"),
        ("Soerabaja", "35.78"),
        ("Sidoajo", "35.15"),
        ("Kab. Sidorajo", "35.15"),
        ("Jakbar", "31.73"),
        ("West Jakarta", "31.73"),
        ("Sleman, Yogyakarta", "34.04"),
        ("Banjar, Kalsel", "63.03"),
        ("Jabar, Kota Banjar", "32.79"),
    ],
)
def test_names_kinds_mistakes_and_provinces_say_which(written, code):
    assert located(written) == (code, NAMES[code])


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Bima", ("52", "bima")),
        ("Bandung, Jawa Barat", ("32", "bandung")),
        ("Jawa Timur", ("35", "")),
        ("West Java", ("32", "")),
        ("DKI Jakarta", ("31", "")),
        ("Yogyakarta", ("34", "")),
        ("Banjar", ("", "Banjar")),
        ("Sukamaju", ("", "Sukamaju")),
        ("", ("", "")),
    ],
)
def test_what_may_be_two_places_is_only_as_certain_as_it_is(written, found):
    assert located(written) == found


@pytest.mark.parametrize(
    ("city", "address", "code"),
    [
        ("Bandung", "Jl. Kopo 5, Kab. Bandung", "32.04"),
        ("", "Jl. Mawar 3, Kec. Waru, Sidoarjo 61256", "35.15"),
        ("", "Jl. Raya Bogor Km 3, Kec. Bandung", ""),
        ("Kota Bandung", "Jl. Raya Bogor 5, Kab. Bogor", "32.73"),
    ],
)
def test_the_address_says_what_the_column_leaves_open(city, address, code):
    assert located(city, address)[0] == code


def test_a_code_that_is_stated_stands_and_so_does_a_city_that_says_another():
    assert located("Bima", region="52.06") == ("52.06", "Kabupaten Bima")
    assert located("Kota Bima", region="52.06") == ("52.06", "Kota Bima")
    assert located("Kota Bima", region="99.99") == ("99.99", "Kota Bima")
    assert located("Bima (Kota)", region="52") == ("52.72", "Kota Bima")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Kab. Bima", "52.06", "same_place"),
        ("Kabupaten Bima, NTB", "Bima", "same_place"),
        ("Kab. Bima", "Bima (Kota)", "other_kind"),
        ("52.06", "52.72", "other_kind"),
        ("Bogor", "Bandung", "other_regency"),
        ("Kab. Bogor", "Bandung", "other_regency"),
        ("Bandung", "Sidoarjo", "other_province"),
        ("Jawa Barat", "Bandung", "near_place"),
        ("Jawa Barat", "Surabaya", "other_province"),
        ("Jawa Barat", "Jabar", "same_place"),
    ],
)
def test_two_places_speak_for_or_against_one_firm(one, other, said):
    left, right = (KNOWN.located(Record(key=n, name="x", city=n)) for n in (one, other))

    assert {said} == {code for code in compare(left, right).signals if code != "name"} - {
        "name_rare",
        "name_within",
    }


def test_an_address_that_names_the_other_place_says_that_one_column_is_wrong():
    left = Record(key=1, name="CV Langkah", city="Kota Bandung", address="Jl. A 1, Kab. Bogor")
    right = Record(key=2, name="CV Langkah", city="Kab. Bogor", address="Jl. A 1")

    found = compare(KNOWN.located(left), KNOWN.located(right)).signals

    assert "near_place" in found
    assert "same_house" in found
