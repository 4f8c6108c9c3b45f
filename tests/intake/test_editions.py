"""A list comes again: what changed is brought up to date, and can be taken back."""

from dataclasses import replace
from datetime import date

import pytest

from ifn.directory.actions import source_named
from ifn.directory.models import Business
from ifn.directory.queries import profile_of
from ifn.directory.whole import whole
from ifn.intake import actions
from ifn.intake.models import Row
from ifn.intake.queries import changes_of
from ifn.intake.wording import explained
from ifn.jobs.running import run_due
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import revised
from tests.factories.intake import AT, applied, linked, row_of
from tests.intake import files

pytestmark = [pytest.mark.usefixtures("reference", "private"), pytest.mark.django_db]

HEADER = ["Nama", "Alamat", "Kota", "Tenaga Kerja", "NIB"]
FIRST = ["PT Langkah Satu", "Jl. Melati No. 45", "Kab. Sidoarjo", "10", ""]
SECOND = ["PT Langkah Satu", "Jl. Melati No. 45", "Kab. Sidoarjo", "25", "9120001234567"]
NEWER = date(2026, 8, 1)


@pytest.fixture
def officer():
    return OfficerFactory(duties=["data"])


@pytest.fixture
def firm():
    return row_of(applied(files.csv([HEADER, FIRST])), 2).business


def edition(**options):
    return linked(files.csv([HEADER, SECOND]), stated_on=NEWER, **options)


def apply(made, officer):
    actions.apply(made, actor=officer, at=AT)
    run_due()
    return row_of(made, 2)


def by_own_word(firm, **facts):
    return revised(
        firm,
        replace(profile_of(firm), **facts),
        source=source_named("self", ""),
        stated_on=date(2026, 3, 1),
    )


def test_what_changed_is_shown_field_by_field(firm):
    row = row_of(edition(), 2)

    assert (row.state, row.business) == ("same", firm)
    shown = [
        (one.field, one.before, one.after, one.is_taken) for one in changes_of(row, row.business)
    ]
    assert shown == [("nib", "", "9120001234567", True), ("workers", 10, 25, True)]


def test_applying_writes_what_changed_with_the_newer_list_as_its_source(firm, officer):
    made = edition(source="Dinas 2026/2")

    row = apply(made, officer)

    firm.refresh_from_db()
    assert (row.outcome, row.written["fields"]) == ("revised", ["nib", "workers"])
    assert (firm.workers, firm.nib) == (25, "9120001234567")
    said = {one.field: one.label for one in whole(firm).statements}
    assert (said["workers"], said["name"]) == ("Dinas 2026/2", "Dinas Sidoarjo")
    assert Business.objects.count() == 1


def test_what_the_firm_itself_said_stands_unless_a_person_ticks_it(firm, officer):
    by_own_word(firm, workers=12)
    made = edition()
    row = row_of(made, 2)
    assert {one.field: (one.is_taken, one.why) for one in changes_of(row, row.business)} == {
        "nib": (True, "empty"),
        "workers": (False, "own"),
    }

    chosen = {"workers": True}
    actions.decide_row(row, "join", business=firm, chosen=chosen, seen=None, actor=officer, at=AT)
    apply(made, officer)

    firm.refresh_from_db()
    assert firm.workers == 25


def test_nothing_to_change_is_said_so(firm, officer):
    made = linked(files.csv([HEADER, FIRST, ["Baru", "", "Garut", "", ""]]), source="Lain")

    row = apply(made, officer)

    assert (row.outcome, row.business) == ("unchanged", firm)


def test_undoing_a_row_puts_back_what_it_wrote_with_its_sources(firm, officer):
    row = apply(edition(source="Baru"), officer)

    actions.undo_row(row, reason="Keliru", actor=officer, at=AT)

    firm.refresh_from_db()
    assert (firm.workers, firm.nib, firm.status) == (10, "", "listed")
    said = {one.field: one.label for one in whole(firm).statements}
    assert said["workers"] == "Dinas Sidoarjo"
    assert "nib" not in said


def test_undoing_leaves_what_somebody_changed_since(firm, officer):
    row = apply(edition(), officer)
    firm.refresh_from_db()
    by_own_word(firm, workers=30)

    actions.undo_row(row, reason="Keliru", actor=officer, at=AT)

    firm.refresh_from_db()
    assert (firm.workers, firm.nib) == (30, "")


def test_a_profile_made_by_a_row_is_hidden_and_listed_again_as_the_same(firm, officer):
    row = row_of(firm_list(firm), 2)
    actions.undo_row(row, reason="Keliru", actor=officer, at=AT)
    firm.refresh_from_db()
    assert firm.status == "hidden"

    row.refresh_from_db()
    actions.decide_row(row, "create", seen=None, actor=officer, at=AT)
    again = apply(firm_list(firm), officer)

    firm.refresh_from_db()
    assert (firm.status, again.business, again.state) == ("listed", firm, "applied")
    assert Business.objects.count() == 1


def test_what_a_firm_looks_after_is_not_taken_back(firm, officer, owned):
    owned(firm)

    with pytest.raises(actions.LookedAfter):
        actions.undo_row(row_of(firm_list(firm), 2), reason="x", actor=officer, at=AT)

    firm.refresh_from_db()
    assert firm.status == "listed"


def test_a_row_is_undone_once(firm, officer):
    row = row_of(firm_list(firm), 2)
    actions.undo_row(row, reason="x", actor=officer, at=AT)

    with pytest.raises(actions.NotNow):
        actions.undo_row(row, reason="x", actor=officer, at=AT)


def firm_list(firm):

    return Row.objects.get(business=firm, state__in=["applied", "new", "undone"]).list


def test_a_plant_that_another_list_entered_is_put_before_the_person_who_called_it_new(
    firm, officer
):
    made = edition(source="Lain")
    row = apply(made, officer)
    actions.undo_row(row, reason="Keliru", actor=officer, at=AT)
    row.refresh_from_db()
    actions.decide_row(row, "create", seen=None, actor=officer, at=AT)

    again = apply(made, officer)

    made.refresh_from_db()
    assert (again.state, again.reason, again.decision) == ("maybe", "plant_there", "")
    assert again.candidates[0]["business"] == firm.pk
    assert explained(again).startswith(
        f"Persis pabrik ini sudah dimasukkan sebagai {firm.public_number}"
    )
    assert (made.state, Business.objects.count()) == ("applied", 1)

    actions.decide_row(again, "join", business=firm, seen=AT, actor=officer, at=AT)
    assert apply(made, officer).business == firm
