import pytest

from ifn.intake.mapping import (
    HEADERS,
    TYPE_HEADERS,
    NoHeader,
    UnknownColumn,
    UnknownField,
    Wanted,
    columns_of,
)
from ifn.linkage.normalise import plain

ENGLISH = ["Factory Name", "Factory Type", "Address", "City", "State", "Country / Region", "Region"]
INDONESIAN = ["No", "Nama Perusahaan", "Alamat", "Kab/Kota", "Provinsi", "No. HP", "Jumlah Pekerja"]


def said(rows, **wanted):
    return columns_of(rows, Wanted(**wanted)).said()


def test_english_headers_are_guessed():
    assert said([ENGLISH, ["x"] * 7]) == {
        "fields": {
            "name": "Factory Name",
            "address": "Address",
            "city": "City",
            "province": "State",
            "country": "Country / Region",
        },
        "types": ["Factory Type"],
        "only": {},
        "header_row": 1,
    }


def test_indonesian_headers_are_guessed():
    assert said([INDONESIAN])["fields"] == {
        "name": "Nama Perusahaan",
        "address": "Alamat",
        "city": "Kab/Kota",
        "province": "Provinsi",
        "workers": "Jumlah Pekerja",
        "whatsapp": "No. HP",
    }


def test_the_header_is_found_below_banners_and_empty_lines():
    rows = [["Name of the list: suppliers"], [], ["Data as of May", "", ""], ENGLISH, ["a"] * 7]

    assert said(rows)["header_row"] == 4


def test_a_data_row_that_holds_a_header_word_does_not_win():
    rows = [INDONESIAN, ["1", "Nama", "Jalan", "Kota Bima", "NTB", "", ""]]

    assert said(rows)["header_row"] == 1


def test_a_named_column_is_taken_and_the_rest_still_guessed():
    rows = [["x"], ["Plant", "Factory Name", "City"], ["a", "b", "c"]]

    fields = said(rows, fields={"name": "plant"})["fields"]

    assert fields == {"name": "Plant", "city": "City"}


def test_types_and_choice_are_named_by_column():
    rows = [ENGLISH]

    found = said(rows, types=["region"], only={"Country / Region": "Indonesia"})

    assert found["types"] == ["Region"]
    assert found["only"] == {"Country / Region": "Indonesia"}


def test_the_header_row_may_be_named():
    rows = [ENGLISH, ["Name", "City", "", "", "", "", ""], ["a", "b"]]

    assert said(rows, header_row=2)["fields"] == {"name": "Name", "city": "City"}


@pytest.mark.parametrize("header_row", [0, -1, 9])
def test_a_header_row_outside_the_list_is_no_header(header_row):
    with pytest.raises(NoHeader):
        columns_of([ENGLISH], Wanted(header_row=header_row))


@pytest.mark.parametrize("rows", [[], [["1", "2"]], [["City", "Address"], ["a", "b"]]])
def test_without_a_column_for_the_name_there_is_no_header(rows):
    with pytest.raises(NoHeader):
        columns_of(rows, Wanted())


@pytest.mark.parametrize(
    "wanted",
    [{"fields": {"city": "Town hall"}}, {"types": ["Kind"]}, {"only": {"Land": "X"}},
     {"fields": {"city": ""}}],
)  # fmt: skip
def test_a_column_that_is_not_there_is_named_with_those_that_are(wanted):
    with pytest.raises(UnknownColumn) as unknown:
        columns_of([ENGLISH], Wanted(**wanted))

    assert unknown.value.columns == ENGLISH


def test_a_field_that_is_not_there_is_named():
    with pytest.raises(UnknownField, match="turnover"):
        columns_of([ENGLISH], Wanted(fields={"turnover": "City"}))


def test_known_headers_are_written_as_they_are_compared_and_mean_one_field():
    headers = [header for known in HEADERS.values() for header in known.split(";")]

    assert all(plain(header) == header for header in [*headers, *TYPE_HEADERS.split(";")])
    assert len(headers) == len(set(headers))
