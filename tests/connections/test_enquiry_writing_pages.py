"""Writing to firms; each refusal says what is wrong, where, and what to do, and loses nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections.enquiring import challenge
from ifn.connections.enquiring.states import State
from ifn.connections.models import Enquiry, Letter, LetterFile
from ifn.connections.views.enquiries.writing import UNSOLVED, write_to_several
from ifn.directory import actions as directory
from ifn.directory.models import Business
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, photo
from tests.factories.enquiries import (
    TEXT,
    enquiry,
    firm,
    member,
    solve,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
FACTS = {"text": TEXT, "quantity": "500", "unit": "PASANG", "email": "jane@buyer.example"}
JANE = FACTS | {"name": "Jane Buyer"}


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


def text(answer):
    return answer.content.decode()


class TestWriting:
    @pytest.mark.usefixtures("asker")
    def test_a_member_writes_and_sees_where_it_stands(self, client, workshop):
        day = localdate() + timedelta(days=30)
        answer = client.post(to(workshop), FACTS | {"deadline": day.isoformat()}, follow=True)

        made = Enquiry.objects.select_related("letter__unit").get()
        assert made.state == State.SENT
        assert (made.letter.quantity, made.letter.unit.code) == (500, "PASANG")
        assert made.letter.deadline == day
        assert answer.redirect_chain[-1][0] == page_of(made)
        assert made.public_code in text(answer)

    def test_a_visitor_is_told_of_one_more_step(self, client, workshop):
        answer = client.post(to(workshop), JANE, follow=True)

        assert Letter.objects.get().state == Letter.State.UNPROVEN
        assert answer.redirect_chain[-1][0] == reverse("connections:written")

    def test_who_has_an_account_and_who_has_not_see_the_same(self, client, workshop):
        UserFactory(email="known@buyer.example")
        pages = [
            text(client.post(to(workshop), JANE | {"email": address}, follow=True))
            for address in ("known@buyer.example", "unknown@buyer.example")
        ]

        assert pages[0] == pages[1]

    def test_work_done_by_the_machine_is_noted(self, client, workshop):
        word = challenge.new(now() - timedelta(seconds=30))
        given = {"challenge": word, "solution": solve(word)}

        client.post(to(workshop), JANE | given)

        assert Letter.objects.get().challenge

    def test_a_machine_that_fills_every_field_gets_thanks_and_nothing_else(self, client, workshop):
        answer = client.post(to(workshop), JANE | {"website": "x"}, follow=True)

        assert answer.status_code == 200
        assert not Letter.objects.exists()

    @pytest.mark.usefixtures("asker")
    def test_sent_twice_it_is_one(self, client, workshop):
        pages = [client.post(to(workshop), FACTS)["Location"] for _ in range(2)]

        assert pages[0] == pages[1]
        assert Enquiry.objects.count() == 1

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"text": ""}, "Tulis apa yang Anda butuhkan"),
            ({"quantity": "0"}, "Tulis minimal 1"),
            ({"quantity": "1000000000"}, "terlalu besar"),
            ({"quantity": "-5"}, "bukan bilangan bulat"),
            ({"quantity": "banyak"}, "bukan bilangan bulat"),
            ({"unit": "PIKUL"}, "Satuan ini tidak dikenal"),
            ({"unit": ""}, "Pilih satuannya"),
            ({"deadline": "2020-01-01"}, "Tanggal ini sudah lewat"),
            ({"deadline": "2999-01-01"}, "lebih dari lima tahun"),
            ({"deadline": "besok"}, "tanggal"),
            ({"email": "", "phone": ""}, "Tinggalkan alamat email"),
            ({"email": "bukan"}, "bukan alamat surel"),
            ({"phone": "12"}, "bukan nomor telepon"),
            ({"name": ""}, "id_name"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, client, workshop, given, said):
        answer = client.post(to(workshop), JANE | given)

        page = text(answer)
        assert answer.status_code == 200
        assert said in page
        assert "error-summary" in page
        assert given.get("text", TEXT) in page
        assert not Letter.objects.exists()

    @pytest.mark.usefixtures("asker")
    def test_a_number_with_its_own_unit_is_understood(self, client, workshop):
        client.post(to(workshop), FACTS | {"quantity": "25 kodi", "unit": "KODI"})

        letter = Letter.objects.select_related("unit").get()
        assert (letter.quantity, letter.unit.code) == (500, "PASANG")

    @pytest.mark.usefixtures("asker")
    def test_a_file_of_the_wrong_kind_is_refused_with_its_name(self, client, workshop):
        files = [
            SimpleUploadedFile("surat.docx", b"PK not a picture"),
            SimpleUploadedFile("foto.jpg", photo()),
        ]

        answer = client.post(to(workshop), FACTS | {"attached": files})

        assert "surat.docx" in text(answer)
        assert TEXT in text(answer)
        assert not Letter.objects.exists()

    @pytest.mark.usefixtures("asker")
    def test_files_come_along_and_a_fourth_is_too_many(self, client, workshop):
        def files(number):
            return [SimpleUploadedFile(f"foto{n}.jpg", photo()) for n in range(number)]

        client.post(to(workshop), FACTS | {"attached": files(4)})
        assert not Letter.objects.exists()

        client.post(to(workshop), FACTS | {"attached": files(2)})
        assert LetterFile.objects.count() == 2

    @pytest.mark.usefixtures("asker")
    def test_the_limit_of_the_day_is_said_with_its_end(self, client, workshop, settings):
        settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"member": 1}
        client.post(to(workshop), FACTS)

        answer = client.post(to(workshop), FACTS | {"text": "Yang kedua hari ini"})

        assert "Yang kedua hari ini" in text(answer)
        assert "terbanyak" in text(answer)
        assert Letter.objects.count() == 1

    def test_from_one_place_a_visitor_cannot_go_on_for_ever(self, client, workshop):
        for number in range(UNSOLVED + 1):
            address = f"jane{number}@buyer.example"
            answer = client.post(to(workshop), JANE | {"email": address, "text": f"{TEXT}{number}"})

        assert answer.status_code == 429
        assert Letter.objects.count() == UNSOLVED

    def test_a_firm_of_ones_own_is_named(self, client, owner, workshop):
        client.force_login(owner)

        assert "usaha Anda sendiri" in text(client.post(to(workshop), FACTS))

    def test_who_acts_for_a_business_says_so(self, client, asker, workshop):
        own = firm(owner=asker, name="Toko Saya")

        client.post(to(workshop), FACTS | {"business": own.number})

        assert Letter.objects.get().business == own

    def test_nobody_acts_for_a_business_of_others(self, client, asker, workshop):
        firm(owner=asker, name="Toko Saya")
        other = firm(name="Bukan milik saya")

        answer = client.post(to(workshop), FACTS | {"business": other.number})

        assert answer.status_code == 200
        assert not Letter.objects.exists()

    def test_a_firm_with_nobody_says_so_before(self, client, workshop):
        assert "Belum ada yang menjawab" in text(client.get(to(firm(name="Sepi"))))
        assert "Belum ada yang menjawab" not in text(client.get(to(workshop)))

    def test_hidden_and_merged_firms(self, client, workshop):
        gone = firm(name="Lama")
        Business.objects.filter(pk=gone.pk).update(status="merged", merged_into=workshop)
        assert client.get(to(gone))["Location"] == to(workshop)

        directory.hide(workshop, reason="x", actor=None, at=AT)
        assert client.get(to(workshop)).status_code == 404

    def test_words_of_an_earlier_letter_come_along(self, client):
        asked = member()
        made = enquiry(asker=asked)
        client.force_login(asked.person)

        assert TEXT in text(client.get(f"{to(made.business)}?lagi={made.code}"))
        client.force_login(UserFactory())
        assert TEXT not in text(client.get(f"{to(made.business)}?lagi={made.code}"))


class TestSeveral:
    ADDRESS = "connections:write-to-several"

    @pytest.mark.usefixtures("asker")
    def test_one_letter_goes_to_those_in_the_address(self, client):
        firms = [firm(name=f"Sol {n}") for n in "ABC"]
        address = reverse(self.ADDRESS)
        numbers = ",".join(one.public_number for one in firms)
        assert "Sol B" in text(client.get(address, {"ke": numbers}))

        client.post(address, FACTS | {"ke": ",".join(one.number for one in firms)})

        assert Letter.objects.get().enquiries.count() == 3

    @pytest.mark.usefixtures("asker")
    def test_more_than_five_and_unknown_ones_are_said(self, client):
        firms = [firm(name=f"Sol {n}") for n in "ABCDEF"]
        numbers = ",".join(one.number for one in firms)

        answer = client.post(reverse(self.ADDRESS), FACTS | {"ke": f"{numbers},XXXXX"})

        assert "XXXXX" in text(answer)
        assert "5 usaha" in text(answer)
        assert TEXT in text(answer)
        assert not Letter.objects.exists()

    @pytest.mark.parametrize("given", ["", "XXXXX", "<b>", ",,,", "ABCDE" * 50])
    def test_without_a_firm_the_way_to_choose_is_shown(self, client, given):
        answer = client.get(reverse(self.ADDRESS), {"ke": given})

        assert answer.status_code == 200
        assert reverse("directory:list") in text(answer)
        assert write_to_several.access == "everyone"
