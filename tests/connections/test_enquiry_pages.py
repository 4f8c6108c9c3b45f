"""Enquiries confirmed, answered, followed by link, and looked after by the office."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import tokens
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Block, Complaint, Enquiry, Letter, LetterFile, Question, Worth
from ifn.connections.queries.enquiries import coming_in
from ifn.directory.models import Membership
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, photo
from tests.factories.enquiries import (
    ASKER,
    FIRM,
    TEXT,
    WHATSAPP,
    accepted,
    enquiry,
    firm,
    member,
    sent,
    visitor,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
DAY = timedelta(days=1)
FACTS = {"text": TEXT, "quantity": "500", "unit": "PASANG", "email": "jane@buyer.example"}


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def workshop(owner):
    return firm(owner=owner)


@pytest.fixture
def asker(client):
    person = UserFactory()
    client.force_login(person)
    return person


def to(one):
    return reverse("connections:write", args=[one.number])


def page_of(made):
    return reverse("connections:enquiry", args=[made.code])


def link(made, side, on=None):
    token = tokens.for_side(made.pk, side, on or localdate())
    return reverse("connections:by-link", args=[token])


def text(answer):
    return answer.content.decode()


class TestProving:
    def test_a_look_sends_nothing_and_a_tap_sends_it_once(self, client):
        letter = sent(asker=visitor())
        address = reverse("connections:prove", args=[tokens.for_proof(letter.pk)])

        assert TEXT in text(client.get(address))
        letter.refresh_from_db()
        assert letter.state == Letter.State.UNPROVEN

        for _ in range(2):
            answer = client.post(address, follow=True)
        letter.refresh_from_db()
        assert letter.state == Letter.State.SENT
        made = letter.enquiries.get()
        assert link(made, Side.ASKER) in text(answer)

    def test_foreign_and_late_links(self, client):
        letter = sent(asker=visitor())
        address = reverse("connections:prove", args=[tokens.for_proof(letter.pk)])
        letter.delete()

        assert client.get(address).status_code == 410
        assert client.get(reverse("connections:prove", args=["x"])).status_code == 404


class TestAnswering:
    def test_the_firm_reads_and_accepts(self, client, owner, workshop):
        made = enquiry(workshop)
        client.force_login(owner)
        page = client.get(page_of(made))
        made.refresh_from_db()
        assert made.state == State.SEEN
        assert made.letter.email not in text(page)

        given = {"do": "accept", "accept-share": f"whatsapp:{WHATSAPP}", "accept-words": "Bisa"}
        answer = client.post(page_of(made), given, follow=True)

        made.refresh_from_db()
        assert (made.state, made.shared_value) == (State.ACCEPTED, WHATSAPP)
        mail = f"mailto:{made.letter.email}"
        assert f'href="{mail}?subject={made.public_code}"' in text(answer)
        assert f'href="{mail}"' in text(answer)

    def test_it_says_which_of_ones_firms_was_asked(self, client, owner, workshop):
        other = firm(owner=owner, name="Kelom Kedua")
        made = enquiry(other)
        enquiry(workshop)
        client.force_login(owner)

        assert "Untuk Kelom Kedua" in text(client.get(page_of(made)))
        box = text(client.get(reverse("connections:enquiries")))
        assert "Untuk Kelom Kedua" in box
        assert f"Untuk {workshop.name}" in box

    def test_a_viewer_reads_and_does_not_answer(self, client, workshop):
        viewer = UserFactory()
        Membership.objects.create(business=workshop, person=viewer, role="viewer", since=AT)
        made = enquiry(workshop)
        client.force_login(viewer)

        assert client.get(page_of(made)).status_code == 200
        client.post(page_of(made), {"do": "accept"})

        made.refresh_from_db()
        assert made.state == State.SENT

    def test_strangers_and_what_was_not_sent_are_not_found(self, client, owner, workshop):
        made = enquiry(workshop)
        held = enquiry(workshop, text="www.a.id www.b.id www.c.id")
        client.force_login(UserFactory())
        assert client.get(page_of(made)).status_code == 404
        client.force_login(owner)
        assert client.get(page_of(held)).status_code == 404
        for code in ("XXXXXX", "x", "TN-7K3MQ-A"):
            assert client.get(reverse("connections:enquiry", args=[code])).status_code == 404

    def test_a_no_without_a_reason_comes_back_with_the_words(self, client, owner, workshop):
        made = enquiry(workshop)
        client.force_login(owner)

        answer = client.post(page_of(made), {"do": "decline", "decline-words": "Maaf, penuh"})

        assert answer.status_code == 422
        assert "Maaf, penuh" in text(answer)
        client.post(page_of(made), {"do": "decline", "decline-reason": "capacity"})
        made.refresh_from_db()
        assert made.state == State.DECLINED

    def test_an_answer_that_comes_too_late_says_how_it_stands(self, client, owner, workshop):
        made = enquiry(workshop)
        actions.decline(made, reason="price", words="", by=FIRM, at=AT)
        client.force_login(owner)

        answer = client.post(page_of(made), {"do": "accept"}, follow=True)

        assert "Ditolak" in text(answer)
        assert answer.status_code == 200

    @pytest.mark.parametrize("side", [Side.ASKER, Side.FIRM])
    def test_the_way_to_whatsapp_has_code_and_number_and_is_noted(self, client, workshop, side):
        made = accepted(workshop)
        digits = {Side.ASKER: WHATSAPP, Side.FIRM: made.letter.phone}[side].lstrip("+")

        answer = client.post(link(made, side), {"do": "whatsapp"})

        made.refresh_from_db()
        assert made.state == State.CONTACTED
        assert answer["Location"].startswith(f"https://wa.me/{digits}?text=")
        assert made.public_code in unquote(answer["Location"])
        policy = client.get(link(made, side))["Content-Security-Policy"]
        assert "form-action 'self' https://wa.me" in policy

    def test_without_a_number_the_page_says_so(self, client, workshop):
        made = enquiry(workshop)

        answer = client.post(link(made, Side.ASKER), {"do": "whatsapp"}, follow=True)

        made.refresh_from_db()
        assert made.state == State.SENT
        assert "Tidak ada nomor WhatsApp" in text(answer)

    def test_report_block_and_value(self, client, owner, workshop):
        made = accepted(workshop)
        client.force_login(owner)
        client.post(page_of(made), {"do": "complain", "complain-reason": "spam"})
        client.post(page_of(made), {"do": "block"})
        client.post(page_of(made), {"do": "worth", "worth-potential": "12.500.000"})
        client.post(page_of(made), {"do": "outcome", "outcome-outcome": "talk"})

        assert Complaint.objects.get().side == Side.FIRM
        assert Block.objects.get().business == workshop
        assert Worth.objects.get().amount == 12_500_000
        made.refresh_from_db()
        assert made.state == State.NEGOTIATING
        assert "Rp12.500.000" in text(client.get(page_of(made)))
        client.post(page_of(made), {"do": "unblock"})
        assert not Block.objects.exists()

    def test_files_are_handed_to_both_sides_only(self, client, owner, workshop, asker):
        picture = SimpleUploadedFile("sol.jpg", photo())
        client.post(to(workshop), FACTS | {"attached": [picture]})
        made, kept = Enquiry.objects.get(), LetterFile.objects.get()
        address = reverse("connections:file", args=[made.code, kept.pk])

        for person, status in ((asker, 200), (owner, 200), (UserFactory(), 404)):
            client.force_login(person)
            answer = client.get(address)
            assert answer.status_code == status
            if answer.streaming:
                answer.getvalue()  # reading a file to its end closes it
        client.logout()
        by_link = f"{link(made, Side.FIRM)}/berkas/{kept.pk}"
        assert client.get(by_link).getvalue()
        assert client.get(f"{link(enquiry(), Side.FIRM)}/berkas/{kept.pk}").status_code == 404


class TestLinks:
    def test_a_firm_answers_without_an_account(self, client, workshop):
        made = enquiry(workshop)
        address = link(made, Side.FIRM)
        client.get(address)
        made.refresh_from_db()
        assert made.state == State.SENT  # mail programs look into links by themselves

        client.post(address, {"do": "accept", "accept-share": f"whatsapp:{WHATSAPP}"})

        made.refresh_from_db()
        assert made.state == State.ACCEPTED

    def test_an_old_link_sends_a_new_one_to_where_it_went(self, client, owner, workshop):
        made = enquiry(workshop)
        old = link(made, Side.FIRM, localdate() - tokens.VALID - timedelta(days=1))

        assert client.get(old).status_code == 410
        for _ in range(2):
            assert client.post(old).status_code == 200

        assert Message.objects.get(kind="connections.enquiry_link").to == owner.email

    def test_foreign_links_open_nothing(self, client):
        made = enquiry(text="www.a.id www.b.id www.c.id")

        assert client.get(link(made, Side.FIRM)).status_code == 404
        spam = enquiry()
        actions.mark_spam(spam.letter, actor=OfficerFactory(), at=AT)
        assert client.get(link(spam, Side.FIRM)).status_code == 404
        assert client.get(reverse("connections:by-link", args=["x"])).status_code == 404
        assert client.get(reverse("connections:question", args=["x"])).status_code == 404

    def test_how_it_went_is_answered_with_one_tap(self, client):
        made = accepted()
        actions.ask_those_due(at=AT + timedelta(days=7))
        asked = Question.objects.get(enquiry=made, side="asker")
        token = tokens.for_question(asked.pk, Side.ASKER, localdate())
        address = reverse("connections:question", args=[token])

        client.get(address)
        asked.refresh_from_db()
        assert asked.answer == ""
        client.post(address, {"answer": "nonsense"})
        answer = client.post(address, {"answer": "agreed"}, follow=True)

        made.refresh_from_db()
        assert made.state == State.AGREED
        assert "Terima kasih" in text(answer)
        old = tokens.for_question(asked.pk, Side.ASKER, localdate() - timedelta(days=91))
        assert client.get(reverse("connections:question", args=[old])).status_code == 410


class TestBoxes:
    @pytest.mark.parametrize("number", [1, 3])
    def test_what_came_in_costs_the_same(
        self, client, owner, workshop, number, django_assert_num_queries
    ):
        for n in range(number):
            enquiry(workshop, text=f"{TEXT} {'x' * n}")
        client.force_login(owner)
        client.get(reverse("connections:enquiries"))  # what a process remembers is read

        with django_assert_num_queries(6):
            page = client.get(reverse("connections:enquiries"))

        assert page.content.count(b"TN-") == number

    def test_what_is_open_comes_first_then_what_ended_last(self, owner, workshop):
        first, second, still_open = (
            enquiry(workshop, text=f"{TEXT} {'x' * n}", at=AT + n * DAY) for n in range(3)
        )
        later_open = enquiry(workshop, text="Masih menunggu jawaban", at=AT + 3 * DAY)
        for n, one in enumerate((first, second)):
            actions.decline(one, reason="price", words="", by=FIRM, at=AT + (5 + n) * DAY)

        assert list(coming_in(owner)) == [later_open, still_open, second, first]

    @pytest.mark.parametrize("number", [1, 3])
    def test_what_went_out_costs_the_same(
        self, client, workshop, number, django_assert_num_queries
    ):
        asked = member()
        for n in range(number):
            enquiry(workshop, asker=asked, text=f"{TEXT} {'x' * n}")
        client.force_login(asked.person)
        client.get(reverse("connections:enquiries") + "?arah=keluar")

        with django_assert_num_queries(6):
            page = client.get(reverse("connections:enquiries") + "?arah=keluar")

        assert page.content.count(b"TN-") == number

    @pytest.mark.usefixtures("asker")
    def test_empty_boxes_say_what_to_do(self, client):
        assert reverse("site:mine") in text(client.get(reverse("connections:enquiries")))
        out = client.get(reverse("connections:enquiries") + "?arah=keluar")
        assert reverse("directory:list") in text(out)


class TestOffice:
    def test_what_is_held_is_released_or_marked(self, client):
        letter = sent(text="www.a.id www.b.id www.c.id")
        client.force_login(OfficerFactory(duties=["broker"]))
        address = reverse("connections:letter", args=[letter.pk])
        assert "www.a.id" in text(client.get(reverse("connections:office")))
        assert client.get(address).status_code == 200

        client.post(address, {"do": "release"})
        letter.refresh_from_db()
        assert letter.state == Letter.State.SENT
        client.post(address, {"do": "spam"})
        letter.refresh_from_db()
        assert letter.state == Letter.State.SPAM
        assert client.post(address, {"do": "spam"}, follow=True).status_code == 200

    def test_a_number_confirmed_by_phone_sends_the_letter(self, client):
        letter = sent(asker=visitor(email="", phone="+6281200000001"))
        client.force_login(OfficerFactory(duties=["data"]))
        address = reverse("connections:letter", args=[letter.pk])
        assert "wa.me/6281200000001" in text(client.get(address))

        client.post(address, {"do": "proven"})

        letter.refresh_from_db()
        assert letter.state == Letter.State.SENT

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_much_waits(self, client, number, django_assert_num_queries):
        for n in range(number):
            sent(firm(name=f"F{n}"), text=f"www.a.id www.b.id www.c.id {'x' * n}")
            made = enquiry(firm(name=f"G{n}"))
            actions.complain(made, reason="spam", words="", by=ASKER, at=now())
            sent(firm(name=f"H{n}"), asker=visitor(email="", phone=f"+628120000000{n}"), at=now())
        client.force_login(OfficerFactory(duties=["broker"]))

        with django_assert_num_queries(10):
            client.get(reverse("connections:office"))
