from datetime import UTC, datetime
from pathlib import Path

import pytest

from ifn.audit.models import Entry
from ifn.regions.actions import SHIPPED, load_shipped
from ifn.regions.models import Edition, Region
from ifn.regions.shipped import Loaded, merge

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def changed_file(folder: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = folder / "regions.csv"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_shipped_file_holds_the_whole_country():
    loaded = load_shipped(at=AT)

    assert loaded == Loaded(created=552)
    assert Region.objects.provinces().count() == 38
    assert Region.objects.regencies().count() == 514
    assert str(Region.objects.get(pk="11.10")) == "Kabupaten Aceh Singkil (11.10)"
    assert Region.objects.get(pk="35.16").province_id == "35"


def test_a_second_load_writes_nothing(django_assert_num_queries):
    load_shipped(at=AT)
    stamp = Edition.objects.get(pk="regions").stamp

    with django_assert_num_queries(3):  # savepoint, one read, release
        again = load_shipped(at=AT)

    assert again == Loaded()
    assert Edition.objects.get(pk="regions").stamp == stamp
    assert Entry.objects.filter(event="regions.reference.loaded").count() == 1


def test_a_changed_file_updates_what_was_not_edited(tmp_path):
    load_shipped(at=AT)

    loaded = load_shipped(
        at=AT, path=changed_file(tmp_path, "Kabupaten Toba", "Kabupaten Toba Baru")
    )

    assert loaded == Loaded(updated=1)
    assert Region.objects.get(pk="12.12").name == "Kabupaten Toba Baru"


def test_an_edited_field_stays_and_the_others_still_follow_the_file(tmp_path):
    load_shipped(at=AT)
    Region.objects.filter(pk="12.12").update(name="Kabupaten Toba Samosir")
    path = changed_file(tmp_path, "12.12,Kabupaten Toba,kabupaten,12,", "12.12,Toba,kabupaten,12,1")

    loaded = load_shipped(at=AT, path=path)

    toba = Region.objects.get(pk="12.12")
    assert (toba.name, toba.latitude > 10) == ("Kabupaten Toba Samosir", True)
    assert loaded == Loaded(updated=1, kept_edits=1)


def test_a_region_gone_from_the_file_stays(tmp_path):
    load_shipped(at=AT)
    path = tmp_path / "regions.csv"
    lines = SHIPPED.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("12.12,")), "utf-8")

    assert load_shipped(at=AT, path=path) == Loaded()
    assert Region.objects.filter(pk="12.12").exists()


def test_a_field_that_was_never_loaded_takes_the_new_value():
    merged = merge({"name": "old", "new": ""}, {"name": "old"}, {"name": "fresh", "new": "x"})

    assert merged.values == {"name": "fresh", "new": "x"}
    assert merged.kept == ()


def test_an_edit_that_the_file_adopts_is_no_longer_a_kept_edit():
    merged = merge({"name": "mine"}, {"name": "theirs"}, {"name": "mine"})

    assert (merged.values, merged.kept) == ({"name": "mine"}, ())
