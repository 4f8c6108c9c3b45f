import re
import xml.etree.ElementTree as ET
from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ifn.directory import actions
from ifn.site.views import machines
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import LATER, full_profile, organisation, profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def locations(answer):
    assert answer["Content-Type"] == "application/xml"
    root = ET.fromstring(answer.content)  # noqa: S314  # our own answer
    return [one.text for one in root.iter(f"{MAP}loc")]


class TestRobots:
    def test_robots_are_kept_from_work_and_endless_answers(self, client):
        lines = client.get("/robots.txt").content.decode().splitlines()

        for prefix in ("", "/en"):
            assert f"Disallow: {prefix}/kerja" in lines
            assert f"Disallow: {prefix}/direktori?" in lines
        assert f"Sitemap: {SITE}/sitemap.xml" in lines
        assert "Disallow: /" not in lines


class TestSiteMap:
    def test_every_listed_profile_is_in_one_part(self, client, monkeypatch):
        monkeypatch.setattr(machines, "PART", 2)
        listed = [registered(profile(name=f"Sol {n}")) for n in range(3)]
        registered(profile(name="Draf"), status="draft")
        registered(profile(name="Demo"), is_demo=True)
        hidden = registered(profile(name="Tutup"))
        actions.hide(hidden, reason="Tutup", actor=OfficerFactory(), at=LATER)

        parts = locations(client.get("/sitemap.xml"))

        assert parts == [f"{SITE}/sitemap-{n}.xml" for n in range(3)]
        found = [
            address
            for part in parts[1:]
            for address in locations(client.get(part.removeprefix(SITE)))
        ]
        assert found == [f"{SITE}{one.get_absolute_url()}" for one in listed]
        assert client.get("/sitemap-3.xml").status_code == HTTPStatus.NOT_FOUND
        assert client.get("/sitemap-99999999999999999999.xml").status_code == HTTPStatus.NOT_FOUND

    def test_every_address_exists_in_both_languages(self, client):
        registered()
        for part in ("/sitemap-0.xml", "/sitemap-1.xml"):
            root = ET.fromstring(client.get(part).content)  # noqa: S314  # our own answer
            alternates = [link.get("href") for link in root.iter(LINK)]
            assert len(alternates) == 2 * len(list(root))
            for address in alternates:
                path = address.removeprefix(SITE)
                assert client.get(path).status_code == HTTPStatus.OK, path

    def test_a_language_asked_for_by_the_browser_changes_nothing(self, client):
        business = registered()

        answer = client.get("/sitemap-1.xml", headers={"Accept-Language": "en"})

        assert locations(answer) == [f"{SITE}/usaha/{business.slug}-{business.number}"]


class TestMedia:
    @pytest.fixture
    def stored(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"
        (tmp_path / "secret.jpg").write_bytes(b"secret")

        def put(name):
            return default_storage.save(name, ContentFile(b"content"))

        return put

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("pictures/a1/b2-400.webp", "image/webp"),
            ("pictures/a1/b2-400.jpg", "image/jpeg"),
            ("pictures/a1/b2.svg", "image/svg+xml"),
        ],
    )
    def test_a_stored_picture_is_served_for_ever_and_runs_nothing(self, client, stored, name, kind):
        answer = client.get(f"/media/{stored(name)}")

        assert answer.getvalue() == b"content"
        assert answer["Content-Type"] == kind
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Last-Modified"].endswith("GMT")

    @pytest.mark.parametrize(
        "name",
        [
            "secret.jpg",
            "pictures/../secret.jpg",
            "pictures/%2e%2e/secret.jpg",
            "pictures/..%2f..%2fsecret.jpg",
            "/etc/passwd",
            "%2fetc%2fpasswd",
            "pictures//etc/passwd.jpg",
            "pictures/a1/b2.html",
            "pictures/a1/b2.jpg.php",
            "pictures/a1/b2.jpg%0a",
            "pictures/%00.jpg",
            "pictures/none.jpg",
            "pictures/" + "x" * 300 + ".jpg",
            "pictures/folder.jpg",
            "lists/firms.jpg",
        ],
    )
    def test_nothing_else_is_served(self, client, stored, name):
        for other in ("lists/firms.jpg", "pictures/a1/b2.html", "pictures/folder.jpg/x.jpg"):
            stored(other)

        assert client.get(f"/media/{name}").status_code == HTTPStatus.NOT_FOUND


class TestEveryPage:
    PATHS = ("/", "/direktori", "/tentang", "/bantuan", "/privasi", "/aksesibilitas", "/masuk")

    @pytest.fixture
    def pages(self, client):
        """Return every public page by its path."""
        businesses = [registered(full_profile()), registered(organisation())]
        paths = [*self.PATHS, *(one.get_absolute_url() for one in businesses)]
        found = {}
        for path in paths:
            for address in (path, f"/en{path}"):
                answer = client.get(address)
                assert answer.status_code == HTTPStatus.OK, address
                found[address] = answer.content.decode()
        return found

    def test_each_has_a_title_and_a_description_of_its_own(self, pages):
        titles = {
            path: re.findall(r"<title>\s*(.+?)\s*</title>", html, re.DOTALL)
            for path, html in pages.items()
        }
        descriptions = {
            path: re.findall(r'<meta name="description" content="\s*(.+?)\s*">', html, re.DOTALL)
            for path, html in pages.items()
        }

        for found in (titles, descriptions):
            assert [path for path, texts in found.items() if len(texts) != 1] == []
        every = [texts[0] for texts in titles.values()]
        assert len(set(every)) > len(every) / 2  # a name is the same in both languages
        for code in ("id", "en"):
            own = {
                path: html
                for path, html in pages.items()
                if path.startswith("/en/") == (code == "en")
            }
            for found in (titles, descriptions):
                texts = [found[path][0] for path in own]
                assert len(set(texts)) == len(texts), code

    def test_each_names_itself_and_its_other_language(self, pages):
        for path, html in pages.items():
            bare = path.removeprefix("/en") or "/"
            assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [f"{SITE}{path}"]
            assert dict(re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', html)) == {
                "id": f"{SITE}{bare}",
                "en": f"{SITE}/en{bare}",
                "x-default": f"{SITE}{bare}",
            }
            language = "en" if path.startswith("/en/") else "id"
            assert f'<html lang="{language}"' in html

    def test_none_has_style_or_script_of_its_own(self, pages):
        for path, html in pages.items():
            assert " style=" not in html, path
            assert not re.findall(r"<script(?![^>]*(?:src=|application/ld\+json))", html), path
            assert not re.findall(r"\son\w+=", html), path
