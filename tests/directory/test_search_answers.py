from html import unescape
from http import HTTPStatus
from urllib.parse import urlencode

import pytest

from ifn.directory import actions, numbers
from ifn.directory.profile import ContactFact
from tests.directory.answers import html_of, names
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    LATER,
    full_profile,
    photo,
    profile,
    registered,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


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
