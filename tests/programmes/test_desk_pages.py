"""What the office and a Dinas see and do with batches, each refusal beside the success."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.programmes.actions import certifying, planning, quizzing, teaching
from ifn.programmes.models import (
    Attendance,
    Batch,
    Certificate,
    Quiz,
    Registration,
    Session,
    SessionFile,
)
from ifn.programmes.planning.items import read
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import AT, BANDUNG, MOJOKERTO, SIDOARJO, photo
from tests.factories.programmes import (
    AFTER,
    ENDS,
    NINE,
    completed,
    firm,
    joined,
    moved,
    officer,
    planned,
    running,
    session,
)
from tests.programmes.asking import now_running, page, send, text, upcoming

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def desk(client):
    """Return a client of an officer for programmes."""
    client.force_login(OfficerFactory(duties=["programme"]))
    return client


class TestDesk:
    def test_a_batch_is_planned_in_steps_and_opened(self, desk):
        today = localdate()
        send(
            desk,
            "begin",
            title_id="Angkatan baru",
            region_id=MOJOKERTO,
            mode="on_site",
            starts_on=today + timedelta(days=9),
            ends_on=today + timedelta(days=10),
            quota=12,
        )
        batch = Batch.objects.get()
        weights = {"need": 40, "never_served": 20, "region": 20, "women": 10, "youth": 10}

        wrong = send(
            desk,
            "step",
            batch.code,
            "penilaian",
            version=1,
            completion_share=75,
            **weights | {"need": 60},
        )
        assert "Jumlah poin 120" in text(wrong)
        send(desk, "step", batch.code, "penilaian", version=1, completion_share=75, **weights)
        send(desk, "move", batch.code, state="open")

        batch.refresh_from_db()
        assert (batch.state, batch.weights["region"], batch.completion_share) == ("open", 20, 75)

    def test_wrong_days_are_said_beside_the_field(self, desk):
        batch = planned()
        given = {
            "version": 1,
            "mode": "on_site",
            "starts_on": "2026-06-22",
            "ends_on": "2026-06-20",
            "registers_until": "2026-07-01",
        }

        shown = text(send(desk, "step", batch.code, "tempat", **given))

        assert "Hari terakhir mendahului hari pertama" in shown
        assert "tidak dapat berakhir sesudah hari terakhir" in shown

    def test_a_second_editor_and_a_rule_that_was_stated_are_refused_in_words(self, desk):
        batch = upcoming()
        joined(batch, today=localdate())
        who = {"quota": 3, "admits": "chosen", "least_completeness": 0, "repeat_years": 5}

        assert "Sudah ada yang mendaftar" in text(
            send(desk, "step", batch.code, "peserta", version=batch.version, **who)
        )
        assert "Orang lain mengubah" in text(
            send(desk, "step", batch.code, "isi", version=1, title_id="x")
        )

    @pytest.mark.usefixtures("language")
    def test_every_tab_opens(self, desk):
        batch, seated, one = completed(2)
        quiz = quizzing.write_quiz(
            batch, None, "Tes", read("Apa?\n* a\n- b"), actor=officer(), at=AT
        )

        for name in (
            *("desk-batch", "participants", "sessions", "new-session", "attendance", "partners"),
            *("budget", "quizzes", "certificates", "register-firm", "progress"),
        ):
            assert page(desk, name, batch.code).status_code == 200, name
        for name, pk in (
            ("session", one.pk),
            ("screen", one.pk),
            ("signature-sheet", one.pk),
            ("quiz", quiz.pk),
            ("registration", seated[0].pk),
        ):
            assert page(desk, name, batch.code, pk).status_code == 200, name
        for key in ("isi", "tempat", "peserta", "penilaian"):
            assert page(desk, "step", batch.code, key).status_code == 200
        assert page(desk, "step", batch.code, "lain").status_code == 404

    @pytest.mark.parametrize("name", ["desk", "participants"])
    def test_lists_cost_the_same_however_many_there_are(
        self, desk, name, django_assert_max_num_queries
    ):
        for number in (1, 3):
            batch = upcoming(quota=5)
            for place in range(number):
                joined(batch, firm(f"Usaha {number} {place}"), today=localdate())
                planned()
            args = [] if name == "desk" else [batch.code]
            page(desk, name, *args)
            with django_assert_max_num_queries(20 if args else 12):
                page(desk, name, *args)

    def test_the_list_is_filtered(self, desk):
        upcoming(title_id="Sol karet")
        planned(title_id="Pemasaran", region_id=BANDUNG)

        def found(**query):
            return text(desk.get(reverse("programmes:desk"), query))

        assert "Sol karet" not in found(keadaan="planned")
        assert "Pemasaran" in found(daerah="32")
        assert "Pemasaran" not in found(q="karet")
        assert "Tidak ada angkatan yang cocok" in found(tahun="2026", q="tidak ada")

    def test_the_officer_takes_the_proposal_or_deviates_with_a_reason(self, desk):
        batch = upcoming(quota=1)
        first = joined(batch, firm("Satu"), today=localdate())
        second = joined(batch, firm("Dua"), today=localdate(), at=AFTER)

        refused = text(send(desk, "registration", batch.code, second.pk, refuse="1"))
        assert "Tulis mengapa Anda memutuskan berbeda" in refused
        send(desk, "registration", batch.code, second.pk, refuse="1", reason="Belum siap")
        send(desk, "take-proposal", batch.code)

        states = dict(Registration.objects.values_list("pk", "state"))
        assert states == {first.pk: "accepted", second.pk: "refused"}
        full = text(send(desk, "registration", batch.code, second.pk, accept="1", reason="Tetap"))
        assert "Semua kursi terisi" in full

    def test_a_seat_is_given_to_another_and_a_firm_is_registered_by_hand(self, desk):
        batch, [seated] = running(1)
        other = firm("Pengganti")
        assert "bukan nomor profil" in text(
            send(desk, "register-firm", batch.code, number="salah", name="Budi")
        )
        send(desk, "register-firm", batch.code, number=other.public_number, name="Budi")
        new = Registration.objects.get(business=other)

        send(
            desk,
            "registration",
            batch.code,
            seated.pk,
            **{"replace": "1", "replace-by": new.pk, "replace-reason": "Tidak datang"},
        )

        new.refresh_from_db()
        assert (new.state, new.seat, new.way) == ("accepted", 1, "officer")

    def test_sessions_are_entered_and_an_overlap_says_with_which(self, desk):
        batch = planned()
        given = {
            "title": "Pola",
            "on": "2026-06-22",
            "starts": "09:00",
            "ends": "11:00",
            "place": "A",
        }
        send(desk, "new-session", batch.code, **given)

        clash = text(send(desk, "new-session", batch.code, **given | {"title": "Lain"}))
        assert "“Pola” memakai tempat ini" in clash
        outside = text(send(desk, "new-session", batch.code, **given | {"on": "2026-07-22"}))
        assert "bukan hari angkatan" in outside
        backwards = text(send(desk, "new-session", batch.code, **given | {"ends": "08:00"}))
        assert "berakhir sebelum dimulai" in backwards
        assert Session.objects.get().starts_at == NINE

    def test_a_photo_is_kept_and_something_else_is_not(self, desk):
        batch = planned()
        one = session(batch)
        upload = SimpleUploadedFile("praktik.jpg", photo((300, 200)))
        send(desk, "add-file", batch.code, one.pk, kind="photo", label="Praktik", file=upload)
        kept = SessionFile.objects.get()

        bad = SimpleUploadedFile("x.exe", b"MZ")
        answer = send(desk, "add-file", batch.code, one.pk, kind="photo", label="x", file=bad)
        assert "bukan PDF" in text(answer)
        assert "salah satu saja" in text(
            send(desk, "add-file", batch.code, one.pk, kind="material", label="x")
        )
        shown = page(desk, "staff-file", batch.code, kept.pk)
        assert shown["Content-Type"] == "image/jpeg"
        assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
        send(desk, "remove-file", batch.code, kept.pk)
        assert not SessionFile.objects.exists()

    def test_the_list_of_a_session_is_ticked(self, desk):
        batch, [seated], one = now_running()

        send(desk, "tick", batch.code, one.pk, present=[seated.pk])

        assert Attendance.objects.get().way == "list"
        wrong = text(send(desk, "tick", batch.code, one.pk, present=[999_999]))
        assert "tidak punya kursi" in wrong

    def test_partners_money_and_tests_are_entered(self, desk):
        batch = planned()
        send(desk, "partners", batch.code, name="Desa Wisata", kind="tourism")
        assert "Mitra ini sudah ada" in text(
            send(desk, "partners", batch.code, name="Desa Wisata", kind="tourism")
        )
        partner = batch.partners.get()
        send(desk, "promise", batch.code, partner.pk, what="Rak")
        promised = partner.commitments.get()
        send(desk, "settle", batch.code, promised.pk, state="kept")
        assert "Ditepati" in text(page(desk, "partners", batch.code))

        send(desk, "budget", batch.code, label="Bahan", source="apbn", planned="1.000.000")
        assert "1.000.000" in text(page(desk, "budget", batch.code))

        bad = text(send(desk, "quizzes", batch.code, title="Tes", questions="Apa?\n* a"))
        assert "Pertanyaan 1 perlu dua" in bad
        send(desk, "quizzes", batch.code, title="Tes", questions="Apa?\n* a\n- b")
        quiz = Quiz.objects.get()
        send(desk, "quiz", batch.code, quiz.pk, round="pre")
        quiz.refresh_from_db()
        assert quiz.is_open == "pre"

    def test_certificates_are_asked_for_once_it_is_over(self, desk):
        batch, _seated = running(1)
        assert "setelah angkatan selesai" in text(send(desk, "certificates", batch.code))
        batch, [seated], _one = completed(1)

        assert "sedang dibuat" in text(send(desk, "certificates", batch.code))

        made, _is_new = certifying.issue(seated, "attendance", actor=officer(), at=AFTER, on=ENDS)
        assert "Tulis alasannya" in text(send(desk, "withdraw-certificate", batch.code, made.pk))
        send(desk, "withdraw-certificate", batch.code, made.pk, reason="Salah nama")
        assert Certificate.objects.get().withdrawn_at

    def test_it_is_not_confirmed_while_somebody_waits_for_a_decision(self, desk):
        batch = upcoming()
        joined(batch, today=localdate())
        planning.move(batch, "selecting", actor=officer(), at=AT)

        assert "1 pendaftaran belum diputuskan" in text(
            send(desk, "move", batch.code, state="confirmed")
        )
        assert "Tulis alasannya" in text(send(desk, "move", batch.code, state="postponed"))
        assert "tidak mungkin" in text(send(desk, "move", batch.code, state="completed"))


class TestRegionalOffice:
    @pytest.fixture
    def dinas(self, client):
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
        return client

    def test_it_sees_only_its_firms_in_a_batch(self, dinas):
        batch = upcoming(region_id=SIDOARJO, quota=5)
        own = joined(batch, firm("Dari sini"), today=localdate())
        other = joined(batch, firm("Dari sana", region=SIDOARJO), today=localdate())

        shown = text(page(dinas, "participants", batch.code))

        assert "Dari sini" in shown
        assert "Dari sana" not in shown
        assert page(dinas, "registration", batch.code, own.pk).status_code == 200
        assert page(dinas, "registration", batch.code, other.pk).status_code == 403
        assert send(dinas, "registration", batch.code, other.pk, withdraw="1").status_code == 403

    def test_batches_of_other_regions_without_its_firms_are_closed_to_it(self, dinas):
        batch = moved(upcoming(region_id=SIDOARJO), "selecting")

        assert page(dinas, "desk-batch", batch.code).status_code == 403
        assert batch.code not in text(page(dinas, "desk"))

    def test_it_registers_and_proposes_its_own_and_decides_nothing(self, dinas):
        batch = upcoming(quota=5)
        own, other = firm("Dari sini"), firm("Dari sana", region=SIDOARJO)
        send(dinas, "register-firm", batch.code, number=own.public_number, name="Ani")
        refused = send(dinas, "register-firm", batch.code, number=other.public_number, name="x")
        assert "tidak dapat Anda daftarkan" in text(refused)
        one = Registration.objects.get()
        assert (one.state, one.way) == ("proposed", "regional")

        self_registered = joined(batch, firm("Sendiri"), today=localdate())
        send(dinas, "registration", batch.code, self_registered.pk, propose="1")
        answer = send(dinas, "registration", batch.code, one.pk, accept="1", reason="x")

        self_registered.refresh_from_db()
        one.refresh_from_db()
        assert answer.status_code == 403
        assert (self_registered.state, one.state) == ("proposed", "proposed")


def test_a_mentor_is_named_and_taken_out(desk):
    batch = planned()
    send(desk, "add-mentor", batch.code, name="Ibu Laras")
    mentor = batch.mentors.get()
    one = session(batch, mentor_id=mentor.pk)

    assert "masih punya sesi" in text(send(desk, "remove-mentor", batch.code, mentor.pk))
    teaching.remove_session(one, actor=officer(), at=AT)
    send(desk, "remove-mentor", batch.code, mentor.pk)
    assert not batch.mentors.exists()


def test_a_dinas_sees_how_many_of_the_planned_seats_are_taken(client):
    running(2, quota=8)
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

    assert '<td class="number">2 / 8</td>' in text(page(client, "desk"))
