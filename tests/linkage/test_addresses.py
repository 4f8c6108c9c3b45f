import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.linkage.addresses import parse_address, parse_place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jl. Melati No. 45", "JALAN MELATI 45"),
        ("Jln Melati Nomor 045", "Melati no.45"),
        ("Gg. Mawar No. 3 RT.003/RW.004", "Gang Mawar 3, RT 3 RW 4"),
        ("Jl. Raya Serang Km 3,5", "Jalan Raya Serang KM. 3.5"),
        ("Blok F No. 11 Jatake, Jatim", "Block F No.11 Jatake Jawa Timur"),
        ("156 Second Ave.", "156 2nd Avenue"),
        ("Jl. Veteran 1, Kel. Waru, Kec. Waru", "Veteran No 1 Waru Waru"),
    ],
)
def test_one_address_in_two_spellings(one, other):
    left, right = parse_address(one), parse_address(other)

    assert (left.words, left.houses, left.parts) == (right.words, right.houses, right.parts)


@pytest.mark.parametrize(
    ("written", "houses"),
    [
        ("Jl. Melati No. 45", {"45"}),
        ("Jl. Melati No. 48/49", {"48", "49"}),
        ("Jl. Melati 45A RT 1/RW 2", {"45a"}),
        ("435 S. Melrose Ave.", {"435"}),
        ("10801 W. Pico", {"10801"}),
        ("Jl. Melati RT 1 RW 2", set()),
        ("Jl. Raya Serang Km 24", set()),
        ("Jl. Melati, Sidoarjo 61256", set()),
    ],
)
def test_house_numbers(written, houses):
    assert parse_address(written).houses == houses


def test_parts_and_postcode():
    address = parse_address("Jl. Melati Blok F-2 RT.003/RW 04 Km 3,5, Sidoarjo 61256")

    assert dict(address.parts) == {"block": "f2", "rt": "3", "rw": "4", "km": "3.5"}
    assert address.postcode == "61256"


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("Kab. Bima", "bima", "kabupaten"),
        ("KABUPATEN BIMA", "bima", "kabupaten"),
        ("Kota Bima", "bima", "kota"),
        ("Bima", "bima", ""),
        ("Kab. Sidoarjo, Jawa Timur", "sidoarjo", "kabupaten"),
        ("Soerabaja", "surabaya", ""),
        ("Kota", "kota", ""),
        ("", "", ""),
    ],
)
def test_places(written, name, kind):
    place = parse_place(written)

    assert (place.name, place.kind) == (name, kind)


def test_an_address_names_its_regency():
    place = parse_address("Jl. Melati 3, Kec. Waru, Kab. Lombok Timur, NTB").place

    assert (place.name, place.kind) == ("lombok timur", "kabupaten")


@given(st.text())
def test_every_text_is_an_address(text):
    assert parse_address(text) == parse_address(text)
    assert parse_place(parse_place(text).name).name == parse_place(text).name
