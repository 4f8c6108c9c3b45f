import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ifn.connections.actions.ending import ASKED_DAYS
from ifn.connections.actions.enquiries.asking import FIRST, LAST
from ifn.connections.actions.enquiries.clock import UNPROVEN_KEPT
from ifn.connections.actions.enquiries.delivering import ANSWER_WITHIN
from ifn.connections.actions.following import MOST
from ifn.connections.actions.moving import OPEN_DAYS
from ifn.connections.models import KEPT
from ifn.connections.queries.askers import MEMBER, VERIFIED, VISITOR, letters_a_day
from ifn.directory import numbers
from ifn.directory.listings import WEIGHTS
from ifn.notices.tidying import KEEP
from ifn.textsearch.ranking import BONUS

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "ifn" / "site" / "templates" / "site" / "texts"
NAMES = ["about", "help", "verification", "privacy", "accessibility"]
PATHS = {
    "about": "/tentang",
    "help": "/bantuan",
    "verification": "/verifikasi",
    "privacy": "/privasi",
    "accessibility": "/aksesibilitas",
}
GUIDES = {"en": "docs/user/en/search.md", "id": "docs/user/id/pencarian.md"}

A_DAY = [letters_a_day(level) for level in (VISITOR, MEMBER, VERIFIED)]

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    """The elements of a page that give it its structure, with their anchors."""

    SHAPE = frozenset(["h2", "h3", "ul", "ol", "dl", "dt", "li"])

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.ids = set()
        self.anchors = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in self.SHAPE:
            self.found.append((tag, given.get("id")))
        if given.get("id"):
            self.ids.add(given["id"])
        if given.get("href", "").startswith("#"):
            self.anchors.add(given["href"][1:])


def page(client, name, language="id"):
    prefix = "" if language == "id" else f"/{language}"
    return client.get(f"{prefix}{PATHS[name]}")


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("about", "id", "Tentang jejaring"),
        ("about", "en", "About the network"),
        ("help", "id", "Bantuan"),
        ("help", "en", "Help"),
        ("verification", "id", "Arti “terverifikasi”"),
        ("verification", "en", "What “verified” means"),
        ("privacy", "id", "Privasi"),
        ("privacy", "en", "Privacy"),
        ("accessibility", "id", "Aksesibilitas"),
        ("accessibility", "en", "Accessibility"),
    ],
)
def test_everybody_reads_each_page_in_each_language(client, name, language, title):
    response = page(client, name, language)

    html = response.content.decode()
    assert response.status_code == 200
    assert f"<h1>{title}</h1>" in html
    assert f'<html lang="{language}"' in html
    assert re.search(r'<meta name="description" content="[^"]{40,}"', html)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_the_database_nothing(client, name, django_assert_num_queries):
    page(client, name)

    with django_assert_num_queries(0):
        page(client, name)


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_only_read(client, name):
    assert client.post(PATHS[name]).status_code == 405


@pytest.mark.parametrize("name", [*NAMES, "contact"])
def test_both_languages_say_the_same_things_in_the_same_places(name):
    indonesian, english = (
        Outline((TEXTS / f"{name}.{language}.html").read_text(encoding="utf-8"))
        for language in ("id", "en")
    )

    assert indonesian.found == english.found


@pytest.mark.parametrize("name", NAMES)
def test_links_inside_a_page_lead_somewhere(client, name, language):
    outline = Outline(page(client, name, language).content.decode())

    assert outline.anchors <= outline.ids


def test_the_help_page_shows_a_number_that_is_right(client, language):
    html = page(client, "help", language).content.decode()

    shown = re.search(r"IFN-\w{4}-\w", html)[0]
    assert numbers.spoken(numbers.read(shown)) == shown


def test_the_contact_is_the_one_of_this_installation(client, settings, language):
    settings.CONTACT_EMAIL = "kontak@example.org"

    for name in NAMES:
        assert "mailto:kontak@example.org" in page(client, name, language).content.decode()


def test_without_a_contact_address_none_is_made_up(client, settings, language):
    settings.CONTACT_EMAIL = ""

    assert "mailto:" not in page(client, "help", language).content.decode()


def test_the_source_code_is_offered_where_it_is(client, settings, language):
    settings.SOURCE_CODE = "https://example.org/ifn"

    assert 'href="https://example.org/ifn"' in page(client, "about", language).content.decode()


def test_the_help_page_names_the_bonus_of_the_ranking(client, language):
    assert f"{BONUS:.0%}" in page(client, "help", language).content.decode()


@pytest.mark.parametrize("guide", GUIDES.values())
def test_the_guide_names_the_weights_of_the_ranking(guide):
    text = (ROOT / guide).read_text(encoding="utf-8")

    rows = re.findall(r"^\| [^|]+ \| ([\d.,]+) \|$", text, re.MULTILINE)
    assert [float(cell.replace(",", ".")) for cell in rows] == sorted(
        set(WEIGHTS.values()), reverse=True
    )


def test_the_help_page_speaks_of_every_room_that_members_use(client, language):
    outline = Outline(page(client, "help", language).content.decode())

    rooms = {"peluang", "pertanyaan", "rantai", "ikuti", "program", "penilaian"}
    assert rooms <= outline.anchors


@pytest.mark.parametrize("name", ["opportunities", "enquiries", "follows", "programmes", "chains"])
def test_the_help_page_names_the_limits_in_force(client, language, name):
    limits = {
        "opportunities": [OPEN_DAYS, ASKED_DAYS],
        "enquiries": [*A_DAY, ANSWER_WITHIN.days, FIRST, LAST, UNPROVEN_KEPT.days],
        "follows": [MOST, KEEP.days],
        "programmes": [3, 6, 12],
        "chains": [KEPT.days],
    }[name]
    part = {"follows": "ikuti", "opportunities": "peluang", "enquiries": "pertanyaan"}
    here = {"programmes": "program", "chains": "rantai"} | part
    html = page(client, "help", language).content.decode()

    said = re.search(rf'<h2 id="{here[name]}">(.*?)<h2 ', html, re.DOTALL)[1]
    in_words = {7: "|[Ss]even|[Tt]ujuh"}
    for number in limits:
        assert re.search(rf"\b({number}{in_words.get(number, '')})\b", said), number
