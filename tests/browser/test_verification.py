"""An officer verifies a topic on a phone without scripts; everybody sees what came of it."""

import pytest

from tests.browser.conftest import faults, sign_in
from tests.browser.test_pages import TOO_WIDE

pytestmark = pytest.mark.browser

OPEN_ALL = "for (const part of document.querySelectorAll('details')) part.open = true"
PDF = {
    "name": "akta.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n",
}


def test_a_topic_is_verified_seen_and_withdrawn(opened, served):
    path = served.find("telapak+mojopahit")
    work = f"{served.address}/kerja/direktori/{path.rpartition('-')[2]}/verifikasi"
    page = opened("/masuk", 390, java_script_enabled=False)
    sign_in(page, *served.people["officer"])

    page.goto(work)
    page.click("#tempat summary")
    page.fill("#tempat textarea", "Dikunjungi, mesin jahit dan acuan ada di tempat.")
    page.set_input_files("#tempat input[type=file]", PDF)
    page.click("#tempat form[enctype] button")
    assert page.locator("#tempat .badge").inner_text() == "Berlaku"

    visitor = opened(path, 390)
    mark = visitor.locator("#verifikasi li", has_text="Tempat")
    assert "oleh BPIPI, berlaku sampai" in mark.inner_text()
    mark.locator("a").click()
    assert visitor.url.endswith("/verifikasi#tempat")

    page.goto(work)
    page.click("#tempat > details:has(button[data-kind=danger]) > summary")
    page.fill("#tempat [name=reason]", "Ternyata bukan tempatnya.")
    page.click("#tempat button[data-kind=danger]")
    assert "Belum diverifikasi" in page.locator("#tempat .badge").first.inner_text()
    visitor.goto(served.address + path)
    assert visitor.locator("#verifikasi li", has_text="Tempat").count() == 0


@pytest.mark.parametrize(
    ("prefix", "theme", "width"), [("", "dark", 320), ("/en", "light", 390), ("", "light", 1280)]
)
def test_the_page_is_sound_with_faults_too(opened, served, prefix, theme, width):
    path = served.find("telapak+mojopahit")
    work = f"{prefix}/kerja/direktori/{path.rpartition('-')[2]}/verifikasi"
    page = opened("/tentang", width, theme, as_="officer")
    page.goto(served.address + work)
    page.evaluate(OPEN_ALL)
    page.locator("#legalitas form[enctype] button").click()  # without evidence: faults
    page.locator("#legalitas .error-summary, #legalitas [aria-invalid]").first.wait_for()
    page.evaluate(OPEN_ALL)

    assert (faults(page), page.evaluate(TOO_WIDE)) == ([], [])
