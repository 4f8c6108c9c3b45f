"""What everyone reads of a firm's way through the network, and who decides about agreements."""

from html import unescape
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.timezone import now

from ifn.directory import actions
from ifn.directory.models import Membership
from ifn.directory.queries import shows_outcomes
from tests.factories.accounts import (
    UserFactory,
)
from tests.factories.directory import (
    AT,
    LATER,
    ON,
    profile,
    registered,
    verified,
)
from tests.factories.timelines import live, merged, page, read

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


class TestShowingOutcomes:
    def test_an_owner_agrees_and_withdraws(self, client, business, owner):
        client.force_login(owner)

        answer = client.post(page("show-outcomes", business), {"agree": "1"}, follow=True)
        assert "Agreed orders: shown to everybody" in unescape(answer.content.decode())
        assert shows_outcomes(business).person == owner

        client.post(page("show-outcomes", business), {"withdraw": "1"})
        assert shows_outcomes(business) is None
        again = client.post(page("show-outcomes", business), {"withdraw": "1"}, follow=True)
        assert "This consent had ended already." in unescape(again.content.decode())

    @pytest.mark.parametrize("role", ["editor", "viewer", ""])
    def test_nobody_else_does(self, client, business, role):
        person = UserFactory()
        if role:
            Membership.objects.create(business=business, person=person, role=role, since=AT)
        client.force_login(person)

        answer = client.post(page("show-outcomes", business), {"agree": "1"})

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert shows_outcomes(business) is None

    def test_it_is_taken_back_where_all_consents_are(self, client, business, owner):
        consent = actions.show_outcomes(business, actor=owner, at=AT)
        client.force_login(owner)

        mine = unescape(client.get("/en/saya/data").content.decode())
        assert "Show everybody that orders were agreed" in mine
        answer = client.post(
            reverse("directory:withdraw-consent", args=[consent.pk]), {"next": "/en/saya/data"}
        )

        assert answer.url == "/en/saya/data"
        assert shows_outcomes(business) is None


class TestEveryone:
    def test_they_read_what_is_public_and_no_agreement(self, client, business, owner, brand):
        live(business, owner, brand)
        verified(business, "capability", at=now())

        html = read(client, "timeline", business)

        for words in ("Joined the network", "Verified", "Request opened"):
            assert words in html, words
        for words in ("Agreed", "Enquiry", "Profile changed", "Ibu Ratna", "Rinjani", "Dinas"):
            assert words not in html.replace("Agreed orders are shown only", ""), words

    def test_they_read_of_agreements_where_the_firm_agreed_and_never_of_values(
        self, client, business, owner, brand
    ):
        live(business, owner, brand)
        actions.show_outcomes(business, actor=owner, at=LATER)

        html = read(client, "timeline", business)
        assert "Agreed on an order found through the network" in html
        assert "Rinjani" not in html
        assert "7,000,000" not in html

        actions.show_outcomes(brand[0], actor=brand[1], at=LATER)
        html = read(client, "timeline", business)
        assert f'href="/en/usaha/{brand[0].slug}-{brand[0].number}"' in html
        assert "Rinjani" in html

    def test_what_is_hidden_or_a_draft_is_not_there_even_for_its_people(
        self, client, business, owner
    ):
        client.force_login(owner)
        draft = actions.begin_profile(profile(), owner=owner, at=AT, today=ON)
        actions.hide(business, reason="x", actor=None, at=LATER)

        for one in (business, draft):
            assert client.get(page("timeline", one)).status_code == HTTPStatus.NOT_FOUND

    def test_a_merged_number_leads_on_unless_what_stands_is_hidden(self, client):
        kept, gone = registered(), registered(profile(name="Sol Lama"))
        merged(kept, gone)

        assert client.get(page("timeline", gone)).url == page("timeline", kept)[:-1]
        actions.hide(kept, reason="x", actor=None, at=LATER)
        assert client.get(page("timeline", gone)).status_code == HTTPStatus.NOT_FOUND

    def test_the_profile_leads_there(self, client, business):
        html = client.get(business.get_absolute_url(), follow=True).content.decode()

        assert f'href="/usaha/{business.number}/perjalanan"' in html

    @pytest.mark.parametrize("times", [1, 3])
    def test_it_costs_the_same_however_much_there_is(
        self, client, business, owner, brand, times, django_assert_num_queries
    ):
        live(business, owner, brand, times)
        actions.show_outcomes(business, actor=owner, at=LATER)
        actions.show_outcomes(brand[0], actor=brand[1], at=LATER)
        client.get("/en/")

        with django_assert_num_queries(12):
            html = read(client, "timeline", business)

        assert html.count("Agreed on an order") == times
