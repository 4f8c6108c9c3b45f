"""Where each fact of a profile comes from: list, row, person, date."""

from html import unescape

import pytest
from django.utils.timezone import now

from ifn.directory.models import Business
from ifn.intake import actions
from ifn.intake.provenance import provenance_of
from tests.factories import lists
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import MOJOKERTO, profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.fixture
def officer():
    return OfficerFactory(name="Bu Ani")


def shown(client, business):
    page = f"/en/kerja/direktori/{business.number}/asal"
    return unescape(client.get(page).content.decode())


def test_a_profile_from_a_list_names_list_row_and_person(client, officer):
    row = lists.row(lists.received("applied", source="Dinas 2026"))
    actions.apply_row(row, actor=officer, at=now())
    made = Business.objects.get()
    client.force_login(officer)

    html = shown(client, made)

    assert {one.row for one in provenance_of(made)} == {row}
    for words in ("Dinas 2026", "1 May 2026", "Bu Ani"):
        assert words in html
    assert f'<a href="/en/kerja/daftar/{row.list_id}/baris/2">anggota.xlsx, 2</a>' in html


def test_only_the_fields_a_row_wrote_come_from_it(officer):
    there = registered(profile(name="Sol Jaya", address="Jl. Lain 9"))
    said = profile(name="Sol Jaya", address="Jl. Melati 45", workers=9)
    row = lists.row(
        lists.received("applied"), "Sol Jaya", "same", facts=said, decision="join", business=there
    )
    actions.apply_row(row, actor=officer, at=now())

    found = {one.stated.field: one.row for one in provenance_of(Business.objects.get())}

    assert found["workers"] == row
    assert found["address"] is found["name"] is None


def test_a_profile_of_the_office_names_no_list(client, officer):
    client.force_login(officer)

    html = shown(client, registered())

    assert "Entered by the network’s office" in html or "Entered by the network's office" in html
    assert "anggota.xlsx" not in html


def test_a_dinas_reads_it_without_a_link_into_the_office_s_list(client, officer):
    row = lists.row(lists.received("applied"))
    actions.apply_row(row, actor=officer, at=now())
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

    html = shown(client, Business.objects.get())

    assert "anggota.xlsx, 2" in html
    assert "/kerja/daftar/" not in html.partition("<main")[2]


def test_the_staff_s_page_of_a_profile_leads_there(client, officer):
    there = registered()
    client.force_login(officer)

    html = client.get(f"/en/kerja/direktori/{there.number}").content.decode()

    assert f"/en/kerja/direktori/{there.number}/asal" in html
