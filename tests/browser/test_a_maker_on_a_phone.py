"""A maker fills in a profile on a phone with a poor line, loses it in the middle, and is found."""

import io
import re
from urllib.request import urlopen

import pytest
from PIL import Image

from tests.browser.conftest import wait_until
from tests.browser.test_accounts import register

pytestmark = pytest.mark.browser

#: A line such as an edge of coverage has: 400 kbit/s and 300 ms to and fro.
POOR = {
    "latency": 300,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
SAVED = "(word) => document.querySelector('[data-saved]')?.textContent.startsWith(word)"


def line_of(page):
    """Return a function that makes the page's line poor, or cuts it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def set_line(*, offline):
        session.send("Network.emulateNetworkConditions", POOR | {"offline": offline})

    return set_line


def grainy(width, height):
    """Return a photo with the grain of a dark workshop, which no format makes small."""
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 20).convert("RGB").save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def test_a_maker_fills_in_a_profile_on_a_phone(  # noqa: PLR0915  # one story, told in one piece
    opened, served, complaints
):
    page = opened("/", 390)
    line = line_of(page)
    line(offline=False)

    # A newcomer opens an account by phone number and lands where a page is begun.
    register(page, served.address, "0812 3456 7009")
    page.wait_for_url("**/saya")
    page.click("main a[href$='/usaha/baru']")

    # Four answers make a page.
    page.fill("[name=name]", "Kelom Cahaya Priangan")
    page.wait_for_selector("[role=combobox]")
    page.fill("#id_region", "garut")
    page.keyboard.press("Enter")
    page.click("summary:has-text('Produksi')")
    page.check("[name=has_role][value=PR_IKM]")
    page.click("main .actions button")
    page.wait_for_url("**/isi/kegiatan")
    mine = page.url.removesuffix("/isi/kegiatan")

    # Saved while typing, even by somebody who types before the script has come over the line.
    late = []
    page.route("**/auto-save*.js*", lambda script: late.append(script))  # noqa: PLW0108  # needs a name
    page.goto(f"{mine}/isi/cerita")
    page.fill("[name=summary_id]", "Kelom geulis ukir tangan")
    for _attempt in range(100):
        if late:
            break
        page.wait_for_timeout(50)
    late[0].continue_()
    page.unroute("**/auto-save*.js*")
    wait_until(page, SAVED, "Disimpan sebagai draf")

    # Then the line is gone, and what is written stays on the phone.
    line(offline=True)
    page.fill("[name=story_id]", "Kami mengukir sejak 1998.")
    wait_until(page, SAVED, "Belum terkirim")
    page.click("button[name=close]")
    assert page.url == f"{mine}/isi/cerita"
    assert page.input_value("[name=story_id]") == "Kami mengukir sejak 1998."
    assert complaints
    complaints.clear()  # the browser says that it was offline

    # Later there is signal again: on the same phone it is all there, and goes on by itself.
    line(offline=False)
    page.goto(mine)
    page.goto(f"{mine}/isi/cerita")
    assert page.input_value("[name=story_id]") == "Kami mengukir sejak 1998."
    wait_until(page, SAVED, "Disimpan sebagai draf")
    complaints.clear()  # a request that the next page cut off

    # Two photos of several megabytes are small when they are sent.
    page.goto(f"{mine}/foto")
    large = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": grainy(2400, 1600 + n)}
        for n in range(2)
    ]
    page.set_input_files("[name=photos]", large)
    wait_until(
        page,
        "(most) => [...document.querySelector('[name=photos]').files].every((f) => f.size < most)",
        min(len(one["buffer"]) for one in large) // 2,
    )
    page.click("main .actions button", timeout=120_000)
    page.wait_for_selector(".photo-list li:nth-child(2)", timeout=60_000)

    # The second one is dragged before the first one, and stays there.
    first, second = page.locator(".photo-list li img").evaluate_all(
        "(all) => all.map((i) => i.src)"
    )
    page.locator("[data-grip]").nth(1).hover()
    page.mouse.down()
    page.mouse.move(60, 10, steps=5)  # at the edge the page rolls on
    wait_until(page, "(src) => document.querySelector('.photo-list li img').src === src", second)
    with page.expect_response("**/foto"):  # the list as it is stored
        page.mouse.up()
    page.goto(f"{mine}/foto")
    shown = page.locator(".photo-list li img").evaluate_all("(all) => all.map((i) => i.src)")
    assert shown == [second, first]

    # Looked at, published, found.
    page.goto(f"{mine}/pratinjau")
    assert "Kelom geulis ukir tangan" in page.locator("main").inner_text()
    page.goto(mine)
    page.click("form[action$=terbitkan] button[type=submit]")
    page.wait_for_selector(".messages")
    with urlopen(f"{served.address}/direktori?q=kelom+cahaya+priangan") as answer:  # noqa: S310
        found = re.search(r'href="(/usaha/[^"]+)">Kelom Cahaya Priangan', answer.read().decode())
    assert found
    page.goto(served.address + found[1])
    assert page.locator("main .picture img, main picture img").count() >= 2

    # The office writes down what the owner says on the phone, and the page says whose words it is.
    path = mine.removeprefix(served.address)
    office = opened(f"{path}/isi/syarat", 390, as_="officer")
    office.fill("[name=minimum_order]", "2 kodi")
    office.click("button[name=close]")
    office.wait_for_url(f"**{path}")
    office.check("[name=way][value=phone]")
    office.click("form[action$=terbitkan] button[type=submit]")
    office.wait_for_selector(".messages")
    page.goto(served.address + found[1])
    assert "40 pasang" in page.locator("main").inner_text()
    page.goto(f"{mine}/riwayat")
    assert "Sekar Wulandari" in page.locator("main").inner_text()

    # The Dinas of another region can read the page like anybody, and change nothing.
    elsewhere = opened(f"{path}/isi/syarat", 390, as_="regional")
    assert elsewhere.locator("[name=minimum_order]").count() == 0
    assert elsewhere.locator("main h1").is_visible()
