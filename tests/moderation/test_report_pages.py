"""Anybody reports without an account and follows it; the staff answers and goes on."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from ifn.directory import actions as directory
from ifn.moderation import actions
from ifn.moderation.models import Report
from ifn.moderation.tokens import for_report
from ifn.moderation.views.reporting import REPORTS
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.moderation import reachable, reported
from tests.moderation.conftest import page, said

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

GIVEN = {"kind": "closed", "text": "", "email": "", "phone": "", "website": ""}


def send(client, business, code="en", **given):
    return client.post(page("report", business.number, code=code), GIVEN | given, follow=True)


class TestReporting:
    @pytest.mark.parametrize(("code", "thanks"), [("id", "Terima kasih"), ("en", "Thank you")])
    def test_a_visitor_reports_and_keeps_the_address(self, client, business, code, thanks):
        form = client.get(page("report", business.number, code=code)).content.decode()
        assert {"id": "Sekitar 1 menit", "en": "About 1 minute"}[code] in form

        shown = send(client, business, code, email="Tetangga@Rumah.example", phone="0812 1111 2222")

        made = Report.objects.get()
        assert (made.email, made.phone) == ("tetangga@rumah.example", "+6281211112222")
        assert made.language == code
        assert thanks in shown.content.decode()
        assert shown.redirect_chain[-1][0] == page("reported", for_report(made), code=code)

    def test_a_member_is_linked_and_need_not_write_an_address(self, client, business):
        person = UserFactory()
        client.force_login(person)

        form = client.get(page("report", business.number)).content.decode()
        send(client, business)

        assert f"The answer goes to {person.email}." in form
        assert 'name="email"' not in form
        assert Report.objects.get().person == person

    def test_all_but_closed_needs_words(self, client, business):
        refused = send(client, business, kind="mistake")

        assert "Write in a few words what is wrong." in refused.content.decode()
        assert not Report.objects.exists()

    def test_a_machine_that_fills_everything_in_is_thanked_and_ignored(self, client, business):
        answer = send(client, business, website="https://spam.example")

        assert answer.status_code == HTTPStatus.OK
        assert "Thank you" in answer.content.decode()
        assert not Report.objects.exists()

    def test_one_place_cannot_flood_the_office(self, client, business):
        for number in range(REPORTS):
            other = reachable(name=f"Sol {number}") if number % 10 == 0 else business
            send(client, other, text=f"Salah {number}")

        refused = send(client, business, text="Salah lagi")

        assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert "Too many reports" in refused.content.decode()

    def test_a_profile_with_many_reports_takes_no_more(self, client, business, monkeypatch):
        monkeypatch.setattr("ifn.moderation.actions.reports.MOST_OPEN", 1)
        send(client, business)

        assert "the office knows" in send(client, business, text="Lagi").content.decode()

    def test_the_profile_leads_here_and_a_hidden_one_does_not(self, client, business, officer):
        shown = client.get(business.get_absolute_url()).content.decode()
        assert reverse("moderation:report", args=[business.number]) in shown

        directory.hide(business, reason="x", actor=officer, at=AT)

        assert send(client, business).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("kind", [kind for kind in Report.Kind.values if kind != "other"])
    def test_an_address_may_say_what_it_is_about(self, client, business, kind):
        form = client.get(page("report", business.number), {"soal": kind})

        assert form.context["form"]["kind"].value() == kind


class TestFollowing:
    @pytest.mark.parametrize(
        ("code", "words"),
        [("id", ("Diperbaiki", "Tidak diubah")), ("en", ("Put right", "Left as it is"))],
    )
    def test_the_page_says_what_came_of_it(self, client, business, officer, code, words):
        for is_fixed, word in zip((True, False), words, strict=True):
            made = reported(business, text=f"Salah {is_fixed}", email="rahasia@rumah.example")
            actions.answer_report(
                made, is_fixed=is_fixed, answer="Sudah dicek.", actor=officer, at=AT
            )
            shown = client.get(page("reported", for_report(made), code=code)).content.decode()

            assert word in shown
            assert "Sudah dicek." in shown
            assert "rahasia@rumah.example" not in shown

    def test_a_link_of_ones_own_making_shows_nothing(self, client, business):
        made = reported(business)

        for token in (str(made.pk), f"{made.pk:x}.AAAA", "x"):
            assert client.get(page("reported", token)).status_code == HTTPStatus.NOT_FOUND

    def test_it_says_that_somebody_is_at_it(self, client, business, officer):
        made = reported(business)
        actions.take("report", made.pk, person=officer, at=AT)

        shown = client.get(page("reported", for_report(made))).content.decode()

        assert "Somebody at the office is looking into it." in shown


class TestAnswering:
    def test_an_officer_answers_and_comes_to_the_next(self, signed_in, business, officer):
        first, second = reported(business), reported(business, text="Nomor salah", kind="mistake")
        desk = signed_in(officer)
        shown = desk.get(page("answer", first.pk)).content.decode()
        assert "Tutup sejak lebaran" in shown
        assert 'rel="next"' in shown

        answer = desk.post(page("answer", first.pk), {"fixed": "1", "answer": ""})

        assert answer["Location"] == page("answer", second.pk)
        last = desk.post(page("answer", second.pk), {"fixed": "1", "answer": ""}, follow=True)
        assert last.redirect_chain[-1][0] == page("work")
        assert said(last)[-1] == f"The report about {business.name} is answered."

    def test_a_no_without_a_reason_is_not_said(self, signed_in, business, officer):
        made = reported(business)

        shown = signed_in(officer).post(page("answer", made.pk), {"not_fixed": "1", "answer": " "})

        assert "Write why it is left as it is." in shown.content.decode()
        made.refresh_from_db()
        assert made.is_open

    def test_the_second_officer_is_told(self, signed_in, business, officer, dinas):
        made = reported(business)
        signed_in(officer).post(page("answer", made.pk), {"fixed": "1", "answer": ""})

        given = {"not_fixed": "1", "answer": "Tidak."}
        shown = signed_in(dinas).post(page("answer", made.pk), given, follow=True)

        assert said(shown) == ["Bu Ani answered this report already; your answer was not sent."]

    def test_a_reporter_with_a_number_is_answered_by_whatsapp(self, signed_in, business, officer):
        made = reported(business, phone="+6281211112222")
        desk = signed_in(officer)
        assert "wa.me" not in desk.get(page("answer", made.pk)).content.decode()
        actions.answer_report(made, is_fixed=True, answer="", actor=officer, at=AT)

        shown = desk.get(page("answer", made.pk)).content.decode()

        assert "https://wa.me/6281211112222?text=" in shown

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_costs_the_same_however_many(
        self, signed_in, business, officer, count, django_assert_max_num_queries
    ):
        made = [reported(business, text=f"Salah {number}") for number in range(count)]
        desk = signed_in(officer)

        with django_assert_max_num_queries(11):
            desk.get(page("answer", made[0].pk))
