import io
import json

import openpyxl
import pytest
from django.core.management import call_command

from ifn.directory.models import Business
from ifn.intake.models import List
from ifn.intake.reading import sheets_of
from tests.intake import files

REFUSED_ROW = ["PT Di Mana", "", "Antah Berantah", "", "", "Sepatu", ""]


@pytest.fixture
def run(reference, tmp_path):
    """Return a function that loads a list and returns what the command says and returns."""

    def load(content, *words, name="daftar.csv", language="en", **options):
        path = tmp_path / name
        path.write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        code = 0
        try:
            call_command(
                "load", str(path), *words, stdout=out, stderr=err, language=language, **options
            )
        except SystemExit as stop:
            code = stop.code
        return code, out.getvalue(), err.getvalue()

    return load


def test_it_prints_the_mapping_and_a_line_for_each_row(run):
    code, out, err = run(files.csv([files.HEADER, *files.ROWS, REFUSED_ROW]))

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "Sheet “daftar”, header in row 1."
    assert "  name = Nama Perusahaan" in lines
    assert "  type = Jenis" in lines
    assert lines[-1] == (
        "New profile: 3. Profile brought up to date: 0. Nothing to change: 0. "
        "Maybe a profile: 0. Twice in the list: 0. Error: 1. Left out: 0."
    )
    (refused,) = (line for line in lines if "Error  " in line)
    assert "PT Di Mana" in refused
    assert refused.endswith(
        "No regency, city or province found in “Antah Berantah”. "
        "Write the regency or city and the province."
    )


def test_it_speaks_indonesian(run):
    code, out, _err = run(files.csv([files.HEADER, REFUSED_ROW]), language="id")

    assert code == 0
    assert "Kesalahan: 1" in out
    assert "Tulis kabupaten atau kota dan provinsinya." in out


def test_a_second_load_says_that_nothing_changed(run):
    run(files.csv())

    code, out, _err = run(files.csv())

    assert (code, Business.objects.count()) == (0, 3)
    assert out.endswith("This list was loaded before; nothing was changed.\n")
    assert "New profile: 3" in out


def test_a_dry_run_writes_nothing(run):
    code, out, _err = run(files.csv(), "--dry-run")

    assert (code, Business.objects.count(), List.objects.count()) == (0, 0, 0)
    assert "New profile: 3" in out


def test_columns_source_date_and_choice_are_taken_from_the_command_line(run):
    rows = [["Banner"], ["Plant", "Where", "Land"], ["A", "Garut", "Indonesia"],
            ["B", "Hanoi", "Vietnam"]]  # fmt: skip

    code, out, _err = run(
        files.csv(rows), "--map", "name=Plant", "--map", "city=Where", "--only", "Land=Indonesia",
        "--source", "Somebody", "--stated-on", "2023-08-31", "--header-row", "2",
    )  # fmt: skip

    assert (code, "Left out: 1" in out) == (0, True)
    received = List.objects.select_related("source").get()
    assert (received.source.label, str(received.stated_on)) == ("Somebody", "2023-08-31")
    assert received.mapping["fields"] == {"name": 0, "city": 1}


def test_meanings_of_types_are_read_from_a_file(run, tmp_path):
    roles = tmp_path / "roles.json"
    roles.write_text(json.dumps({"Jenis": {"Sepatu": ["PR_IKM"], "Outsole": "skip"}}))

    code, out, _err = run(files.csv(), "--roles", str(roles))

    assert code == 0
    assert "New profile: 1." in out
    assert "The kind “Perajin sepatu” is not known." in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--map", "name"], "“name” lacks an equals sign"),
        (["--map", "turnover=Kota"], "There is no field “turnover”. Fields are: name, address"),
        (
            ["--map", "name=Firm"],
            "There is no column “Firm”. The list has: Nama Perusahaan, Alamat",
        ),
        (["--type", "Kind"], "There is no column “Kind”"),
        (["--header-row", "99"], "No header with a column for the name was found"),
        (["--stated-on", "31/8/2023"], "“31/8/2023” is not a date such as 2023-08-31."),
        (["--region", "99.99"], "There is no region with the code “99.99”."),
        (["--sheet", "Two"], "The file has no sheet “Two”. It has: daftar."),
        (["--report", "out.pdf"], "The report is written as .csv or .xlsx, not as “out.pdf”."),
        (["--roles", "/nowhere.json"], "The file “/nowhere.json” cannot be read"),
        (["--report", "/nowhere/x.csv"], "The report “/nowhere/x.csv” cannot be written"),
    ],
)
def test_a_wrong_word_is_answered_without_a_traceback(run, words, message):
    code, _out, err = run(files.csv(), *words)

    assert code == 2
    assert err.startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON."),
        ("\0\udcff", "is not JSON."),
        ('{"Jenis": {"Sepatu": ["XX"]}}', "is wrong at “Jenis: Sepatu: XX”."),
        ("[]", "is wrong at “{}”."),
    ],
)
def test_a_wrong_mapping_file_says_where(run, tmp_path, content, message):
    roles = tmp_path / "roles.json"
    roles.write_bytes(content.encode("utf-8", "surrogateescape"))

    code, _out, err = run(files.csv(), "--roles", str(roles))

    assert code == 2
    assert err.rstrip().endswith(message)
    assert not Business.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "x.csv", "Berkas ini kosong."),
        (files.xlsx()[:1000], "x.xlsx", "Buku kerja ini rusak."),
        (files.encrypted_xlsx(), "x.xlsx", "Buku kerja ini dikunci dengan kata sandi."),
        (files.csv(), "x.xls", "Isi “x.xls” tidak sesuai dengan namanya"),
    ],
)
def test_a_bad_file_is_answered_in_the_readers_language(run, content, name, message):
    code, _out, err = run(content, name=name, language="id")

    assert code == 2
    assert err.startswith(message)
    assert not List.objects.exists()


def test_a_file_that_is_not_there_is_answered(reference, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("load", "/nowhere/daftar.csv", language="en")

    assert stop.value.code == 2
    assert "The file “/nowhere/daftar.csv” cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_report_is_the_list_with_the_reason_in_its_last_column(run, tmp_path, ending):
    report = tmp_path / f"report{ending}"
    content = files.csv([files.HEADER, *files.ROWS, REFUSED_ROW])

    run(content, "--report", str(report))

    (sheet,) = sheets_of(report.read_bytes(), report.name)
    assert sheet.rows[0] == [
        *files.HEADER, "IFN: state", "IFN: number", "IFN: region", "IFN: reason",
    ]  # fmt: skip
    assert sheet.rows[1][:7] == [str(cell) for cell in files.ROWS[0]]
    assert sheet.rows[1][7] == "New profile"
    assert sheet.rows[1][9] == "Kab. Sidoarjo, Jawa Timur"
    assert sheet.rows[4][7:10] == ["Error", "", ""]
    assert sheet.rows[4][10].startswith("No regency, city or province found")


def test_a_corrected_report_can_be_loaded_again(run, tmp_path):
    report = tmp_path / "report.csv"
    run(files.csv([files.HEADER, *files.ROWS, REFUSED_ROW]), "--report", str(report))
    corrected = report.read_bytes().replace(b"Antah Berantah", b"Kab. Garut")

    code, out, _err = run(corrected, name="corrected.csv")

    assert code == 0
    assert "New profile: 1. Profile brought up to date: 0. Nothing to change: 3." in out


def test_a_cell_that_looks_like_a_formula_is_text_in_the_report(run, tmp_path):
    rows = [["Nama", "Kota"], ["=HYPERLINK(1)", "Nowhere at all"]]
    as_text, as_workbook = tmp_path / "r.csv", tmp_path / "r.xlsx"

    run(files.csv(rows), "--report", str(as_text))
    run(files.csv(rows), "--report", str(as_workbook))

    assert b"\n'=HYPERLINK(1)," in as_text.read_bytes()
    cell = openpyxl.load_workbook(as_workbook).active["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
