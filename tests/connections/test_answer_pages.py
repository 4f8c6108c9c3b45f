"""Opportunities answered through their pages: by members, by visitors, and read by their firms."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections import actions as opportunities
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import tokens
from ifn.connections.enquiring.states import Event, Side, State
from ifn.connections.models import Enquiry, Letter, Match, Opportunity
from ifn.directory import actions as directory
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.answers import PRICE, answer, answered, secret_firm, unnamed, way_to
from tests.factories.directory import AT, photo
from tests.factories.enquiries import FIRM, TEXT, member, visitor
from tests.factories.opportunities import opened_today, owned

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
FACTS = {"text": TEXT, "quantity": "500", "unit": "PASANG", "email": "jane@buyer.example"}


@pytest.fixture
def shop():
    """A business, its owner, and an open opportunity of theirs."""
    business, owner = owned()
    return business, owner, opened_today(business, owner)


@pytest.fixture
def asker(client):
    person = UserFactory()
    client.force_login(person)
    return person


def text(response):
    return response.content.decode()


def page_of(made):
    return reverse("connections:enquiry", args=[made.code])


def own_page(one):
    return reverse("connections:own", args=[one.number])


def link(made, side):
    return reverse("connections:by-link", args=[tokens.for_side(made.pk, side, localdate())])


class TestWriting:
    def test_a_member_answers_from_the_page(self, client, asker, shop):
        business, _owner, one = shop
        assert way_to(one) in text(client.get(one.get_absolute_url()))
        form = text(client.get(way_to(one)))
        assert one.title_id in form
        assert "Apa yang bisa Anda tawarkan?" in form

        after = client.post(way_to(one), FACTS, follow=True)

        made = Enquiry.objects.get()
        assert (made.letter.opportunity, made.business) == (one, business)
        assert (made.letter.quantity, made.letter.person) == (500, asker)
        assert one.public_number in text(after)
        assert page_of(made) in text(client.get(one.get_absolute_url()))

    @pytest.mark.usefixtures("asker")
    def test_an_offer_asks_what_is_needed(self, client):
        business, owner = owned()
        one = opened_today(business, owner, direction="offer", kind="CAPACITY_OFFER")

        assert "Apa yang Anda butuhkan?" in text(client.get(way_to(one)))

    def test_a_visitor_answers_after_a_proof(self, client):
        one = unnamed()

        client.post(way_to(one), FACTS | {"name": "Jane Buyer"})
        letter = Letter.objects.get()
        assert (letter.state, letter.opportunity) == (Letter.State.UNPROVEN, one)
        proof = reverse("connections:prove", args=[tokens.for_proof(letter.pk)])
        assert one.title_id in text(client.get(proof))
        client.post(proof)

        letter.refresh_from_db()
        assert letter.state == Letter.State.SENT

    @pytest.mark.usefixtures("asker")
    def test_files_come_along(self, client, shop):
        picture = SimpleUploadedFile("sol.jpg", photo())

        client.post(way_to(shop[2]), FACTS | {"attached": [picture]})

        assert Letter.objects.get().files.count() == 1

    @pytest.mark.parametrize("visibility", ["members", "matched"])
    def test_who_does_not_see_it_does_not_answer_it(self, client, visibility):
        business, owner = secret_firm()
        one = opened_today(business, owner, visibility=visibility)

        assert client.get(way_to(one)).status_code == 404
        refused = client.post(way_to(one), FACTS | {"name": "Jane"})

        assert refused.status_code == 404
        assert TEXT in text(refused)  # what was written is not lost
        assert one.title_id not in text(refused)
        assert not Letter.objects.exists()

    def test_who_fits_answers_what_is_for_those(self, client):
        business, owner = secret_firm()
        one = opened_today(business, owner, visibility="matched")
        fitting, maker = owned(name="Jahit Rapi")
        Match.objects.create(
            opportunity=one, business=fitting, score=70, position=0, reasons=[], made_at=AT
        )
        client.force_login(maker)

        client.post(way_to(one), FACTS | {"business": fitting.number})

        made = Enquiry.objects.get()
        assert made.letter.business == fitting
        assert one.title_id in text(client.get(page_of(made)))

    def test_its_own_people_are_led_to_their_page(self, client, shop):
        _business, owner, one = shop
        client.force_login(owner)

        assert client.get(way_to(one))["Location"] == own_page(one)
        assert client.post(way_to(one), FACTS)["Location"] == own_page(one)
        assert not Letter.objects.exists()

    @pytest.mark.usefixtures("asker")
    def test_what_ended_while_one_wrote_says_so_and_keeps_the_words(self, client, shop):
        _business, owner, one = shop
        opportunities.fill(one, actor=owner, at=now())
        assert client.get(way_to(one))["Location"] == one.get_absolute_url()

        late = client.post(way_to(one), FACTS)

        assert late.status_code == 200
        assert "sudah berakhir" in text(late)
        assert TEXT in text(late)
        assert not Letter.objects.exists()

    @pytest.mark.usefixtures("asker")
    def test_what_was_taken_back_meanwhile_gives_the_words_back(self, client, shop):
        _business, owner, one = shop
        opportunities.withdraw(one, actor=owner, at=now())

        late = client.post(way_to(one), FACTS)

        assert late.status_code == 404
        assert TEXT in text(late)

    @pytest.mark.usefixtures("asker")
    def test_a_double_click_sends_once(self, client, shop):
        for _ in range(2):
            client.post(way_to(shop[2]), FACTS)

        assert Enquiry.objects.count() == 1

    def test_the_same_words_come_along_to_another_try(self, client, asker, shop):
        one = shop[2]
        made = answer(one, asker=member(asker))
        actions.decline(made, reason="capacity", words="", by=FIRM, at=now())

        page = text(client.get(page_of(made)))

        assert f"{way_to(one)}?lagi={made.code}" in page
        assert TEXT in text(client.get(f"{way_to(one)}?lagi={made.code}"))


class TestReading:
    def test_both_sides_read_what_it_is_about(self, client, shop):
        _business, owner, one = shop
        made = answer(one)

        asked = text(client.get(link(made, Side.ASKER)))
        assert one.title_id in asked
        assert one.get_absolute_url() in asked
        assert one.title_id in text(client.get(link(made, Side.FIRM)))
        client.force_login(owner)
        assert own_page(one) in text(client.get(page_of(made)))
        assert one.title_id in text(client.get(reverse("connections:enquiries")))

    def test_what_is_no_longer_shown_is_named_without_a_link(self, client, shop):
        _business, owner, one = shop
        made = answer(one)
        opportunities.withdraw(one, actor=owner, at=now())

        page = text(client.get(link(made, Side.ASKER)))

        assert one.title_id in page
        assert one.get_absolute_url() not in page

    def test_the_owner_sees_how_many_and_who(self, client, shop):
        _business, owner, one = shop
        first = answer(one, asker=visitor(name="Jane Buyer"), at=now())
        actions.prove(first.letter, at=now())
        second = answer(one, text=f"{TEXT} x")
        actions.decline(second, reason="price", words="", by=FIRM, at=now())
        client.force_login(owner)

        mine = text(client.get(reverse("connections:mine")))
        own = text(client.get(own_page(one)))

        assert "2 jawaban" in mine
        assert "1 menunggu Anda" in mine
        for shown in ("Jane Buyer", "Ditolak", page_of(first), page_of(second)):
            assert shown in own

    def test_one_opportunity_can_be_asked_for_among_all(self, client, shop):
        business, owner, one = shop
        other = opened_today(business, owner)
        answer(one)
        made = answer(other, text=f"{TEXT} x")
        client.force_login(owner)

        found = client.get(reverse("connections:enquiries"), {"peluang": other.number})

        assert len(re.findall(r"\bTN-", text(found))) == 1
        assert page_of(made) in text(found)

    @pytest.mark.usefixtures("asker")
    def test_an_opportunity_of_others_cannot_be_asked_for(self, client, shop):
        answer(shop[2])

        found = client.get(reverse("connections:enquiries"), {"peluang": shop[2].number})

        assert shop[2].title_id not in text(found)

    @pytest.mark.parametrize(("duties", "is_shown"), [(["broker"], True), (["verifier"], False)])
    def test_the_office_reads_answers_where_it_looks_after_enquiries(
        self, client, shop, duties, is_shown
    ):
        made = answer(shop[2])
        officer = OfficerFactory(duties={*duties, "verifier"})
        client.force_login(officer)

        page = text(client.get(own_page(shop[2])))

        letter = reverse("connections:letter", args=[made.letter_id])
        assert (letter in page) == is_shown
        assert "1 usaha atau orang menjawab" in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_pages_cost_the_same_however_many_answered(
        self, client, shop, number, django_assert_num_queries
    ):
        _business, owner, one = shop
        for n in range(number):
            answer(one, text=f"{TEXT} {'x' * n}")
        client.force_login(owner)
        for address, queries in ((reverse("connections:mine"), 6), (own_page(one), 11)):
            client.get(address)
            with django_assert_num_queries(queries):
                client.get(address)


class TestFilling:
    @pytest.fixture
    def agreed(self, shop):
        made = answer(shop[2])
        actions.accept(made, share="", words="", by=FIRM, at=now())
        actions.note_outcome(made, Event.AGREE, by=FIRM, at=now())
        return made

    def test_it_is_offered_once_agreed_and_done_with_one_tap(self, client, shop, agreed):
        _business, owner, one = shop
        client.force_login(owner)
        assert 'value="filled"' in text(client.get(page_of(agreed)))
        assert 'name="fill"' in text(client.get(own_page(one)))
        one.refresh_from_db()
        assert one.state == Opportunity.State.OPEN  # never by itself

        for _ in range(2):
            client.post(page_of(agreed), {"do": "filled"})

        one.refresh_from_db()
        assert one.state == Opportunity.State.FILLED
        assert 'value="filled"' not in text(client.get(page_of(agreed)))

    def test_a_firm_does_it_by_its_link(self, client, shop, agreed):
        client.post(link(agreed, Side.FIRM), {"do": "filled"})

        shop[2].refresh_from_db()
        assert shop[2].state == Opportunity.State.FILLED

    def test_whoever_asked_does_not(self, client, shop, agreed):
        assert 'value="filled"' not in text(client.get(link(agreed, Side.ASKER)))
        client.post(link(agreed, Side.ASKER), {"do": "filled"})

        shop[2].refresh_from_db()
        assert shop[2].state == Opportunity.State.OPEN

    def test_nor_before_it_is_agreed(self, client, shop):
        made = answer(shop[2])

        client.post(link(made, Side.FIRM), {"do": "filled"})

        shop[2].refresh_from_db()
        assert shop[2].state == Opportunity.State.OPEN


class TestPrice:
    @pytest.fixture
    def priced(self):
        business, owner = secret_firm()
        return owner, unnamed(business, owner, **PRICE)

    def test_it_is_for_those_who_were_accepted(self, client, asker, priced):
        _owner, one = priced
        made = answer(one, asker=member(asker))
        pages = (one.get_absolute_url(), page_of(made), link(made, Side.ASKER))
        for address in pages:
            assert "85.000" not in text(client.get(address))
            assert "85000" not in text(client.get(address))

        actions.accept(made, share="", words="", by=FIRM, at=now())

        for address in pages:
            assert "85.000" in text(client.get(address))

    def test_a_visitor_reads_it_by_the_link_and_nobody_else_anywhere(self, client, priced):
        _owner, one = priced
        letter = answered(one, asker=visitor())
        actions.prove(letter, at=now())
        made = letter.enquiries.get()
        actions.accept(made, share="", words="", by=FIRM, at=now())

        assert "85.000" in text(client.get(link(made, Side.ASKER)))
        assert "85.000" not in text(client.get(one.get_absolute_url()))
        client.force_login(UserFactory())
        assert "85.000" not in text(client.get(one.get_absolute_url()))
        assert "85.000" not in text(client.get(reverse("connections:opportunities")))

    @pytest.mark.parametrize("ended", ["decline", "expire", "withdraw"])
    def test_not_for_those_who_were_not(self, client, asker, priced, ended):
        _owner, one = priced
        made = answer(one, asker=member(asker))
        if ended == "decline":
            actions.decline(made, reason="price", words="", by=FIRM, at=now())
        elif ended == "expire":
            actions.expire(at=made.answer_by)
        else:
            by = actions.By(Side.ASKER, asker)
            actions.withdraw(made, reason="found", words="", knows_answer=False, by=by, at=now())

        for address in (one.get_absolute_url(), page_of(made)):
            assert "85.000" not in text(client.get(address))

    def test_its_own_people_and_the_office_see_it(self, client, priced):
        owner, one = priced
        made = answer(one)

        assert "85.000" in text(client.get(link(made, Side.FIRM)))
        for person in (owner, OfficerFactory(duties=["verifier"])):
            client.force_login(person)
            assert "85.000" in text(client.get(one.get_absolute_url()))


class TestWhatHappensMeanwhile:
    def test_a_suspended_firm_closes_it_and_the_asker_is_told(self, shop):
        business, _owner, one = shop
        made = answer(one)
        directory.hide(business, reason="x", actor=OfficerFactory(), at=now())

        actions.close_for_hidden(at=now())

        made.refresh_from_db()
        assert made.state == State.CLOSED
        news = Message.objects.get(kind="connections.enquiry_news")
        assert news.to == made.letter.email
        assert one.public_number in news.text

    def test_an_answer_to_what_was_erased_stays_readable(self, client, asker, shop):
        business, _owner, one = shop
        made = answer(one, asker=member(asker))
        opportunities.erase_opportunities(business, actor=OfficerFactory(), at=now())

        page = client.get(page_of(made))

        assert page.status_code == 200
        assert TEXT in text(page)
