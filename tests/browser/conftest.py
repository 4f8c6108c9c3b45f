"""The platform as it is served: its real server over the demo network, and a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PERSON = re.compile(r"(officer|administrator|regional|member)\s+(\S+@\S+)\s+(\S+)")


@dataclass
class Served:
    """Where the platform is reached, and as whom one may sign in."""

    address: str
    people: dict[str, tuple[str, str]]
    #: The environment it runs in, for commands beside it.
    environ: dict[str, str] = field(default_factory=dict)
    #: Cookies of those who signed in already.
    kept: dict[str, dict] = field(default_factory=dict)

    def find(self, words):
        """Return the path of the first profile that is found."""
        with urlopen(f"{self.address}/direktori?q={words}") as answer:  # noqa: S310  # our own
            return re.search(r'href="(/usaha/[^"]+)"', answer.read().decode())[1]


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Serve the demo network, made once, as ``make run`` does."""
    var = tmp_path_factory.mktemp("served")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    own = {name: value for name, value in os.environ.items() if not name.startswith("IFN_")}
    environ = own | {
        "DATABASE_URL": f"sqlite:///{var / 'ifn.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "ifn.settings",
        "IFN_VAR": str(var),
        "IFN_PUBLIC_ADDRESS": address,
    }
    said = ""
    for step in ("migrate", "reference", "figures", "demo", "collectstatic --noinput"):
        said += subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "manage.py", *step.split()],
            cwd=ROOT, env=environ, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    with (var / "server.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603  # our own server
            [*(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
             *("--host", "127.0.0.1", "--port", str(port), "--workers", "1"),
             *("--blocking-threads", "4", "ifn.wsgi:application")],
            cwd=ROOT, env=environ, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _wait_for(f"{address}/sehat", server)
        people = {role: (name, word) for role, name, word in PERSON.findall(said)}
        yield Served(address, people, environ)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address, server):
    for _attempt in range(150):
        assert server.poll() is None, "the server stopped"
        try:
            with urlopen(address):  # noqa: S310  # our own
                return
        except URLError:
            time.sleep(0.2)
    pytest.fail("the server did not answer")


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def complaints():
    """What the browser says in its console; empty at the end unless a test empties it."""
    said = []
    yield said
    assert said == []


@pytest.fixture
def opened(browser, served, complaints):
    """Open a page of the platform: ``opened(path, width, theme, as_="member")``."""
    contexts = []

    def hear(message):
        # the answer 403, 404 or 410 to a page that shall give it is written by the browser itself
        if not re.search(r"status of 4(03|04|10)", message.text):
            complaints.append(message.text)

    def open_page(path="/", width=1280, theme="light", as_="", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            storage_state=_signed_in(browser, served, as_) if as_ else None,
            **({"reduced_motion": "reduce"} | options),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", hear)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(served.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _signed_in(browser, served, role):
    if role not in served.kept:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{served.address}/masuk")
        sign_in(page, *served.people[role])
        served.kept[role] = context.storage_state()
        context.close()
    return served.kept[role]


def sign_in(page, name, word):
    """Fill in the form for signing in and send it."""
    page.locator("main input:not([type=hidden])").first.fill(name)
    page.fill("main input[type=password]", word)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def wait_until(page, function, arg=None):
    """Wait until a JavaScript function says yes.

    Playwright's own ``wait_for_function`` asks by ``eval``, which our security policy forbids.
    """
    for _attempt in range(300):
        with suppress(Error):  # the page may be on its way to the next one
            if page.evaluate(function, arg):
                return
        page.wait_for_timeout(50)
    pytest.fail(f"this did not come true: {function}")


def faults(page, within=None):
    """Return what axe objects to, the rule and the first few places, twice in a row.

    On a busy machine axe may look at colours that are still being painted; a fault stays.
    """
    found = _objections(page, within)
    if found:
        page.wait_for_timeout(500)
        found = _objections(page, within)
    return found


def _objections(page, within):
    return [
        (fault["id"], [place["target"] for place in fault["nodes"]][:5])
        for fault in Axe().run(page, within).response["violations"]
    ]
