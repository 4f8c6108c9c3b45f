"""A list from its file to its profiles: received, read, mapped, compared, applied, undone."""

import pytest
from django.core.files.storage import storages

from ifn.audit.models import Entry
from ifn.directory.models import Business
from ifn.intake import actions
from ifn.intake.files import content_of
from ifn.intake.mapping import NoHeader, UnknownColumn, Wanted
from ifn.intake.models import List, Reading, Row
from ifn.intake.reading import Unreadable
from ifn.intake.types import MappingWrong
from ifn.jobs.models import Job
from ifn.jobs.running import run_due
from tests.factories.accounts import OfficerFactory
from tests.factories.intake import AT, applied, linked, received, row_of, upload
from tests.intake import files
from tests.intake.files import HEADER, ROWS

pytestmark = [pytest.mark.usefixtures("reference", "private"), pytest.mark.django_db]


@pytest.fixture
def officer():
    return OfficerFactory(duties=["data"])


def states(made):
    return list(made.rows.order_by("position").values_list("state", flat=True))


def test_a_list_is_kept_and_read_in_the_background(officer):
    made = actions.receive(upload(files.csv()), actor=officer, at=AT)

    assert (made.state, made.rows.count()) == (List.State.RECEIVED, 0)
    assert content_of(made) == files.csv()

    run_due()
    made.refresh_from_db()

    assert made.state == List.State.MAPPING
    assert made.sheets == [["daftar", 4]]
    assert made.mapping["header"] == HEADER
    assert made.mapping["fields"]["name"] == 0
    assert states(made) == ["unread"] * 4
    assert row_of(made, 2).raw == [str(cell) for cell in ROWS[0]]
    assert not Business.objects.exists()


def test_a_list_sent_twice_is_received_once(officer):
    one = actions.receive(upload(files.csv()), actor=officer, at=AT)
    other = actions.receive(upload(files.csv()), actor=OfficerFactory(), at=AT)

    assert one == other
    assert List.objects.count() == Job.objects.filter(task__endswith="read_list").count() == 1


def test_the_file_of_two_lists_is_kept_once(officer):
    received(source="A")
    received(source="B")

    _folders, names = storages["private"].listdir("lists")
    assert len(names) == 1


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b" ", "x.csv", "empty"),
        (b"x" * 26_214_401, "x.csv", "too_large"),
        (b"x", "x.pdf", "ending"),
    ],
)
def test_what_is_no_list_at_sight_is_refused_and_not_kept(officer, content, name, code):
    with pytest.raises(Unreadable) as refused:
        actions.receive(upload(content, file_name=name), actor=officer, at=AT)

    assert refused.value.code == code
    assert not List.objects.exists()


def test_a_damaged_file_says_so_in_the_language_of_its_person():
    person = OfficerFactory(language="en")

    made = received(files.xlsx()[:500], file_name="x.xlsx", actor=person)

    assert made.state == List.State.UNREADABLE
    assert made.fault.startswith("The workbook is damaged.")


def test_another_sheet_is_read_instead(officer):
    made = received(files.xlsx(), file_name="x.xlsx")
    assert made.sheet == "Daftar"

    with pytest.raises(Unreadable, match="Daftar"):
        actions.choose_sheet(made, "Nowhere", actor=officer, at=AT)
    actions.choose_sheet(made, made.sheets[0][0], actor=officer, at=AT)
    run_due()
    made.refresh_from_db()

    assert (made.state, made.sheet) == (List.State.MAPPING, made.sheets[0][0])


def test_rows_are_compared_once_the_columns_are_known():
    made = linked()

    assert made.state == List.State.REVIEW
    assert states(made) == ["above", "new", "new", "new"]
    first = row_of(made, 2)
    assert (first.name, first.region_id, first.decision) == ("PT Langkah Satu", "35.15", "create")
    assert first.facts["workers"] == 392
    assert not Business.objects.exists()


def test_columns_are_named_by_place_where_headers_are_alike(officer):
    rows = [["Nama", "Nama", "Kota"], ["Kode 1", "Sepatu Maju", "Garut"]]
    made = received(files.csv(rows))

    actions.save_mapping(
        made, Wanted(fields={"name": 1, "city": 2}, guesses=False), actor=officer, at=AT
    )
    run_due()

    assert row_of(made, 2).name == "Sepatu Maju"


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (Wanted(fields={"name": "Firm"}), UnknownColumn),
        (Wanted(fields={"name": 99}), UnknownColumn),
        (Wanted(guesses=False), NoHeader),
        (Wanted(header_row=99), NoHeader),
    ],
)
def test_columns_that_are_not_there_are_refused(officer, wanted, fault):
    made = received()

    with pytest.raises(fault):
        actions.save_mapping(made, wanted, actor=officer, at=AT)

    made.refresh_from_db()
    assert made.state == List.State.MAPPING


def test_meanings_that_cannot_be_used_are_refused(officer):
    with pytest.raises(MappingWrong):
        actions.save_mapping(
            received(), Wanted(), stated_types={"Jenis": {"x": ["XX"]}}, actor=officer, at=AT
        )


def test_the_mapping_is_remembered_for_the_source_and_its_header(officer):
    rows = [["Kolom A", "Kolom B"], ["Sepatu Maju", "Garut"]]
    wanted = Wanted(fields={"name": 0, "city": 1}, header_row=1)
    first = received(files.csv(rows), source="Dinas")
    actions.save_mapping(first, wanted, region="32.05", actor=officer, at=AT)
    run_due()

    again = received(files.csv([*rows, ["Sepatu Baru", "Garut"]]), source="Dinas")
    other = received(files.csv([*rows, ["Sepatu Lain", "Garut"]]), source="Lain")

    assert again.mapping["fields"] == {"name": 0, "city": 1}
    assert again.region_id == "32.05"
    assert other.mapping == {}
    assert Reading.objects.count() == 1


def test_the_same_file_read_in_the_same_way_is_one_list(officer):
    first = applied()
    again = received()

    with pytest.raises(actions.SameList) as refused:
        actions.save_mapping(again, Wanted(), actor=officer, at=AT)

    assert refused.value.other == first


def test_a_list_can_be_mapped_anew_until_it_is_applied(officer):
    made = linked()
    actions.save_mapping(made, Wanted(only={"Kota": "Nowhere"}), actor=officer, at=AT)
    run_due()

    assert states(made) == ["above", "skipped", "skipped", "skipped"]

    done = applied(source="Lain")
    with pytest.raises(actions.NotNow):
        actions.save_mapping(done, Wanted(), actor=officer, at=AT)


def test_a_region_s_own_list_speaks_of_that_region_only():
    made = linked(scope=("35.15",))

    assert states(made) == ["above", "new", "error", "error"]
    wrong = row_of(made, 3)
    assert (wrong.reason, wrong.column) == ("outside_scope", "city")


def test_a_list_of_others_is_applied_once_an_officer_released_it(officer):
    made = linked(scope=("35",))

    with pytest.raises(actions.NotReleased):
        actions.apply(made, actor=officer, at=AT)

    actions.release(made, actor=officer, at=AT)
    actions.release(made, actor=officer, at=AT)
    actions.apply(made, actor=officer, at=AT)
    run_due()
    made.refresh_from_db()

    assert (made.state, made.released_by) == (List.State.APPLIED, officer)
    assert Entry.objects.filter(event="intake.list.released").count() == 1


def test_what_did_nothing_yet_can_be_withdrawn_with_a_reason(officer):
    made = linked()

    with pytest.raises(actions.NoReason):
        actions.withdraw(made, reason=" ", actor=officer, at=AT)
    actions.withdraw(made, reason="Salah berkas", actor=officer, at=AT)

    made.refresh_from_db()
    assert made.state == List.State.WITHDRAWN
    assert Entry.objects.get(event="intake.list.withdrawn").reason == "Salah berkas"
    with pytest.raises(actions.NotNow):
        actions.apply(made, actor=officer, at=AT)


def test_what_is_applied_cannot_be_withdrawn(officer):
    with pytest.raises(actions.NotNow):
        actions.withdraw(applied(), reason="x", actor=officer, at=AT)


def test_everything_clear_is_applied_and_the_rest_waits(officer):
    made = applied(files.csv([HEADER, *ROWS, ["PT Di Mana", "", "Antah", "", "", "Sepatu", ""]]))

    assert made.state == List.State.APPLIED
    assert states(made) == ["above", "applied", "applied", "applied", "error"]
    assert Business.objects.count() == 3
    assert {row.outcome for row in made.rows.filter(state="applied")} == {"created"}


def test_a_whole_list_is_undone_but_for_what_firms_look_after(officer, owned):
    made = applied()
    kept = row_of(made, 3).business
    owned(kept)

    actions.undo(made, reason="Daftar keliru", actor=officer, at=AT)
    run_due()
    made.refresh_from_db()

    assert states(made) == ["above", "undone", "applied", "undone"]
    assert made.state == List.State.APPLIED
    assert list(Business.objects.listed()) == [kept]


def test_a_list_undone_altogether_says_so_and_may_come_again(officer):
    made = applied()
    actions.undo(made, reason="Daftar keliru", actor=officer, at=AT)
    run_due()
    made.refresh_from_db()

    assert made.state == List.State.UNDONE
    assert not Business.objects.listed().exists()
    assert linked().state == List.State.REVIEW
    assert Row.objects.filter(state="same").count() == 3


@pytest.mark.parametrize("stage", [received, applied])
def test_jobs_that_come_late_do_nothing(officer, stage):
    from ifn.intake import tasks  # noqa: PLC0415

    made = stage()
    before = list(Row.objects.order_by("pk").values())

    for late in (tasks.read_list, tasks.link_list):
        late.enqueue(made.pk)
    tasks.apply_list.enqueue(made.pk, officer.pk)
    tasks.undo_list.enqueue(made.pk, officer.pk, "x")
    run_due()

    assert list(Row.objects.order_by("pk").values()) == before


def test_work_that_was_given_up_is_begun_again_where_it_stopped(officer):
    made = linked()
    actions.apply(made, actor=officer, at=AT)
    with pytest.raises(actions.NotNow):
        actions.resume(made, actor=officer, at=AT)
    made.refresh_from_db()
    Job.objects.filter(pk=made.job).update(state=Job.State.FAILED, finished_at=AT)

    actions.resume(made, actor=officer, at=AT)
    run_due()

    made.refresh_from_db()
    assert made.state == List.State.APPLIED
    assert states(made) == ["above", "applied", "applied", "applied"]


def test_a_comparison_that_was_cut_off_begins_again_with_every_row(officer):
    made = received(files.csv([HEADER, ROWS[0], ROWS[0]]))
    actions.save_mapping(made, Wanted(), actor=officer, at=AT)
    run_due()
    assert states(made) == ["above", "new", "twice"]
    # As a worker leaves it that is killed behind the first rows it wrote.
    made.rows.filter(position=2).update(state="maybe", decision="", reason="maybe_profile")
    List.objects.filter(pk=made.pk).update(state=List.State.LINKING)
    Job.objects.filter(task__endswith="link_list").update(state=Job.State.FAILED, finished_at=AT)
    made.refresh_from_db()

    actions.resume(made, actor=officer, at=AT)
    run_due()

    assert states(made) == ["above", "new", "twice"]
