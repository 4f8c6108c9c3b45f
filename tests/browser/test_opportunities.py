"""What is needed, written on a phone and found by others, in a real browser."""

import pytest

from tests.browser.conftest import faults

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("with_scripts", [True, False])
def test_three_steps_on_a_phone(opened, with_scripts):
    page = opened("/saya/peluang/baru", 390, as_="member", java_script_enabled=with_scripts)
    page.locator("[name=direction][value=request]").check(force=True)
    page.locator("[name=kind][value=CAPACITY_REQ]").check(force=True)
    if page.locator("[name=business][type=radio]").count():
        page.locator("[name=business]").first.check(force=True)
    page.locator("main form[method=post] [type=submit]").first.click()
    assert "/isi/apa" in page.url

    page.locator("main form[method=post] [name=next]").click()
    assert "/isi/berapa" in page.url
    page.fill("[name=amount]", "0")
    page.locator("main form[method=post] [name=next]").click()
    assert page.locator("[aria-invalid=true]").count()

    page.fill("[name=amount]", "25 kodi")
    page.locator("main form[method=post] [name=next]").click()
    assert "/isi/kata" in page.url
    page.fill("[name=title_id]", "Cari maklon sandal")
    page.locator("main form[method=post] [name=close]").click()

    assert "Cari maklon sandal" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_axe_objects_to_no_opportunity(opened, width, theme):
    page = opened("/peluang", width, theme)
    assert faults(page) == []
    page.locator("main li a[href*='/peluang/'], main article a[href*='/peluang/']").first.click()
    assert "/peluang/" in page.url
    assert faults(page) == []


@pytest.mark.parametrize("path", ["/saya/peluang", "/saya/peluang/cocok", "/saya"])
def test_axe_objects_to_none_of_ones_own(opened, path):
    assert faults(opened(path, 390, as_="member")) == []
