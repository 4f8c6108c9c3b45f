"""Rows of lists and lists to release on the work list: whose they are, and where they lead."""

from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest

from ifn.intake.models import List
from ifn.moderation import work
from ifn.moderation.work import Wanted
from tests.factories import lists
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO, organisation, registered
from tests.moderation.conftest import page

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
AT = lists.RECEIVED_AT


def waiting(person, **wanted):
    found = work.listed(person, Wanted(**wanted), at=AT)
    return [(item.kind, item.title) for item in found]


@pytest.fixture
def there():
    return registered()


def test_rows_wait_until_a_person_decides(officer, there):
    one = lists.received()
    lists.row(one, "Baru")
    open_row = lists.maybe(one, there, "Mungkin")
    lists.maybe(one, there, "Sudah", decision="join", business=there)
    lists.maybe(lists.received("linking", sha256="1" * 64), there, "Belum dibandingkan")

    [item] = work.listed(officer, Wanted(), at=AT)

    assert (item.kind, item.subject, item.title) == ("row", open_row.pk, "Mungkin")
    assert (item.detail, item.in_region) == ("anggota.xlsx", MOJOKERTO)
    assert item.due_at - item.waits_since == timedelta(days=14)


def test_a_dinas_sees_rows_of_its_own_region(dinas, elsewhere, there):
    one = lists.received()
    lists.maybe(one, there, "Sini")
    lists.maybe(one, there, "Sana", region_id=SIDOARJO)

    assert waiting(dinas) == [("row", "Sini")]
    assert waiting(elsewhere) == [("row", "Sana")]
    assert waiting(OfficerFactory(duties=["events"])) == []


def test_lists_of_others_wait_for_the_office_alone(officer, dinas, there):
    lists.received(file_name="kantor.xlsx")
    ready = lists.received(file_name="dinas.xlsx", sha256="1" * 64, scope=[MOJOKERTO])
    lists.received(
        file_name="asosiasi.xlsx", sha256="2" * 64, organisation=registered(organisation())
    )
    undecided = lists.received(file_name="belum.xlsx", sha256="3" * 64, scope=[MOJOKERTO])
    lists.maybe(undecided, there, "Mungkin")

    assert waiting(officer, kinds=frozenset({"list"})) == [
        ("list", "dinas.xlsx"),
        ("list", "asosiasi.xlsx"),
    ]
    assert waiting(dinas, kinds=frozenset({"list"})) == []
    assert work.line(dinas, Wanted(), at=AT).counts["list"] == 0
    List.objects.filter(pk=ready.pk).update(released_at=AT)
    assert waiting(officer, kinds=frozenset({"list"})) == [("list", "asosiasi.xlsx")]


def test_the_page_leads_to_the_row_and_it_can_be_taken(signed_in, officer, there):
    row = lists.maybe(lists.received(), there, "Sol Mungkin")
    browser = signed_in(officer)

    html = unescape(browser.get(page("work", code="en")).content.decode())
    assert "Rows of lists" in html
    assert "anggota.xlsx" in html
    answer = browser.get(f"/en/kerja/daftar/baris/{row.pk}?jenis=baris", follow=True)
    taken = browser.post(
        page("take"), {"do": "take", "work": [f"row:{row.pk}"], "kembali": "/en/kerja"}, follow=True
    )

    address = f"/en/kerja/daftar/{row.list_id}/baris/{row.position}"
    assert answer.redirect_chain[-1][0].startswith(address)
    assert "1 is yours now." in taken.content.decode()


def test_a_row_of_another_region_is_not_opened(signed_in, elsewhere, there):
    row = lists.maybe(lists.received(), there)

    answer = signed_in(elsewhere).get(f"/kerja/daftar/baris/{row.pk}")

    assert answer.status_code == HTTPStatus.FORBIDDEN
