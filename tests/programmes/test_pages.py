"""What visitors, firms and those who come see and do, each refusal beside the success."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.directory.models import Membership
from ifn.programmes.actions import certifying, quizzing
from ifn.programmes.models import (
    Attendance,
    QuizAnswer,
    Registration,
    Session,
    SessionFile,
)
from ifn.programmes.planning.items import read
from ifn.programmes.tokens import VALID, for_participant, for_session
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.programmes import (
    AFTER,
    ENDS,
    NINE,
    accepted,
    completed,
    firm,
    joined,
    moved,
    officer,
    planned,
    running,
)
from tests.programmes.asking import now_running, owned, page, send, text, upcoming

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


class TestPublic:
    def test_the_list_shows_open_ones_and_no_plans(self, client, language):
        upcoming()
        planned(title_id="Rahasia", title_en="Secret")

        shown = text(page(client, "list"))

        assert ("Pola dan pengeleman" if language == "id" else "Patterns and cementing") in shown
        assert "Rahasia" not in shown
        assert "Secret" not in shown

    def test_the_list_costs_the_same_however_many_there_are(
        self, client, django_assert_max_num_queries
    ):
        for number in (1, 3):
            for place in range(number):
                joined(upcoming(), firm(f"Usaha {number} {place}"), today=localdate())
            page(client, "list")
            with django_assert_max_num_queries(6):
                page(client, "list")

    def test_a_batch_says_how_seats_are_given_and_leads_to_registering(self, client):
        batch = upcoming(for_regions=["35"])

        shown = text(page(client, "batch", batch.code))

        assert "Penuh bagi yang belum pernah ikut" in shown
        assert "Untuk usaha di Jawa Timur" in shown
        assert reverse("programmes:register", args=[batch.code]) in shown

    def test_one_that_was_stopped_says_why_and_takes_nobody(self, client):
        batch = moved(upcoming(), "cancelled", reason="Anggaran ditahan")

        shown = text(page(client, "batch", batch.code))

        assert "Anggaran ditahan" in shown
        assert reverse("programmes:register", args=[batch.code]) not in shown

    def test_a_certificate_is_checked_by_its_code_in_any_writing(self, client):
        _batch, [seated], _one = completed(1)
        made, _is_new = certifying.issue(seated, "attendance", actor=officer(), at=AFTER, on=ENDS)

        assert "Sertifikat ini asli" in text(page(client, "check-certificate", made.public_code))
        assert page(client, "check-certificate", made.code.lower()).status_code == 200
        wrong = page(client, "check-certificate", "SR-AAAAAAA-B")
        assert (wrong.status_code, "tidak diberikan" in text(wrong)) == (404, True)

        certifying.withdraw_certificate(made, reason="Salah", actor=officer(), at=AFTER)
        gone = text(page(client, "check-certificate", made.public_code))
        assert "tidak berlaku lagi" in gone
        assert seated.name not in gone


class TestRegistering:
    def test_a_firm_registers_and_sees_where_it_stands(self, client):
        batch, (business, owner) = upcoming(), owned()
        client.force_login(owner)

        answer = send(
            client, "register", batch.code, business=business.number, name="Budi", is_self="on"
        )

        one = Registration.objects.get()
        assert (one.business, one.person, one.way, one.name) == (business, owner, "self", "Budi")
        assert "Anda dikabari setelah peserta ditetapkan" in text(answer)
        assert "Milik Sendiri" in text(page(client, "mine"))

    def test_what_is_decided_is_not_shown_before_it_is_told(self, client):
        batch, (business, owner) = upcoming(quota=1), owned()
        client.force_login(owner)
        one = accepted(batch, business, today=localdate())

        before = text(page(client, "own", one.pk))
        assert "Anda mendapat kursi" not in before
        assert "dikabari setelah peserta ditetapkan" in before
        assert "Diterima" not in before

        moved(batch, "selecting", "confirmed")
        assert "Anda mendapat kursi" in text(page(client, "own", one.pk))

    def test_without_a_name_and_in_the_name_of_others_it_is_refused(self, client):
        batch, (_business, owner), other = upcoming(), owned(), firm("Orang lain")
        client.force_login(owner)

        for given in ({"business": other.number, "name": "x"}, {"business": "", "name": ""}):
            assert "error" in text(send(client, "register", batch.code, **given))
        assert not Registration.objects.exists()

    def test_a_viewer_has_nothing_to_register_and_a_closed_batch_says_so(self, client):
        business, person = firm(), UserFactory()
        Membership.objects.create(business=business, person=person, role="viewer", since=AT)
        client.force_login(person)

        assert "Perlu usaha lebih dulu" in text(page(client, "register", upcoming().code))
        closed = moved(upcoming(), "selecting")
        assert "sudah ditutup" in text(page(client, "register", closed.code))

    def test_withdrawing_frees_the_seat(self, client):
        batch, (business, owner) = upcoming(admits="first", quota=1), owned()
        one = joined(batch, business, today=localdate())
        waiting = joined(batch, firm("Menunggu"), today=localdate())
        client.force_login(owner)

        send(client, "act", one.pk, withdraw="1", reason="Sakit")

        assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == [
            "withdrawn",
            "accepted",
        ]
        assert waiting.pk


class TestBeingThere:
    def test_a_participant_with_the_personal_link_is_noted_by_the_code(self, client):
        _batch, [seated], one = now_running()
        code = for_session(one.pk)
        assert "Siapa Anda?" in text(page(client, "here", code))

        page(client, "participant", for_participant(seated.pk, localdate()))
        assert seated.name in text(page(client, "here", code))
        assert not Attendance.objects.exists()  # looking is not being there
        assert "Tercatat" in text(send(client, "here", code, who=seated.pk))

        assert Attendance.objects.get().way == "code"

    def test_one_who_is_signed_in_is_known_and_others_are_not(self, client):
        _batch, [seated], one = now_running()
        person, stranger = UserFactory(), UserFactory()
        Registration.objects.filter(pk=seated.pk).update(person=person)
        code = for_session(one.pk)
        client.force_login(stranger)
        assert "tidak punya kursi" in text(send(client, "here", code, who=seated.pk))
        assert not Attendance.objects.exists()

        client.force_login(person)
        send(client, "here", code, who=seated.pk)
        assert Attendance.objects.get().person == person

    def test_the_code_of_a_session_that_is_over_notes_nobody(self, client):
        batch, [seated], _one = completed(1)
        other = Session.objects.create(
            batch=batch, title="Lain", starts_at=NINE, ends_at=NINE + timedelta(hours=1)
        )
        page(client, "participant", for_participant(seated.pk, localdate()))

        answer = send(client, "here", for_session(other.pk), who=seated.pk)

        assert "sedang tidak berlangsung" in text(answer)
        assert Attendance.objects.filter(session=other).count() == 0

    def test_online_one_taps_on_the_own_page(self, client):
        _batch, [seated], one = now_running()
        token = for_participant(seated.pk, localdate())
        assert "Saya hadir" in text(page(client, "participant", token))

        assert "Hadir" in text(send(client, "participant", token, session=one.pk))

        assert Attendance.objects.get().way == "online"

    def test_an_old_link_opens_nothing(self, client):
        _batch, [seated] = running(1)
        old = for_participant(seated.pk, localdate() - VALID - timedelta(days=1))

        assert page(client, "participant", old).status_code == 404

    def test_a_test_is_answered_once_and_material_is_for_participants(self, client):
        batch, [seated], one = now_running()
        quiz = quizzing.write_quiz(
            batch, None, "Tes", read("Apa?\n* a\n- b"), actor=officer(), at=AT
        )
        token = for_participant(seated.pk, localdate())
        assert page(client, "answer-by-link", token, quiz.pk).status_code == 404
        quizzing.open_round(quiz, "pre", actor=officer(), at=AT)

        send(client, "answer-by-link", token, quiz.pk, q0="0")
        send(client, "answer-by-link", token, quiz.pk, q0="1")

        assert QuizAnswer.objects.get().right == 1
        photo_only = SessionFile.objects.create(
            session=one, kind="photo", label="x", file="x.jpg", added_at=AT
        )
        assert page(client, "material-by-link", token, photo_only.pk).status_code == 404
