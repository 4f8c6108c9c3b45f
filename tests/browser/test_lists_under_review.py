"""An officer reviews the rows of a list on a phone: by keys, beside the profile, many at once."""

import re
import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT, faults
from tests.browser.test_pages import TOO_WIDE

pytestmark = pytest.mark.browser

HEADER = "Nama Perusahaan;Alamat;Kota;Provinsi;Jenis"
FIRST = f"""{HEADER}
UD Tiga Jalan Mulia;Dusun Barat RT 3;Kab. Garut;Jawa Barat;Perajin sepatu
UD Empat Kaki Mulia;Dusun Timur RT 4;Kab. Garut;Jawa Barat;Perajin sepatu
"""
SECOND = f"""{HEADER}
UD Tiga Jalan;Dusun Barat RT 3;Kab. Garut;Jawa Barat;Perajin sepatu
UD Empat Kaki;Dusun Timur RT 4;Kab. Garut;Jawa Barat;Perajin sepatu
CV Baru Sekali;Jl. Lain 9;Kota Surabaya;Jawa Timur;Outsole
CV Tanpa Tempat;Jl. Entah 1;Kota Antah;;Outsole
"""


def stands(page):
    """Fail for what axe finds, and for what is wider than the screen."""
    assert faults(page) == []
    assert page.evaluate(TOO_WIDE) == [], page.url


def upload(page, served, content, name):
    """Upload a list and have its columns taken as they are guessed; return its address."""
    page.goto(f"{served.address}/kerja/daftar/unggah")
    page.fill("#id_source", "Asosiasi Garut")
    page.fill("#id_stated_on", "2026-05-01")
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="Unggah").click()
    page.wait_for_url(re.compile(r"/kerja/daftar/\d+$"))
    address = page.url
    reach(page, "Menunggu arti kolom")
    page.goto(f"{address}/baris")
    stands(page)  # where nothing can be ticked yet, numbers stand in place of boxes
    page.goto(f"{address}/kolom")
    stands(page)
    page.get_by_role("button", name="Bandingkan dengan direktori").click()
    page.wait_for_url(address)
    reach(page, "Menunggu keputusan")
    return address


def reach(page, state):
    """Wait until the page, which asks by itself, says that the list is there."""
    page.locator("h1 + .badge", has_text=state).wait_for(timeout=60_000)


@pytest.mark.usefixtures("worker")
def test_rows_are_reviewed_by_keys_and_many_at_once(opened, served):
    desk = opened("/kerja/daftar", 390, as_="officer")
    stands(desk)
    upload(desk, served, FIRST, "pertama.csv")
    desk.get_by_role("button", name="Terapkan yang sudah diputuskan").click()
    reach(desk, "Diterapkan")

    address = upload(desk, served, SECOND, "kedua.csv")
    stands(desk)
    desk.goto(f"{address}/baris")
    stands(desk)

    keys_lead_through_the_rows(desk, address)
    keys_decide(desk)
    many_are_decided_at_once(desk, address)


def listening(page):
    """Wait until the page listens to keys."""
    page.wait_for_selector("[data-keys]:not([hidden])")


def keys_lead_through_the_rows(desk, address):
    """Tick a row by keys, and open the first that waits."""
    listening(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    assert desk.locator(".row-list input:checked").count() == 1
    desk.goto(f"{address}/baris?keadaan=mungkin&putusan=belum")
    listening(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/baris/2?*")
    stands(desk)
    assert "Tiga Jalan Mulia" in desk.locator("main").inner_text()


def keys_decide(desk):
    """One key decides and the next row opens; typing in the reason decides nothing."""
    listening(desk)
    desk.locator("#id_reason").focus()
    desk.keyboard.type("sbl")
    assert desk.locator("#id_reason").input_value() == "sbl"
    desk.locator("h1").click()
    desk.keyboard.press("s")
    desk.wait_for_url("**/baris/3?*")
    listening(desk)
    desk.keyboard.press("b")
    desk.wait_for_url("**/baris?*")
    assert "Baris 3 sudah diputuskan." in desk.locator("body").inner_text()


def many_are_decided_at_once(desk, address):
    """Say how many rows it is before and after."""
    desk.goto(f"{address}/baris?keadaan=baru")
    desk.get_by_label("Semua 1 baris yang ditemukan").check()
    desk.get_by_role("button", name="Lewati").click()
    stands(desk)
    assert "Lewati 1 baris" in desk.locator("h1").inner_text()
    desk.fill("#id_reason", "Bukan anggota")
    desk.get_by_role("button", name="Putuskan baris ini").click()
    assert "1 baris sudah diputuskan." in desk.locator("body").inner_text()


@pytest.fixture(scope="module")
def worker(served):
    """Run the jobs of the platform that is served, as its worker does."""
    with subprocess.Popen(  # our own command
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=served.environ,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        yield running
        running.terminate()
        running.wait(timeout=30)
