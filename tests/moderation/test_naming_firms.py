"""At the broker desk a business is named: by its number, its name, or a choice among several."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from ifn.accounts.models import User
from ifn.connections.models import Introduction
from ifn.connections.silence import Silent, silent_sides
from ifn.directory.models import Business
from ifn.mail.models import Refusal
from ifn.moderation.views.broking import SILENT
from ifn.notices.models import Wish
from tests.factories import enquiries
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.desk import late_enquiry
from tests.factories.directory import profile, registered
from tests.factories.enquiries import AT

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.fixture
def desk(client):
    client.force_login(OfficerFactory(name="Bu Ani"))
    return client


def introduce(client, made, business, **more):
    page = f"/en/kerja/perantara/pertanyaan/{made.pk}"
    given = {"text": "Kalian cocok.", "business": business, "introduce": "1", **more}
    return client.post(page, given, follow=True).content.decode()


class TestWhichBusiness:
    def test_a_whole_name_of_one_is_that_one(self, desk):
        other = enquiries.firm(name="Sol Nabati")
        enquiries.firm(name="Sol Nabati Jaya")

        introduce(desk, late_enquiry(), "sol nabati")

        assert other in (Introduction.objects.get().first, Introduction.objects.get().second)

    def test_a_suggestion_that_was_taken_counts_by_its_number(self, desk):
        other = enquiries.firm(name="Sol (Nabati)")
        enquiries.firm(name="Sol (Nabati)")

        introduce(desk, late_enquiry(), f"Sol (Nabati) ({other.public_number})")

        assert other in (Introduction.objects.get().first, Introduction.objects.get().second)

    def test_a_part_of_a_name_is_never_written_to_before_it_is_chosen(self, desk):
        made, other = late_enquiry(), enquiries.firm(name="Sol Nabati Jaya")
        enquiries.firm(name="Sol Nabati Makmur")
        registered(profile(name="Sol Nabati Draf"), status="draft")

        asked = introduce(desk, made, "nabati")
        assert "Choose below which business you mean." in asked
        assert "Kalian cocok." in asked
        assert f'value="{other.number}"' in asked
        assert "Sol Nabati Makmur" in asked
        assert "Sol Nabati Draf" not in asked
        assert not Introduction.objects.exists()

        assert "Choose below" not in introduce(desk, made, "nabati", firm=other.number)
        assert other in (Introduction.objects.get().first, Introduction.objects.get().second)

    def test_what_was_chosen_for_other_words_counts_no_more(self, desk):
        made, other = late_enquiry(), enquiries.firm(name="Sol Nabati Jaya")
        enquiries.firm(name="Kulit Garut")

        asked = introduce(desk, made, "garut", firm=other.number)

        assert "Choose below which business you mean." in asked
        assert not Introduction.objects.exists()

    def test_very_many_are_asked_to_be_narrowed(self, desk):
        for place in range(22):
            registered(profile(name=f"Sepatu Nabati {place:02}"))

        asked = introduce(desk, late_enquiry(), "sepatu nabati")

        assert "Many are called like this" in asked
        assert asked.count('name="firm"') == 20

    def test_a_note_needs_no_business(self, desk):
        made = late_enquiry()
        page = f"/en/kerja/perantara/pertanyaan/{made.pk}"

        said = desk.post(page, {"text": "Catatan", "business": "apa saja"}, follow=True)

        assert "Noted." in said.content.decode()


class TestSuggestions:
    def test_listed_businesses_of_that_name_with_their_numbers(self, desk):
        one = registered(profile(name="Sol <b>Nabati</b>"))
        registered(profile(name="Sol Nabati Draf"), status="draft")

        found = desk.get(reverse("moderation:desk-firms"), {"q": "sol"}).content.decode()

        assert f'data-value="Sol &lt;b&gt;Nabati&lt;/b&gt; ({one.public_number})"' in found
        assert "Draf" not in found

    @pytest.mark.parametrize("words", ["", "   ", "tidak ada yang begini"])
    def test_nothing_for_nothing(self, desk, words):
        assert desk.get(reverse("moderation:desk-firms"), {"q": words}).content == b""

    def test_the_page_offers_them_while_one_types(self, desk):
        page = f"/kerja/perantara/pertanyaan/{late_enquiry().pk}"

        html = desk.get(page).content.decode()

        assert f'<suggest-box data-url="{reverse("moderation:desk-firms")}" data-fills>' in html


class TestWhyNobodyWasWrittenTo:
    def cause(self, other, client):
        made = late_enquiry()
        said = introduce(client, made, other.public_number)
        found = silent_sides(Introduction.objects.get())
        assert list(found.values()) == [[other.name]]
        (cause,) = found
        with translation.override("en"):
            assert escape(str(SILENT[cause]) % {"names": other.name}) in said
        return cause

    def test_no_address(self, desk):
        other = enquiries.firm(contacts=())
        assert self.cause(other, desk) == Silent.NO_ADDRESS

    def test_they_read_later(self, desk):
        person = UserFactory(email="b@b.example")
        Wish.objects.create(person=person, kind="enquiries", often="weekly", changed_at=AT)
        assert self.cause(enquiries.firm(owner=person), desk) == Silent.LATER

    def test_their_address_was_refused(self, desk):
        person = UserFactory(email="b@b.example")
        Refusal.objects.create(address="b@b.example", refused_at=AT, code="550")
        assert self.cause(enquiries.firm(owner=person), desk) == Silent.REFUSED

    def test_it_is_invented(self, desk):
        other = enquiries.firm(owner=UserFactory(email="b@b.example", is_demo=True))
        Business.objects.filter(pk=other.pk).update(is_demo=True)
        User.objects.filter(email="b@b.example").update(is_demo=True)
        assert self.cause(other, desk) == Silent.INVENTED
