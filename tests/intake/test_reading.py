import io
import struct
from random import Random

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from ifn.intake import reading
from ifn.intake.reading import Unreadable, sheets_of, text, workbooks
from tests.intake import files

EXPECTED = [files.HEADER, *[[str(cell) for cell in row] for row in files.ROWS]]


def rows(content, name):
    (sheet,) = sheets_of(content, name)
    return sheet.rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_with_any_delimiter_and_encoding(delimiter, encoding):
    assert rows(files.csv(delimiter=delimiter, encoding=encoding), "daftar.csv") == EXPECTED


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_is_read_with_any_line_ending(newline):
    assert rows(files.csv(newline=newline), "daftar.txt") == EXPECTED


@pytest.mark.parametrize(
    ("content", "name"),
    [(files.xlsx(), "daftar.xlsx"), (files.xls(), "DAFTAR.XLS"), (files.csv(), "daftar.tsv")],
)
def test_the_three_formats_give_the_same_rows(content, name):
    assert rows(content, name) == EXPECTED


def test_quoted_cells_keep_delimiters_and_line_breaks():
    content = files.csv([["a", 'b "quoted"', "c"], ["1, 2", "x\ny", "3"]])

    assert rows(content, "x.csv") == [["a", 'b "quoted"', "c"], ["1, 2", "x\ny", "3"]]


def test_the_delimiter_named_by_excel_is_taken():
    assert rows(b"sep=;\r\na,b;c\r\n1,5;2\r\n", "x.csv") == [["a,b", "c"], ["1,5", "2"]]


def test_decimal_commas_do_not_pass_for_the_delimiter():
    assert rows(b"name;value\r\nA;1,5\r\nB;2,5\r\n", "x.csv")[1] == ["A", "1,5"]


def test_one_broken_byte_does_not_garble_every_accent():
    content = "nama,kota\n" + "Café,Bandung\n" * 200
    broken = content.encode() + b"X\xffY,Garut\n"

    found = rows(broken, "x.csv")

    assert found[1] == ["Café", "Bandung"]
    assert found[-1] == ["X\ufffdY", "Garut"]


@pytest.mark.parametrize(
    ("garbled", "mended"),
    [("N¬∫ 280", "Nº 280"), ("CafÃ©", "Café"), ("Café", "Café"), ("Bình Dương", "Bình Dương"),
     ("50°", "50°"), ("东莞", "东莞"), ("plain", "plain")],
)  # fmt: skip
def test_accents_garbled_on_the_way_come_back(garbled, mended):
    assert rows(files.xlsx([[garbled]]), "x.xlsx") == [[mended]]
    assert rows(f"{garbled},x\n".encode(), "x.csv") == [[mended, "x"]]


def test_characters_that_steer_machines_are_left_out():
    # So a workbook writes characters that XML cannot hold.
    book = files.xlsx([["Sol_x0000_ Ja_x001B_[31mya_x009B_"]])

    assert rows(book, "x.xlsx") == [["Sol Ja[31mya"]]
    text = "Sol Ja\x1b[31mya,a\x9bb\n" + 50 * "Garut,x\n"
    assert rows(text.encode(), "x.csv")[0] == ["Sol Ja[31mya", "ab"]


def test_a_guard_against_formulas_is_taken_off_again():
    assert rows(b"a,b\n'=1+1,'tis\n", "x.csv")[1] == ["=1+1", "'tis"]


def test_cells_are_read_as_people_see_them():
    content = files.xlsx([["t", 392.0, 1.5, True, "007", None, " x "]])

    assert rows(content, "x.xlsx") == [["t", "392", "1.5", "TRUE", "007", "", "x"]]


def test_days_are_read_as_days():
    def change(sheet):
        sheet["A1"] = openpyxl.utils.datetime.from_excel(45413)

    assert rows(files.xlsx([[""]], change=change), "x.xlsx") == [["2024-05-01"]]


def test_a_value_merged_over_rows_stands_in_each_of_them():
    def change(sheet):
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A2:A4")

    content = files.xlsx([["Title", ""], ["Garut", 1], ["", 2], ["", 3], ["", 4]], change=change)

    assert rows(content, "x.xlsx") == [
        ["Title", ""], ["Garut", "1"], ["Garut", "2"], ["Garut", "3"], ["", "4"],
    ]  # fmt: skip


def test_a_formula_gives_the_value_it_was_saved_with():
    content = files.xlsx([["a", "=1+1"], ["b", 2]])
    saved = files.rezipped(
        content, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"<v />", b"<v>2</v>")
    )

    assert rows(saved, "x.xlsx") == [["a", "2"], ["b", "2"]]


def test_a_hundred_thousand_empty_rows_are_no_rows():
    def change(sheet):
        sheet.cell(row=100_000, column=40).value = ""
        sheet.cell(row=99_999, column=1).number_format = "0.00"

    assert rows(files.xlsx(change=change), "x.xlsx") == EXPECTED
    assert len(rows(files.csv() + b",,,,,,\r\n" * 50_000, "x.csv")) == 50_004


def test_every_sheet_with_anything_in_it_is_given():
    book = openpyxl.load_workbook(io.BytesIO(files.xlsx()))
    book.create_sheet("Kosong")
    book.create_sheet("Lain").append(["x"])

    assert [sheet.name for sheet in sheets_of(files.saved(book), "x.xlsx")] == ["Daftar", "Lain"]


XLSX, XLS = files.xlsx(), files.xls()
BAD = {
    "empty": (b"", "x.csv", "empty"),
    "blank": (b" \r\n \r\n", "x.csv", "empty"),
    "no cells": (files.xlsx([[]]), "x.xlsx", "empty"),
    "half a workbook": (XLSX[: len(XLSX) // 2], "x.xlsx", "damaged"),
    "a broken part": (
        files.rezipped(XLSX, "xl/workbook.xml", lambda part: part[:50]), "x.xlsx", "damaged",
    ),
    "changed bytes": (XLSX.replace(b"PK\x01\x02", b"PK\x01\x03"), "x.xlsx", "damaged"),
    "half an old workbook": (XLS[: len(XLS) // 3], "x.xls", "damaged"),
    "an old workbook of rubbish": (XLS[:600] + b"\xff" * 3000 + XLS[3600:], "x.xls", "damaged"),
    "locked": (files.encrypted_xlsx(), "x.xlsx", "encrypted"),
    "locked, old": (files.encrypted_xls(), "x.xls", "encrypted"),
    "text named workbook": (files.csv(), "x.xlsx", "not_as_named"),
    "workbook named text": (XLSX, "x.csv", "not_as_named"),
    "new named old": (XLSX, "x.xls", "not_as_named"),
    "web page": (b"<html><table><tr><td>x</td></tr></table></html>", "x.xls", "not_as_named"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "x.csv", "not_as_named"),
    "archive": (files.zipped({"a.txt": b"x"}), "x.xlsx", "not_as_named"),
    "rubbish": (bytes(range(256)) * 8, "x.csv", "not_as_named"),
    "other ending": (b"a,b\n", "x.pdf", "ending"),
    "no ending": (b"a,b\n", "list", "ending"),
    "open quotation": (b'a,b\n"' + b"x" * 200_000, "x.csv", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "code"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_words(content, name, code):
    with pytest.raises(Unreadable) as refused:
        sheets_of(content, name)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_a_locked_workbook_is_named_as_such_in_the_readers_language():
    with translation.override("en"), pytest.raises(Unreadable, match="locked with a password"):
        sheets_of(files.encrypted_xls(), "x.xls")
    with translation.override("id"), pytest.raises(Unreadable, match="dikunci dengan kata sandi"):
        sheets_of(files.encrypted_xlsx(), "x.xlsx")


def test_a_large_file_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)

    with pytest.raises(Unreadable) as refused:
        sheets_of(files.csv(), "x.csv")

    assert refused.value.code == "too_large"


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 5_000_000)
    bomb = files.rezipped(XLSX, "xl/styles.xml", lambda part: part + b" " * 6_000_000)
    assert len(bomb) < 50_000

    with pytest.raises(Unreadable) as refused:
        sheets_of(bomb, "x.xlsx")

    assert refused.value.code == "too_large"


def test_two_cells_at_the_ends_of_a_sheet_do_not_fill_the_memory():
    def change(sheet):
        sheet.cell(row=1_048_576, column=16_384).value = "x"

    with pytest.raises(Unreadable) as refused:
        sheets_of(files.xlsx(change=change), "x.xlsx")

    assert refused.value.code == "too_large"


@pytest.mark.parametrize("name", ["MOST_ROWS", "MOST_COLUMNS"])
def test_too_many_rows_or_columns_are_refused(monkeypatch, name):
    monkeypatch.setattr(text, name, 3)
    monkeypatch.setattr(workbooks, name, 3)

    for content, file_name in [(files.csv(), "x.csv"), (XLSX, "x.xlsx")]:
        with pytest.raises(Unreadable) as refused:
            sheets_of(content, file_name)
        assert refused.value.code == "too_large"


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.xls", "x.xlsx"]))
def test_any_bytes_are_read_or_refused(content, name):
    try:
        sheets = sheets_of(content, name)
    except Unreadable:
        return
    assert all(isinstance(cell, str) for sheet in sheets for row in sheet.rows for cell in row)


@pytest.mark.parametrize("seed", range(12))
def test_an_old_workbook_with_changed_bytes_is_read_or_refused(seed):
    chance = Random(seed)  # noqa: S311  # nothing secret
    content = bytearray(XLS)
    for _ in range(3):
        content[chance.randrange(len(XLS))] = chance.choice([0, 255, chance.randrange(256)])
    try:
        sheets = sheets_of(bytes(content), "x.xls")
    except Unreadable as refused:
        assert refused.code in {"damaged", "not_as_named", "empty", "too_large"}  # noqa: PT017
    else:
        assert sheets


@pytest.mark.parametrize(
    "program",
    ["while True: pass", "import os; os.abort()", "x = bytearray(1 << 45)", "print('{')"],
    ids=["without end", "crash", "all memory", "half an answer"],
)
def test_a_workbook_that_brings_its_reader_down_is_damaged(monkeypatch, tmp_path, program):
    reader = tmp_path / "reader.py"
    reader.write_text(program)
    monkeypatch.setattr(workbooks, "READER", reader)
    monkeypatch.setattr(workbooks, "MOST_SECONDS", 2)

    with pytest.raises(Unreadable) as refused:
        sheets_of(XLS, "x.xls")

    assert refused.value.code == "damaged"


def test_the_mark_of_encryption_is_where_excel_writes_it():
    content = files.encrypted_xls()

    place = content.find(struct.pack("<H", 0x0809), 512)
    length = struct.unpack_from("<H", content, place + 2)[0]

    assert content[place + 4 + length : place + 6 + length] == struct.pack("<H", 0x2F)
