import csv
import io

import pytest
from django.core.management import call_command
from django.utils import translation

from ifn.linkage.comparing import compare
from ifn.linkage.evidence import AGAINST, FOR, SCALES
from ifn.linkage.records import Record
from ifn.linkage.wording import LIKENESS, REASONS, reasons

LEFT = """Nama,Alamat,Kota,Telp
PT. Soember Djaja,Jl. Melati No. 45,Kab. Sidoarjo,031-5551234
CV Langkah Baru,Jl. Mawar 3,Kota Bima,
PT Rentaka Makmur,Jl. Raya Serang Km 3,Kab. Tangerang,
"""
RIGHT = """Nama,Alamat,Kota,Telp
"Rentaka Makmur, PT",Jalan Raya Serang KM 3,Tangerang,
"Sumber Jaya, PT",JALAN MELATI 45,Kabupaten Sidoarjo,(031) 5551234
"""
COLUMNS = "name=Nama,address=Alamat,city=Kota,phone=Telp"


@pytest.fixture
def files(tmp_path):
    left, right = tmp_path / "left.csv", tmp_path / "right.csv"
    left.write_text(LEFT, encoding="utf-8")
    right.write_text(RIGHT, encoding="utf-8")
    return left, right


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        call_command("linkage", *map(str, arguments), "--language", "en")
    assert stopped.value.code == 2
    return capsys.readouterr().err


def test_pairs_of_two_lists(files, tmp_path):
    out = tmp_path / "pairs.csv"

    call_command("linkage", "pairs", *map(str, files), "--columns", COLUMNS, "--out", str(out))

    found = rows(out)
    assert list(found[0]) == ["left", "right", "score", "decision", "reasons"]
    assert {(row["left"], row["right"], row["decision"]) for row in found} == {
        ("1", "2", "same"),
        ("3", "1", "ask"),
    }
    assert all(0.5 <= float(row["score"]) <= 1 for row in found)


def test_duplicates_of_one_list(tmp_path, capsys):
    both = tmp_path / "both.csv"
    both.write_text(LEFT + "".join(RIGHT.splitlines(keepends=True)[1:]), encoding="utf-8")

    call_command("linkage", "duplicates", str(both), "--columns", COLUMNS, "--language", "en")

    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {(row["left"], row["right"]) for row in found} == {("1", "5"), ("3", "4")}
    assert "same phone (+" in found[0]["reasons"]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_delimiters_marks_and_spaces_in_the_header(tmp_path, sign, capsys):
    file = tmp_path / "list.csv"
    file.write_text(f"Nama {sign}Kota\nRentaka{sign}Bima\nRentaka{sign}Bima\n", "utf-8-sig")

    call_command("linkage", "duplicates", str(file), "--columns", "name=Nama,city=Kota")

    assert capsys.readouterr().out.splitlines()[1].startswith("1,2,")


def test_unknown_names_are_compared_as_text(tmp_path, capsys):
    file = tmp_path / "list.csv"
    file.write_text(
        "Nama,Merek dagang\nRentaka,Sandal Katilo\nRentaka,Sandal Katilo\n", encoding="utf-8"
    )

    call_command(
        "linkage", "duplicates", str(file), "--columns", "name=Nama,x=Merek dagang", "--ask", "0",
        "--language", "en",
    )  # fmt: skip

    assert "other texts 1.00" in capsys.readouterr().out


def test_a_missing_column_is_named_with_those_that_exist(files, capsys):
    said = refused(capsys, "pairs", *files, "--columns", "name=Name")

    assert "no column “Name”" in said
    assert "Nama, Alamat, Kota, Telp" in said


def test_an_unreadable_file_is_refused(tmp_path, capsys):
    said = refused(capsys, "duplicates", tmp_path / "none.csv", "--columns", "name=Nama")

    assert "cannot be read: No such file" in said


def test_another_encoding_is_refused(tmp_path, capsys):
    file = tmp_path / "list.csv"
    file.write_bytes("Nama\nToko Sepatu\nCafé\n".encode("latin-1"))

    said = refused(capsys, "duplicates", file, "--columns", "name=Nama")

    assert "not UTF-8 text (line 3)" in said


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\x00\x00", b"\n\n"])
def test_what_is_no_table_is_refused(tmp_path, capsys, content):
    file = tmp_path / "list.csv"
    file.write_bytes(content)

    assert "not a CSV table" in refused(capsys, "duplicates", file, "--columns", "name=Nama")


@pytest.mark.parametrize("columns", ["Nama", "name=", ",", "=Nama"])
def test_columns_that_say_nothing_are_refused(files, capsys, columns):
    assert "write name=COLUMN" in refused(capsys, "pairs", *files, "--columns", columns)


def test_a_place_that_cannot_be_written_is_refused(files, tmp_path, capsys):
    said = refused(
        capsys, "pairs", *files, "--columns", COLUMNS, "--out", tmp_path / "no" / "x.csv"
    )

    assert "cannot be written" in said


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_signal_has_words(language):
    with translation.override(language):
        assert {*FOR, *AGAINST, *SCALES} == {*LIKENESS, *REASONS}
        assert all(str(words) for words in (*LIKENESS.values(), *REASONS.values()))


def test_reasons_are_told_in_the_language_of_the_reader():
    one, other = (Record(key=n, name="Rentaka Jaya", phones=("031-5551234",)) for n in (1, 2))

    with translation.override("id"):
        told = reasons(compare(one, other))

    assert any(reason.startswith("telepon sama (+") for reason in told)


def test_places_are_known_and_called_by_name(tmp_path, capsys):
    one = tmp_path / "one.csv"
    one.write_text(
        "Nama,Alamat,Kota\nCV Kisanta,Jl. Kawi 22,Kab. Bima\nCV Kisanta,Jl. Kawi 22,Bima (Kota)\n",
        encoding="utf-8",
    )
    options = ["--columns", "name=Nama,address=Alamat,city=Kota", "--ask", "0", "--language", "en"]

    call_command("linkage", "duplicates", str(one), *options)
    assert "one a regency, one a city: Kabupaten Bima, Kota Bima" in capsys.readouterr().out

    call_command("linkage", "duplicates", str(one), *options, "--regions", "")
    assert "Kabupaten Bima" not in capsys.readouterr().out


def test_another_file_of_regions_may_be_handed_in(tmp_path, capsys):
    one, regions = tmp_path / "one.csv", tmp_path / "regions.csv"
    one.write_text("Nama,Kota\nCV Kisanta,Lama\nCV Kisanta,Baru\n", encoding="utf-8")
    regions.write_text(
        "code,name\n91,Tua\n91.01,Kabupaten Lama\n91.02,Kota Baru\n", encoding="utf-8"
    )
    options = ["--columns", "name=Nama,city=Kota", "--ask", "0", "--regions", str(regions)]

    call_command("linkage", "duplicates", str(one), *options, "--language", "en")

    assert "other regency: Kabupaten Lama, Kota Baru" in capsys.readouterr().out
    regions.write_text("kode,nama\n91,Tua\n", encoding="utf-8")
    said = refused(capsys, "duplicates", one, *options)
    assert "has no column “code”" in said
