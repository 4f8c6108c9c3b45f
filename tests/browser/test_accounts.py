"""A person opens an account, secures it and signs in, in a real browser."""

import re

import pyotp
import pytest

from tests.browser.conftest import faults, sign_in

pytestmark = pytest.mark.browser
WORD = "sol karet dari Mojokerto"
PHONE_OF_THE_PERSON = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def register(page, address, number):
    """Open an account by phone and sign in to it."""
    page.goto(f"{address}/daftar")
    page.fill("#id_name", "Sri Wahyuni")
    page.fill("#id_identifier", number)
    page.fill("#id_password", WORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    sign_in(page, number, WORD)


def sign_out(page, address):
    page.goto(f"{address}/akun")
    page.locator("main").get_by_role("button", name="Keluar", exact=True).click()
    page.wait_for_url("**/masuk")


def test_a_passkey_is_made_and_signs_in(opened, served):
    address = re.sub(r"127\.0\.0\.1", "localhost", served.address)
    page = opened("/tentang", 390)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_OF_THE_PERSON})
    register(page, address, "0812 3456 7001")

    page.goto(f"{address}/akun/faktor-kedua")
    page.fill("#passkey-name", "Ponsel Sri")
    page.click("passkey-button button")
    page.wait_for_url("**/akun/kode")
    assert page.locator(".codes code").count() == 10
    assert faults(page) == []
    page.get_by_role("button", name="Sudah saya simpan").click()
    sign_out(page, address)

    page.click("passkey-button button")
    page.wait_for_url("**/saya")
    page.goto(f"{address}/akun")
    assert "Sri Wahyuni" in page.locator("main h1").inner_text()

    sign_out(page, address)
    sign_in(page, "0812 3456 7001", WORD)
    assert page.url.endswith("/masuk/kedua")
    assert faults(page) == []
    page.click("passkey-button button")
    page.wait_for_url("**/saya")


def test_a_device_without_passkey_says_so_and_another_way_stays(opened, served):
    address = re.sub(r"127\.0\.0\.1", "localhost", served.address)
    page = opened("/tentang", 390)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_OF_THE_PERSON})
    page.goto(f"{address}/masuk")

    page.click("passkey-button button")
    page.wait_for_selector("passkey-button [role=status]:not(:empty)")

    assert page.url.endswith("/masuk")
    assert page.locator("#id_identifier").is_visible()


def test_without_scripts_one_secures_the_account_with_an_app(opened, served):
    page = opened("/tentang", 320, java_script_enabled=False)
    register(page, served.address, "0812 3456 7002")

    page.goto(f"{served.address}/akun/aplikasi")
    assert page.locator(".square svg").is_visible()
    secret = page.locator(".key").inner_text().replace(" ", "")
    page.fill("#id_code", pyotp.TOTP(secret).now())
    page.click("main form.form button")
    page.wait_for_url("**/akun/kode")
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("button", name="Sudah saya simpan").click()
    sign_out(page, served.address)

    sign_in(page, "0812 3456 7002", WORD)
    page.fill("#id_code", code)
    page.click("main form.form button")
    page.wait_for_url("**/saya")
