"""The list of lists, bringing one, and where it stands: what is shown, and every refusal."""

from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from ifn.intake.models import List, Row
from ifn.intake.reading import MOST_BYTES
from ifn.jobs.running import run_due
from tests.factories import lists
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO, registered
from tests.intake import files

pytestmark = pytest.mark.usefixtures("officer")
UPLOAD, LISTS = "/en/kerja/daftar/unggah", "/en/kerja/daftar"


@pytest.fixture
def officer(reference, client):
    person = OfficerFactory(name="Bu Ani", duties=["data"])
    client.force_login(person)
    return person


def shown(client, address):
    return unescape(client.get(address).content.decode())


def typed(content=b"", name="daftar.csv", **changed):
    given = {
        "source": "Asosiasi Alas Kaki",
        "stated_on": "2026-05-01",
        "basis": "published",
        "basis_note": "https://asosiasi.example",
        "whom": "office",
        "akhir": "1",
        "file": SimpleUploadedFile(name, content),
    }
    return {key: value for key, value in (given | changed).items() if value is not None}


class TestUploading:
    def test_what_was_said_is_kept_with_the_file(self, client, officer):
        answer = client.post(UPLOAD, typed(files.csv()))

        received = List.objects.get()
        assert answer["Location"] == f"{LISTS}/{received.pk}"
        assert (received.actor, received.source.label) == (officer, "Asosiasi Alas Kaki")
        assert (received.basis, received.basis_note) == ("published", "https://asosiasi.example")
        assert (received.organisation, received.scope) == (None, [])
        original = client.get(f"{LISTS}/{received.pk}/asli")
        assert original.getvalue() == files.csv()
        assert original["Content-Disposition"] == 'attachment; filename="daftar.csv"'

    def test_sent_twice_it_is_one_list(self, client):
        first = client.post(UPLOAD, typed(files.csv()))
        again = client.post(UPLOAD, typed(files.csv()), follow=True)

        assert again.redirect_chain[-1][0] == first["Location"]
        assert "This list came before" in again.content.decode()
        assert List.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"file": None}, "Choose the file."),
            ({"file": SimpleUploadedFile("daftar.csv", b"")}, "The file is empty."),
            ({"file": SimpleUploadedFile("foto.png", b"x")}, "is not a list this platform reads"),
            ({"akhir": None}, "The upload was cut off half-way."),
            ({"akhir": None, "file": None}, "The upload was cut off half-way."),
            ({"source": ""}, "This field is required."),
            ({"stated_on": "1900-01-01"}, "This day is too long ago."),
            ({"whom": "region:35.16"}, "Select a valid choice."),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, client, changed, words):
        answer = client.post(UPLOAD, typed(files.csv(), **changed))

        html = unescape(answer.content.decode())
        assert answer.status_code == HTTPStatus.OK
        assert words in html
        assert 'value="https://asosiasi.example"' in html
        assert not List.objects.exists()

    def test_a_day_to_come_is_refused(self, client):
        tomorrow = localdate() + timedelta(days=1)

        answer = client.post(UPLOAD, typed(files.csv(), stated_on=tomorrow.isoformat()))

        assert "This day is still to come." in answer.content.decode()

    def test_too_large_a_file_is_not_read_and_what_was_typed_stays(self, client):
        content = b"Nama\r\n" + b"x" * (MOST_BYTES + 100_000)

        answer = client.post(UPLOAD, typed(content))

        html = answer.content.decode()
        assert "The file has more than 25 MB." in html
        assert "cut off" not in html
        assert 'value="Asosiasi Alas Kaki"' in html
        assert not List.objects.exists()

    def test_a_form_of_another_site_is_refused(self, officer):
        from django.test import Client  # noqa: PLC0415  # this one test checks the token

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(officer)

        assert strict.post(UPLOAD, typed(files.csv())).status_code == HTTPStatus.FORBIDDEN
        assert not List.objects.exists()

    def test_sources_known_are_offered(self, client):
        lists.received(source="Dinas Perindustrian")

        assert '<option value="Dinas Perindustrian">' in shown(client, UPLOAD)

    def test_a_dinas_brings_for_its_own_region_only(self, client):
        dinas = RegionalOfficerFactory(territory=[MOJOKERTO])
        client.force_login(dinas)

        client.post(UPLOAD, typed(files.csv(), whom="regions"))
        refused = client.post(UPLOAD, typed(files.csv(), whom="office"))

        assert List.objects.get().scope == [MOJOKERTO]
        assert "Select a valid choice." in refused.content.decode()

    def test_staff_without_a_second_factor_set_it_up_first(self, client, settings):
        settings.STAFF_SECOND_FACTOR = True
        client.force_login(OfficerFactory(secured_at=None))

        answer = client.get(LISTS)

        assert answer.status_code == HTTPStatus.FOUND
        assert "next=" in answer["Location"]


class TestTheLists:
    @pytest.mark.parametrize("number", [1, 3])
    def test_they_cost_the_same_however_many(
        self, client, officer, number, django_assert_num_queries
    ):
        for at in range(number):
            one = lists.received(sha256=f"{at:064}", file_name=f"l{at}.csv", actor=officer)
            lists.row(one)
            lists.maybe(one, registered())
        client.get(LISTS)

        with django_assert_num_queries(7):
            html = shown(client, LISTS)

        assert html.count("1 row waits for a decision.") == number
        assert html.count("Asosiasi · stated on 1 May 2026 · Bu Ani") == number

    def test_nothing_came(self, client):
        assert "No list came yet" in shown(client, LISTS)

    def test_each_sees_their_own(self, client):
        lists.received(file_name="kantor.csv")
        lists.received(file_name="mojokerto.csv", sha256="1" * 64, scope=[MOJOKERTO])
        lists.received(file_name="berdua.csv", sha256="2" * 64, scope=[MOJOKERTO, SIDOARJO])
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        html = shown(client, LISTS)

        assert "mojokerto.csv" in html
        assert "kantor.csv" not in html
        assert "berdua.csv" not in html


class TestWhereAListStands:
    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("received", "The file is being read."),
            ("unreadable", "Save the file again as the message says"),
            ("mapping", "Say what each column holds."),
            ("linking", "The rows are compared with the directory."),
            ("review", "Everything is decided. An officer applies the list."),
            ("applying", "The rows are being applied."),
            ("undoing", "What the list wrote is being undone."),
        ],
    )
    def test_it_says_what_comes_next(self, client, state, words):
        one = lists.received(state, fault="Terkunci." if state == "unreadable" else "")
        lists.row(one)

        html = shown(client, f"{LISTS}/{one.pk}")

        assert words in html
        assert ("Terkunci." in html) == (state == "unreadable")
        assert ('hx-trigger="every 2s"' in html) == (
            state in {"received", "linking", "applying", "undoing"}
        )

    def test_the_page_asks_on_and_comes_anew_when_it_is_over(self, client):
        one = lists.received("linking")
        asked = {"HTTP_HX_REQUEST": "true"}

        part = client.get(f"{LISTS}/{one.pk}", **asked)
        List.objects.filter(pk=one.pk).update(state="review")
        over = client.get(f"{LISTS}/{one.pk}", **asked)

        assert 'hx-trigger="every 2s"' in part.content.decode()
        assert "<html" not in part.content.decode()
        assert over["HX-Refresh"] == "true"

    @pytest.mark.parametrize("do", ["withdraw", "undo"])
    def test_taking_back_needs_a_reason(self, client, do):
        one = lists.received("review" if do == "withdraw" else "applied")

        answer = client.post(f"{LISTS}/{one.pk}", {"do": do, "reason": " "})

        assert "Write why." in answer.content.decode()
        assert List.objects.get().state == one.state

    def test_withdrawn_it_stays_with_its_rows(self, client):
        one = lists.received()
        lists.row(one)

        client.post(f"{LISTS}/{one.pk}", {"do": "withdraw", "reason": "Salah berkas"})

        assert List.objects.get().state == "withdrawn"
        assert Row.objects.count() == 2

    def test_applying_and_undoing_the_whole_list(self, client):
        one = lists.received()
        lists.row(one)

        client.post(f"{LISTS}/{one.pk}", {"do": "apply"})
        while run_due():
            pass
        assert Row.objects.get(position=2).state == "applied"
        client.post(f"{LISTS}/{one.pk}", {"do": "undo", "reason": "Salah daftar"})
        while run_due():
            pass

        assert List.objects.get().state == "undone"
        assert Row.objects.get(position=2).state == "undone"

    def test_a_list_that_moved_on_is_said_to_have(self, client):
        one = lists.received("linking")

        answer = client.post(f"{LISTS}/{one.pk}", {"do": "apply"}, follow=True)

        assert "The list has moved on meanwhile" in answer.content.decode()
        assert List.objects.get().state == "linking"

    def test_a_list_of_others_is_released_before_it_is_applied(self, client, officer):
        one = lists.received(scope=[MOJOKERTO])

        early = client.post(f"{LISTS}/{one.pk}", {"do": "apply"}, follow=True)
        assert "An officer has to release the list" in early.content.decode()
        client.post(f"{LISTS}/{one.pk}", {"do": "release"})
        client.post(f"{LISTS}/{one.pk}", {"do": "apply"})

        received = List.objects.get()
        assert (received.state, received.released_by) == ("applying", officer)

    def test_a_dinas_neither_releases_nor_applies_nor_undoes(self, client):
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
        one = lists.received(scope=[MOJOKERTO])

        for do in ("release", "apply", "undo"):
            answer = client.post(f"{LISTS}/{one.pk}", {"do": do, "reason": "x"})
            assert answer.status_code == HTTPStatus.FORBIDDEN

        assert List.objects.get().state == "review"
        assert 'value="release"' not in shown(client, f"{LISTS}/{one.pk}")
