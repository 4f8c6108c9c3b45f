"""A visitor reports, a maker hands in evidence, an officer works through the list by keys."""

import pytest

from tests.browser.conftest import faults
from tests.browser.test_pages import TOO_WIDE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def numbers(served):
    """Return the numbers of two businesses of the demo network, which nobody owns."""
    return [served.find(words).rpartition("-")[2] for words in ("telapak", "sol")]


def stands(page):
    """Fail for what axe finds, and for what is wider than the smallest phone."""
    assert faults(page) == []
    assert page.evaluate(TOO_WIDE) == []


def press(page, key):
    """Press a key once the page listens to it."""
    page.wait_for_selector("[data-keys]:not([hidden])")
    page.keyboard.press(key)


def send_report(opened, number, words):
    page = opened(f"/usaha/{number}/lapor", 320, java_script_enabled=False)
    page.get_by_label("Ada data yang salah").check()
    page.locator("#id_text").fill(words)
    page.get_by_role("button", name="Kirim laporan").click()
    assert "/laporan/" in page.url
    return page.url


def test_from_a_report_to_the_next_one(opened, served, numbers):
    links = [
        send_report(opened, number, f"Alamatnya keliru {place}")
        for place, number in enumerate(numbers)
    ]
    followed = opened(links[0].removeprefix(served.address), 320)
    stands(followed)

    desk = opened("/kerja", 320, as_="officer")
    stands(desk)
    desk.goto(f"{served.address}/kerja?jenis=laporan")
    items = desk.locator("a[data-item]")
    assert items.count() >= len(numbers)

    first = keys_lead_to_the_first(desk)
    keys_lead_on_and_back_and_can_be_switched_off(desk, first)

    # Answered, the next one opens.
    desk.goto(f"{served.address}/kerja?jenis=laporan")
    item_of(desk, "Telapak").click()
    desk.wait_for_url("**/kerja/laporan/**")
    first = desk.url
    desk.locator("#id_answer").fill("Sudah diperbaiki.")
    desk.get_by_role("button", name="Diperbaiki").click()
    desk.wait_for_url(lambda url: url != first)
    followed.reload()
    assert "Sudah diperbaiki." in followed.locator("main").inner_text()


def item_of(desk, name):
    """Return the piece of work about a business; the demo network has some of its own."""
    return desk.locator("a[data-item]", has_text=name).first


def keys_lead_to_the_first(desk):
    """Return the address of the first piece of work; typing in a field leads nowhere."""
    press(desk, "j")
    press(desk, "n")
    assert desk.evaluate("document.activeElement === document.querySelectorAll('[data-item]')[1]")
    press(desk, "k")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/kerja/laporan/**")
    stands(desk)
    first = desk.url
    desk.locator("#id_answer").focus()
    desk.keyboard.type("njk")
    assert desk.locator("#id_answer").input_value() == "njk"

    return first


def keys_lead_on_and_back_and_can_be_switched_off(desk, first):
    desk.locator("h1").click()
    press(desk, "n")
    desk.wait_for_url(lambda url: url != first)
    press(desk, "k")
    desk.wait_for_url(first)
    desk.get_by_role("button", name="Tombol").click()
    desk.evaluate("document.activeElement.blur()")
    press(desk, "n")
    desk.wait_for_timeout(300)
    assert desk.url == first


def test_evidence_on_a_small_phone(opened, numbers):
    phone = opened(f"/klaim/{numbers[0]}", 320, as_="member", java_script_enabled=False)
    phone.locator("#id_text").fill("Saya pemiliknya")
    phone.get_by_role("button", name="Serahkan").click()
    assert "Giliran kantor" in phone.locator("main").inner_text()

    desk = opened("/kerja?jenis=klaim", 320, as_="officer")
    item_of(desk, "Telapak").click()
    desk.wait_for_url("**/kerja/klaim/**")
    claim = desk.url
    stands(desk)
    desk.locator("#id_text").fill("Siapa nama Anda?")
    desk.get_by_role("button", name="Tanyakan").click()
    desk.wait_for_url(lambda url: url != claim)

    phone.reload()
    assert "Siapa nama Anda?" in phone.locator("main").inner_text()
