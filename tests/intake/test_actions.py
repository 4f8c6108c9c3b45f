import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection

from ifn.audit.models import Entry
from ifn.directory.actions import register, source_named
from ifn.directory.models import Attribution, Business, Capability, Contact
from ifn.directory.profile import Profile
from ifn.directory.whole import whole
from ifn.intake import actions
from ifn.intake.actions import loading
from ifn.intake.mapping import NoHeader, Wanted
from ifn.intake.models import List, Row
from ifn.intake.reading import Unreadable
from tests.factories.vocabulary import load_vocabulary
from tests.intake import files
from tests.intake.conftest import AT, STATED_ON

HEADER = files.HEADER


def load(incoming):
    return actions.load(incoming, actor=None, at=AT)


def states(outcome):
    return [(row.outcome or row.state, row.reason) for row in outcome.rows]


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Business, Capability, Contact, Attribution, List, Row, Entry)
    ]


def test_rows_become_profiles_with_their_source(reference, incoming):
    outcome = load(incoming(files.csv(), source="Dinas 2026"))

    assert states(outcome) == [("created", "")] * 3
    first = Business.objects.get(name="Langkah Satu")
    assert (first.legal_form, first.region_id, first.postcode) == ("pt", "35.15", "61256")
    assert (first.address, first.workers) == ("Jl. Melati No. 45", 392)
    assert (first.status, first.confirmed_on, first.is_demo) == ("listed", None, False)
    assert first.latitude is None
    source = whole(first).said_by["region"]
    assert (source.kind, source.label) == ("list", "Dinas 2026")
    sole_maker = Business.objects.get(name="Café Sol")
    assert sole_maker.region_id == "35.16"
    assert [one.term.code for one in sole_maker.capabilities.all()] == ["CO_OUTSOLE"]


def test_the_name_of_a_file_is_never_a_public_source(reference, incoming):
    load(incoming(files.csv(), source=""))

    assert Attribution.objects.values_list("source__label").distinct().get() == ("",)
    assert List.objects.get().file_name


def test_every_raw_row_is_kept_with_what_became_of_it(reference, incoming):
    rows = [HEADER, files.ROWS[0], ["", "", "Garut", "", "", "", ""], ["X", "", "", "", "", "", ""]]

    outcome = load(incoming(files.csv(rows)))

    kept = list(Row.objects.order_by("position").values_list("position", "state", "reason", "raw"))
    assert [row[:3] for row in kept] == [
        (1, "above", ""),
        (2, "applied", ""),
        (3, "error", "no_name"),
        (4, "error", "no_place"),
    ]
    assert kept[1][3] == [str(cell) for cell in files.ROWS[0]]
    assert outcome.counts() == {"created": 1, "error": 2}
    received = outcome.received
    assert received.state == List.State.APPLIED
    assert outcome.columns.said()["fields"]["name"] == "Nama Perusahaan"
    assert received.stated_on == STATED_ON
    assert Entry.objects.get(event="intake.list.loaded").details["rows"]["error"] == 2


def test_the_same_list_twice_changes_nothing(reference, incoming):
    load(incoming(files.csv()))
    before = everything()

    again = load(incoming(files.csv()))

    assert everything() == before
    assert again.already
    assert states(again) == [("created", "")] * 3
    assert {row.business.number for row in again.rows} == set(
        Business.objects.values_list("number", flat=True)
    )


def test_the_same_rows_in_another_format_are_already_there(reference, incoming):
    load(incoming(files.csv()))
    businesses = Business.objects.count()

    for content, name in [(files.xlsx(), "x.xlsx"), (files.xls(), "x.xls")]:
        outcome = load(incoming(content, name))
        assert states(outcome) == [("unchanged", "loaded_before")] * 3
        assert not outcome.already

    assert Business.objects.count() == businesses


def test_a_refused_row_stays_as_it_was_decided(reference, incoming):
    rows = [HEADER, ["PT X", "", "Nowhere", "", "", "Sepatu", ""]]
    load(incoming(files.csv(rows)))

    again = load(incoming(files.csv(rows)))

    assert states(again) == [("error", "place_unknown")]
    assert Row.objects.exclude(state="above").count() == 1


def test_a_row_meets_a_profile_that_another_way_entered(reference, incoming):
    entered = register(
        Profile(name="LANGKAH SATU", legal_form="pt", region="35.15", address="Jalan Melati 45"),
        source=source_named("self", ""),
        stated_on=STATED_ON,
        actor=None,
        at=AT,
    )

    outcome = load(incoming(files.csv()))

    assert states(outcome)[0] == ("revised", "in_directory")
    assert Row.objects.get(position=2).business == entered


def test_a_demo_profile_does_not_stand_in_the_way(reference, incoming):
    register(
        Profile(name="Langkah Satu", region="35.15", address="Jl. Melati No. 45"),
        source=source_named("demo", ""),
        stated_on=STATED_ON,
        actor=None,
        at=AT,
        is_demo=True,
    )

    assert states(load(incoming(files.csv())))[0] == ("created", "")


def test_plants_of_one_name_stay_apart_and_a_row_written_twice_does_not(reference, incoming):
    one = ["PT Langkah Satu", "Jl. Melati No. 45", "Kab. Sidoarjo", "", "", "Sepatu", ""]
    other = ["PT Langkah Satu", "Jl. Melati No. 145", "Kab. Sidoarjo", "", "", "Sepatu", ""]
    again = ["LANGKAH SATU, PT", "JALAN MELATI 45", "Sidoarjo", "", "", "Sepatu", ""]

    outcome = load(incoming(files.csv([HEADER, one, other, again])))

    assert states(outcome) == [
        ("created", ""),
        ("created", ""),
        ("twice", "twice_in_list"),
    ]
    assert Business.objects.count() == 2


@pytest.mark.parametrize("country", ["China", "VIETNAM", "Timor-Leste"])
def test_another_country_is_refused(reference, incoming, country):
    rows = [["Name", "City", "Country"], ["A", "Garut", country], ["B", "Garut", "INDONESIA"]]

    outcome = load(incoming(files.csv(rows)))

    assert states(outcome) == [("error", "other_country"), ("created", "")]


def test_only_chosen_rows_are_loaded(reference, incoming):
    rows = [["Name", "City", "Class"], ["A", "Garut", "x"], ["B", "Garut", "Y"]]

    outcome = load(incoming(files.csv(rows), wanted=Wanted(only={"Class": "y"})))

    assert states(outcome) == [("skipped", "not_chosen"), ("created", "")]


def test_a_stated_mapping_decides_roles_and_what_is_left_out(reference, incoming):
    rows = [["Name", "City", "Kind"], ["A", "Garut", "T1"], ["B", "Garut", "T2"],
            ["C", "Garut", "T3"]]  # fmt: skip
    stated = {"Kind": {"T1": ["PR_IKM"], "T2": "skip"}}

    outcome = load(incoming(files.csv(rows), wanted=Wanted(types=["Kind"]), stated_types=stated))

    assert states(outcome) == [
        ("created", ""),
        ("skipped", "not_footwear"),
        ("error", "type_unknown"),
    ]
    assert Capability.objects.get().term.code == "PR_IKM"


def test_the_same_file_under_another_mapping_adds_only_what_is_new(reference, incoming):
    rows = [["Name", "City", "Type"], ["A", "Garut", "Sepatu"], ["B", "Garut", "Apparel"]]
    load(incoming(files.csv(rows)))
    stated = {"Type": {"Sepatu": [], "Apparel": []}}

    outcome = load(incoming(files.csv(rows), wanted=Wanted(types=["Type"]), stated_types=stated))

    assert states(outcome) == [("unchanged", "loaded_before"), ("created", "")]


def test_rows_without_a_place_take_the_region_given_for_the_list(reference, incoming):
    rows = [["Nama", "Alamat"], ["A", "Blok C 4"], ["B", "Jl. X, Kab. Garut"]]

    load(incoming(files.csv(rows), region="35.20"))

    assert dict(Business.objects.values_list("name", "region_id")) == {"A": "35.20", "B": "32.05"}


def test_contacts_of_a_list_are_seen_by_nobody(reference, incoming):
    rows = [["Nama", "Kota", "No HP", "Email", "Instagram"],
            ["A", "Garut", "0812-3456-7890", "A@Example.org", "@a.b"]]  # fmt: skip

    load(incoming(files.csv(rows)))

    assert set(Contact.objects.values_list("kind", "value", "visibility")) == {
        ("whatsapp", "+6281234567890", "nobody"),
        ("email", "a@example.org", "nobody"),
        ("instagram", "a.b", "nobody"),
    }


def test_values_that_cannot_be_right_are_left_out_and_named(reference, incoming):
    header = ["Nama", "Kota", "HP", "Kode Pos", "NIB", "Tahun berdiri", "Tenaga kerja"]
    rows = [header, ["A", "Garut", "12", "4415", "123", "12 May", "-5"]]

    outcome = load(incoming(files.csv(rows)))

    (row,) = outcome.rows
    dropped = {note["field"] for note in row.details["notes"] if note["code"] == "dropped"}
    assert dropped == {"whatsapp", "postcode", "nib", "founded_year", "workers"}
    business = Business.objects.get()
    assert (business.nib, business.postcode, business.workers) == ("", "", None)
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "no_name"),
        ("---", "no_name"),
        ("\u200b\u202e", "no_name"),
        ("x" * 200, "name_too_long"),
    ],
)
def test_a_name_that_cannot_be_is_refused(reference, incoming, name, reason):
    outcome = load(incoming(files.csv([["Nama", "Kota"], [name, "Garut"]])))

    assert states(outcome) == [("error", reason)]
    assert not Business.objects.exists()


def test_markup_and_direction_tricks_do_not_reach_a_profile(reference, incoming):
    rows = [["Nama", "Kota", "Alamat"], ["<b>Maju</b>\u202e Jaya", "Garut", "<script>x</script> 1"]]

    load(incoming(files.csv(rows)))

    business = Business.objects.get()
    assert (business.name, business.address) == ("Maju Jaya", "x 1")


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (files.xlsx()[:500], "x.xlsx", Unreadable),
        (files.csv([["a", "b"], ["1", "2"]]), "x.csv", NoHeader),
    ],
)
def test_a_broken_file_loads_nothing(reference, incoming, content, name, fault):
    before = everything()

    with pytest.raises(fault):
        load(incoming(content, name))

    assert everything() == before


def test_a_failure_half_way_leaves_nothing(reference, incoming, monkeypatch):
    before = everything()
    monkeypatch.setattr(loading, "note_linked", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        load(incoming(files.csv()))

    assert everything() == before


def test_the_database_lets_a_plant_be_loaded_once(reference, incoming):
    load(incoming(files.csv()))
    row = Row.objects.get(position=2)

    with pytest.raises(IntegrityError):
        Row.objects.create(
            list=row.list,
            position=99,
            state="applied",
            outcome="created",
            applied_at=AT,
            business=row.business,
            plant=row.plant,
        )


def test_proposing_writes_nothing(reference, incoming):
    before = everything()

    outcome = actions.propose(incoming(files.csv()), at=AT)

    assert outcome.counts() == {"created": 3}
    assert everything() == before


def test_a_sheet_is_chosen_by_name(reference, incoming):
    made = incoming(files.xlsx(), "x.xlsx", sheet="DAFTAR ")
    assert actions.propose(made, at=AT).sheet == "Daftar"

    with pytest.raises(Unreadable, match="Daftar"):
        actions.propose(replace(made, sheet="Lain"), at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_load_each_plant_once(incoming):
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite database has one writer at a time by itself")
    load_vocabulary()
    outcomes, start = [], threading.Barrier(3)

    def run(content, name):
        start.wait()
        outcomes.append(load(incoming(content, name)).counts())
        connection.close()

    lists = [(files.csv(), "a.csv"), (files.csv(), "a.csv"), (files.xlsx(), "b.xlsx")]
    threads = [threading.Thread(target=run, args=one) for one in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Business.objects.count() == 3
    assert sorted(counts["created"] for counts in outcomes) in ([0, 3, 3], [0, 0, 3])
    assert List.objects.count() == 2


def test_a_list_is_dated(reference, incoming):
    load(replace(incoming(files.csv()), stated_on=date(2020, 1, 2)))

    stated = Attribution.objects.values_list("stated_on", flat=True)
    assert set(stated) == {date(2020, 1, 2)}
    # A published list says what it says; nobody of the business has confirmed it.
    assert set(Business.objects.values_list("confirmed_on", flat=True)) == {None}
