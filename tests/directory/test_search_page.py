import re
from html import unescape
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode

import pytest
from django.urls import reverse
from django.utils import translation

from ifn.directory import actions, numbers
from ifn.directory.models import Business
from ifn.directory.profile import CapabilityFact, ContactFact
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    BANDUNG,
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


@pytest.fixture
def search(client):
    """Return a function that opens the directory; with ``part`` as a script would."""

    def opened(text="", *, code="en", part=False, **parameters):
        with translation.override(code):
            address = reverse("directory:list")
        given = {"q": text} if text else {}
        headers = {"HX-Request": "true"} if part else {}
        return client.get(address, given | parameters, headers=headers)

    return opened


def names(answer):
    return [row.content["name"] for row in answer.context["found"].rows]


def html_of(answer):
    return unescape(answer.content.decode())


def pills(answer):
    """Return the pills by their words, each with the address that takes it off."""
    html = answer.content.decode()
    found = re.findall(r'<span class="chip" data-removable>(.*?)<a href="([^"]*)"', html)
    return {unescape(text): unescape(address) for text, address in found}


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

        assert names(search("sol dekat Mojokerto")) == order
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


class TestNumbers:
    @pytest.mark.parametrize("write", [str.lower, numbers.spoken, "IFN {}".format])
    def test_a_number_typed_leads_to_its_profile(self, search, write):
        business = registered()

        answer = search(write(business.number))

        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"] == f"/en/usaha/{business.slug}-{business.number}"
        part = search(write(business.number), part=True)
        assert part["HX-Redirect"] == answer["Location"]

    def test_a_mistyped_number_is_told_and_the_right_one_offered(self, search):
        business = registered(profile(name="Sol <Jaya>"))
        swapped = business.number[1] + business.number[0] + business.number[2:]
        if swapped == business.number:
            other = "2" if swapped[0] != "2" else "3"
            swapped = other + swapped[1:]

        html = search(numbers.spoken(swapped)).content.decode()

        assert f"The number {numbers.spoken(swapped)} is mistyped" in html
        assert f'href="/en/usaha/{business.slug}-{business.number}"' in html
        assert "Sol &lt;Jaya&gt;" in html
        assert "Sol <Jaya>" not in html

    def test_a_mistyped_number_near_none_is_told(self, search):
        html = html_of(search("IFN-7K3M-2", code="en"))

        assert "The number IFN-7K3M-2 is mistyped" in html or "No listed profile" in html
        assert "Perhaps you mean" not in html

    def test_a_right_number_of_nobody_is_told(self, search):
        number = numbers.spoken(numbers.complete("7K3M"))

        assert f"No listed profile has the number {number}." in html_of(search(number))

    def test_a_hidden_profile_is_not_betrayed_by_its_number(self, search):
        business = registered()
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=LATER)

        answer = search(business.public_number)

        assert answer.status_code == HTTPStatus.OK
        assert "No listed profile has the number" in html_of(answer)

    @pytest.mark.parametrize("word", ["sepatu", "ifn meetup", "eva 45 mm", "karet", "size 44"])
    def test_words_are_not_taken_for_numbers(self, search, word):
        assert "number" not in " ".join(search(word).context["notes"])


class TestBadAddresses:
    @pytest.mark.parametrize("page", ["2", "1000000000", "9" * 18])
    def test_a_page_beyond_the_last_shows_the_way_back(self, search, page):
        registered()

        answer = search(hal=page, q="sol")

        assert answer.status_code == HTTPStatus.NOT_FOUND
        html = html_of(answer)
        assert "There is no such page" in html
        assert "These results have 1 pages." in html
        assert 'href="?q=sol"' in html

    @pytest.mark.parametrize("code", ["id", "en"])
    @pytest.mark.parametrize(
        "query",
        [
            "q=" + "sepatu+" * 1500,
            "q=" + "%00" * 50,
            "q=%ED%A0%80%FE%FF",
            "q=%27%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
            "q=%25%5F%5C*%28%29%22NEAR%22+AND+OR+NOT",
            "q=%E2%80%AE%F0%9F%91%9F",
            "q=%EF%BF%BD",
            "hal=abc&urut=x&tampilan=x&dekat=%00&wilayah=%00&kapasitas=%00&minimum=NaN",
            "produk=" + "x" * 5000,
            "&".join(f"wilayah=35.{n:02}" for n in range(99)),
        ],
    )
    def test_no_address_breaks_the_page(self, client, query, code):
        registered()

        answer = client.get(f"{'/en' if code == 'en' else ''}/direktori?{query}")

        assert answer.status_code == HTTPStatus.OK
        assert "<script>alert" not in answer.content.decode()

    def test_only_reading_is_possible(self, client):
        assert client.post("/direktori").status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestSuggestions:
    @pytest.fixture
    def suggest(self, client):
        return lambda typed: unescape(
            client.get("/en/direktori/saran", {"q": typed}).content.decode()
        )

    def test_words_and_profiles_are_completed(self, suggest):
        business = registered(profile(name="Sol <Jaya>"))

        html = suggest("karet so")

        assert 'data-value="karet sol' in html
        html = suggest("jay")
        assert f'data-href="/en/usaha/{business.slug}-{business.number}"' in html
        assert "Kab. Mojokerto, Jawa Timur" in html

    def test_what_profiles_are_called_is_escaped(self, client):
        registered(profile(name="Sol <Jaya>"))

        assert b"<Jaya>" not in client.get("/direktori/saran", {"q": "jaya"}).content

    @pytest.mark.parametrize("typed", ["", " ", "x" * 10_000, "\0", "\ufffd", "<b>", "'\"%_*"])
    def test_anything_can_be_typed(self, suggest, typed):
        registered()

        assert "<b>Sol" not in suggest(typed)


class TestPrivacy:
    def test_what_is_not_public_is_nowhere(self, search, client):
        registered(
            full_profile(
                monthly_capacity=7654,
                capacity_visibility="members",
                workers=4711,
                contacts=(
                    ContactFact("phone", "+62321555123", "members"),
                    ContactFact("email", "rahasia@langkah.example", "nobody"),
                ),
            )
        )
        client.force_login(UserFactory())

        for view in ("daftar", "tabel", "peta"):
            html = html_of(search(tampilan=view))
            for secret in ("7654", "7,654", "4711", "4,711", "555123", "rahasia"):
                assert secret not in html
        assert names(search(kapasitas="100")) == []
        assert names(search("rahasia", persis="1")) == []
        assert names(search("555123", persis="1")) == []

    def test_a_draft_and_a_hidden_profile_are_nowhere(self, search, client):
        registered(profile(name="Draf Sol"), status="draft")
        hidden = registered(profile(name="Sol Tutup"))
        actions.hide(hidden, reason="Tutup", actor=OfficerFactory(), at=LATER)

        for view in ("daftar", "tabel", "peta"):
            assert search(tampilan=view).context["found"].total == 0
        for typed in ("dra", "tut", "sol"):
            assert client.get("/direktori/saran", {"q": typed}).content == b""


class TestQueries:
    @pytest.mark.usefixtures("files")
    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"q": "sol karet"},
            {"q": "outsol mojokrto"},
            {"tampilan": "tabel"},
            {"tampilan": "peta"},
            {"provinsi": "35", "urut": "terbaru"},
            {"dekat": "35.16", "urut": "jarak"},
        ],
        ids=urlencode,
    )
    def test_more_profiles_cost_no_more_queries(self, client, asked, django_assert_max_num_queries):
        counted = []
        for count in (1, 2):
            for _ in range(count):
                actions.add_picture(
                    registered(), photo((300, 200)), caption_id="Sol", actor=None, at=LATER
                )
            client.get("/direktori", asked)
            with django_assert_max_num_queries(12) as queries:
                answer = client.get("/direktori", asked)
            counted.append(len(queries))

        assert answer.context["found"].total == 3
        assert counted[0] == counted[1]

    def test_finding_nothing_stays_within_bounds(self, client, django_assert_max_num_queries):
        registered()
        asked = {"q": "sol", "produk": "boot", "provinsi": "11", "bahan": "cow", "minimum": "5"}
        client.get("/direktori", asked)

        with django_assert_max_num_queries(12):
            client.get("/direktori", asked)


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
