"""Rows of a list: filtered, decided one by one or many at once, beside what they may be."""

from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from ifn.directory import actions as directory
from ifn.directory.models import Business
from ifn.directory.profile import ContactFact
from ifn.intake import actions
from ifn.intake.finding import RowFilter, rows_of
from ifn.intake.models import List, Row, Verdict
from tests.factories import lists
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import AT, MOJOKERTO, SIDOARJO, profile, registered

pytestmark = pytest.mark.usefixtures("officer")
HIDDEN = ContactFact("phone", "+62321555123", "nobody")


@pytest.fixture
def officer(reference, client):
    person = OfficerFactory(name="Bu Ani", duties=["data"])
    client.force_login(person)
    return person


@pytest.fixture
def there(officer):
    facts = profile(name="Sol Jaya Abadi", address="Jl. Melati 54", contacts=(HIDDEN,))
    return registered(facts)


def rows_page(received):
    return f"/en/kerja/daftar/{received.pk}/baris"


def shown(client, address):
    return unescape(client.get(address).content.decode())


def titles(client, address):
    html = shown(client, address)
    return [part.split("</b>")[0] for part in html.split("data-item><b>")[1:]]


class TestTheRows:
    @pytest.mark.parametrize("number", [1, 3])
    def test_they_cost_the_same_however_many(
        self, client, there, number, django_assert_num_queries
    ):
        one = lists.received()
        for _at in range(number):
            lists.maybe(one, there, decision="join", business=there)
        client.get(rows_page(one))

        with django_assert_num_queries(8):
            html = shown(client, rows_page(one))

        assert html.count(f"Is Sol Jaya Abadi ({there.public_number})") == number

    def test_the_address_is_the_filter(self, client, there, officer):
        one = lists.received()
        lists.row(one, "Baru Satu")
        lists.row(one, "Baru Dua", region_id=SIDOARJO)
        lists.maybe(one, there, "Mungkin Satu")
        lists.maybe(
            one, there, "Mungkin Dua", decision="join", business=there,
            decided_by=officer, decided_at=now(),
        )  # fmt: skip
        lists.error(one)
        page = rows_page(one)

        assert len(titles(client, page)) == 5
        assert titles(client, f"{page}?keadaan=baru") == ["Baru Satu", "Baru Dua"]
        assert titles(client, f"{page}?keadaan=mungkin&putusan=belum") == ["Mungkin Satu"]
        assert titles(client, f"{page}?putusan=orang") == ["Mungkin Dua"]
        assert titles(client, f"{page}?putusan=aturan") == ["Baru Satu", "Baru Dua"]
        assert titles(client, f"{page}?q=satu") == ["Baru Satu", "Mungkin Satu"]
        assert titles(client, f"{page}?wilayah={SIDOARJO}") == ["Baru Dua"]
        assert len(titles(client, f"{page}?wilayah=35")) == 4
        assert titles(client, f"{page}?ubah=1") == ["Mungkin Dua"]
        assert "No row fits" in shown(client, f"{page}?q=zzz")
        assert len(titles(client, f"{page}?keadaan=x&putusan=x&wilayah=x")) == 5

    def test_fifty_a_page(self, client):
        one = lists.received()
        for at in range(51):
            lists.row(one, f"Usaha {at}")

        assert len(titles(client, rows_page(one))) == 50
        assert titles(client, f"{rows_page(one)}?hal=2") == ["Usaha 50"]

    def test_a_long_list_is_read_by_an_index(self):
        one = lists.received()
        Row.objects.bulk_create(
            [
                Row(list=one, position=at, state=Row.State.NEW, name=f"Usaha {at}", raw=["x"])
                for at in range(2, 4002)
            ]
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

        for wanted in (RowFilter(), RowFilter(state=Row.State.NEW), RowFilter(decided="open")):
            plan = rows_of(one, wanted)[:50].explain()
            assert "intake_row" in plan
            assert "Seq Scan on intake_row" not in plan
            assert "SCAN intake_row\n" not in f"{plan}\n"


class TestDecidingMany:
    def test_it_says_how_many_before_and_after(self, client, there):
        one = lists.received()
        for _at in range(3):
            lists.maybe(one, there)
        lists.error(one)
        page = f"{rows_page(one)}?keadaan=mungkin"

        asked = client.post(page, {"do": "join", "semua": "1"})
        assert "Take 3 rows for their likeliest profiles" in asked.content.decode()
        assert not Row.objects.exclude(decided_by=None).exists()
        done = client.post(page, {"do": "join", "semua": "1", "sure": "1"}, follow=True)

        assert "3 rows are decided." in done.content.decode()
        assert Row.objects.filter(decision="join", business=there).count() == 3

    def test_leaving_out_needs_a_reason_and_only_those_ticked_go(self, client):
        one = lists.received()
        ticked, left = lists.row(one, "Satu"), lists.row(one, "Dua")
        given = {"do": "skip", "baris": [ticked.pk], "sure": "1"}

        refused = client.post(rows_page(one), given | {"reason": " "})
        assert "Write why these rows are left out." in refused.content.decode()
        assert f'name="baris" value="{ticked.pk}"' in refused.content.decode()
        client.post(rows_page(one), given | {"reason": "Bukan anggota"})

        ticked.refresh_from_db()
        left.refresh_from_db()
        assert (ticked.state, ticked.note, left.state) == ("skipped", "Bukan anggota", "new")

    def test_what_a_person_decided_stays(self, client, there, officer):
        one = lists.received()
        lists.maybe(one, there)
        lists.maybe(one, there, decision="create", decided_by=officer, decided_at=now())

        done = client.post(rows_page(one), {"do": "join", "semua": "1", "sure": "1"}, follow=True)

        html = done.content.decode()
        assert "1 row is decided." in html
        assert "1 row was left as it is" in html
        assert Row.objects.filter(decision="create").count() == 1

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"do": "join"}, "Tick the rows it is about first."),
            ({"do": "x", "semua": "1"}, "The rows of this list are not decided now."),
        ],
    )
    def test_nothing_ticked_or_nothing_known_changes_nothing(self, client, there, given, words):
        one = lists.received()
        lists.maybe(one, there)

        answer = client.post(rows_page(one), given, follow=True)

        assert words in answer.content.decode()
        assert Row.objects.filter(decided_by=None).count() == 2

    def test_rows_of_another_list_are_never_decided(self, client):
        one, other = lists.received(), lists.received(sha256="1" * 64)
        foreign = lists.row(other)

        client.post(rows_page(one), {"do": "create", "baris": [foreign.pk], "sure": "1"})

        foreign.refresh_from_db()
        assert foreign.decided_by is None


class TestOneRow:
    def test_it_stands_beside_the_profile_with_what_speaks_for_it(self, client, there):
        row = lists.maybe(lists.received(), there, "Sol Jaya Abadi")

        html = shown(client, f"{rows_page(row.list)}/{row.position}")

        for words in ("87 %", "name 0.93", "same phone", "house number differs", "differs"):
            assert words in html
        assert "Jl. Melati 45" in html
        assert "Jl. Melati 54" in html
        assert "+62321555123" in html

    def test_a_hidden_profile_is_said_to_stay_hidden(self, client, there, officer):
        row = lists.maybe(lists.received(), there)
        address = f"{rows_page(row.list)}/{row.position}"
        assert "stays hidden until" not in shown(client, address)

        directory.hide(there, reason="x", actor=officer, at=AT)

        assert "stays hidden until" in shown(client, address)

    def test_joined_it_goes_on_to_the_next(self, client, there, officer):
        one = lists.received()
        first, second = lists.maybe(one, there), lists.maybe(one, there)

        answer = client.post(f"{rows_page(one)}/{first.position}", {"same": there.pk, "seen": ""})

        assert answer["Location"].startswith(f"{rows_page(one)}/{second.position}?")
        first.refresh_from_db()
        assert (first.decision, first.business, first.decided_by) == ("join", there, officer)

    def test_new_is_remembered(self, client, there):
        row = lists.maybe(lists.received(), there, stated="a" * 32)

        client.post(f"{rows_page(row.list)}/{row.position}", {"do": "create", "seen": ""})

        assert Verdict.objects.get().is_same is False

    def test_leaving_out_needs_a_reason(self, client, there):
        row = lists.maybe(lists.received(), there)
        page = f"{rows_page(row.list)}/{row.position}"

        refused = client.post(page, {"do": "skip", "seen": ""})
        assert "Write why." in refused.content.decode()
        client.post(page, {"do": "skip", "seen": "", "reason": "Tutup"})

        row.refresh_from_db()
        assert (row.state, row.note) == ("skipped", "Tutup")

    def test_the_second_of_two_officers_is_told_who_was_first(self, client, there):
        row = lists.maybe(lists.received(), there)
        other = OfficerFactory(name="Pak Budi")
        actions.decide_row(
            row, "join", business=there, seen=None, actor=other, at=now() - timedelta(minutes=1)
        )

        answer = client.post(
            f"{rows_page(row.list)}/{row.position}", {"do": "create", "seen": ""}, follow=True
        )

        assert "Pak Budi decided this row meanwhile: Is Sol Jaya Abadi" in unescape(
            answer.content.decode()
        )
        row.refresh_from_db()
        assert (row.decision, row.decided_by) == ("join", other)

    def test_only_a_profile_that_stood_beside_it_can_be_taken(self, client, there):
        row = lists.maybe(lists.received(), there)
        stranger = registered(profile(name="Lain"))
        page = f"{rows_page(row.list)}/{row.position}"

        for said in (str(stranger.pk), "x", "9" * 30):
            answer = client.post(page, {"same": said, "seen": ""})
            assert answer.status_code == HTTPStatus.FORBIDDEN

    def test_it_costs_the_same_however_many_rows_there_are(self, client, there):
        one = lists.received()
        row = lists.maybe(one, there)
        page = f"{rows_page(one)}/{row.position}"
        client.get(page)
        costs = []
        for _more in range(2):
            lists.maybe(one, there)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            costs.append(len(asked))

        assert costs[0] == costs[1]

    def test_a_row_that_is_not_there(self, client):
        one = lists.received()

        assert client.get(f"{rows_page(one)}/99").status_code == HTTPStatus.NOT_FOUND


class TestWhatItChanges:
    def joined(self, there, **facts):
        said = profile(name="Sol Jaya Abadi", address="Jl. Melati 45", workers=9, **facts)
        return lists.row(
            lists.received(), "Sol Jaya Abadi", "same", facts=said, decision="join",
            business=there, reason="in_directory", details={"number": "X"},
        )  # fmt: skip

    def ticked(self, there):
        """Join with a profile, taking the address of the row and not its workers."""
        shown = {"tampil": ["address", "workers"], "tampil-dari": there.pk, "ambil": ["address"]}
        return {"same": there.pk, "seen": ""} | shown

    def test_before_it_is_decided_too(self, client, there):
        row, other = self.undecided(there), registered(profile(name="Sol Lain"))
        page = f"{rows_page(row.list)}/{row.position}"
        html = shown(client, page)
        assert "What it would change" in html
        assert f'name="tampil-dari" value="{there.pk}"' in html

        client.post(page, self.ticked(there) | {"tampil-dari": other.pk})
        row.refresh_from_db()
        assert (row.business, row.chosen) == (there, {})

        again = self.undecided(there)
        client.post(f"{rows_page(again.list)}/{again.position}", self.ticked(there))
        again.refresh_from_db()
        assert again.chosen == {"address": True, "workers": False}

    def undecided(self, there):
        said = profile(name="Sol Jaya Abadi", address="Jl. Melati 45", workers=9)
        return lists.maybe(lists.received(), there, facts=said)

    def test_field_by_field_with_the_reason(self, client, there):
        row = self.joined(there)

        html = shown(client, f"{rows_page(row.list)}/{row.position}")

        assert "What it changes" in html
        assert "the firm or the office said it" in html  # the address: an officer entered it
        assert "nothing stood there" in html  # the workers
        assert 'id="ambil-workers" name="ambil" value="workers" checked' in html
        assert 'id="ambil-address" name="ambil" value="address">' in html

    def test_a_tick_takes_the_word_of_the_list(self, client, there):
        row = self.joined(there)
        page = f"{rows_page(row.list)}/{row.position}"
        client.post(page, self.ticked(there))
        row.refresh_from_db()
        assert row.chosen == {"address": True, "workers": False}
        List.objects.update(state="applied")
        client.post(page, {"do": "apply"})

        now_there = Business.objects.get(pk=there.pk)
        assert (now_there.address, now_there.workers) == ("Jl. Melati 45", None)


class TestARegionalOfficer:
    def test_decides_rows_of_their_region_in_the_office_s_lists(self, client, there):
        one = lists.received()
        own = lists.maybe(one, there)
        foreign = lists.maybe(one, there, region_id=SIDOARJO)
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
        page = rows_page(one)

        assert client.get(f"{page}/{own.position}").status_code == HTTPStatus.OK
        assert client.get(f"{page}/{foreign.position}").status_code == HTTPStatus.FORBIDDEN
        assert client.get(page).status_code == HTTPStatus.FORBIDDEN
        answer = client.post(f"{page}/{own.position}", {"same": there.pk, "seen": ""}, follow=True)

        assert answer.status_code == HTTPStatus.OK
        own.refresh_from_db()
        assert own.business == there

    def test_takes_no_decision_over_many_in_lists_of_others(self, client, there):
        one = lists.received()
        lists.maybe(one, there)
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        answer = client.post(rows_page(one), {"do": "join", "semua": "1", "sure": "1"})

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not Row.objects.exclude(decided_by=None).exists()
