"""An officer compares two profiles on a small phone without scripts, merges them and undoes it."""

import pytest

from tests.browser.test_the_work_list import numbers, press, stands  # noqa: F401  # the fixture

pytestmark = pytest.mark.browser


def test_compared_merged_and_undone(opened, numbers):  # noqa: F811  # as fixtures are asked for
    desk = opened("/kerja/kembar", 320, as_="officer")
    stands(desk)

    phone = opened("/kerja/kembar", 320, as_="officer", java_script_enabled=False)
    phone.locator("#id_one").fill(numbers[0])
    phone.locator("#id_other").fill(numbers[1])
    phone.get_by_role("button", name="Bandingkan").click()
    assert "/kerja/kembar/" in phone.url
    desk.goto(phone.url)
    stands(desk)

    phone.get_by_role("button", name="Gabungkan", exact=True).click()
    assert "Alamat lama menuju ke sana" in phone.locator("body").inner_text()
    desk.reload()
    stands(desk)

    phone.goto(desk.url)
    phone.get_by_role("button", name="Batalkan penggabungan").click()
    assert "berdiri sendiri lagi" in phone.locator("body").inner_text()


def test_keys_lead_through_the_pairs(opened, numbers):  # noqa: F811
    desk = opened("/kerja/kembar", 1280, as_="officer")
    if not desk.locator("a[data-item]").count():
        desk.locator("#id_one").fill(numbers[0])
        desk.locator("#id_other").fill(numbers[1])
        desk.get_by_role("button", name="Bandingkan").click()
        desk.goto(desk.url.rpartition("/")[0])

    press(desk, "j")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/kerja/kembar/*")
