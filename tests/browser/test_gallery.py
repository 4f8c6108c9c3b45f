"""The gallery in a real browser: as people see it, at two widths, in light and dark."""

import json
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import override_settings
from django.urls import clear_url_caches, set_urlconf
from PIL import Image

from tests.browser.conftest import faults, wait_until

pytestmark = pytest.mark.browser

PICTURES = Path(settings.VAR) / "screenshots"
LOOKS = Path(__file__).parent / "gallery_looks.json"
#: Each specimen as a grid of so many brightnesses; fonts differ between machines, so it is coarse.
GRID = 6
#: How far the average brightness of a cell may stray, of 255.
TOLERANCE = 22
LAYOUT_FAULTS = """() => [...document.querySelectorAll(
  "main :is(.button,.chip,.badge,.card,.panel,.notice,.field,.facts,.decide,.proof,.links,.tabs,"
  + ".pages,.key-figure,.picture,.progress,.empty,.chart,.map,.table,.disclosure,.search,.bars)"
)].filter((box) => {
  const place = box.getBoundingClientRect();
  if (!box.checkVisibility()) return false;
  if (place.width < 1 || place.height < 1) return true;
  return !box.parentElement.closest(".pictures, .scroller, .table, .tabs")
    && (place.left < -1 || place.right > innerWidth + 1);
}).map((box) => box.className + " " + box.textContent.trim().slice(0, 30))"""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="module")
def address(collected):
    """Serve the gallery as production does: hashed, compressed, under the real security policy."""
    hashed = {"staticfiles": {"BACKEND": "ifn.ui.storage.StaticFilesStorage"}}
    with override_settings(
        STATIC_ROOT=collected,
        STORAGES=settings.STORAGES | hashed,
        ROOT_URLCONF="tests.ui.urls",
    ):
        clear_url_caches()
        set_urlconf(None)
        call_command("collectstatic", interactive=False, verbosity=0)
        server = make_server(
            "127.0.0.1", 0, WSGIHandler(), server_class=Server, handler_class=Silent
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def visit(browser, address, collected, settings):
    """Open a path at a width in a theme; afterwards nothing may have been complained about."""
    complaints, contexts = [], []
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "ifn.ui.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = collected
    settings.ROOT_URLCONF = "tests.ui.urls"

    def open_page(path, width, theme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


PLACES = """() => Object.fromEntries(
[...document.querySelectorAll("[data-specimen]")].map((part) => {
  const box = part.getBoundingClientRect();
  return [part.dataset.specimen, [box.left, box.top + scrollY, box.right, box.bottom + scrollY]];
}))"""


def looks(page, name):
    """Keep a picture of the page and of each specimen; return each one's grid of brightness."""
    places = page.evaluate(PLACES)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    grids = {}
    with Image.open(PICTURES / f"{name}.png") as whole:
        for part, place in places.items():
            picture = whole.crop(tuple(map(round, place)))
            picture.save(PICTURES / f"{name}-{part}.png")
            small = picture.convert("L").resize((GRID, GRID), Image.Resampling.BOX)
            grids[part] = list(small.tobytes())
    return grids


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_gallery_looks_as_it_should(visit, width, theme):
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = f"gallery-{width}-{theme}"
    page = visit("/ui/", width, theme)

    assert page.evaluate(LAYOUT_FAULTS) == []
    seen = looks(page, name)
    known = json.loads(LOOKS.read_text()) if LOOKS.exists() else {}
    if name not in known:
        first = {part: [grid] for part, grid in seen.items()}
        LOOKS.write_text(json.dumps(known | {name: first}, indent=1, sort_keys=True) + "\n")
        pytest.fail(f"{name} was not known; it is now. Look at the pictures, then run again.")
    assert set(seen) == set(known[name])
    for part, grid in seen.items():
        # Fonts are the system's: where a line breaks differs from machine to machine.
        strayed = min(
            sum(abs(a - b) for a, b in zip(grid, one, strict=True)) / len(grid)
            for one in known[name][part]
        )
        assert strayed <= TOLERANCE, f"{name}-{part}.png strays by {strayed:.0f}"


@pytest.mark.parametrize(
    ("path", "width", "theme"), [("/ui/", 390, "light"), ("/en/ui/", 1280, "dark")]
)
def test_axe_finds_nothing(visit, path, width, theme):
    page = visit(path, width, theme)

    assert faults(page) == []


@pytest.mark.parametrize("path", ["/ui/", "/en/ui/"])
def test_nothing_is_wider_than_the_smallest_phone(visit, path):
    page = visit(path, 320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_menu_and_filters_open_without_scripts(visit):
    page = visit("/ui/", 390, java_script_enabled=False)

    page.click(".menu-button")
    assert page.locator("#menu a").first.is_visible()
    page.keyboard.press("Escape")
    page.click(".filters-open")
    assert page.locator("#filters .choice").first.is_visible()


def test_theme_is_kept_from_page_to_page(visit):
    page = visit("/ui/", 1280)

    page.click("theme-toggle button")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(page.url.replace("/ui/", "/tentang"))

    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_suggestions_follow_the_arrow_keys_and_leave_on_escape(visit):
    page = visit("/ui/", 1280)
    field = page.locator("#search[role=combobox]")

    field.press_sequentially("sol")
    page.wait_for_selector(".suggestions [role=option]")
    field.press("ArrowDown")
    field.press("ArrowDown")

    assert page.locator("[aria-selected=true]").inner_text().startswith("sol karet")
    assert field.get_attribute("aria-activedescendant") == page.locator(
        "[aria-selected=true]"
    ).get_attribute("id")
    assert faults(page, ".hero") == []
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"


def test_a_filter_answers_without_a_reload_and_is_the_address(visit):
    page = visit("/ui/", 1280)
    page.evaluate("window.sameDocument = true")
    wait_until(page, "!!window.htmx")

    with page.expect_response("**/ui/?*"):
        page.check("#peran-component")
    page.wait_for_url("**/ui/?*peran=component*")

    assert page.evaluate("window.sameDocument")
    assert page.locator("#peran-component").is_checked()
    assert page.locator("#results").get_attribute("aria-busy") is None
    assert page.evaluate("document.activeElement.id") == "peran-component"


def test_error_summary_takes_the_focus(visit):
    page = visit("/ui/", 390)

    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_prints_without_what_only_a_screen_can_use(visit):
    page = visit("/ui/", 1280)

    page.emulate_media(media="print")

    assert not page.locator(".nav").is_visible()
    assert page.locator("h1").is_visible()
