"""An enquiry asked and answered in a real browser, with and without scripts."""

import pytest

from tests.browser.conftest import faults, wait_until

pytestmark = pytest.mark.browser
SOLVED = "document.querySelector('[name=solution]').value !== ''"
TEXT = "Halo, bisa pesan 20 pasang klebut ukuran 40?"


def test_a_visitors_machine_works_while_they_write(opened, served):
    number = served.find("klebut+karya").rpartition("-")[2]
    page = opened(f"/usaha/{number}/tulis", 390)

    page.fill("[name=text]", TEXT)
    page.fill("[name=name]", "Jane Buyer")
    page.fill("[name=email]", "jane@buyer.example")
    wait_until(page, SOLVED)
    page.click("main form[method=post] [type=submit]")

    assert page.url.endswith("/pertanyaan/terkirim")


def test_without_scripts_a_firm_reads_and_accepts_and_sees_the_contact(opened):
    page = opened("/saya/pertanyaan", 390, as_="member", java_script_enabled=False)
    page.locator(".enquiry-list a", has_text="Dimas Saputra").click()

    page.locator("#jawab [type=submit]").first.click()

    assert "dimas.saputra@example.com" in page.locator("main").inner_text()
    assert "Diterima" in page.locator("main h1 + p").inner_text()


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_axe_objects_to_no_enquiry(opened, width, theme):
    page = opened("/saya/pertanyaan", width, theme, as_="member")
    for box, states in (
        ("?arah=masuk", ("Jane Carter", "Sinta Maharani", "Yusuf Hakim")),
        ("?arah=keluar", ("Uji Langkah Laboratorium", "Samak Lawu", "Gesper Tanggulangin")),
    ):
        for title in states:
            page.goto(f"{page.url.partition('/saya')[0]}/saya/pertanyaan{box}")
            if not page.locator(".enquiry-list a", has_text=title).count():  # on the next page
                page.goto(f"{page.url}&hal=2")
            page.locator(".enquiry-list a", has_text=title).click()
            page.evaluate(
                "for (const part of document.querySelectorAll('details')) part.open = true"
            )
            assert faults(page) == []
