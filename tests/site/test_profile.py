import json
import re
from html import unescape

import pytest

from ifn.directory import actions
from ifn.directory.models import Picture
from ifn.directory.profile import CertificateFact, ContactFact
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    LATER,
    SIDOARJO,
    full_profile,
    organisation,
    photo,
    profile,
    registered,
    role,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def described(html):
    """Return the structured data of a page."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(text)


class TestPage:
    def test_it_shows_what_a_buyer_asks(self, show):
        html = unescape(show(registered(full_profile())))

        for words in (
            "Langkah Jaya",
            "Leather sneakers for your brand",
            "We began on a porch.",
            "Kab. Mojokerto, Jawa Timur",
            "confirmed 1 June 2026",
            "50 pairs",
            "4,321 pairs/month",
            "30 days",
            "Paid, refunded with the order, 7 days",
            "Made by a partner",
            "EU 36–44.5",
            "Langkah, Jaya Kaki",
            "LSPr-07 · BPIPI · valid until Feb 2028",
            "9120001234567",
            "Malaysia, Jepang",
            "Indonesian, English",
            "2009",
            "Entered by the network's office",
        ):
            assert words in html, words

    def test_it_speaks_indonesian_too(self, show):
        html = unescape(show(registered(full_profile()), "id"))

        assert "Sneakers kulit untuk merek Anda" in html
        assert "Kami mulai dari teras rumah." in html
        assert "4.321" in html

    def test_what_is_missing_is_not_made_up(self, show):
        html = unescape(show(registered()))

        assert "This profile shows no contact publicly." in html
        for heading in ("Story", "Certificates", "Pictures", "Minimum order, pairs"):
            assert f">{heading}<" not in html
        assert "None" not in html

    def test_a_story_keeps_its_paragraphs(self, show):
        html = show(registered(full_profile(story_en="We began & stayed.\n\nCome by.")))

        assert '<div class="prose"><p>We began &amp; stayed.</p>\n\n<p>Come by.</p></div>' in html

    def test_the_other_language_stands_in_for_a_missing_text(self, show):
        business = registered(full_profile(summary_en="", story_id=""))

        assert "Sneakers kulit untuk merek Anda" in show(business, "en")
        assert "We began on a porch." in show(business, "id")

    def test_an_organisation_is_shown_as_one(self, show):
        html = unescape(show(registered(organisation())))

        assert "Partner organisation" in html
        assert "We buy materials together." in html
        assert "Minimum order" not in html

    def test_pictures_come_first_with_caption_and_sizes(self, show, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        business = registered(full_profile())
        picture = actions.add_picture(
            business, photo(), caption_en='Sole "close-up"', actor=None, at=LATER
        )

        html = show(business)

        assert html.index("<picture") < html.index("<h1")
        assert 'alt="Sole &quot;close-up&quot;"' in html
        assert f"/media/{picture.file}-640.webp 640w" in html
        assert 'width="640" height="480"' in html
        assert f'property="og:image" content="http://127.0.0.1:8000/media/{picture.file}' in html

    def test_demo_profiles_say_so_and_stay_out_of_search_engines(self, show):
        html = show(registered(is_demo=True))

        assert "Demo: invented to show the platform" in html
        assert '<meta name="robots" content="noindex">' in html
        assert "noindex" not in show(registered())

    def test_similar_and_near_profiles_are_offered_and_never_itself(self, show):
        one = registered()
        registered(profile(name="Sol Tetangga"))
        registered(profile(name="Kayu Jauh", region="11.01", capabilities=(role("CO_LAST"),)))
        hidden = registered(profile(name="Sol Tutup"))
        actions.hide(hidden, reason="Tutup", actor=OfficerFactory(), at=LATER)

        html = show(one)

        assert ">Sol Tetangga</a>" in html
        assert "Sol Tutup" not in html
        assert ">Sol Jaya Abadi</a>" not in html

    def test_who_has_no_role_is_shown_beside_its_neighbours(self, show):
        one = registered(profile(capabilities=()))
        registered(profile(name="Tetangga", region=SIDOARJO))

        assert ">Tetangga</a>" in show(one)

    def test_the_number_of_facts_costs_no_more_queries(
        self, client, settings, tmp_path, django_assert_max_num_queries
    ):
        settings.MEDIA_ROOT = tmp_path
        counted = []
        for facts in (profile(), full_profile()):
            business = registered(facts)
            for _ in range(len(counted) * 3):
                Picture.objects.create(
                    business=business, file="x.svg", width=4, height=3, added_at=AT
                )
            client.get(business.get_absolute_url())
            with django_assert_max_num_queries(8) as queries:
                client.get(business.get_absolute_url())
            counted.append(len(queries))

        assert counted[1] <= counted[0] + 2  # who makes the same is looked for in three steps


class TestContacts:
    FACTS = (
        ContactFact("whatsapp", "+6281111111111", "public"),
        ContactFact("phone", "+62321555222", "members"),
        ContactFact("email", "a?bcc=x@langkah.example", "public"),
        ContactFact("website", "https://www.langkah.example/toko", "members"),
        ContactFact("instagram", "langkahjaya", "nobody"),
        ContactFact("marketplace", "https://toko.example/langkah", "nobody"),
    )
    PUBLIC = ("81111111111", "mailto:a%3Fbcc%3Dx@langkah.example")
    MEMBERS = ("62321555222", "www.langkah.example/toko")
    NOBODY = ("langkahjaya", "toko.example/langkah")

    @pytest.mark.parametrize(
        ("reader", "seen"),
        [(None, PUBLIC), (UserFactory, PUBLIC + MEMBERS), (OfficerFactory, PUBLIC + MEMBERS)],
    )
    def test_each_is_shown_to_those_it_is_for(self, client, show, reader, seen):
        business = registered(full_profile(contacts=self.FACTS))
        if reader:
            client.force_login(reader())

        html = unescape(show(business))

        found = {one for one in self.PUBLIC + self.MEMBERS + self.NOBODY if one in html}
        assert found == set(seen)
        data = described(show(business))
        assert data.get("telephone", "") == ("+62321555222" if reader else "")
        assert data["email"] == "a?bcc=x@langkah.example"
        assert ("https://www.langkah.example/toko" in data.get("sameAs", [])) is bool(reader)

    def test_visitors_are_told_that_members_see_more(self, client, show):
        business = registered(full_profile(contacts=self.FACTS))
        assert "Sign in to see what members see" in show(business)
        assert "Sign in to see what members see" not in show(
            registered(full_profile(contacts=self.FACTS[:1]))
        )

        client.force_login(UserFactory())

        assert "Sign in to see what members see" not in show(business)

    def test_whatsapp_opens_with_a_greeting_that_names_the_profile(self, show):
        business = registered(full_profile(contacts=self.FACTS))

        [href] = re.findall(r'href="(https://wa\.me/[^"]+)"', show(business))

        assert href.startswith("https://wa.me/6281111111111?text=Hello%2C%20I%20found%20Langkah")
        assert business.public_number in href

    @pytest.mark.parametrize(
        ("visibility", "visitor", "member"),
        [("public", True, True), ("members", False, True), ("nobody", False, False)],
    )
    def test_capacity_is_shown_to_those_it_is_for(self, client, show, visibility, visitor, member):
        business = registered(full_profile(capacity_visibility=visibility))
        html = show(business)
        assert ("4,321" in html, "777" in html) == (visitor, visitor)

        client.force_login(UserFactory())

        html = show(business)
        assert ("4,321" in html, "777" in html) == (member, member)

    @pytest.mark.parametrize("capacity", [4321, None])
    def test_a_capacity_kept_back_is_not_said_to_be_missing(self, show, capacity):
        kept = full_profile(monthly_capacity=capacity, capacity_visibility="nobody")

        html = show(registered(kept))

        assert '<dt>Capacity</dt><dd class="none">not shown</dd>' in html
        assert "not stated" not in html

    def test_a_capacity_that_nobody_stated_is_said_to_be_missing(self, show):
        html = show(registered(full_profile(monthly_capacity=None, capacity_visibility="public")))

        assert '<dt>Capacity</dt><dd class="none">not stated</dd>' in html

    def test_the_number_of_workers_is_never_shown(self, client, show):
        business = registered(full_profile(workers=4711))
        client.force_login(OfficerFactory())

        html = show(business)

        assert "4711" not in html
        assert "4,711" not in html


class TestEscaping:
    EVIL = '</script><script>alert("1")</script>\'&<img src=x>'

    def test_nothing_that_was_stated_becomes_markup(self, show):
        evil = self.EVIL
        business = registered(
            full_profile(
                name=f"Sol {evil}",
                brands=(evil,),
                summary_en=evil,
                summary_id=evil,
                story_en=evil,
                address=evil,
                export_countries=evil,
                certificates=(CertificateFact("LWG", evil[:60], evil),),
                contacts=(ContactFact("website", f"https://x.example/?{evil}", "public"),),
            ),
            source=actions.source_named("list", evil),
        )
        registered(full_profile(name=f"Lain {evil}"))

        for code in ("id", "en"):
            html = show(business, code)
            assert "<script>alert" not in html
            assert "<img src=x" not in html
            data = described(html)
            assert data["name"] == f"Sol {evil}"
            assert data["brand"] == [{"@type": "Brand", "name": evil}]
            assert data["address"]["streetAddress"] == evil


class TestDescription:
    def test_search_engines_read_an_organisation(self, show):
        business = registered(full_profile())

        data = described(show(business))

        assert data["@context"] == "https://schema.org"
        assert data["@type"] == "Organization"
        assert data["identifier"] == business.public_number
        assert data["url"].endswith(f"/usaha/{business.slug}-{business.number}")
        assert data["address"] == {
            "@type": "PostalAddress",
            "addressCountry": "ID",
            "addressRegion": "Jawa Timur",
            "addressLocality": "Kabupaten Mojokerto",
            "streetAddress": "Jl. Sepatu 1",
            "postalCode": "61361",
        }
        assert data["location"]["geo"] == {
            "@type": "GeoCoordinates",
            "latitude": -7.47,
            "longitude": 112.43,
        }
        assert data["foundingDate"] == "2009"
        assert data["sameAs"] == [
            "https://langkah.example",
            "https://www.instagram.com/langkahjaya/",
            "https://toko.example/langkah",
        ]

    def test_what_is_not_known_is_left_out(self, show):
        data = described(show(registered(profile(region=""))))

        assert not data.keys() & {"telephone", "email", "sameAs", "brand", "image", "location"}


class TestWhere:
    @pytest.mark.parametrize(("visibility", "is_shown"), [("public", True), ("nobody", False)])
    def test_street_and_point_are_seen_by_whom_they_are_meant_for(
        self, client, visibility, is_shown
    ):
        business = registered(full_profile(address_visibility=visibility))

        page = client.get(business.get_absolute_url()).content.decode()

        assert ("Jl. Sepatu 1" in page) is is_shown
        assert ("google.com/maps" in page) is is_shown
        assert ("streetAddress" in page) is is_shown
        assert "Mojokerto" in page
