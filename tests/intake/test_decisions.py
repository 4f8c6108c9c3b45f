"""Rows that may be profiles, what people say of them, and that nobody is asked twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ifn.audit.models import Entry
from ifn.directory.models import Business, Twins
from ifn.directory.profile import ContactFact
from ifn.directory.queries import profile_of
from ifn.directory.whole import whole
from ifn.intake import actions
from ifn.intake.models import Row, Verdict
from ifn.jobs.running import run_due
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import profile, registered, revised
from tests.factories.intake import AT, applied, linked, row_of
from tests.intake import files

pytestmark = [pytest.mark.usefixtures("reference", "private"), pytest.mark.django_db]

HEADER = ["Nama", "Alamat", "Kota", "Telepon"]
LATER = AT + timedelta(hours=1)


@pytest.fixture
def officer():
    return OfficerFactory(duties=["data"])


@pytest.fixture
def there():
    """Return a profile that the directory holds already."""
    return registered(
        profile(name="Soember Djaja", legal_form="pt", address="Jl. Melati No. 45", region="35.15")
    )


def rows(*cells):
    return files.csv([HEADER, *cells])


#: Nearly the profile that is there: old spelling, and a house number that differs.
LIKE_IT = ["PT Sumber Jaya", "Melati 47", "Kab. Sidoarjo", ""]


def maybe(there, **facts):
    made = linked(rows(LIKE_IT), **facts)
    row = row_of(made, 2)
    assert (row.state, row.candidates[0]["business"]) == ("maybe", there.pk)
    return row


def test_what_may_be_a_profile_is_said_with_its_likeness_and_why(there):
    row = maybe(there)

    assert (row.decision, row.reason) == ("", "maybe_profile")
    assert 0.5 < row.probability < 0.999
    assert {"name", "other_house"} <= {code for code, _v, _w in row.candidates[0]["evidence"]}


def test_an_exact_key_with_name_and_street_joins_without_a_person(there):

    phone = ContactFact("phone", "+62318901234")
    revised(there, replace(profile_of(there), contacts=(phone,)))

    row = row_of(linked(rows(["Sumber Djaya", "Jl Melati 45", "Sidoarjo", "031-8901234"])), 2)

    assert (row.state, row.reason, row.decision) == ("same", "alike", "join")
    assert row.business == there


def test_undecided_rows_are_not_applied(there):
    made = applied(rows(LIKE_IT))

    assert row_of(made, 2).state == "maybe"
    assert Business.objects.count() == 1


def test_a_person_joins_a_row_with_a_profile(there, officer):
    row = maybe(there)

    actions.decide_row(row, "join", business=there, seen=None, actor=officer, at=AT)
    actions.apply(row.list, actor=officer, at=AT)
    run_due()

    row.refresh_from_db()
    assert (row.state, row.business, row.decided_by) == ("applied", there, officer)
    assert Business.objects.count() == 1
    assert Entry.objects.get(event="intake.row.decided").changes["decision"] == [None, "join"]


def test_a_person_says_it_is_new_and_both_are_never_asked_about_again(there, officer):
    row = maybe(there)

    actions.decide_row(row, "create", note="Pabrik kedua", seen=None, actor=officer, at=AT)
    actions.apply(row.list, actor=officer, at=AT)
    run_due()

    row.refresh_from_db()
    assert row.outcome == "created"
    twins = Twins.objects.get()
    assert {twins.left, twins.right} == {there, row.business}
    assert (twins.verdict, twins.decided_by) == ("apart", officer)


@pytest.mark.parametrize(("decision", "state"), [("join", "same"), ("create", "new")])
def test_the_same_words_in_another_list_are_not_asked_about_again(there, officer, decision, state):
    row = maybe(there)
    business = there if decision == "join" else None
    actions.decide_row(row, decision, business=business, seen=None, actor=officer, at=AT)

    again = row_of(linked(rows(LIKE_IT, ["Lain", "", "Garut", ""]), source="Lain"), 2)

    assert again.state == state
    assert again.reason == ("decided_before" if decision == "join" else "")
    assert Verdict.objects.get().is_same == (decision == "join")


def test_leaving_out_takes_a_reason(there, officer):
    row = maybe(there)

    with pytest.raises(actions.NoReason):
        actions.decide_row(row, "skip", note=" ", seen=None, actor=officer, at=AT)
    done = actions.decide_row(row, "skip", note="Sudah tutup", seen=None, actor=officer, at=AT)

    assert (done.state, done.note) == ("skipped", "Sudah tutup")


def test_joining_takes_a_profile(there, officer):
    with pytest.raises(actions.NoProfile):
        actions.decide_row(maybe(there), "join", seen=None, actor=officer, at=AT)


def test_of_two_officers_the_second_is_told_who_was_first(there, officer):
    row, other = maybe(there), OfficerFactory(duties=["data"])
    actions.decide_row(row, "create", seen=None, actor=officer, at=AT)

    with pytest.raises(actions.DecidedMeanwhile) as refused:
        actions.decide_row(row, "join", business=there, seen=None, actor=other, at=LATER)

    assert refused.value.row.decided_by == officer
    assert row_of(row.list, 2).decision == "create"
    done = actions.decide_row(row, "join", business=there, seen=AT, actor=other, at=LATER)
    assert (done.decision, done.decided_by) == ("join", other)


def test_an_applied_row_is_decided(officer):
    row = row_of(applied(), 2)

    with pytest.raises(actions.NotNow):
        actions.decide_row(row, "skip", note="x", seen=None, actor=officer, at=AT)


def test_many_rows_are_decided_at_once_but_none_that_a_person_decided(there, officer):
    other = registered(profile(name="Langkah Abadi", address="Jl. Kenanga 7", region="35.15"))
    made = linked(
        rows(
            LIKE_IT, ["Langkah Abady", "Kenanga 9", "Kab. Sidoarjo", ""], ["Baru", "", "Garut", ""]
        )
    )
    actions.decide_row(row_of(made, 2), "create", seen=None, actor=officer, at=AT)

    number = actions.decide_rows(
        made, Row.objects.filter(state="maybe"), "join", actor=officer, at=LATER
    )

    assert number == 1
    assert [row_of(made, position).decision for position in (2, 3, 4)] == [
        *("create", "join"),
        "create",
    ]
    assert row_of(made, 3).business == other


def test_joining_many_leaves_out_those_without_a_profile(officer):
    made = linked()

    assert actions.decide_rows(made, made.rows.all(), "join", actor=officer, at=AT) == 0


def test_leaving_out_many_takes_a_reason(officer):
    made = linked()
    with pytest.raises(actions.NoReason):
        actions.decide_rows(made, made.rows.all(), "skip", actor=officer, at=AT)

    number = actions.decide_rows(
        made, made.rows.all(), "skip", note="Bukan anggota", actor=officer, at=AT
    )

    assert number == 3
    assert set(made.rows.exclude(state="above").values_list("state", flat=True)) == {"skipped"}


def test_two_rows_that_want_one_profile_are_put_before_a_person(officer):
    registered(
        profile(
            name="Sumber Jaya",
            address="Jl. Melati No. 45",
            region="35.15",
            contacts=(ContactFact("phone", "+62318901234"),),
        )
    )
    made = linked(
        rows(
            ["UD Sumber Djaya", "Jl Melati 45", "Sidoarjo", "031-8901234"],
            ["Sumber Jaya Melati", "Jl Melati 45", "Sidoarjo", "031 8901234"],
        )
    )

    found = list(made.rows.exclude(state="above").values_list("state", flat=True))
    assert found.count("same") <= 1
    assert "new" not in found


def test_a_plant_that_somebody_entered_meanwhile_is_joined(officer):
    made = linked(rows(["PT Maju Kaki", "Jl. Mawar 3", "Kab. Sidoarjo", ""]))
    entered = registered(
        profile(name="Maju Kaki", legal_form="pt", address="Jalan Mawar No. 3", region="35.15")
    )

    actions.apply(made, actor=officer, at=AT)
    run_due()

    row = row_of(made, 2)
    assert (row.outcome in {"revised", "unchanged"}, row.business) == (True, entered)
    assert Business.objects.count() == 1


def test_a_row_is_applied_once(officer):
    row = row_of(applied(), 2)

    with pytest.raises(actions.NotNow):
        actions.apply_row(row, actor=officer, at=AT)


def test_each_field_names_the_list_and_its_day():
    made = applied()

    stated = whole(row_of(made, 2).business).statements
    assert {(one.source, one.stated_on) for one in stated} == {(made.source_id, made.stated_on)}
