"""Every kind of page over the demo network, in a real browser, as different people use it."""

import re

import pytest

from tests.browser.conftest import faults, sign_in, wait_until

pytestmark = pytest.mark.browser

PUBLIC = ["/", "/direktori", "/direktori?tampilan=peta", "/direktori?tampilan=tabel"]
PUBLIC += ["/direktori?q=sol+mojokrto+min+50&provinsi=35", "/direktori?q=xyzzyq&provinsi=11"]
PUBLIC += ["/direktori?hal=9999&peran=tidak-ada", "/rantai"]
PUBLIC += ["/rantai?provinsi=35&tempat=52.03&peran=co-outsole"]
PUBLIC += ["/rantai?provinsi=99&tempat=antah&peran=tukang&jarak=7", "/rantai/susun"]
PUBLIC += ["/masih-benar/rusak", "business", "organisation", "/tentang", "/bantuan"]
PUBLIC += ["/verifikasi", "/direktori?terverifikasi=tempat", "/privasi", "/aksesibilitas"]
PUBLIC += ["/api", "/data/direktori", "/data/tanam", "/data/tanam?q=sol&provinsi=35"]
PUBLIC += ["/tanam/daftar?q=sol", "embed", "/masuk", "/masuk/tautan", "/masuk/buka?kunci=x"]
PUBLIC += ["/daftar", "/tidak-ada", "report", "claim", "/tautan-klaim/tidak-ada"]
PUBLIC += ["/pemberitahuan/berhenti/tidak-ada", "write", "/pertanyaan/baru"]
PUBLIC += ["/pertanyaan/terkirim", "/peluang"]
MEMBER = ["/akun", "/akun/kata-sandi", "/akun/email", "/akun/telepon", "/akun/faktor-kedua"]
MEMBER += ["/akun/aplikasi", "/kerja/direktori", "/saya", "/saya/usaha/baru"]
MEMBER += ["/undangan/tidak-ada", "/akun/kunci-api", "claim"]
MEMBER += ["/pemberitahuan", "/pemberitahuan/pengaturan", "/saya/ikuti", "/ikuti/direktori?q=sol"]
MEMBER += ["/saya/pertanyaan", "/saya/pertanyaan?arah=keluar"]
MEMBER += ["/saya/peluang", "/saya/peluang/baru", "/saya/peluang/cocok", "/peluang"]
ADMINISTRATOR = ["/kerja/orang", "/kerja/orang/baru", "/kerja/orang/1"]
WORK = ["", "/isi/siapa", "/isi/kegiatan", "/isi/kontak", "/isi/sertifikat", "/foto", "/orang"]
WORK += ["/riwayat", "/pratinjau"]
STAFF = ["/kerja/direktori", "/kerja/direktori/baru", "edit", "confirm", "verification"]
STAFF += ["/kerja/rantai", "/kerja/rantai/kosong", "/kerja"]
STAFF += ["/kerja/pertanyaan", "/kerja/perantara", "/kerja/peluang"]
STAFF += ["links", "/kerja?jenis=klaim&wilayah=35&siapa=saya&lewat=1", "claim"]
STAFF += [f"work{path}" for path in WORK]
EVERY = [*((path, "") for path in PUBLIC), *((path, "member") for path in MEMBER)]
EVERY += [(path, "officer") for path in STAFF]
EVERY += [(path, "administrator") for path in ADMINISTRATOR]
ROLES = ("", "member", "officer", "administrator")
#: Boxes that reach beyond the screen, other than inside what scrolls by itself.
TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth
  ? [...document.querySelectorAll("body *")]
      .filter((box) => box.getBoundingClientRect().right > innerWidth + 1 && box.checkVisibility())
      .map((box) => box.tagName + "." + box.className).slice(0, 5)
  : []"""
LINK = "#results .card-link"


@pytest.fixture(scope="module")
def addresses(served):
    """Return where the pages stand whose address is the demo network's."""
    business, organisation = served.find("telapak+mojopahit"), served.find("politeknik+contoh")
    number = business.rpartition("-")[2]
    return {
        "business": business,
        "organisation": organisation,
        "embed": f"/tanam/{number}",
        "edit": f"/kerja/direktori/{number}",
        **{f"work{path}": f"/saya/usaha/{number}{path}" for path in WORK},
        "report": f"/usaha/{number}/lapor",
        "write": f"/usaha/{number}/tulis",
        "claim": f"/klaim/{number}",
        "links": f"/kerja/usaha/{number}/tautan-klaim",
        "confirm": f"/kerja/direktori/{number}/konfirmasi",
        "verification": f"/kerja/direktori/{number}/verifikasi",
    }


@pytest.mark.parametrize(("prefix", "theme", "width"), [("", "dark", 390), ("/en", "light", 1280)])
def test_axe_objects_to_no_page(opened, served, addresses, prefix, theme, width):
    pages = {role: opened("/tentang", width, theme, as_=role) for role in ROLES}
    found = {}

    for path, role in EVERY:
        page = pages[role]
        page.goto(served.address + prefix + addresses.get(path, path))
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        found[path, role] = faults(page)

    assert {key: objections for key, objections in found.items() if objections} == {}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_is_wider_than_the_smallest_phone(opened, served, addresses, prefix):
    pages = {role: opened("/tentang", 320, as_=role) for role in ROLES}
    found = {}

    for path, role in EVERY:
        page = pages[role]
        page.goto(served.address + prefix + addresses.get(path, path))
        found[path, role] = page.evaluate(TOO_WIDE)

    assert {key: boxes for key, boxes in found.items() if boxes} == {}


def test_without_scripts_one_can_search_filter_open_a_profile_and_sign_in(opened, served):
    page = opened("/", 390, java_script_enabled=False)

    page.fill("#search", "sol")
    page.click("main [type=submit]")
    before = page.locator(".found").inner_text()
    page.click(".filters-open")
    page.check("#rantai-komponen")
    page.click(".filters-foot button")
    assert "rantai=komponen" in page.url
    assert "q=sol" in page.url
    assert page.locator(".found").inner_text() != before

    page.locator(LINK).first.click()
    assert "/usaha/" in page.url
    assert page.locator("main h1").is_visible()

    page.goto(f"{served.address}/masuk?next=/akun")
    sign_in(page, *served.people["member"])
    assert page.url.endswith("/akun")
    assert served.people["member"][0] in page.locator("main").inner_text()


def test_a_tick_answers_at_once_and_back_takes_it_off_again(opened):
    page = opened("/direktori")
    wait_until(page, "!!window.htmx")
    page.evaluate("window.sameDocument = true")
    before = page.locator(".found").inner_text()

    page.check("#rantai-komponen")
    page.wait_for_url("**/direktori?*rantai=komponen*")
    wait_until(page, "(was) => document.querySelector('.found').innerText !== was", before)

    assert page.evaluate("window.sameDocument")
    assert page.locator("#rantai-komponen").is_checked()
    assert page.evaluate("document.activeElement.id") == "rantai-komponen"
    found = page.locator(".found").inner_text()
    assert page.locator("[data-said]").inner_text() == found
    assert page.locator(".results").get_attribute("aria-busy") is None

    page.go_back()
    wait_until(page, "(was) => document.querySelector('.found')?.innerText === was", before)
    assert page.url.endswith("/direktori")
    assert not page.locator("#rantai-komponen").is_checked()


def test_a_pill_takes_its_filter_off_and_leaves_the_others(opened):
    page = opened("/direktori?provinsi=35&rantai=komponen&q=sol")
    pills = page.locator(".chip[data-removable]")
    assert pills.count() == 2

    pills.first.locator("a").click()
    page.wait_for_load_state()

    assert page.locator(".chip[data-removable]").count() == 1
    assert ("provinsi=35" in page.url) != ("rantai=komponen" in page.url)
    assert "q=sol" in page.url


def test_sorting_and_another_page_keep_the_filter(opened):
    page = opened("/direktori?provinsi=35")
    wait_until(page, "!!window.htmx")

    page.select_option("select[name=urut]", "kapasitas")
    page.wait_for_url("**urut=kapasitas**")
    page.click(".pages [rel=next]")
    page.wait_for_url("**hal=2**")

    assert "provinsi=35" in page.url
    assert "urut=kapasitas" in page.url
    assert page.locator(LINK).count() > 0


def test_enter_in_a_filters_box_says_what_is_wrong_with_it(opened):
    page = opened("/direktori?q=sol", 1280)
    wait_until(page, "window.htmx")
    page.locator("details:has(#minimum) > summary").click()

    page.fill("#minimum", "abc")
    page.press("#minimum", "Enter")

    page.wait_for_selector(".notice")
    page.wait_for_timeout(700)  # longer than a change waits: nothing may wipe the answer out
    assert page.locator(".notice").count() == 1
    assert "minimum=abc" in page.url


def test_the_phones_sheet_waits_for_its_button(opened):
    page = opened("/direktori", 390)
    wait_until(page, "!!window.htmx")
    page.click(".filters-open")

    page.check("#rantai-komponen")
    page.check("#rantai-bahan")
    page.wait_for_timeout(400)  # longer than a filter waits before it asks
    assert page.locator("#filters").is_visible()
    assert page.url.endswith("/direktori")

    page.click(".filters-foot button")
    page.wait_for_url("**rantai=bahan&rantai=komponen**")
    wait_until(page, "!document.querySelector('#filters').matches(':popover-open')")
    assert page.locator(".filters-open .count").inner_text() == "2"


def test_all_values_of_a_filter_unfold_in_the_sheet_and_keep_what_is_ticked(opened):
    page = opened("/direktori?q=sepatu", 390)
    wait_until(page, "!!window.htmx")
    page.click(".filters-open")
    page.check("#rantai-produksi")
    few = page.locator("#facet-product .choice").count()

    page.click("#facet-product a.more")
    wait_until(
        page, "(few) => document.querySelectorAll('#facet-product .choice').length > few", few
    )
    wait_until(page, "!!document.activeElement.closest('#facet-product')")

    assert page.locator("#filters").is_visible()
    assert page.locator("#rantai-produksi").is_checked()
    assert "q=sepatu" in page.url
    page.locator("#facet-product input").last.check()
    page.click(".filters-foot button")
    page.wait_for_url("**produk=**")
    assert page.locator("#facet-product .choice").count() > few


def test_suggestions_are_chosen_with_the_keyboard(opened):
    page = opened("/")
    field = page.locator("#search[role=combobox]")

    field.press_sequentially("mojo")
    page.wait_for_selector(".suggestions [role=option]")
    field.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field.press("Enter")
    page.wait_for_url(re.compile("/direktori|/usaha/"))

    assert page.locator("main .card-link, main h1.display").count() > 0


def test_the_keyboard_alone_leads_from_home_to_a_profile_and_shows_where_one_is(opened):
    page = opened("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Langsung ke isi"
    page.keyboard.press("Enter")
    tab_to(page, "#search")
    page.keyboard.type("sol karet")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/direktori?*")

    tab_to(page, LINK)
    page.keyboard.press("Enter")
    page.wait_for_url("**/usaha/**")
    tab_to(page, "aside a")


def tab_to(page, selector):
    """Press Tab until the focus is there; every stop must be seen."""
    for _press in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(VISIBLE_STOP, selector)
        assert stop["seen"], stop["what"]
        if stop["there"]:
            return
    pytest.fail(f"Tab does not lead to {selector}")


VISIBLE_STOP = """(selector) => {
  const at = document.activeElement;
  const drawn = (box, pseudo) => {
    const style = getComputedStyle(box, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  };
  const around = at.closest(".search") ?? at;
  const place = at.getBoundingClientRect();
  return {
    there: at.matches(selector),
    seen: at === document.body || (drawn(at) || drawn(at, "::after") || drawn(around))
      && place.width > 0 && place.bottom > 0 && place.top < innerHeight,
    what: at.outerHTML.slice(0, 200),
  };
}"""


def test_the_theme_is_kept_and_drawn_by_the_server(opened, served):
    page = opened("/")

    page.click("theme-toggle button")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(f"{served.address}/direktori")

    assert page.locator("html").get_attribute("data-theme") == "dark"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("theme-toggle button")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper


def test_the_other_language_shows_the_same_search(opened):
    page = opened("/direktori?q=sol&provinsi=35")
    found = int(re.sub(r"\D", "", page.locator(".found").inner_text()))

    page.click(".language-wide")
    page.wait_for_load_state()

    assert page.url.endswith("/en/direktori?q=sol&provinsi=35")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#search").input_value() == "sol"
    assert page.locator("#provinsi-35").is_checked()
    assert found > 0


def test_nothing_moves_for_those_who_asked_for_stillness(opened):
    page = opened("/direktori")

    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((box) =>
      getComputedStyle(box).transitionDuration.split(",").some((time) => parseFloat(time) > 0.01)
    ).length""")

    assert moving == 0


def test_all_pictures_of_a_profile_and_its_neighbours_arrive(opened, addresses):
    page = opened(addresses["business"])

    for picture in page.locator("main img:visible").all():
        picture.scroll_into_view_if_needed()
    wait_until(
        page,
        """() => [...document.querySelectorAll("main img")]
      .filter((picture) => picture.checkVisibility())
      .every((picture) => picture.complete && picture.naturalWidth > 0)""",
    )

    assert page.locator("main img").count() > 3


def test_an_officer_changes_a_profile_and_mistakes_open_their_section(opened, addresses):
    page = opened(addresses["edit"], 390, as_="officer")
    where = page.locator("#section-where")
    assert not where.evaluate("(part) => part.open")

    where.locator("summary").click()
    page.fill("#id_postcode", "12")
    page.click(".save-bar button")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert where.evaluate("(part) => part.open")
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "id_postcode"

    page.fill("#id_postcode", "61361")
    page.click(".save-bar button")
    page.wait_for_selector(".notice[data-tone=good]")
    assert page.locator(".error-summary").count() == 0


def test_a_printed_profile_is_its_facts(opened, addresses):
    page = opened(addresses["business"])
    page.emulate_media(media="print")

    for kept in ("h1", ".decide", ".reach"):
        assert page.locator(kept).first.is_visible(), kept
    for left_out in (".nav", "share-button", ".site-foot nav", ".button"):
        assert page.locator(f"{left_out}:visible").count() == 0, left_out


def test_a_long_list_is_narrowed_by_typing_and_what_is_ticked_stays(opened, addresses):
    page = opened(addresses["work/isi/kegiatan"], 390, as_="officer")
    lists = page.locator("choice-filter", has=page.locator("[name=has_product]"))
    wait_until(page, "!!customElements.get('choice-filter')")
    everything = lists.locator(".choice:visible").count()

    lists.locator("input[type=search]").fill("sandal")

    names = lists.locator(".choice:visible").all_inner_texts()
    assert 0 < len(names) < everything
    ticked = lists.locator(".choice:visible:has(:checked)").count()
    assert sum("sandal" in name.lower() for name in names) >= len(names) - ticked
    lists.locator("input[type=search]").fill("zzz")
    assert lists.locator("[role=status]").inner_text()
