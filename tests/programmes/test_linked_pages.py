"""What mentors and partners see and do by their signed link, and links that open nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.programmes.actions import linking, partnering
from ifn.programmes.models import Commitment, Visit
from ifn.programmes.tokens import VALID, for_participant
from tests.factories.directory import AT
from tests.factories.plans import action, mentor, partner, token_of
from tests.factories.programmes import officer, running
from tests.programmes.asking import page, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def days(number):
    return localdate() + timedelta(days=number)


class TestMentor:
    def test_by_the_link_they_see_whom_they_look_after_and_write(self, client):
        batch, [own, other] = running(2)
        helper = mentor(batch, own)
        one = action(own, "mentor", mentor_id=helper.pk, what="Pinjamkan acuan")
        token = token_of(helper)

        shown = text(page(client, "mentor-link", token))
        assert (own.business.name in shown, other.business.name in shown) == (True, False)
        assert "Pinjamkan acuan" in shown
        assert own.phone in text(page(client, "mentored", token, own.pk))
        assert page(client, "mentored", token, other.pk).status_code == 404

        given = {"on": days(0), "way": "on_site", "notes": "Sudah rapi"}
        wrong = send(client, "mentored", token, own.pk, **given | {"notes": ""})
        assert "error" in text(wrong)
        send(client, "mentored", token, own.pk, **given)
        send(client, "mentor-tells", token, one.pk, state="done", version=1)

        one.refresh_from_db()
        assert (Visit.objects.get().mentor, one.state) == (helper, "done")

    def test_they_say_nothing_of_what_others_are_to_do(self, client):
        batch, [own] = running(1)
        helper, one = mentor(batch, own), action(own)
        address = reverse("programmes:mentor-tells", args=[token_of(helper), one.pk])

        assert client.post(address, {"state": "done", "version": 1}).status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_many(self, client, number, django_assert_num_queries):
        batch, seated = running(number)
        helper = mentor(batch, *seated)
        for one in seated:
            action(one, "mentor", mentor_id=helper.pk)
        token = token_of(helper)

        with django_assert_num_queries(5):
            page(client, "mentor-link", token)


class TestPartner:
    def test_by_the_link_it_says_what_is_kept_and_what_is_not(self, client):
        batch, [seat] = running(1)
        place = partner(batch)
        one = partnering.promise(place, "Satu rak", due_on=days(-1), actor=officer(), at=AT)
        todo = action(seat, "partner", partner_id=place.pk, what="Pajang sepatu")
        token = token_of(place)
        shown = text(page(client, "partner-link", token))
        assert ("Satu rak" in shown, "Pajang sepatu" in shown) == (True, True)
        assert seat.name not in shown

        assert "sampai kapan" in text(
            send(client, "partner-answers", token, one.pk, state="promised")
        )
        assert "Tulis mengapa" in text(
            send(client, "partner-answers", token, one.pk, state="dropped")
        )
        wrong = send(client, "partner-answers", token, one.pk, state="promised", due_on="besok")
        assert "sebagai tanggal" in text(wrong)
        send(client, "partner-answers", token, one.pk, state="promised", due_on=days(9))
        assert Commitment.objects.get().due_on == days(9)
        send(client, "partner-answers", token, one.pk, state="kept")
        send(client, "partner-tells", token, todo.pk, state="done", version=1)

        todo.refresh_from_db()
        assert (Commitment.objects.get().state, todo.state) == ("kept", "done")

    def test_promises_of_others_are_none_of_theirs(self, client):
        batch, _seated = running(1)
        first, second = partner(batch), partner(batch, "Merek")
        one = partnering.promise(second, "Pesanan", due_on=None, actor=officer(), at=AT)
        address = reverse("programmes:partner-answers", args=[token_of(first), one.pk])

        assert client.post(address, {"state": "kept"}).status_code == 404


class TestLinksThatOpenNothing:
    def test_a_page_says_so(self, client, language):
        batch, [seat] = running(1)
        helper = mentor(batch, seat)
        old = token_of(helper)
        linking.make_link(helper, today=localdate(), actor=officer(), at=AT)
        ancient = for_participant(seat.pk, localdate() - VALID - timedelta(days=1))

        too_old = "tidak berlaku lagi" if language == "id" else "no longer good"
        damaged = "tidak berfungsi" if language == "id" else "does not work"
        for name, token, words in (
            ("mentor-link", old, too_old),
            ("mentor-link", old[:-3], damaged),
            ("partner-link", old, damaged),
            ("participant", ancient, too_old),
        ):
            answer = page(client, name, token)
            assert (answer.status_code, words in text(answer)) == (404, True), (name, words)

    def test_a_withdrawn_one_opens_nothing(self, client):
        batch, _seated = running(1)
        helper = mentor(batch)
        token = token_of(helper)
        linking.withdraw_link(helper, actor=officer(), at=AT)

        assert page(client, "mentor-link", token).status_code == 404
