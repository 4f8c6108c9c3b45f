import csv
import hashlib
import io
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from ifn.directory import tasks
from ifn.directory.opendata.fields import OPEN_FIELDS
from ifn.directory.opendata.shelf import FOLDER, KEPT, dumps, make_dump
from tests.factories.directory import full_profile, profile, registered

AT = datetime(2026, 6, 1, 18, 0, 3, tzinfo=UTC)  # one o'clock at night in Jakarta
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "files")]


def opened(dump):
    return zipfile.ZipFile(io.BytesIO(stored(dump)))


def stored(dump):
    with default_storage.open(f"{FOLDER}/{dump.name}") as file:
        return file.read()


def table(archive, name="directory.csv"):
    return list(csv.DictReader(io.StringIO(archive.read(name).decode())))


def test_a_dump_holds_data_twice_with_dictionary_codes_licence_and_read_me():
    business = registered(full_profile(story_en="=1+1"))

    archive = opened(make_dump(at=AT))

    row, found = table(archive)[0], json.loads(archive.read("directory.jsonl"))
    assert (row["number"], found["number"]) == (business.public_number,) * 2
    assert (row["story_en"], found["story_en"]) == ("'=1+1", "=1+1")
    assert (row["brands"], found["brands"]) == ("Langkah|Jaya Kaki", ["Langkah", "Jaya Kaki"])
    assert (row["takes_job_orders"], row["has_own_production"]) == ("true", "false")
    assert row["certificates"] == "SNI_0111 LSPr-07 BPIPI 2024-02-01/2028-02-01"
    assert "phone" not in found
    assert [line["field"] for line in table(archive, "data-dictionary.csv")] == list(row)
    assert list(row) == [field.name for field in OPEN_FIELDS]
    assert {"codes": "kind", "code": "business"}.items() <= table(archive, "codes.csv")[0].items()
    assert b"CC BY 4.0" in archive.read("LICENCE.txt")
    assert b"2026-06-02, 1 profiles" in archive.read("README.txt")


def test_the_note_tells_the_truth():
    registered()

    dump = make_dump(at=AT)

    content = stored(dump)
    assert (dump.size, dump.sha256, dump.rows) == (
        len(content),
        hashlib.sha256(content).hexdigest(),
        1,
    )
    assert dump.name == "ifn-direktori-2026-06-02-010003.zip"
    assert dumps() == [dump]


def test_the_same_data_on_the_same_day_makes_the_same_bytes():
    registered(full_profile())

    first, second = make_dump(at=AT), make_dump(at=AT + timedelta(minutes=1))

    assert first.sha256 == second.sha256


def test_demo_profiles_are_left_out_while_there_are_others():
    registered(profile(name="Contoh"), is_demo=True)
    alone = make_dump(at=AT)
    registered(profile(name="Sungguhan"))

    together = make_dump(at=AT + timedelta(minutes=1))

    assert (alone.is_demo, alone.rows) == (True, 1)
    assert (together.is_demo, [row["name"] for row in table(opened(together))]) == (
        False,
        ["Sungguhan"],
    )


def test_an_empty_directory_makes_an_empty_dump():
    assert make_dump(at=AT).rows == 0


def test_the_newest_few_are_kept(files):
    made = [make_dump(at=AT + timedelta(days=day)) for day in range(KEPT + 2)]

    assert dumps() == made[:1:-1]
    assert len(files()) == 2 * KEPT


def test_a_dump_that_was_left_half_written_is_never_seen_and_later_removed(files):
    default_storage.save(f"{FOLDER}/ifn-direktori-2026-06-01-010000.zip", ContentFile(b"half"))
    default_storage.save(f"{FOLDER}/ifn-direktori-2026-05-31-010000.zip.json", ContentFile(b'{"na'))

    assert dumps() == []
    old = (datetime.now(UTC) - timedelta(hours=7)).timestamp()  # noqa: TID251  # of the file system
    for path in files():
        os.utime(default_storage.path(path), (old, old))
    dump = make_dump(at=datetime.now(UTC))  # noqa: TID251

    assert files() == sorted([f"{FOLDER}/{dump.name}", f"{FOLDER}/{dump.name}.json"])


def test_a_dump_somebody_else_is_writing_stays(files):
    default_storage.save(f"{FOLDER}/ifn-direktori-2026-06-01-010000.zip", ContentFile(b"half"))

    make_dump(at=datetime.now(UTC))  # noqa: TID251  # compared with the file system's clock

    assert len(files()) == 3


def test_more_profiles_than_are_read_at_once_are_all_there_once(monkeypatch):
    monkeypatch.setattr("ifn.directory.opendata.rows.BATCH", 2)
    names = [registered(profile(name=f"Sol {number}")).name for number in range(5)]

    assert [row["name"] for row in table(opened(make_dump(at=AT)))] == names


def test_the_nightly_job_and_the_command_make_one(capsys):
    registered()

    name = tasks.write_dump.func()
    call_command("dump")

    (left,) = dumps()
    assert left.name >= name
    assert "SHA-256" in capsys.readouterr().out
