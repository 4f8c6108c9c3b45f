import re
from html import unescape
from http import HTTPStatus
from xml.etree import ElementTree as ET

import pytest

from ifn.directory import actions
from ifn.directory.opendata.fields import OPEN_FIELDS
from ifn.directory.opendata.shelf import make_dump
from tests.factories.directory import AT, BANDUNG, LATER, full_profile, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "media")]


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


def page(client, path, code="id"):
    answer = client.get(f"/en{path}" if code == "en" else path)
    return answer, unescape(answer.content.decode())


def test_the_data_page_explains_every_field_in_both_languages(client, language):
    _answer, html = page(client, "/data/direktori", language)

    for field in OPEN_FIELDS:
        assert f"<code>{field.name}</code>" in html
        assert str(field.meaning) in html
    assert "CC BY 4.0" in html


def test_before_the_first_night_the_page_says_when_it_comes(client):
    _answer, html = page(client, "/data/direktori", "en")

    assert "The first file comes tonight" in html
    assert client.get("/data/direktori/terbaru.zip").status_code == 404


def test_the_data_page_names_each_file_with_size_rows_and_digest(client):
    registered()
    dump = make_dump(at=AT)

    _answer, html = page(client, "/data/direktori", "en")

    assert all(text in html for text in (dump.name, dump.sha256, "1 Jun 2026"))


def test_a_dump_is_sent_whole_and_may_be_kept(client):
    registered()
    dump = make_dump(at=AT)

    newest = client.get("/data/direktori/terbaru.zip")
    answer = client.get(newest["Location"])

    content = b"".join(answer.streaming_content)
    assert len(content) == dump.size
    assert answer["Content-Type"] == "application/zip"
    assert answer["ETag"] == f'"{dump.sha256}"'
    again = client.get(newest["Location"], headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")


@pytest.mark.parametrize("name", ["x.zip", "..%2F..%2Fifn.sqlite3", "notes.zip.json"])
def test_nothing_but_dumps_is_sent(client, name):
    make_dump(at=AT)

    assert client.get(f"/data/direktori/{name}").status_code == 404


def test_the_page_of_the_api_names_every_parameter_and_runs_no_script_of_others(client, language):
    _answer, html = page(client, "/api", language)

    for name in ("confirmed_since", "capacity_min", "cursor", "regency"):
        assert f"<code>{name}</code>" in html
    assert 'id="cursor-of-another-filter"' in html
    assert not re.search(r'(?:src|href)="https?://(?!127\.0\.0\.1|creativecommons)', html)


def embedded(client, path):
    answer = client.get(path)
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert not answer.cookies
    return answer


def test_a_card_shows_the_profile_in_any_frame_without_script_or_cookie(client, language):
    business = registered(full_profile())
    prefix = "/en" if language == "en" else ""

    answer = embedded(client, f"{prefix}/tanam/{business.public_number}")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Langkah Jaya" in html
    assert "<script" not in html
    assert f'lang="{language}"' in html
    assert f'href="{prefix}{business.get_absolute_url().removeprefix("/en")}"' in html


@pytest.mark.parametrize("path", ["/en/tanam/{}", "/en/tanam/{}.svg"])
def test_a_hidden_profile_says_only_that_it_is_no_longer_listed(client, path):
    business = registered(full_profile())
    actions.hide(business, actor=None, at=LATER, reason="closed")

    answer = embedded(client, path.format(business.public_number))

    assert answer.status_code == 404
    assert "o longer listed" in answer.content.decode()
    assert "Langkah" not in answer.content.decode()


def test_a_number_that_is_none_looks_the_same_as_a_hidden_one(client):
    business = registered()
    actions.hide(business, actor=None, at=LATER, reason="closed")

    hidden = client.get(f"/tanam/{business.public_number}").content
    assert client.get("/tanam/IFN-2222-2").content == hidden
    assert client.get("/tanam/zz").content == hidden


def test_a_list_follows_the_filter_of_its_address(client):
    registered(profile(name="Sol Bandung", region=BANDUNG))
    registered(profile(name="Sol Mojokerto"))

    html = embedded(client, "/en/tanam/daftar?provinsi=32").content.decode()

    assert "Sol Bandung" in html
    assert "Sol Mojokerto" not in html
    assert "/en/direktori?provinsi=32" in html


def test_a_list_has_at_most_twelve(client):
    for number in range(14):
        registered(profile(name=f"Sol {number}"))

    html = embedded(client, "/en/tanam/daftar").content.decode()

    assert html.count("<article") == 12
    assert "See all 14 profiles" in html


def test_a_list_that_finds_nothing_says_so(client):
    assert "No profile fits" in embedded(client, "/en/tanam/daftar?q=tidakada").content.decode()


def test_a_badge_is_a_picture_whatever_the_name(client):
    business = registered(profile(name='<b>"Sol" & Söhne</b> dengan nama yang panjang sekali'))

    answer = embedded(client, f"/tanam/{business.public_number}.svg")

    drawn = ET.fromstring(answer.content)  # noqa: S314  # our own
    assert answer["Content-Type"] == "image/svg+xml"
    assert drawn.find("{*}title").text == business.name
    assert business.public_number in "".join(drawn.itertext())


def test_the_code_to_embed_is_shown_as_text(client):
    business = registered(profile(name='Sol "A" <b>'))

    answer = client.get(f"/en/data/tanam?nomor={business.public_number}")

    html = answer.content.decode()
    assert "&lt;iframe src=&quot;http://127.0.0.1:8000/en/tanam/IFN-" in html
    assert "<b>" not in html.split("<main")[1].split("</main")[0]
    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_a_number_that_leads_nowhere_is_explained(client):
    _answer, html = page(client, "/data/tanam?nomor=IFN-2222-2", "en")

    assert "No listed profile has this number" in html


def test_other_pages_stay_out_of_frames(client):
    answer = client.get("/data/direktori")

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_many(client, count, django_assert_max_num_queries):
    for number in range(count):
        registered(profile(name=f"Sol {number}"))
    client.get("/tanam/daftar")

    with django_assert_max_num_queries(4):
        client.get("/tanam/daftar")


def test_open_data_is_one_link_away_from_every_page(client, language):
    _answer, html = page(client, "/", language)

    assert {"id": "Data terbuka", "en": "Open data"}[language] in html
