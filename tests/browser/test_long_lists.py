"""A regency is found by typing, a point by standing there; both also by hand."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import wait_until
from tests.browser.test_a_maker_on_a_phone import SAVED

pytestmark = pytest.mark.browser
FIELD = "#id_region"
OPTIONS = "[role=listbox] [role=option]"


@pytest.fixture(params=["/saya/usaha/baru", "/en/saya/usaha/baru"])
def page(request, opened):
    return opened(request.param, 390, as_="member")


def chosen(page):
    return page.eval_on_selector("[name=region]", "(select) => select.value")


def active(page):
    return page.locator(f"#{page.get_attribute(FIELD, 'aria-activedescendant')}").inner_text()


def test_a_regency_is_found_by_a_few_letters_of_its_name_and_province(page):
    page.wait_for_selector("[role=combobox]")
    page.focus(FIELD)
    page.keyboard.type("kab mojo")

    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    assert page.locator(OPTIONS).all_inner_texts()[0].startswith("Mojokerto, Kab.")
    page.keyboard.press("Enter")

    assert (chosen(page), page.input_value(FIELD)) == ("35.16", "Mojokerto, Kab.")
    assert page.get_attribute(FIELD, "aria-expanded") == "false"
    page.fill(FIELD, "barat bandung")
    page.keyboard.press("Enter")
    assert page.input_value(FIELD) == "Bandung Barat, Kab."


def test_arrows_walk_and_escape_keeps_what_was_chosen(page):
    page.wait_for_selector("[role=combobox]")
    page.fill(FIELD, "bima")
    assert active(page).startswith("Bima, Kab.")
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("Bima, Kota")
    page.keyboard.press("Enter")
    kept = chosen(page)

    page.fill(FIELD, "bandung")
    page.keyboard.press("Escape")

    assert (chosen(page), page.input_value(FIELD)) == (kept, "Bima, Kota")


def test_words_that_name_no_place_are_no_answer_and_deleting_takes_it_back(page):
    page.wait_for_selector("[role=combobox]")
    page.fill(FIELD, "garut")
    page.keyboard.press("Enter")
    page.fill(FIELD, "Atlantis")
    assert page.locator(OPTIONS).count() == 0 or not page.is_visible("[role=listbox]")
    page.keyboard.press("Tab")
    assert (chosen(page), page.input_value(FIELD)) == ("32.05", "Garut, Kab.")

    page.fill(FIELD, "")
    page.keyboard.press("Tab")

    assert chosen(page) == ""


def test_a_finger_opens_the_whole_list_and_chooses(page):
    page.wait_for_selector("[role=combobox]")
    page.click(FIELD)
    assert page.locator(OPTIONS).count() > 500
    assert page.get_attribute("label[for=id_region]", "for") == "id_region"
    assert Axe().run(page).response["violations"] == []

    page.locator(OPTIONS, has_text="Sidoarjo").click()

    assert page.input_value(FIELD) == "Sidoarjo, Kab."


def test_without_a_script_it_is_a_select(opened):
    page = opened("/saya/usaha/baru", 390, as_="member", java_script_enabled=False)

    page.select_option(FIELD, "32.05")

    assert page.input_value(FIELD) == "32.05"
    assert page.locator("[role=combobox]").count() == 0


def test_the_point_is_filled_in_where_one_stands(opened, served):
    where = {"latitude": -7.474812, "longitude": 112.433391, "accuracy": 12}
    page = opened("/saya/usaha/baru", 390, as_="member", geolocation=where, locale="id")
    page.context.grant_permissions(["geolocation"], origin=served.address)
    page.fill("[name=name]", "Sol Berdiri di Sini")
    page.wait_for_selector("[role=combobox]")
    page.fill(FIELD, "mojokerto")
    page.keyboard.press("Enter")
    page.click("summary:has-text('Produksi')")
    page.check("[name=has_role][value=PR_IKM]")
    page.click("main .actions button")
    page.wait_for_url("**/isi/kegiatan")
    page.goto(page.url.replace("kegiatan", "tempat"))

    page.click("my-position button")
    page.wait_for_function("document.getElementById('id_latitude').value")

    assert page.input_value("#id_latitude") == "-7.47481"
    assert page.input_value("#id_longitude") == "112.43339"
    assert "12 meter" in page.inner_text("my-position [role=status]")
    wait_until(page, SAVED, "Disimpan sebagai draf")
    page.reload()
    assert page.input_value("#id_latitude") == "-7.47481"
