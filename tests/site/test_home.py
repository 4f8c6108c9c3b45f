import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections.models import Opportunity
from ifn.directory import actions
from ifn.site.views.home import OPPORTUNITIES
from ifn.statistics.queries import headline_figures
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import LATER, full_profile, organisation, profile, registered
from tests.factories.opportunities import opened_today, owned

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def home(client, code="en"):
    return unescape(client.get("/" if code == "id" else "/en/").content.decode())


def test_it_leads_to_the_search_the_chain_and_the_newest(client):
    registered(full_profile())
    registered()
    registered(organisation())

    html = home(client)

    assert 'action="/en/direktori"' in html
    assert "Find footwear partners, from leather to shop" in html
    counts = dict(re.findall(r"rantai=([\w-]+)\"[^>]*>.*?<b[^>]*>(\d+)</b>", html, re.DOTALL))
    assert set(counts) == {
        *("bahan", "komponen", "mesin-jasa", "produksi", "merek-desain", "jual-ekspor")
    }
    assert (counts["komponen"], counts["produksi"], counts["bahan"]) == ("1", "1", "0")
    for name in ("Langkah Jaya", "Sol Jaya Abadi", "Koperasi Alas Kaki"):
        assert html.count(f">{name}</a>") == 1


def test_it_speaks_both_languages(client):
    registered(full_profile())

    assert "Sneakers kulit untuk merek Anda" in home(client, "id")
    assert "Leather sneakers for your brand" in home(client, "en")
    assert home(client, "id") != home(client, "en")


def test_what_was_hidden_is_gone_at_once(client):
    business = registered()
    assert "Sol Jaya Abadi" in home(client)

    actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=LATER)

    assert "Sol Jaya Abadi" not in home(client)


def test_it_stands_when_there_is_nothing_yet(client):
    html = home(client)

    assert "0 profiles" in html
    assert "Confirmed most recently" not in html
    assert "Newest opportunities" not in html


class TestOpportunities:
    def test_the_newest_stand_here_and_lead_to_all(self, client):
        business, owner = owned()
        for number in range(OPPORTUNITIES + 1):
            opened_today(business, owner, title_en=f"Wanted {number}")

        html = home(client)

        section = html[html.index("Newest opportunities") :]
        found = re.findall(r">Wanted (\d)</a>", section)
        assert found == [str(n) for n in range(OPPORTUNITIES, 0, -1)]
        assert 'href="/en/peluang"' in section

    @pytest.mark.parametrize("visibility", ["members", "matched"])
    def test_what_is_not_for_everybody_does_not(self, client, visibility):
        business, owner = owned()
        opened_today(business, owner, visibility=visibility)
        client.force_login(owner)

        assert "Newest opportunities" not in home(client)

    def test_one_without_a_name_stands_without_it(self, client):
        business, owner = owned(name="Merek Rahasia")
        opened_today(business, owner, visibility="unnamed")

        section = home(client).partition("Newest opportunities")[2]

        assert "Name told on contact" in section
        assert "Merek Rahasia" not in section

    def test_what_ended_or_whose_business_is_hidden_is_gone(self, client):
        business, owner = owned()
        opened_today(business, owner, deadline=localdate())
        Opportunity.objects.update(expires_on=localdate() - timedelta(days=1))
        assert "Newest opportunities" not in home(client)

        opened_today(business, owner)
        assert "Newest opportunities" in home(client)
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=now())
        assert "Newest opportunities" not in home(client)


def test_the_examples_are_searches(client):
    registered()

    for example in re.findall(r'href="(/en/direktori\?q=[^"]+)"', home(client)):
        assert client.get(example).status_code == 200


def test_names_are_escaped(client):
    registered(profile(name="Sol <i>Jaya</i> & 'Co'"))

    assert "<i>Jaya" not in client.get("/").content.decode()


def test_more_profiles_cost_no_more_queries(client, django_assert_max_num_queries):
    counted = []
    for count in (1, 2):
        for _ in range(count):
            business, owner = owned()
            opened_today(business, owner)
        client.get("/")
        with django_assert_max_num_queries(12) as queries:
            client.get("/")
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_every_key_figure_has_its_source(client):
    figures = headline_figures()

    html = home(client)

    for figure in figures:
        assert figure.value in html
        assert figure.publisher in html


@pytest.mark.parametrize(
    ("factory", "address"),
    [(OfficerFactory, "moderation:work"), (UserFactory, "site:mine")],
)
def test_whoever_has_signed_in_is_led_to_their_work(client, factory, address):
    client.force_login(factory())

    assert client.get(reverse("site:start"))["Location"] == reverse(address)
