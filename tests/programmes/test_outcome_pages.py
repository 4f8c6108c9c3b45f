"""The short form and the grid of a batch, each refusal beside the success."""

from datetime import timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.directory.models import Membership
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import Outcome, Registration
from ifn.programmes.tokens import for_participant
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import AT
from tests.factories.programmes import ended, moved, said
from tests.programmes.asking import page, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
PAGE = "a" * 32


@pytest.fixture
def desk(client):
    client.force_login(OfficerFactory(duties=["programme"]))
    return client


def linked(one):
    return for_participant(one.pk, localdate())


def answers(**changes):
    """Return what the form sends when everything is said."""
    given = {
        "seen": 0,
        "page": PAGE,
        "turnover": "from_15",
        "workers": "7 orang",
        "capacity": "20 kodi",
        "products": "2",
        "channels": ["chat", "fair"],
        "has_certificates": "yes",
        "certificates": ["MEREK"],
        "defects": "2,5",
        "exports": "1.200",
        "exports_unit": "usd",
        "exports_period": "year",
        "note": "Mesin baru",
    }
    return given | changes


class TestForm:
    def test_who_has_the_link_answers_without_an_account(self, client):
        _batch, [one] = ended(92)
        token = linked(one)

        assert "Bagaimana keadaan Usaha 0" in text(page(client, "outcome-by-link", token, "m3"))
        answer = send(client, "outcome-by-link", token, "m3", **answers())

        found = Outcome.objects.get()
        assert "Jawaban Anda tersimpan" in text(answer)
        assert (found.workers, found.capacity, found.products) == (7, 400, 2)
        assert (found.channels, found.certificates) == (["chat", "fair"], ["MEREK"])
        assert (float(found.defects), int(found.exports)) == (2.5, 1200)
        assert (found.exports_unit, found.exports_period) == ("usd", "year")
        assert (found.way, found.person, found.said_on) == ("link", None, localdate())

    def test_nothing_has_to_be_said(self, client):
        _batch, [one] = ended(92)

        send(client, "outcome-by-link", linked(one), "m3", page=PAGE, seen=0)

        found = Outcome.objects.get()
        assert found.finished_at
        assert set(found.said().values()) == {None, ""}

    def test_one_tap_says_that_nothing_has_changed(self, client):
        _batch, [one] = ended(92)
        said(one, Wave.END, workers=5)
        token = linked(one)

        assert "Tidak ada yang berubah" in text(page(client, "outcome-by-link", token, "m3"))
        send(client, "outcome-by-link", token, "m3", same="1")

        found = Outcome.objects.get(wave="m3")
        assert (found.workers, found.same_as, found.way) == (5, "end", "link")

    def test_the_form_remembers_what_was_said(self, client):
        _batch, [one] = ended(92)
        said(one, Wave.M3, workers=5, certificates=["SNI"], exports=0)

        shown = text(page(client, "outcome-by-link", linked(one), "m3"))

        assert 'name="workers" value="5"' in shown
        assert '<option value="yes" selected>' in shown
        assert 'name="exports" value="0"' in shown
        assert 'name="seen" value="1"' in shown

    def test_it_is_kept_while_it_is_typed_but_for_what_is_wrong(self, client):
        _batch, [one] = ended(92)
        given = answers(workers="tujuh", autosave="1")

        answer = client.post(reverse("programmes:outcome-by-link", args=[linked(one), "m3"]), given)

        found = Outcome.objects.get()
        assert (found.capacity, found.workers, found.finished_at) == (400, None, None)
        assert answer["X-Version"] == "1"
        assert "kecuali yang salah" in text(answer)
        send(client, "outcome-by-link", linked(one), "m3", **answers())
        found.refresh_from_db()
        assert (found.workers, found.finished_at is None) == (7, False)

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"defects": "140"}, "antara 0 dan 100"),
            ({"defects": "-1"}, "antara 0 dan 100"),
            ({"defects": "banyak"}, "angka antara 0 dan 100"),
            ({"capacity": "1000000000"}, "Periksa jumlah angkanya"),
            ({"workers": "-3"}, "bukan bilangan bulat"),
            ({"exports_unit": ""}, "rupiah, dolar, atau pasang"),
            ({"exports_period": ""}, "untuk berapa lama"),
            ({"exports": ""}, "Tulis berapa"),
            ({"has_certificates": "no"}, "Pilih salah satu"),
            ({"certificates": []}, "Centang yang mana"),
            ({"turnover": "banyak"}, "banyak"),
            ({"channels": ["merpati"]}, "merpati"),
        ],
        ids=str,
    )
    def test_what_cannot_be_is_refused_in_words(self, client, wrong, says):
        _batch, [one] = ended(92)

        shown = text(send(client, "outcome-by-link", linked(one), "m3", **answers(**wrong)))

        assert says in shown
        assert not Outcome.objects.exists()

    def test_outside_of_its_time_it_says_when(self, client):
        _batch, [one] = ended(92)
        token = linked(one)

        early = text(page(client, "outcome-by-link", token, "m6"))
        assert "dibuka mulai" in early
        over = text(send(client, "outcome-by-link", token, "before", **answers()))
        assert "terbuka sampai" in over
        assert not Outcome.objects.exists()
        assert page(client, "outcome-by-link", token, "m9").status_code == 404

    def test_after_the_time_it_is_kept_and_marked(self, client):
        _batch, [one] = ended(140)
        token = linked(one)

        assert "ditandai terlambat" in text(page(client, "outcome-by-link", token, "m3"))
        send(client, "outcome-by-link", token, "m3", **answers())

        assert Outcome.objects.get().is_late

    def test_a_stopped_batch_asks_nothing(self, client):
        batch, [one] = ended(92)
        type(batch).objects.update(state="cancelled", reason="x")

        assert page(client, "outcome-by-link", linked(one), "m3").status_code == 404

    def test_who_is_changed_meanwhile_reads_so(self, client):
        _batch, [one] = ended(92)
        said(one, Wave.M3, workers=5)

        shown = text(send(client, "outcome-by-link", linked(one), "m3", **answers()))
        typed = send(client, "outcome-by-link", linked(one), "m3", **answers(autosave="1"))

        assert "Orang lain mengubah jawaban ini" in shown
        assert "Orang lain mengubah jawaban ini" in text(typed)
        assert Outcome.objects.get().workers == 5

    @pytest.mark.usefixtures("language")
    def test_signed_in_it_is_the_same(self, client):
        _batch, [one] = ended(92)
        owner = UserFactory()
        Membership.objects.create(business=one.business, person=owner, role="owner", since=AT)
        client.force_login(owner)

        assert reverse("programmes:outcome", args=[one.pk, "m3"]) in text(
            page(client, "own", one.pk)
        )
        send(client, "outcome", one.pk, "m3", **answers())

        found = Outcome.objects.get()
        assert (found.way, found.person) == ("account", owner)


class TestDesk:
    def test_the_grid_says_who_answered_and_who_did_not(self, desk):
        batch, [first, _second] = ended(92, 2)
        said(first, Wave.M3, workers=5)

        shown = text(page(desk, "outcomes", batch.code))

        assert "1 / 2" in shown
        assert "1 · 50%" in shown
        assert "Tidak ada jawaban" in shown
        assert "2 / 2" not in shown

    def test_it_costs_the_same_however_many_there_are(self, desk, django_assert_max_num_queries):
        for number in (1, 3):
            batch, seated = ended(92, number)
            for one in seated:
                said(one, Wave.M3, workers=5)
            page(desk, "outcomes", batch.code)
            with django_assert_max_num_queries(12):
                page(desk, "outcomes", batch.code)

    def test_the_office_writes_down_what_is_said_on_the_phone(self, desk):
        batch, [one] = ended(92)
        day = localdate() - timedelta(days=1)

        send(
            desk,
            "outcome-of-participant",
            *(batch.code, one.pk, "m3"),
            **answers(said_on=day.isoformat(), way="visit"),
        )

        found = Outcome.objects.get()
        assert (found.way, found.said_on, found.person is None) == ("visit", day, False)

    def test_a_day_to_come_and_one_of_another_wave_are_refused(self, desk):
        batch, [one] = ended(92)
        today = localdate()
        address = ("outcome-of-participant", batch.code, one.pk, "m3")

        later = answers(said_on=(today + timedelta(days=1)).isoformat(), way="phone")
        assert "belum tiba" in text(send(desk, *address, **later))
        before = answers(said_on=(today - timedelta(days=60)).isoformat(), way="phone")
        assert "dibuka mulai" in text(send(desk, *address, **before))
        assert not Outcome.objects.exists()

    def test_paper_from_before_is_entered_with_its_day(self, desk):
        batch, [one] = ended(92)
        day = batch.starts_on - timedelta(days=2)

        send(
            desk,
            "outcome-of-participant",
            *(batch.code, one.pk, "before"),
            **answers(said_on=day.isoformat(), way="visit"),
        )

        found = Outcome.objects.get()
        assert (found.wave, found.said_on, found.is_late) == ("before", day, False)

    def test_nothing_changed_by_phone(self, desk):
        batch, [one] = ended(92)
        said(one, Wave.END, workers=5)

        send(desk, "outcome-of-participant", batch.code, one.pk, "m3", same="1")

        assert Outcome.objects.get(wave="m3").way == "phone"

    def test_the_link_goes_by_whatsapp_while_the_time_for_it_is(self, desk):
        batch, [one] = ended(92)

        shown = unescape(text(page(desk, "outcome-of-participant", batch.code, one.pk, "m3")))
        over = text(page(desk, "outcome-of-participant", batch.code, one.pk, "end"))

        assert "https://wa.me/628123450001?text=" in shown
        assert "%2Fhasil%2Fm3" in shown or "/hasil/m3" in shown
        assert "wa.me" not in over
        assert "tel:+628123450001" in over

    def test_a_dinas_sees_and_calls_its_own_firms_alone(self, client):
        batch, [first, second] = ended(92, 2)
        type(second.business).objects.filter(pk=second.business_id).update(region="32.73")
        client.force_login(RegionalOfficerFactory(territory=["35.16"]))

        shown = text(page(client, "outcomes", batch.code))

        assert "Usaha 0" in shown
        assert "Usaha 1" not in shown
        own = page(client, "outcome-of-participant", batch.code, first.pk, "m3")
        other = page(client, "outcome-of-participant", batch.code, second.pk, "m3")
        assert (own.status_code, other.status_code) == (200, 403)


class TestRecord:
    def test_a_participant_takes_their_record_along(self, client):
        _batch, [one] = ended(92)
        said(one, Wave.M3, workers=5, note="=1+1")
        address = reverse("programmes:record-by-link", args=[linked(one)])

        book = openpyxl.load_workbook(BytesIO(client.get(address).content))
        known = client.get(address, {"jenis": "json"}).json()

        assert book.sheetnames == ["Pendaftaran", "Kehadiran", "Tes", "Sertifikat", "Hasil"]
        cells = {cell.value: cell.data_type for cell in book["Hasil"][2]}
        assert (cells["=1+1"], cells[5]) == ("s", "n")
        [outcome] = known["outcomes"]
        assert (outcome["Pekerja"], outcome["Catatan"]) == (5, "=1+1")
        assert known["registration"][4] == {"Apa": "Pelaku usaha", "Nilai": "Usaha 0"}

    def test_who_has_no_seat_has_no_record(self, client):
        _batch, [one] = ended(92)
        Registration.objects.update(seat=None, state="withdrawn")

        assert (
            client.get(reverse("programmes:record-by-link", args=[linked(one)])).status_code == 404
        )

    def test_before_it_is_told_there_is_none(self, client):
        from tests.factories.programmes import accepted, opened  # noqa: PLC0415

        batch = moved(opened(), "selecting")
        one = accepted(batch, way="officer")

        assert (
            client.get(reverse("programmes:record-by-link", args=[linked(one)])).status_code == 404
        )
