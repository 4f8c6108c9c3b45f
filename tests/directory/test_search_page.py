import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.utils.timezone import localdate

from ifn.directory.models import Business
from ifn.directory.profile import CapabilityFact
from tests.directory.answers import html_of, names, pills
from tests.factories.directory import (
    BANDUNG,
    LATER,
    SIDOARJO,
    full_profile,
    let_expire,
    organisation,
    profile,
    registered,
    role,
    verified,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


class TestFinding:
    def test_a_visitor_finds_by_word_place_and_facet(self, search):
        registered(full_profile())
        registered()
        registered(organisation())

        assert set(names(search())) == {"Langkah Jaya", "Sol Jaya Abadi", "Koperasi Alas Kaki"}
        assert names(search("sol karet mojokerto"))[0] == "Sol Jaya Abadi"
        assert names(search("sole maker Mojokerto"))[0] == "Sol Jaya Abadi"
        assert names(search(produk="sneaker")) == ["Langkah Jaya"]
        assert names(search(rantai="komponen")) == ["Sol Jaya Abadi"]
        assert names(search(jenis="lembaga")) == ["Koperasi Alas Kaki"]
        assert names(search(wilayah="35.15")) == ["Koperasi Alas Kaki"]
        assert names(search(sertifikat="sni-0111", maklon="1")) == ["Langkah Jaya"]

    @pytest.mark.parametrize("word", ["klebut", "acuan", "shoe last", "lasts"])
    def test_trade_words_of_both_languages_lead_to_one_thing(self, search, word):
        registered(profile(name="Kayu Jati", capabilities=(role("CO_LAST"),)))
        registered()

        assert names(search(word)) == ["Kayu Jati"]

    def test_typing_errors_are_forgiven_and_said(self, search):
        registered()

        answer = search("outsol mojokrto")

        assert names(answer) == ["Sol Jaya Abadi"]
        html = answer.content.decode()
        assert "Showing results for <b>outsol mojokerto</b>." in html
        [exact] = re.findall(r'<a href="([^"]+)">Search for exactly', html)
        assert parse_qs(unescape(exact)[1:]) == {"q": ["outsol mojokrto"], "persis": ["1"]}
        again = search("outsol mojokrto", persis="1")
        assert "Showing results for" not in html_of(again)
        assert "Nothing has all of these words; the closest come first." in html_of(again)
        assert names(search("mojokrto", persis="1")) == []

    def test_numbers_in_the_words_are_understood(self, search):
        registered(full_profile(minimum_order=50, monthly_capacity=4321))
        registered(full_profile(name="Pabrik Besar", minimum_order=1000, monthly_capacity=90_000))

        small, large = search("sneaker min 50 pasang"), search("sneaker kapasitas 5000")

        assert names(small) == ["Langkah Jaya"]
        assert pills(small) == {"Minimum order up to 50 pairs": "?q=sneaker"}
        assert names(large) == ["Pabrik Besar"]
        assert pills(large) == {"At least 5,000 pairs/month": "?q=sneaker"}
        assert names(search(minimum="50")) == ["Langkah Jaya"]
        assert names(search(kapasitas="5.000")) == ["Pabrik Besar"]

    def test_nearness_sorts(self, search):
        registered(profile(name="Sol Bandung", region=BANDUNG))
        registered(profile(name="Sol Sidoarjo", region=SIDOARJO))
        registered(profile(name="Sol Mojokerto"))
        order = ["Sol Mojokerto", "Sol Sidoarjo", "Sol Bandung"]

        assert set(names(search("sol dekat Mojokerto"))) == set(order[:2])
        assert pills(search("sol dekat Mojokerto")) == {
            "Distance from Kota Mojokerto, Jawa Timur": "?q=sol"
        }
        assert names(search(dekat="35.16", urut="jarak")) == order
        assert names(search(dekat="bandung"))[0] == "Sol Bandung"

    def test_every_order_works(self, search):
        registered(full_profile(name="Kecil", monthly_capacity=100))
        registered(full_profile(name="Besar", monthly_capacity=9000), stated_on=LATER.date())
        registered(
            full_profile(name="Rahasia", monthly_capacity=99_999, capacity_visibility="members")
        )

        assert names(search(urut="kapasitas")) == ["Besar", "Kecil", "Rahasia"]
        assert names(search(urut="terbaru"))[0] == "Besar"
        assert len(names(search(urut="cocok"))) == 3


class TestPills:
    def test_each_filter_can_be_taken_off_alone(self, search):
        registered(full_profile())
        asked = {
            "q": "langkah",
            "produk": "sneaker",
            "provinsi": "35",
            "minimum": "100",
            "kapasitas": "1000",
            "maklon": "1",
        }

        found = pills(search(**asked))

        assert len(found) == 5
        for address in found.values():
            left = parse_qs(address[1:])
            [gone] = asked.keys() - left.keys()
            assert left == {name: [value] for name, value in asked.items() if name != gone}

    def test_pills_come_in_the_language_of_the_person(self, search):
        asked = {"minimum": "5 kodi", "foto": "1"}

        indonesian, english = search(code="id", **asked), search(**asked)

        assert set(pills(english)) == {"Minimum order up to 100 pairs", "Has pictures"}
        assert len(pills(indonesian)) == 2
        assert not pills(indonesian).keys() & pills(english).keys()


class TestViews:
    def test_the_table_shows_what_decides(self, search):
        business = registered(full_profile())

        html = html_of(search(tampilan="tabel"))

        for words in ("<table", "50 pairs", "4,321 pairs/month", "30 days", business.public_number):
            assert words in html

    def test_the_table_says_in_words_what_holds(self, search):
        business = registered(full_profile())
        verified(business, "legality")
        let_expire(verified(business, "place"), localdate() - timedelta(days=1))

        row = html_of(search(tampilan="tabel")).split("<tbody>")[1]

        assert "<td>Legality</td>" in row

    def test_the_map_leads_to_the_places(self, search):
        registered(), registered(), registered(profile(region=SIDOARJO))

        html = html_of(search(tampilan="peta"))

        assert "<svg" in html
        assert "?wilayah=35.16" in html
        assert "Kab. Mojokerto" in html

    def test_a_script_gets_only_what_changes(self, search):
        registered()

        whole, part = search("sol"), search("sol", part=True)

        assert "<!doctype html>" in whole.content.decode()
        assert part.content.decode().lstrip().startswith('<div id="found"')
        assert "Sol Jaya Abadi" in part.content.decode()
        assert "HX-Request" in part["Vary"]

    def test_going_back_in_history_gets_the_whole_page(self, client):
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

        answer = client.get("/direktori", headers=headers)

        assert "<!doctype html>" in answer.content.decode()


class TestNothingFound:
    def test_what_is_suggested_works(self, search):
        registered(full_profile())

        answer = search(produk="sneaker", provinsi="32", bahan="cow")

        assert names(answer) == []
        suggested = answer.context["suggestions"]
        assert {one.name for one in suggested} == {"Jawa Barat"}
        for one in suggested:
            again = search(**{key: value[0] for key, value in parse_qs(one.query[1:]).items()})
            assert again.context["found"].total == one.total > 0
        assert "Without Jawa Barat: 1 profile" in html_of(answer)

    def test_contradictory_places_are_named(self, search):
        registered(full_profile())

        answer = search(provinsi="32", wilayah="35.16")

        assert "Kab. Mojokerto, Jawa Timur does not lie in the province you chose." in html_of(
            answer
        )
        assert {one.name for one in answer.context["suggestions"]} == {"Jawa Barat"}

    def test_an_empty_directory_says_so(self, search):
        assert "Try other words, or fewer of them." in html_of(search("sepatu"))


def test_a_page_of_many_is_followed_by_others(search):
    for n in range(25):
        registered(
            profile(name=f"Sol {n:02}", capabilities=(CapabilityFact("material", "RUBBER"),))
        )

    first, second = search(), search(hal="2")

    assert (len(names(first)), len(names(second))) == (24, 1)
    assert not set(names(first)) & set(names(second))
    assert "hal=2" in html_of(first)
    assert Business.objects.count() == 25
