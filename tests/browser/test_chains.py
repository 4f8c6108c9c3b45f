"""A chain is built in a real browser, over the demo network and by its real worker."""

import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT, faults
from tests.browser.test_pages import TOO_WIDE

pytestmark = pytest.mark.browser

READY = "ol.route"


def build(page, served, **changed):
    """Send the example as it is, but for what is changed, and wait until the worker has done it."""
    for name, value in changed.items():
        page.fill(f"[name={name}]", value)
    page.click("main form [type=submit]")
    command = [sys.executable, "manage.py", "worker", "--drain"]
    subprocess.run(command, cwd=ROOT, env=served.environ, check=True, capture_output=True)  # noqa: S603
    page.wait_for_selector(f"{READY}, .notice", timeout=30_000)


def test_without_scripts_a_chain_is_built_and_comes_by_itself(opened, served):
    page = opened("/rantai/susun", 390, java_script_enabled=False)

    build(page, served)

    assert page.locator(f"{READY} > li").count() == 9
    assert "Terbukti" in page.locator("main").inner_text()
    page.click("text=Bagikan lewat tautan")
    address = page.locator("code.address").inner_text()
    assert opened(address[address.index("/rantai") :]).locator(READY).is_visible()


@pytest.mark.parametrize(
    ("prefix", "theme", "width"), [("", "light", 320), ("/en", "dark", 390), ("/en", "light", 1280)]
)
def test_axe_objects_to_no_chain_and_none_is_too_wide(opened, served, prefix, theme, width):
    page = opened(f"{prefix}/rantai/susun", width, theme)

    for changed in ({}, {"days": "20"}, {"pairs": "90"}):
        page.goto(page.url.partition("/rantai")[0] + "/rantai/susun")
        _has_no_faults(page)
        build(page, served, **changed)
        _has_no_faults(page)


def _has_no_faults(page):
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert faults(page) == []
    assert page.evaluate(TOO_WIDE) == []
