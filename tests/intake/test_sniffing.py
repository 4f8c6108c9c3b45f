import pytest

from ifn.intake.mapping import NoHeader, Wanted, columns_of
from ifn.intake.sniffing import is_instagram, is_nib, is_phone, is_postcode, names_firm, sniffed
from ifn.regions.queries import gazetteer
from tests.factories.regions import load_regions

HEADER = ["No", "Badan", "Lokasi", "Wilayah", "Kontak 1", "Kontak 2", "Izin", "Sandi", "Medsos"]
ROWS = [
    ["1", "PT Langkah Satu", "Jl. Melati 45", "Kab. Sidoarjo", "0812-3456-7890", "a@satu.example",
     "9120001234567", "61256", "@langkah.satu"],
    ["2", "CV Sol Jaya", "Jl. Mawar 7", "Kota Mojokerto", "(0321) 591234", "b@sol.example",
     "0220001234568", "61361", "@soljaya"],
    ["3", "UD Tiga Jalan", "Dusun Barat", "Garut", "81234567891", "", "8120001234569", "44151", ""],
    ["4", "Bu Tini", "Gg. Dua", "Bogor", "021 555 1234 / 0813 1111 2222", "d@tini.example",
     "", "16110", "https://instagram.com/butini"],
]  # fmt: skip


@pytest.fixture
def places(db):
    load_regions()
    return gazetteer()


def fields(rows, places=None, **wanted):
    return dict(columns_of(rows, Wanted(**wanted), places).fields)


def test_columns_with_headers_nobody_knows_are_told_by_their_cells(places):
    assert fields([HEADER, *ROWS], places) == {
        "name": 1,
        "city": 3,
        "phone": 4,
        "email": 5,
        "nib": 6,
        "postcode": 7,
        "instagram": 8,
    }


def test_provinces_are_told_from_regencies(places):
    rows = [["Nama", "Daerah", "Daerah lain"]]
    rows += [[f"Usaha {number}", "Jawa Timur", "Kabupaten Jombang"] for number in range(5)]

    assert fields(rows, places) == {"name": 0, "province": 1, "city": 2}


def test_a_header_in_row_seven_whose_words_nobody_knows_is_found(places):
    banner = [["Daftar binaan 2025"], [], ["Dinas", "Sidoarjo"], [], ["Per 31-12-2025"], []]

    columns = columns_of([*banner, HEADER, *ROWS], Wanted(), places)

    assert columns.header_row == 6
    assert columns.header[columns.fields["name"]] == "Badan"


def test_a_known_header_goes_before_cells(places):
    rows = [["Nama", "Badan", "Telepon", "Kontak"]]
    rows += [[f"Bu {one}", f"PT {one}", "0812-3456-7890", "021 555 1234"] for one in "ABCDE"]

    assert fields(rows, places) == {"name": 0, "phone": 2}


def test_what_a_person_said_goes_before_cells(places):
    assert fields([HEADER, *ROWS], places, fields={"name": "Lokasi"})["name"] == 2
    said = fields([HEADER, *ROWS], places, fields={"name": 1}, header_row=1, guesses=False)
    assert said == {"name": 1}


def test_a_column_used_to_choose_rows_is_not_told_by_its_cells(places):
    found = fields([HEADER, *ROWS], places, fields={"name": 1}, only={"Wilayah": "Garut"})

    assert "city" not in found


def test_without_names_of_regions_the_rest_is_told():
    found = fields([HEADER, *ROWS])

    assert "city" not in found
    assert found["name"] == 1


@pytest.mark.parametrize("header", ["Fax", "No. Faks", "Omzet", "Telp Pemilik", "NPWP", "KBLI"])
def test_a_header_that_speaks_against_it_is_believed(header):
    rows = [["0812-3456-7890"], ["0812-3456-7891"], ["0812-3456-7892"]]

    assert sniffed(rows, {0: header}, None) == {}
    assert sniffed(rows, {0: "Kontak"}, None) == {"phone": 0}


def test_the_column_most_alike_is_taken_for_a_field_once():
    rows = [[f"0812-3456-789{one}", f"0813-3456-789{one}"] for one in range(5)]
    rows.append(["segera", "0813-3456-7895"])

    assert sniffed(rows, {0: "A", 1: "B"}, None) == {"phone": 1}


@pytest.mark.parametrize("cells", [["a@b.example", "c@d.example"], ["", "", "a@b.example"], []])
def test_too_few_cells_tell_nothing(cells):
    assert sniffed([[cell] for cell in cells], {0: "Kontak"}, None) == {}


def test_one_number_in_every_row_is_nobodys_own():
    assert sniffed([["021 555 1234"]] * 9, {0: "Kontak"}, None) == {}
    assert sniffed([["61256"]] * 9, {0: "Sandi"}, None) == {}


def test_a_list_without_a_header_does_not_lose_its_first_firm():
    with pytest.raises(NoHeader):
        columns_of([row[1:3] for row in ROWS], Wanted())


def test_firms_without_legal_forms_are_for_a_person_to_point_at():
    rows = [["Badan", "Lokasi"], ["Bu Tini", "Jl. A"], ["Pak Dul", "Jl. B"], ["Bu Ani", "Jl. C"]]

    with pytest.raises(NoHeader):
        columns_of(rows, Wanted())


@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        (is_phone, ["0812-3456-7890", "+62 21 5551234", "Telp. 021 555 1234", "81234567890",
                    "6281234567890"],
         ["250000000", "61256", "9120001234567", "2024-05-01", "Jl. Melati 45", "392", ""]),
        (is_nib, ["9120001234567", "0220001234567", "9120 0012 3456 7", "'9120001234567"],
         ["6281234567890", "912000123456", "3578012345670001", "x"]),
        (is_postcode, ["61256", "44151"], ["01234", "6125", "15201", "15122", "612567", "6125a"]),
        (is_instagram, ["@langkah.satu", "https://www.instagram.com/x/"], ["a@b.example", "x"]),
        (names_firm, ["PT Langkah", "LANGKAH, PT", "Koperasi Maju"], ["Bu Tini", "PT", "12", ""]),
    ],
)  # fmt: skip
def test_cells_are_what_they_look_like(test, yes, no):
    assert [cell for cell in yes if not test(cell)] == []
    assert [cell for cell in no if test(cell)] == []
