"""What goes wrong between two businesses is said on the page, and nothing is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.accounts.models import Consent
from ifn.connections import telling
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import tokens
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Enquiry, Letter, Question, Worth
from ifn.directory import actions as directory
from ifn.directory.models import Business, Membership
from ifn.directory.profile import ContactFact
from ifn.mail.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.directory import LATER
from tests.factories.enquiries import ASKER, FIRM, TEXT, WHATSAPP, accepted, enquiry, firm, member

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
GIVEN = {"text": TEXT, "email": "budi@toko.example"}


@pytest.fixture
def asker(client):
    person = UserFactory()
    client.force_login(person)
    return member(person)


def to(one):
    return reverse("connections:write", args=[one.number])


def page_of(made):
    return reverse("connections:enquiry", args=[made.code])


def text(answer):
    return answer.content.decode()


def hidden(one):
    directory.hide(one, reason="Tutup", actor=None, at=now())


def merged(gone, kept):
    Business.objects.filter(pk=gone.pk).update(status="merged", merged_into=kept)


class TestAFirmThatLeaves:
    @pytest.mark.usefixtures("asker")
    def test_hidden_while_one_writes_the_words_come_back_without_its_name(self, client):
        one = firm(name="Sol Rahasia")
        hidden(one)

        answer = client.post(to(one), GIVEN)

        assert answer.status_code == 404
        assert TEXT in text(answer)
        assert "tidak lagi ditampilkan" in text(answer)
        assert "Sol Rahasia" not in text(answer)
        assert not Letter.objects.exists()

    @pytest.mark.usefixtures("asker")
    def test_of_several_the_hidden_one_is_left_out_and_said(self, client):
        here, gone = firm(name="Sini"), firm(name="Sana")
        hidden(gone)
        address = reverse("connections:write-to-several")

        answer = client.post(address, GIVEN | {"ke": f"{here.number},{gone.number}"})

        assert [one.business for one in Enquiry.objects.all()] == [here]
        shown = text(client.get(answer["Location"]))
        assert gone.number in shown
        assert "tidak ada lagi" in shown or "dilewati" in shown

    def test_hidden_while_it_runs_the_sender_reads_why(self, client, asker):
        made = enquiry(asker=asker, at=now())
        hidden(made.business)
        actions.close_for_hidden(at=now())

        shown = text(client.get(page_of(made)))

        assert "tidak lagi ditampilkan di direktori" in shown
        assert TEXT in shown

    def test_hidden_it_answers_no_more_and_is_told(self, client):
        made = enquiry(firm(owner=UserFactory()), at=now())
        hidden(made.business)
        actions.close_for_hidden(at=now())
        link = reverse(
            "connections:by-link", args=[tokens.for_side(made.pk, Side.FIRM, localdate())]
        )

        answer = client.post(link, {"do": "accept", "accept-share": "none"}, follow=True)

        assert answer.status_code == 200
        assert Enquiry.objects.get(pk=made.pk).state == State.CLOSED
        assert "tidak ada yang diubah" in text(answer)

    @pytest.mark.usefixtures("asker")
    def test_merged_while_one_writes_it_reaches_the_one_that_was_kept(self, client):
        gone, kept = firm(name="Lama"), firm(name="Tetap")
        merged(gone, kept)

        client.post(to(gone), GIVEN)

        assert Enquiry.objects.get().business == kept

    def test_merged_while_it_runs_both_sides_read_under_which_name(self, client, asker):
        owner = UserFactory()
        made, kept = enquiry(firm(name="Lama"), asker=asker), firm(name="Tetap", owner=owner)
        merged(made.business, kept)

        assert "Lama" in text(client.get(page_of(made)))
        assert "Tetap" in text(client.get(page_of(made)))
        client.force_login(owner)
        client.post(page_of(made), {"do": "accept", "accept-share": "none"})

        assert Enquiry.objects.get(pk=made.pk).state == State.ACCEPTED


class TestConsent:
    def test_a_contact_taken_back_is_gone_and_the_page_says_so(self, client, asker):
        one = firm(contacts=(ContactFact("whatsapp", WHATSAPP, "public"),))
        made = accepted(one, asker=asker)
        assert WHATSAPP in text(client.get(page_of(made)))

        directory.withdraw_consent(Consent.objects.get(), actor=None, at=LATER)

        shown = text(client.get(page_of(made)))
        assert WHATSAPP not in shown
        assert "Kontak tidak lagi ditampilkan" in shown
        answer = client.post(page_of(made), {"do": "whatsapp"}, follow=True)
        assert "Tidak ada nomor WhatsApp" in text(answer)
        assert Enquiry.objects.get(pk=made.pk).state == State.ACCEPTED

    def test_a_contact_that_was_taken_back_cannot_be_chosen_any_more(self, client):
        owner = UserFactory()
        made = enquiry(firm(owner=owner))
        client.force_login(owner)

        answer = client.post(
            page_of(made), {"do": "accept", "accept-share": "whatsapp:+6289999999999"}
        )

        assert answer.status_code == 422
        assert Enquiry.objects.get(pk=made.pk).state != State.ACCEPTED


class TestTwice:
    def test_a_yes_sent_twice_is_one(self, client):
        owner = UserFactory()
        made = enquiry(firm(owner=owner))
        client.force_login(owner)
        given = {"do": "accept", "accept-share": "none"}

        answers = [client.post(page_of(made), given, follow=True) for _ in range(2)]

        assert [one.status_code for one in answers] == [200, 200]
        assert "tidak ada yang diubah" in text(answers[1])
        assert made.steps.filter(event="accept").count() == 1

    def test_a_block_and_a_report_sent_twice_are_one(self, client):
        owner = UserFactory()
        made = enquiry(firm(owner=owner))
        client.force_login(owner)

        for _time in range(2):
            client.post(page_of(made), {"do": "block"})
            client.post(page_of(made), {"do": "complain", "complain-reason": "spam"})

        assert made.complaints.count() == 1


class TestValues:
    @pytest.mark.parametrize("amount", ["0", "-5", "1e99", "9" * 30, "banyak", "NaN", "Infinity"])
    def test_a_value_that_is_none_is_said(self, client, asker, amount):
        made = accepted(asker=asker)

        answer = client.post(page_of(made), {"do": "worth", "worth-potential": amount})

        assert answer.status_code == 422
        assert not Worth.objects.exists()

    def test_a_currency_nobody_pays_in_is_said(self, client, asker):
        made = accepted(asker=asker)

        given = {"do": "worth", "worth-potential": "100", "worth-currency": "XYZ"}

        assert client.post(page_of(made), given).status_code == 422

    @pytest.mark.parametrize("given", [{"do": "terbang"}, {"do": ""}, {}])
    def test_what_cannot_be_done_changes_nothing(self, client, asker, given):
        made = accepted(asker=asker)

        assert client.post(page_of(made), given, follow=True).status_code == 200
        assert Enquiry.objects.get(pk=made.pk).state == State.ACCEPTED

    @pytest.mark.parametrize("share", ["", "x", "email:"])
    def test_a_yes_without_a_choice_asks_for_one(self, client, share):
        owner = UserFactory()
        made = enquiry(firm(owner=owner))
        client.force_login(owner)

        answer = client.post(page_of(made), {"do": "accept", "accept-share": share})

        assert answer.status_code == 422
        assert "error-summary" in text(answer) or "aria-invalid" in text(answer)


class TestLinks:
    @pytest.mark.parametrize("side", [Side.ASKER, Side.FIRM])
    def test_an_old_link_says_so_and_shows_nothing(self, client, side):
        made = accepted()
        day = localdate() - tokens.VALID - timedelta(days=1)
        link = reverse("connections:by-link", args=[tokens.for_side(made.pk, side, day)])

        answer = client.get(link)

        assert answer.status_code == 410
        assert TEXT not in text(answer)
        assert WHATSAPP not in text(answer)

    def test_an_old_question_says_so(self, client):
        asked = Question.objects.create(enquiry=accepted(), days=7, side="firm", asked_at=now())
        day = localdate() - tokens.VALID - timedelta(days=1)
        token = tokens.for_question(asked.pk, Side.FIRM, day)

        answer = client.post(reverse("connections:question", args=[token]), {"answer": "agreed"})

        asked.refresh_from_db()
        assert (answer.status_code, asked.answer) == (410, "")

    @pytest.mark.parametrize("is_question", [False, True])
    def test_a_link_made_for_somebody_who_left_opens_nothing(self, client, is_question):
        owner, editor = UserFactory(), UserFactory()
        one = firm(owner=owner)
        Membership.objects.create(business=one, person=editor, role="editor", since=LATER)
        made = accepted(one)
        asked = Question.objects.create(enquiry=made, days=7, side="firm", asked_at=now())
        people = [owner.pk, editor.pk]
        if is_question:
            token = tokens.for_question(asked.pk, Side.FIRM, localdate(), people)
        else:
            token = tokens.for_side(made.pk, Side.FIRM, localdate(), people)
        link = reverse(f"connections:{'question' if is_question else 'by-link'}", args=[token])
        assert client.get(link).status_code == 200

        Membership.objects.filter(person=editor).delete()
        answers = [client.get(link), client.post(link, {"answer": "agreed", "do": "withdraw"})]

        asked.refresh_from_db()
        assert answers[0].status_code == 410
        assert TEXT not in text(answers[0])
        assert (asked.answer, Enquiry.objects.get(pk=made.pk).state) == ("", State.ACCEPTED)
        if not is_question:  # asked for, a new link goes to who is left
            sent = Message.objects.get(kind="connections.enquiry_link")
            assert sent.to == owner.email

    def test_links_to_a_firm_say_for_whom_they_are(self):
        owner = UserFactory()
        made = enquiry(firm(owner=owner))
        address = telling.address_of(made, Side.FIRM, "id", at=now())

        held = tokens.side_of(address.rsplit("/", 1)[-1], localdate())

        assert held.people == {owner.pk}

    def test_a_link_to_what_is_gone_is_not_found(self, client):
        made = enquiry()
        links = [
            reverse("connections:by-link", args=[tokens.for_side(made.pk, side, localdate())])
            for side in (Side.ASKER, Side.FIRM)
        ]
        Letter.objects.all().delete()

        assert [client.get(one).status_code for one in links] == [404, 404]

    def test_a_side_does_not_do_what_is_the_other_ones(self, client):
        made = enquiry()
        token = tokens.for_side(made.pk, Side.ASKER, localdate())
        link = reverse("connections:by-link", args=[token])

        client.post(link, {"do": "accept", "accept-share": "none"}, follow=True)
        client.post(link, {"do": "block"}, follow=True)

        assert Enquiry.objects.get(pk=made.pk).state == State.SENT
        with pytest.raises(actions.NotNow):
            actions.decline(made, reason="price", words="", by=ASKER, at=now())
        assert actions.decline(made, reason="price", words="", by=FIRM, at=now())
